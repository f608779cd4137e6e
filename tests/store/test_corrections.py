"""Merging and splitting by hand: what becomes of stories and messages, in both databases."""

from datetime import time, timedelta

import pytest

from bot.errors import NotAllowed, NotFound, UsageError
from bot.message import plain
from bot.model import AlertState, DeliveryState, HeldBy, Mode, StoryId
from bot.services.asking import Actor, Place, Who
from bot.services.corrections import Corrections, Merged, Split
from bot.store import outbox, places, stories
from bot.store.database import Store
from tests.support.alerting import HOUR, MINUTE, NOON, report, story
from tests.support.sending import Newsroom, titles_in
from tests.support.wiring import services_over

HERE = Place(platform="console", workspace="home", channel="news")
OPERATOR = Actor(id="op", may=Who.OPERATOR)


@pytest.fixture
async def room(store: Store) -> Newsroom:
    async with store.lane() as conn:
        # Tests give the first story its number; a sequence must know that it is taken.
        await stories.reserve_ids(conn, 1)
    return await Newsroom.open(store)


def corrections(room: Newsroom) -> Corrections:
    return services_over(room.store).corrections


async def merge(room: Newsroom, one: str = "s1", other: str = "s2") -> Merged:
    return await corrections(room).merge(HERE, OPERATOR, one, other, room.clock.now())


async def split(room: Newsroom, numbers: str, *, alert: bool = False, of: str = "s1") -> Split:
    service = corrections(room)
    return await service.split(HERE, OPERATOR, of, numbers, room.clock.now(), alert=alert)


async def grown(room: Newsroom, outlets: int = 2) -> None:
    """Story 1 of several reports, told, an hour ago."""
    await room.subscribe()
    await room.publish(1)
    await room.join(1, outlets=outlets)
    await room.settle()
    room.clock.advance(HOUR)


# merge


async def test_the_older_alert_survives_and_the_other_message_links_to_it(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1)
    await room.settle()
    room.clock.advance(10 * MINUTE)
    await room.publish(2)
    await room.settle()

    done = await merge(room, "s2", "s1")
    await room.settle()

    assert (done.kept.label, done.gone, done.reports, done.links) == ("s1", "s2", 2, 1)
    first, second = room.sender.one("story:1"), room.sender.one("story:2")
    assert "Outlet 1000 and Outlet 2000" in titles_in(first.message)
    assert f"https://chat.test/news/{first.ref}" in titles_in(second.message)
    assert (first.edits, second.edits) == (1, 1)
    assert room.sender.said() == ["story:1", "story:2"]


async def test_a_merged_id_forwards_and_stays_merged(room: Newsroom) -> None:
    await room.publish(1, 2, 3)
    await merge(room, "s2", "s3")
    await merge(room, "s1", "s3")
    async with room.store.read() as conn:
        found = [await stories.by_id(conn, StoryId(n)) for n in (1, 2, 3)]
    assert [one.id for one in found if one] == [1, 1, 1]
    assert found[0] is not None
    assert [one.id for one in found[0].reports] == [1000, 2000, 3000]
    with pytest.raises(UsageError, match="one story already"):
        await merge(room, "s1", "s2")


async def test_where_only_the_newer_was_told_its_message_stays_and_grows(room: Newsroom) -> None:
    await room.publish(1)
    await room.subscribe()
    room.clock.advance(10 * MINUTE)
    await room.publish(2)
    await room.settle()
    assert room.sender.said() == ["story:2"]

    done = await merge(room)
    await room.settle()
    async with room.store.read() as conn:
        whole = (await stories.load(conn, [StoryId(1)]))[StoryId(1)]
    assert whole.title == "Story 2"

    assert done.links == 0
    room.written[StoryId(1)] = whole
    await room.join(1, outlets=1)
    later = story(report(9000, at=room.clock.now()), id_=9, predecessor=StoryId(1))
    await room.write([later])
    await room.settle()
    told = room.sender.one("story:2")
    assert "Outlet 1000, and 2 more" in titles_in(told.message)
    above = plain(room.sender.one("story:9").message.above)
    assert f"https://chat.test/news/{told.ref}" in above
    assert room.sender.said() == ["story:2", "story:9"]


async def test_what_only_waits_is_not_sent_where_the_other_is_told(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1)
    await room.settle()
    await room.publish(2)

    await merge(room)
    await room.settle()

    assert room.sender.said() == ["story:1"]
    assert (await room.delivery("story:2")).state is DeliveryState.STALE
    alert = await room.alert(2)
    assert alert is not None
    assert (alert.state, alert.held[0].by) == (AlertState.SUPPRESSED, HeldBy.MERGED)


async def test_what_a_worker_is_posting_links_once_it_stands(room: Newsroom) -> None:
    await room.subscribe()
    await room.publish(1)
    await room.settle()
    await room.publish(2)
    async with room.store.write() as conn:
        waiting = await outbox.by_key(conn, room.here.id, "story:2")
        assert waiting is not None
        await outbox.claim(conn, waiting, room.clock.now())

    await merge(room)
    async with room.store.write() as conn:
        claimed = await outbox.by_key(conn, room.here.id, "story:2")
        assert claimed is not None
        assert claimed.state is DeliveryState.CLAIMED
        assert claimed.wanted == "merged.1"


async def test_a_digest_tells_the_merged_story_once(room: Newsroom) -> None:
    await room.subscribe(mode=Mode.DAILY, at=time(8, 0))
    await room.publish(1, 2)
    await merge(room)
    room.clock.move_to(NOON + timedelta(hours=20))
    await room.digests.run_once(room.clock.now())
    await room.settle()

    (digest,) = room.sender.channels["news"]
    assert digest.message.title == "Daily digest: 1 story"


async def test_a_digest_that_told_both_leaves_out_the_one_that_is_gone(room: Newsroom) -> None:
    await room.subscribe(mode=Mode.DAILY, at=time(8, 0))
    await room.publish(1, 2)
    room.clock.move_to(NOON + timedelta(hours=20))
    await room.digests.run_once(room.clock.now())
    await room.settle()
    room.clock.advance(HOUR)

    assert (await merge(room)).links == 0
    await room.settle()

    (digest,) = room.sender.channels["news"]
    assert (digest.message.title, digest.edits) == ("Daily digest: 1 story", 1)


async def test_a_mute_of_either_holds_for_both(room: Newsroom) -> None:
    await room.publish(1, 2)
    async with room.store.write() as conn:
        await places.mute_story(conn, room.here.id, StoryId(2), by="somebody", now=NOON)
    await merge(room)
    await room.subscribe()
    async with room.store.read() as conn:
        whole = (await stories.load(conn, [StoryId(1)]))[StoryId(1)]
    room.written[StoryId(1)] = whole
    await room.join(1)
    await room.settle()
    assert room.sender.said() == []


async def test_followers_follow_the_story_that_stays(room: Newsroom) -> None:
    await room.publish(1, 2)
    later = report(3000, at=NOON + MINUTE)
    await room.write([story(later, id_=3, predecessor=StoryId(2))])
    await merge(room)
    async with room.store.read() as conn:
        saga = await stories.saga(conn, StoryId(3))
    assert [one.id for one in saga.stories] == [1, 3]


async def test_a_development_merged_into_what_it_followed_follows_nothing(room: Newsroom) -> None:
    await room.publish(1)
    await room.write([story(report(2000), id_=2, predecessor=StoryId(1))])
    await merge(room)
    async with room.store.read() as conn:
        whole = (await stories.load(conn, [StoryId(1)]))[StoryId(1)]
    assert whole.predecessor is None


# split


async def test_a_part_split_off_alerts_nobody_even_as_it_grows(room: Newsroom) -> None:
    await grown(room)

    done = await split(room, "2-3")
    await room.settle()

    assert (done.moved, done.stays.label, done.part.label) == (2, "s1", "s2")
    told = room.sender.one("story:1")
    assert "Outlet 1000" in titles_in(told.message)
    assert "more" not in titles_in(told.message)
    async with room.store.read() as conn:
        part = (await stories.load(conn, [StoryId(2)]))[StoryId(2)]
    assert [one.id for one in part.reports] == [1001, 1002]
    assert part.reports[0].joined[0].where == "by hand"
    room.written[part.id] = part
    await room.join(2, outlets=3)
    await room.settle()
    assert room.sender.said() == ["story:1"]


async def test_a_part_split_off_alerts_where_asked(room: Newsroom) -> None:
    await grown(room)
    await split(room, "2", alert=True)
    await room.settle()
    assert room.sender.said() == ["story:1", "story:2"]


async def test_a_split_is_undone_by_a_merge(room: Newsroom) -> None:
    await grown(room)
    await split(room, "3")
    await merge(room)
    await room.settle()
    assert "Outlet 1000, and 2 more" in titles_in(room.sender.one("story:1").message)
    assert room.sender.said() == ["story:1"]


async def test_who_never_heard_of_the_whole_hears_of_the_part_as_news(room: Newsroom) -> None:
    await room.publish(1)
    await room.join(1)
    await split(room, "2")
    await room.subscribe()
    async with room.store.read() as conn:
        room.written[StoryId(2)] = (await stories.load(conn, [StoryId(2)]))[StoryId(2)]
    await room.join(2)
    await room.settle()
    assert room.sender.said() == ["story:2"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        pytest.param("4", "has 3 reports", id="beyond"),
        pytest.param("0", "has 3 reports", id="from-one"),
        pytest.param("3-2", "has 3 reports", id="backwards"),
        pytest.param("two", "names no reports", id="words"),
        pytest.param("1-3", "Nothing would be left", id="all"),
    ],
)
async def test_refuses_to_split(room: Newsroom, numbers: str, words: str) -> None:
    await grown(room)
    with pytest.raises(UsageError, match=words):
        await split(room, numbers)


# who may


async def test_where_one_workspace_is_its_managers_may_correct(room: Newsroom) -> None:
    await room.publish(1, 2)
    manager = Actor(id="m", may=Who.WORKSPACE_MANAGER)
    channel = Actor(id="c", may=Who.CHANNEL_MANAGER)
    with pytest.raises(NotAllowed):
        await corrections(room).merge(HERE, channel, "s1", "s2", NOON)
    await room.publish(3)
    assert (await corrections(room).merge(HERE, manager, "s1", "s3", NOON)).gone == "s3"
    async with room.store.write() as conn:
        other = await places.get_or_create_workspace(conn, "chat", "other", now=NOON)
    with pytest.raises(NotAllowed, match="operator"):
        await corrections(room).merge(HERE, manager, "s1", "s2", NOON)
    there = Place(platform="chat", workspace=other.external_id, channel="c")
    done = await corrections(room).merge(there, OPERATOR, "s1", "s2", NOON)
    assert done.gone == "s2"


async def test_no_such_story(room: Newsroom) -> None:
    await room.publish(1)
    with pytest.raises(NotFound):
        await merge(room, "s1", "s9")
    with pytest.raises(NotFound):
        await merge(room, "s1", "all of them")
