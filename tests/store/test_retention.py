"""Retention: text 90 days, articles a year; what a feed still lists is never forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import FeedId, StoryId
from bot.model.seen import Fingerprint, SeenEntry
from bot.store import articles, feeds, retention, seen, stories
from bot.store.database import Store
from bot.store.search import search
from bot.store.tables import articles as article_table
from bot.store.tables import seen as seen_table
from tests.support.kept_feeds import feed_at
from tests.support.values import DAY, NOON, feed, filing, judged, report, story


async def fill(conn: AsyncConnection, seen_at: datetime) -> FeedId:
    await feeds.sync_configured(conn, [feed()], seen_at)
    found = await feed_at(conn, feed().url)
    assert found is not None
    assert await stories.reserve_ids(conn, 1) == [1]
    await stories.begin(conn, [story(1, last_at=seen_at, first_at=seen_at)])
    kept = report(1, judged("Old", text="long text", at=seen_at, feed=found.feed.id))
    await articles.store(conn, [(kept, StoryId(1))], {kept.id: filing("old words")})
    mark = Fingerprint(
        guid_hash="g", url_hash="u", title_hash="t", content_hash="c", title="Old", stated=None
    )
    await seen.add(conn, [SeenEntry(id=1, feed=found.feed.id, article=kept.id, mark=mark)], seen_at)
    return found.feed.id


async def rows(conn: AsyncConnection) -> tuple[int, int]:
    """How many articles and memories there are."""
    counts = [
        await conn.scalar(select(func.count()).select_from(table)) or 0
        for table in (article_table, seen_table)
    ]
    return counts[0], counts[1]


@pytest.mark.parametrize(
    ("days", "text", "left"),
    [
        pytest.param(89, "long text", (1, 1), id="before-90-days"),
        pytest.param(91, "", (1, 1), id="text-goes"),
        pytest.param(364, "", (1, 1), id="article-stays-a-year"),
        pytest.param(366, None, (0, 1), id="article-goes-memory-stays"),
        pytest.param(401, None, (0, 0), id="memory-goes"),
    ],
)
async def test_terms(store: Store, days: int, text: str | None, left: tuple[int, int]) -> None:
    async with store.write() as conn:
        number = await fill(conn, NOON)
        # The feed has since brought a document without that entry.
        (state,) = await feeds.by_ids(conn, [number])
        await feeds.save_polls(conn, [replace(state, changed_at=NOON + 2 * DAY)])
        await retention.prune(conn, now=NOON + days * DAY)
        assert await rows(conn) == left
        found = await conn.scalar(select(article_table.c.text))
        assert found == text
        hits = await search(conn, [["old"]], workspace=None, since=NOON, limit=5)
        assert len(hits) == left[0]


async def test_the_memory_of_what_is_still_listed_never_goes(store: Store) -> None:
    async with store.write() as conn:
        number = await fill(conn, NOON)
        # The last document that the feed brought lists it, however long ago.
        (state,) = await feeds.by_ids(conn, [number])
        await feeds.save_polls(
            conn, [replace(state, changed_at=NOON + timedelta(hours=3), good_at=NOON + 900 * DAY)]
        )
        await retention.prune(conn, now=NOON + 900 * DAY)
        assert await rows(conn) == (0, 1)


async def test_stories_without_articles_go_and_their_numbers_do_not_return(store: Store) -> None:
    async with store.write() as conn:
        await fill(conn, NOON)
        pruned = await retention.prune(conn, now=NOON + 366 * DAY)
        assert (pruned.articles, pruned.stories, pruned.more) == (1, 1, False)
        assert await stories.by_id(conn, StoryId(1)) is None
        assert await stories.reserve_ids(conn, 1) != [StoryId(1)]


async def test_a_round_stops_at_its_limit(store: Store) -> None:
    async with store.write() as conn:
        await fill(conn, NOON)
        first = await retention.prune(conn, now=NOON + 91 * DAY, limit=1)
        second = await retention.prune(conn, now=NOON + 91 * DAY, limit=1)
    assert (first.texts, first.more) == (1, True)
    assert (second.texts, second.more) == (0, False)
