"""Feeds: the config's and workspaces' own, and what polls leave behind."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import FeedErrorKind
from bot.model import FeedHealth, FeedId, PollState, Tier
from bot.store import feeds
from bot.store.database import Store
from tests.support.databases import make_workspace
from tests.support.kept_feeds import feed_at
from tests.support.values import DAY, HOUR, NOON, feed

A, B = "https://a.example/feed", "https://b.example/feed"


async def state_of(conn: AsyncConnection, url: str) -> PollState:
    found = await feed_at(conn, url)
    assert found is not None
    return found


async def test_the_configs_feeds_are_due_at_once_and_keep_their_ids(store: Store) -> None:
    wanted = [feed(A, tier=Tier.PRIMARY, folder="Agencies"), feed(B, every=HOUR, language="de")]
    async with store.write() as conn:
        await feeds.sync_configured(conn, wanted, NOON)
        first = await feeds.due_feeds(conn, now=NOON, limit=10)
        await feeds.sync_configured(conn, wanted, NOON + DAY)
        second = await feeds.due_feeds(conn, now=NOON, limit=10)
    assert [s.feed for s in first] == [s.feed for s in second]
    assert first[0].feed == replace(wanted[0], id=first[0].feed.id)
    assert first[1].feed == replace(wanted[1], id=first[1].feed.id)


async def test_due_feeds_come_most_overdue_first(store: Store) -> None:
    async with store.write() as conn:
        await feeds.sync_configured(conn, [feed(A), feed(B)], NOON)
        a, b = await state_of(conn, A), await state_of(conn, B)
        await feeds.save_polls(
            conn,
            [
                replace(a, next_poll_at=NOON - HOUR),
                replace(b, next_poll_at=NOON - 2 * HOUR),
            ],
        )
        due = await feeds.due_feeds(conn, now=NOON, limit=10)
        assert [s.feed.url for s in due] == [B, A]
        assert await feeds.next_due(conn) == NOON - 2 * HOUR
        assert len(await feeds.due_feeds(conn, now=NOON, limit=1)) == 1
        assert await feeds.due_feeds(conn, now=NOON - 3 * HOUR, limit=10) == []


async def test_a_clock_that_ran_ahead_silences_no_feed(store: Store) -> None:
    async with store.write() as conn:
        await feeds.sync_configured(conn, [feed(A), feed(B)], NOON)
        a, b = await state_of(conn, A), await state_of(conn, B)
        ahead, tomorrow = (
            replace(a, next_poll_at=NOON + 90 * DAY),
            replace(b, next_poll_at=NOON + DAY),
        )
        await feeds.save_polls(conn, [ahead, tomorrow])
        due = await feeds.due_feeds(conn, now=NOON, limit=10)
    assert [state.feed.url for state in due] == [A]


async def test_polls_are_saved_whole(store: Store) -> None:
    async with store.write() as conn:
        await feeds.sync_configured(conn, [feed(A)], NOON)
        polled = replace(
            await state_of(conn, A),
            next_poll_at=NOON + HOUR,
            polled_at=NOON,
            good_at=NOON,
            changed_at=NOON,
            entry_at=NOON,
            full_fetch_at=NOON,
            etag='W/"x"',
            last_modified="Wed, 18 Feb 2026 12:00:00 GMT",
            body_hash="abc",
            hints={"ttl": 60.0, "hours": [1, 2]},
            spoken=(NOON - DAY, NOON),
            failures=2,
            error_kind=FeedErrorKind.HTML,
            error="a page",
            failing_since=NOON,
            moved_to=B,
            moved_seen=1,
            told_health=FeedHealth.FAILING,
            churn=3,
        )
        await feeds.save_polls(conn, [polled])
        assert await state_of(conn, A) == polled


async def test_a_gone_feed_is_never_due(store: Store) -> None:
    async with store.write() as conn:
        await feeds.sync_configured(conn, [feed(A)], NOON)
        gone = replace(await state_of(conn, A), next_poll_at=None, gone_at=NOON)
        await feeds.save_polls(conn, [gone])
        assert await state_of(conn, A) == gone
        assert await feeds.due_feeds(conn, now=NOON + 900 * DAY, limit=10) == []


async def test_a_feed_that_the_config_drops_rests_unless_a_workspace_has_it(store: Store) -> None:
    async with store.write() as conn:
        await feeds.sync_configured(conn, [feed(A), feed(B)], NOON)
        ours = await make_workspace(conn, "ours")
        await feeds.add_for_workspace(conn, ours, feed(B), by="ann", now=NOON)
        await feeds.sync_configured(conn, [], NOON + HOUR)
        a, b = await state_of(conn, A), await state_of(conn, B)
        assert (a.feed.shared, a.feed.paused) == (False, True)
        assert (b.feed.shared, b.feed.paused, b.workspaces) == (False, False, frozenset({ours}))
        await feeds.sync_configured(conn, [feed(A)], NOON + 2 * HOUR)
        a = await state_of(conn, A)
        assert (a.feed.shared, a.feed.paused) == (True, False)


async def test_two_workspaces_share_one_poll_of_a_feed(store: Store) -> None:
    async with store.write() as conn:
        ours, theirs = await make_workspace(conn, "ours"), await make_workspace(conn, "theirs")
        first = await feeds.add_for_workspace(conn, ours, feed(A), by="ann", now=NOON)
        again = await feeds.add_for_workspace(conn, ours, feed(A), by="ann", now=NOON)
        second = await feeds.add_for_workspace(conn, theirs, feed(A), by="bob", now=NOON)
        assert first[0] == again[0] == second[0]
        assert (first[1], again[1], second[1]) == (True, False, True)
        (state,) = await feeds.due_feeds(conn, now=NOON, limit=10)
        assert state.workspaces == {ours, theirs}
        assert await feeds.remove_from_workspace(conn, ours, first[0], NOON)
        assert not (await state_of(conn, A)).feed.paused
        assert await feeds.remove_from_workspace(conn, theirs, first[0], NOON)
        assert not await feeds.remove_from_workspace(conn, theirs, first[0], NOON)
        assert (await state_of(conn, A)).feed.paused
        await feeds.add_for_workspace(conn, ours, feed(A), by="ann", now=NOON + HOUR)
        assert not (await state_of(conn, A)).feed.paused


async def test_a_workspace_sees_shared_feeds_and_its_own(store: Store) -> None:
    async with store.write() as conn:
        await feeds.sync_configured(conn, [feed(A)], NOON)
        ours, theirs = await make_workspace(conn, "ours"), await make_workspace(conn, "theirs")
        await feeds.add_for_workspace(conn, theirs, feed(B), by="bob", now=NOON)
        assert [s.feed.url for s in await feeds.all_feeds(conn, workspace=ours)] == [A]
        assert {s.feed.url for s in await feeds.all_feeds(conn, workspace=theirs)} == {A, B}
        assert [s.feed.url for s in await feeds.all_feeds(conn)] == [A]


async def test_a_thousand_polls_that_brought_nothing_are_one_statement(store: Store) -> None:
    wanted = [feed(f"https://{n}.example/feed") for n in range(1_000)]
    async with store.write() as conn:
        await feeds.sync_configured(conn, wanted, NOON)
        due = await feeds.due_feeds(conn, now=NOON, limit=1_000)
        later = [replace(s, next_poll_at=NOON + timedelta(seconds=n)) for n, s in enumerate(due)]
        await feeds.save_polls(conn, later)
        assert await feeds.due_feeds(conn, now=NOON + DAY, limit=1_000) == later
        assert [s.feed.id for s in await feeds.by_ids(conn, [FeedId(1), FeedId(99_999)])] == [1]
