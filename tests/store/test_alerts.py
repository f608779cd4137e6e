"""Routing on real databases: what a batch writes, and what the database itself forbids."""

from datetime import time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.model import (
    AlertState,
    Change,
    ChangeKind,
    DestinationKind,
    HeldBy,
    Mode,
    QuietHours,
    Reason,
    StoryId,
    WatchId,
)
from bot.store import orders, places
from bot.store.database import Store
from bot.store.tables import alerts, deliveries
from tests.support.alerting import HOUR, MINUTE, NOON, report, story
from tests.support.sending import Newsroom, titles_in


@pytest.fixture
async def room(store: Store) -> Newsroom:
    return await Newsroom.open(store)


async def add_watch(room: Newsroom, **given: Any) -> WatchId:
    async with room.store.write() as conn:
        made = await orders.add_watch(
            conn,
            destination=room.here.id,
            name="deepseek",
            query="deepseek",
            typed="deepseek",
            now=NOON,
            **given,
        )
    return made.id


async def test_a_batch_makes_alerts_and_deliveries_at_once(room: Newsroom) -> None:
    await room.subscribe()

    routed = await room.publish(1, 2)

    assert routed.states == {AlertState.QUEUED: 2}
    assert routed.frozen == {StoryId(1), StoryId(2)}
    alert = await room.alert(1)
    assert alert is not None
    assert alert.delivery == (await room.delivery("story:1")).id
    assert [reason.term for reason in alert.because] == ["injunction"]


async def test_the_database_forbids_a_second_alert_and_a_second_delivery(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1)

    for table in (alerts, deliveries):
        async with room.store.read() as conn:
            row = dict((await conn.execute(sa.select(table))).mappings().one())
        del row["id"]
        with pytest.raises(IntegrityError):
            async with room.store.write() as conn:
                await conn.execute(sa.insert(table).values(row))


async def test_orders_of_another_process_act_at_the_next_batch(room: Newsroom) -> None:
    await room.publish(1)
    await room.subscribe()
    await room.publish(2)

    assert await room.alert(1) is None
    assert await room.alert(2) is not None


async def test_waiting_for_two_origins_comes_true(room: Newsroom) -> None:
    await room.subscribe(min_sources=2)
    await room.publish(1)
    waiting = await room.alert(1)
    await room.join(1)
    queued = await room.alert(1)

    assert waiting is not None
    assert queued is not None
    assert (waiting.state, waiting.held[0].by) == (AlertState.WAITING, HeldBy.ORIGINS)
    assert (queued.id, queued.state, queued.held) == (waiting.id, AlertState.QUEUED, ())


async def test_two_of_a_story_in_one_batch_make_one_alert(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1)
    await room.join(1, outlets=3)
    await room.settle()

    assert room.sender.said() == ["story:1"]


async def test_the_thirteenth_post_of_an_hour_goes_into_one_list(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(*range(1, 21))
    await room.publish(21, relevance=0.95)
    await room.settle()

    posts = [key for key in room.sender.said() if key.startswith("story:")]
    assert posts == [f"story:{n}" for n in range(1, 13)]
    assert room.sender.said()[12:] == ["flood:2026-03-09T12"]
    listed = titles_in(room.sender.channels["news"][12].message)
    assert listed.startswith("9 stories more this hour")
    assert listed.index("Story 21") < listed.index("Story 13")
    states = [(await room.alert(n)) for n in range(1, 22)]
    assert {alert.state for alert in states if alert} == {AlertState.TOLD}


async def test_the_hours_list_grows_by_edits(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(*range(1, 14))
    await room.settle()
    await room.publish(14)
    await room.settle()

    flood = room.sender.one("flood:2026-03-09T12")
    late = await room.alert(14)
    assert flood.edits == 1
    assert "Story 14" in titles_in(flood.message)
    assert late is not None
    assert late.state is AlertState.TOLD


async def test_after_an_outage_no_more_than_the_limit_is_posted(room: Newsroom) -> None:
    await room.subscribe()
    for hour in range(3):
        await room.publish(*range(1 + hour * 10, 11 + hour * 10))
        room.clock.advance(HOUR)
    await room.settle()

    first = room.sender.channels["news"][0].at
    soon = [s.key for s in room.sender.channels["news"] if s.at - first < HOUR]
    assert sum(key.startswith("story:") for key in soon) == 12
    assert sum(key.startswith("flood:") for key in soon) == 1


async def test_quiet_hours_hold_for_one_message(room: Newsroom) -> None:
    await room.subscribe()
    async with room.store.write() as conn:
        quiet = QuietHours(start=time(11), end=time(13))
        await places.set_quiet(conn, room.here.id, quiet)
    await room.publish(1)
    await room.publish(2)
    await room.outbox.run_once()
    assert room.sender.said() == []
    await room.settle()

    assert room.sender.said() == ["held:2026-03-09"]
    assert room.sender.channels["news"][0].at == NOON + HOUR
    assert "Held overnight: 2 stories" in titles_in(room.sender.channels["news"][0].message)


async def test_a_held_story_that_breaks_is_told_once(room: Newsroom) -> None:
    await room.subscribe()
    async with room.store.write() as conn:
        quiet = QuietHours(start=time(11), end=time(13), let_breaking_through=True)
        await places.set_quiet(conn, room.here.id, quiet)
    await room.publish(1, 2)
    await room.join(1, relevance=0.95)
    await room.settle()

    assert room.sender.said() == ["story:1", "held:2026-03-09"]
    assert "Story 1" not in titles_in(room.sender.channels["news"][1].message)


class TestDigest:
    async def test_comes_at_its_local_time_and_skips_what_was_told(self, room: Newsroom) -> None:
        await room.subscribe(threshold=0.9)
        await room.subscribe(mode=Mode.DAILY, at=time(13))
        await room.publish(1, 2)
        await room.publish(3, relevance=0.95)
        due = await room.digests.next_due(room.clock.now())
        # The window that ended yesterday is looked at first, and has nothing to say.
        assert due == NOON
        assert await room.digests.run_once(NOON) == 0
        assert await room.digests.next_due(NOON) == NOON + HOUR
        room.clock.advance(HOUR)
        assert await room.digests.run_once(room.clock.now()) == 1
        await room.settle()

        said = room.sender.channels["news"][1]
        assert room.sender.said()[0] == "story:3"
        assert said.key.endswith(":2026-03-09")
        assert "Daily digest: 2 stories" in titles_in(said.message)

    async def test_that_is_empty_says_nothing(self, room: Newsroom) -> None:
        await room.subscribe(mode=Mode.HOURLY)

        assert await room.digests.run_once(NOON) == 0
        assert await room.digests.run_once(NOON) == 0
        await room.settle()
        assert room.sender.said() == []

    async def test_takes_what_was_first_reported_in_its_window(self, room: Newsroom) -> None:
        await room.subscribe(mode=Mode.HOURLY)
        await room.publish(1)
        # The story of noon belongs to the window from noon on.
        assert await room.digests.run_once(NOON) == 0
        assert await room.digests.run_once(NOON + HOUR) == 1

    async def test_a_story_is_in_one_digest_only(self, room: Newsroom) -> None:
        await room.subscribe(mode=Mode.HOURLY)
        await room.publish(1)
        room.clock.advance(HOUR)
        await room.digests.run_once(room.clock.now())
        await room.settle()
        await room.join(1)
        room.clock.advance(HOUR)

        assert await room.digests.run_once(room.clock.now()) == 0

    async def test_after_downtime_one_digest_tells_what_several_windows_held(
        self, room: Newsroom
    ) -> None:
        await room.subscribe(mode=Mode.DAILY, at=time(8))
        for number in (1, 2, 3):
            await room.publish(number)
            room.clock.advance(timedelta(days=1))
        # Nothing ran for three days; the first tick after that makes one message.
        assert await room.digests.run_once(room.clock.now()) == 1
        assert await room.digests.run_once(room.clock.now()) == 0
        await room.settle()

        (said,) = room.sender.channels["news"]
        assert "Daily digest: 3 stories" in titles_in(said.message)

    @pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Asia/Tokyo", "Asia/Kolkata"])
    async def test_a_change_of_zone_tells_nothing_twice_and_loses_nothing(
        self, room: Newsroom, zone: str
    ) -> None:
        async with room.store.write() as conn:
            await places.set_workspace(conn, room.here.workspace, zone="America/Los_Angeles")
        await room.subscribe(mode=Mode.DAILY, at=time(8))
        told: list[str] = []
        for number in range(1, 13):
            await room.publish(number)
            if number == 6:
                async with room.store.write() as conn:
                    await places.set_workspace(conn, room.here.workspace, zone=zone)
            for _ in range(4):
                room.clock.advance(HOUR)
                await room.digests.run_once(room.clock.now())
                await room.outbox.run_once()
        room.clock.advance(timedelta(days=1))
        await room.digests.run_once(room.clock.now())
        await room.outbox.run_once()
        for shown in room.sender.channels["news"]:
            words = titles_in(shown.message)
            told += [f"Story {n}" for n in range(1, 13) if f"'Story {n}'" in words]
        assert sorted(told) == sorted(f"Story {n}" for n in range(1, 13))
        assert len({shown.key for shown in room.sender.channels["news"]}) >= 3

    async def test_waits_for_the_end_of_a_mute(self, room: Newsroom) -> None:
        await room.subscribe(mode=Mode.HOURLY)
        await room.publish(1)
        async with room.store.write() as conn:
            await places.mute(conn, room.here.id, NOON + 3 * HOUR)

        assert await room.digests.run_once(NOON + 2 * HOUR) == 0
        assert await room.digests.next_due(NOON + 2 * HOUR) == NOON + 3 * HOUR
        assert await room.digests.run_once(NOON + 3 * HOUR) == 1

    async def test_of_a_removed_subscription_frees_its_stories(self, room: Newsroom) -> None:
        digest = await room.subscribe(mode=Mode.HOURLY)
        await room.publish(1)
        async with room.store.write() as conn:
            assert await orders.remove_subscription(conn, digest.id)
        await room.subscribe()
        await room.join(1)
        await room.settle()

        assert room.sender.said() == ["story:1"]


async def test_mute_story_is_silent_from_then_on(room: Newsroom) -> None:
    await room.subscribe(min_sources=2)
    await room.publish(1)
    async with room.store.write() as conn:
        await places.mute_story(conn, room.here.id, StoryId(1), by="Kim", now=NOON)
    await room.join(1)
    alert = await room.alert(1)

    assert alert is not None
    assert (alert.state, alert.held[0].by) == (AlertState.SUPPRESSED, HeldBy.STORY_MUTED)


class TestGrowth:
    async def test_edits_the_message_in_place(self, room: Newsroom) -> None:
        await room.subscribe(mention="role-1")
        await room.publish(1)
        await room.settle()
        await room.join(1, outlets=4)
        await room.settle()

        shown = room.sender.one("story:1")
        assert shown.edits == 1
        assert "Outlet 1000, and 4 more" in titles_in(shown.message)
        # An edit pings nobody.
        assert shown.message.mention is None

    async def test_of_a_story_not_told_changes_no_message(self, room: Newsroom) -> None:
        await room.subscribe(min_sources=3)
        await room.publish(1)
        routed = await room.join(1)

        assert routed.edits == 0

    async def test_after_an_hour_edits_only_at_five(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        await room.settle()
        room.clock.advance(2 * HOUR)
        assert [(await room.join(1)).edits for _ in range(5)] == [0, 0, 0, 1, 0]

    async def test_growth_before_the_post_needs_no_edit(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        await room.join(1)
        await room.settle()

        assert room.sender.one("story:1").edits == 0


class TestNotes:
    async def test_a_correction_replies_to_the_alert_once(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        await room.settle()
        change = Change(kind=ChangeKind.CORRECTION, after="It named a wrong court.")
        for _ in range(2):
            await room.revise(1, changes=(change,))
        await room.settle()

        told, note = room.sender.channels["news"]
        assert note.reply_to == told.ref
        assert note.key.startswith("note:1:correction-")

    async def test_a_watch_pings_on_a_told_story_once(self, room: Newsroom) -> None:
        await room.subscribe()
        watch = await add_watch(room, mention="role-1")
        hit = {watch: (Reason(term="DeepSeek", where="text", weight=1),)}
        await room.publish(1)
        await room.settle()
        for _ in range(2):
            await room.join(1, watch_hits=hit)
        await room.settle()

        told, note = room.sender.channels["news"]
        assert (note.key, note.reply_to) == (f"note:1:watch-{watch}", told.ref)
        assert note.message.mention == "role-1"

    async def test_a_watch_that_made_the_alert_is_silent_as_it_grows(self, room: Newsroom) -> None:
        hit = {await add_watch(room): ()}
        one = story(report(1000, relevance=0.1, at=NOON, title="Story 1"))
        await room.write([one], watch_hits=hit)
        await room.settle()
        await room.join(1, watch_hits=hit)
        await room.settle()

        assert room.sender.said() == ["story:1"]

    async def test_a_note_on_a_deleted_alert_is_not_posted(self, room: Newsroom) -> None:
        await room.subscribe()
        await room.publish(1)
        await room.settle()
        room.sender.channels["news"].clear()
        await room.join(1)
        await room.settle()
        await room.revise(1, changes=(Change(kind=ChangeKind.CORRECTION, after="Wrong."),))
        await room.settle()

        assert room.sender.said() == []


async def test_a_forum_has_one_post_a_saga(room: Newsroom) -> None:
    forum = await room.channel("forum", kind=DestinationKind.FORUM)
    await room.subscribe(forum)
    for number in (1, 2, 3):
        await room.write(
            [
                story(
                    report(number * 1000, at=room.clock.now(), title=f"Story {number}"),
                    id_=number,
                    predecessor=StoryId(number - 1) if number > 1 else None,
                )
            ]
        )
        await room.settle()
        room.clock.advance(MINUTE)

    first, second, third = room.sender.channels["forum"]
    assert first.reply_to is None
    assert (second.reply_to, third.reply_to) == (first.ref, first.ref)


async def test_a_development_links_to_the_message_before(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1)
    await room.settle()
    later = story(report(2000, at=room.clock.now()), id_=2, predecessor=StoryId(1))
    await room.write([later])
    await room.settle()

    first = room.sender.one("story:1")
    above = str(room.sender.one("story:2").message.above)
    assert f"https://chat.test/news/{first.ref}" in above


async def test_old_articles_after_downtime_make_one_away_line(room: Newsroom) -> None:
    await room.subscribe()
    old = NOON - timedelta(hours=30)
    for number in (1, 2, 3):
        one = story(report(number * 1000, at=old, title=f"Story {number}"), id_=number)
        await room.write([one], last_good=old)
    await room.publish(4)
    await room.settle()

    assert room.sender.said() == ["story:4", "away:2026-03-09T12:00:00Z"]
    assert "While away: 3 stories" in titles_in(room.sender.channels["news"][1].message)
