"""The outbox on real databases: claim → post → mark, and DESIGN's four scopes of failure."""

import asyncio
from datetime import timedelta

import pytest

from bot.alerts.senders import Limits
from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    MessageRefused,
    OutcomeUnknown,
    Wait,
    WorkspaceUnavailable,
)
from bot.message import Paragraph, plain
from bot.model import AlertState, DeliveryState
from bot.store import places
from bot.store.database import Store
from tests.support.alerting import HOUR, MINUTE, NOON
from tests.support.sending import (
    Newsroom,
    StoreThenFail,
    dropped_answer,
    no_access,
    titles_in,
)


@pytest.fixture
async def room(store: Store) -> Newsroom:
    return await Newsroom.open(store)


async def told(room: Newsroom, *numbers: int) -> None:
    """These stories stand in the channel."""
    await room.publish(*numbers)
    await room.outbox.run_once()


async def test_posts_in_order_and_marks(room: Newsroom) -> None:
    subscription = await room.subscribe()
    await room.publish(1, 2, 3)

    done = await room.outbox.run_once()

    assert (done.posted, done.edited, done.waited) == (3, 0, 0)
    assert room.sender.said() == ["story:1", "story:2", "story:3"]
    delivery, alert = await room.delivery("story:1"), await room.alert(1)
    assert (delivery.state, delivery.ref, delivery.sent_at) == (DeliveryState.SENT, "m1", NOON)
    assert alert is not None
    assert (alert.state, alert.told_at) == (AlertState.TOLD, NOON)
    assert alert.subscription == subscription.id
    assert await room.outbox.next_due() is None


async def test_nothing_is_posted_twice(room: Newsroom) -> None:
    await room.subscribe()
    await told(room, 1)

    assert (await room.outbox.run_once()).posted == 0
    assert room.sender.said() == ["story:1"]


async def test_destinations_go_side_by_side(room: Newsroom) -> None:
    slow = await room.channel("slow")
    await room.subscribe(slow)
    await room.subscribe()
    await room.publish(1)
    room.sender.slow["slow"] = asyncio.Event()

    async with asyncio.TaskGroup() as group:
        running = group.create_task(room.outbox.run_once())
        await room.sender.until("posted", "story:1")
        assert room.sender.said("slow") == []
        room.sender.slow["slow"].set()
    assert running.result().posted == 2


class TestMessageRefused:
    async def test_parks_that_one_and_goes_on(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.troubles.append(MessageRefused("50035 invalid form body"))

        done = await room.outbox.run_once()

        delivery = await room.delivery("story:1")
        assert (done.posted, done.parked) == (1, 1)
        assert (delivery.state, delivery.error) == (DeliveryState.PARKED, "50035 invalid form body")
        assert room.sender.said() == ["story:2"]

    async def test_stays_parked_when_the_channel_comes_back(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        room.sender.troubles.append(MessageRefused("50035"))
        await room.outbox.run_once()
        await room.publish(2)
        room.sender.troubles.append(no_access())
        await room.settle()

        assert room.sender.said() == ["story:2"]

    async def test_of_an_edit_leaves_the_message_as_it_is(self, room: Newsroom) -> None:
        await room.subscribe()
        await told(room, 1)
        await room.join(1)
        room.sender.edit_troubles.append(MessageRefused("50035"))
        await room.settle()

        assert room.sender.one("story:1").edits == 0
        assert await room.outbox.next_due() is None


class TestMessageGone:
    async def test_stops_editing_and_never_reposts(self, room: Newsroom) -> None:
        await room.subscribe()
        await told(room, 1)
        room.sender.channels["news"].clear()
        await room.join(1)
        await room.settle()
        await room.join(1)
        await room.settle()

        assert room.sender.said() == []
        assert (await room.delivery("story:1")).state is DeliveryState.GONE
        assert room.sender.made().count("edit") == 1

    async def test_of_a_list_moves_only_what_it_never_told(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(*range(1, 14))
        await room.settle()
        room.sender.channels["news"].pop()
        await room.publish(14)
        await room.settle()

        listed = room.sender.channels["news"][-1]
        assert "Story 14" in titles_in(listed.message)
        assert "Story 13" not in titles_in(listed.message)


class TestChannelUnavailable:
    async def test_parks_and_pauses(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.closed["news"] = no_access()

        await room.outbox.run_once()

        assert (await room.delivery("story:1")).state is DeliveryState.PARKED
        assert (await room.place()).paused_reason == "50001 missing access"
        assert room.sender.made() == ["post"]

    async def test_resumes_unasked_in_order(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.closed["news"] = no_access()
        await room.outbox.run_once()
        room.clock.advance(10 * MINUTE)
        await room.publish(3)
        await room.outbox.run_once()
        del room.sender.closed["news"]
        await room.settle()

        assert room.sender.said() == ["story:1", "story:2", "story:3"]
        assert (await room.place()).paused_reason is None

    async def test_looks_again_less_and_less_often(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        room.sender.closed["news"] = no_access()
        await room.outbox.run_once()
        looks = []
        for _ in range(9):
            due = await room.outbox.next_due()
            assert due is not None
            looks.append((due - room.clock.now()) / MINUTE)
            room.clock.move_to(due)
            await room.outbox.run_once()

        assert looks == [1, 1, 2, 4, 8, 16, 32, 60, 60]

    async def test_is_no_matter_of_other_channels(self, room: Newsroom) -> None:
        other = await room.channel("other")
        await room.subscribe(other)
        await room.subscribe()
        await room.publish(1)
        room.sender.closed["news"] = no_access()
        await room.outbox.run_once()

        assert room.sender.said("other") == ["story:1"]

    async def test_of_an_edit_pauses_too(self, room: Newsroom) -> None:
        await room.subscribe()
        await told(room, 1)
        await room.join(1)
        room.clock.advance(MINUTE)
        room.sender.edit_troubles.append(no_access())
        await room.outbox.run_once()
        assert (await room.place()).paused_reason is not None
        await room.settle()

        assert room.sender.one("story:1").edits == 1

    async def test_longer_than_a_day_brings_one_away_line(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.closed["news"] = no_access()
        await room.outbox.run_once()
        room.clock.advance(25 * HOUR)
        await room.publish(3)
        del room.sender.closed["news"]
        await room.settle()

        assert sorted(key.partition(":")[0] for key in room.sender.said()) == ["away", "story"]
        [away] = [s for s in room.sender.channels["news"] if s.key.startswith("away:")]
        assert "While away: 2 stories" in titles_in(away.message)


class TestWorkspaceUnavailable:
    async def test_pauses_all_and_resumes_all(self, room: Newsroom) -> None:
        other = await room.channel("other")
        await room.subscribe(other)
        await room.subscribe()
        await room.publish(1)
        for channel in ("news", "other"):
            room.sender.closed[channel] = WorkspaceUnavailable("token_revoked")
        await room.outbox.run_once()
        calls = len(room.sender.calls)
        room.clock.advance(MINUTE / 2)
        await room.outbox.run_once()
        assert len(room.sender.calls) == calls
        assert (await room.place()).paused_reason == "token_revoked"

        room.sender.closed.clear()
        await room.settle()
        assert (room.sender.said(), room.sender.said("other")) == (["story:1"], ["story:1"])

    async def test_a_channel_still_closed_stays_paused_alone(self, room: Newsroom) -> None:
        other = await room.channel("other")
        await room.subscribe(other)
        await room.subscribe()
        await room.publish(1)
        for channel in ("news", "other"):
            room.sender.closed[channel] = WorkspaceUnavailable("token_revoked")
        await room.outbox.run_once()
        room.sender.closed = {"news": no_access()}
        for _ in range(12):
            room.clock.advance(10 * MINUTE)
            await room.outbox.run_once()

        assert room.sender.said("other") == ["story:1"]
        assert (await room.place()).paused_reason == "50001 missing access"


class TestWait:
    async def test_blocks_its_channel_only_for_the_platforms_own_time(self, room: Newsroom) -> None:
        other = await room.channel("other")
        await room.subscribe()
        await room.subscribe(other)
        await room.publish(1)
        room.sender.troubles.append(Wait("429", seconds=90))
        done = await room.outbox.run_once()
        assert (done.posted, done.waited) == (1, 1)

        assert await room.outbox.next_due() == NOON + timedelta(seconds=90)
        await room.settle()
        assert len(room.sender.said()) + len(room.sender.said("other")) == 2

    async def test_of_the_workspace_blocks_all_its_channels(self, room: Newsroom) -> None:
        other = await room.channel("other")
        await room.subscribe()
        await room.publish(1)
        room.sender.troubles.append(Wait("429 global", seconds=5, whole_workspace=True))
        await room.outbox.run_once()
        await room.subscribe(other)
        await room.publish(2)

        assert (await room.outbox.run_once()).posted == 0
        await room.settle()
        assert room.sender.said("other") == ["story:2"]

    async def test_without_a_time_doubles_with_jitter_up_to_a_quarter_hour(
        self, room: Newsroom
    ) -> None:
        await room.subscribe()
        await room.publish(1)
        room.sender.troubles.extend([Wait("503")] * 12)
        waits = []
        for _ in range(12):
            await room.outbox.run_once()
            due = await room.outbox.next_due()
            assert due is not None
            waits.append((due - room.clock.now()).total_seconds())
            room.clock.move_to(due)

        assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
        await room.settle()
        assert room.sender.said() == ["story:1"]

    async def test_keeps_the_order(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.troubles.append(Wait("503"))
        await room.settle()

        assert room.sender.said() == ["story:1", "story:2"]

    async def test_of_an_edit_lets_posts_go_on(self, room: Newsroom) -> None:
        await room.subscribe()
        await told(room, 1)
        await room.join(1)
        room.clock.advance(MINUTE)
        room.sender.edit_troubles.append(Wait("30046", seconds=600))
        await room.outbox.run_once()
        await room.publish(2)

        assert (await room.outbox.run_once()).posted == 1
        await room.settle()
        assert room.sender.one("story:1").edits == 1


class TestOutcomeUnknown:
    async def test_is_looked_up_before_the_retry(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        room.sender.troubles.append(dropped_answer())
        await room.outbox.run_once()
        assert (await room.delivery("story:1")).state is DeliveryState.UNKNOWN
        await room.settle()

        assert room.sender.said() == ["story:1"]
        assert room.sender.lookups == ["story:1"]
        alert = await room.alert(1)
        assert alert is not None
        assert alert.state is AlertState.TOLD

    async def test_is_posted_where_it_does_not_stand(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.troubles.append(OutcomeUnknown("reset before it left"))
        await room.settle()

        assert room.sender.said() == ["story:1", "story:2"]

    async def test_only_such_a_one_is_looked_up(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.troubles.append(Wait("503"))
        await room.settle()

        assert room.sender.lookups == []

    @pytest.mark.parametrize(
        "trouble",
        [
            pytest.param(Wait("503"), id="wait"),
            pytest.param(OutcomeUnknown("reset"), id="reset"),
            pytest.param(ChannelUnavailable("no history"), id="no-access"),
            pytest.param(WorkspaceUnavailable("revoked"), id="workspace"),
            pytest.param(TimeoutError(), id="timeout"),
            pytest.param(KeyError("a bug"), id="bug"),
        ],
    )
    async def test_a_lookup_that_fails_is_made_again(
        self, room: Newsroom, trouble: Exception
    ) -> None:
        await room.subscribe()
        await room.publish(1)
        room.sender.troubles.append(dropped_answer())
        room.sender.find_troubles.append(trouble)
        await room.settle()

        assert room.sender.said() == ["story:1"]
        assert len(room.sender.lookups) == 2

    async def test_later_posts_do_not_overtake_it(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.troubles.append(OutcomeUnknown("reset"))
        await room.outbox.run_once()

        assert room.sender.said() == []


class TestCrash:
    @pytest.mark.parametrize(
        "trouble",
        [
            pytest.param(asyncio.CancelledError(), id="before-the-message-left"),
            pytest.param(StoreThenFail(asyncio.CancelledError()), id="after-it-was-posted"),
        ],
    )
    async def test_between_post_and_mark_makes_no_double(
        self, room: Newsroom, trouble: BaseException
    ) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.troubles.append(trouble)
        await room.outbox.run_once()
        assert (await room.delivery("story:1")).state is DeliveryState.CLAIMED
        room.restart()
        await room.outbox.start()
        await room.settle()

        assert room.sender.said() == ["story:1", "story:2"]


class TestDatabaseFails:
    async def post_unmarked(self, room: Newsroom) -> None:
        """Let the disk fill up while the first story is being posted."""
        room.sender.slow["news"] = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(room.outbox.run_once())
            await room.sender.until("post", "story:1")
            room.disk.full = True
            room.sender.slow["news"].set()

    async def test_between_post_and_mark_makes_no_double_and_holds_up_nothing(
        self, room: Newsroom
    ) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        await room.outbox.start()
        await self.post_unmarked(room)
        assert (await room.delivery("story:1")).state is DeliveryState.CLAIMED
        assert (await room.outbox.run_once()).posted == 0
        room.disk.full = False
        await room.settle()

        assert room.sender.said() == ["story:1", "story:2"]
        assert room.sender.lookups == ["story:1"]

    async def test_is_asked_at_the_usual_pace_not_in_a_loop(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.slow["news"] = asyncio.Event()
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(room.outbox.run(stop))
            await room.sender.until("post", "story:1")
            room.disk.full = True
            room.sender.slow["news"].set()
            for _ in range(100):  # each gives the outbox time for a round or two
                await room.delivery("story:2")
            refused = room.disk.refused
            stop.set()

        assert 1 <= refused <= 3


async def test_a_senders_own_bug_parks_that_message_in_the_end(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1, 2)
    room.sender.troubles.extend([ValueError("a bug")] * 5)
    await room.settle()

    assert room.sender.said() == ["story:2"]
    assert (await room.delivery("story:1")).state is DeliveryState.PARKED


async def test_a_muted_channel_waits_and_then_hears(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1)
    async with room.store.write() as conn:
        await places.mute(conn, room.here.id, NOON + HOUR)
    assert (await room.outbox.run_once()).posted == 0
    await room.settle()

    assert room.sender.channels["news"][0].at == NOON + HOUR


class TestEdits:
    async def test_come_after_posts(self, room: Newsroom) -> None:
        await room.subscribe()
        await told(room, 1)
        await room.join(1)
        room.clock.advance(MINUTE)
        await room.publish(2)
        room.sender.calls.clear()
        await room.outbox.run_once()

        assert room.sender.made() == ["post", "edit"]

    async def test_say_in_one_line_what_came_since(self, room: Newsroom) -> None:
        said = "A judge in Boise froze the $200 million contract."
        await room.subscribe()
        await told(room, 1)
        room.clock.advance(MINUTE)
        await room.join(1, summary=(said,))
        await room.outbox.run_once()

        lines = [b for b in room.sender.one("story:1").message.blocks if isinstance(b, Paragraph)]
        assert plain(lines[1].parts).startswith("New since 2026-03-09 12:00 UTC: ")
        assert said in plain(lines[1].parts)

    async def test_are_at_most_one_a_minute_a_message(self, room: Newsroom) -> None:
        await room.subscribe()
        await told(room, 1)
        for _ in range(6):
            await room.join(1)
            await room.outbox.run_once()
            room.clock.advance(MINUTE / 3)

        assert room.sender.one("story:1").edits == 1

    async def test_keep_to_the_workspaces_budget_newest_first(self, store: Store) -> None:
        room = await Newsroom.open(store, Limits(edits_a_minute=2))
        await room.subscribe()
        for number in (1, 2, 3, 4):
            await told(room, number)
            room.clock.advance(MINUTE / 60)
        for number in (1, 2, 3, 4):
            await room.join(number)
        room.clock.advance(MINUTE)
        room.sender.calls.clear()
        first = await room.outbox.run_once()
        at_once = [ref for call, ref in room.sender.calls if call == "edit"]
        again = await room.outbox.run_once()
        assert await room.outbox.next_due() == room.clock.now() + MINUTE
        room.clock.advance(MINUTE)
        last = await room.outbox.run_once()

        assert (first.edited, again.edited, last.edited) == (2, 0, 2)
        assert at_once == ["m4", "m3"]

    async def test_what_grew_while_it_was_posted_is_edited_in(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        room.sender.slow["news"] = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(room.outbox.run_once())
            await room.sender.until("post", "story:1")
            await room.join(1)
            room.sender.slow["news"].set()
        await room.settle()

        assert room.sender.one("story:1").edits == 1

    async def test_that_meet_a_deleted_message_say_so_once(self, room: Newsroom) -> None:
        await room.subscribe()
        await told(room, 1)
        await room.join(1)
        room.sender.edit_troubles.append(MessageGone("10008"))
        await room.settle()

        assert (await room.delivery("story:1")).state is DeliveryState.GONE


class TestRun:
    async def test_delivers_what_is_queued_and_stops(self, room: Newsroom) -> None:
        await room.subscribe()
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(room.outbox.run(stop))
            await room.publish(1)
            room.outbox.wake()
            await room.sender.until("posted", "story:1")
            await room.publish(2)
            room.outbox.wake()
            await room.sender.until("posted", "story:2")
            stop.set()

        assert room.sender.said() == ["story:1", "story:2"]
        assert (await room.delivery("story:2")).state is DeliveryState.SENT

    async def test_stops_after_the_post_under_way(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1, 2)
        room.sender.slow["news"] = asyncio.Event()
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(room.outbox.run(stop))
            await room.sender.until("post", "story:1")
            stop.set()
            room.sender.slow["news"].set()

        assert (await room.delivery("story:1")).state is DeliveryState.SENT
        assert (await room.delivery("story:2")).state is DeliveryState.QUEUED

    async def test_a_slow_channel_does_not_hold_up_what_comes_later(self, room: Newsroom) -> None:
        slow = await room.channel("slow")
        await room.subscribe(slow)
        await room.subscribe()
        room.sender.slow["slow"] = asyncio.Event()
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(room.outbox.run(stop))
            for number in (1, 2):
                await room.publish(number)
                room.outbox.wake()
                await room.sender.until("posted", f"story:{number}")
            assert room.sender.said("slow") == []
            room.sender.slow["slow"].set()
            stop.set()
