"""Articles and stories: what goes in comes out, for those who may see it."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, FeedId, Judged, Report, Story, StoryId, WorkspaceId
from bot.model.seen import Fingerprint, SeenEntry
from bot.store import articles, facts, feeds, seen, stories
from bot.store.database import Store
from bot.store.rows import clean
from bot.store.tables import revisions
from bot.store.tables import seen as seen_table
from tests.support.databases import make_workspace
from tests.support.kept_feeds import feed_at
from tests.support.values import DAY, HOUR, NOON, feed, filing, fully_judged, judged, report, story


async def make_feed(conn: AsyncConnection, url: str = "https://npr.example/feed") -> FeedId:
    await feeds.sync_configured(conn, [feed(url)], NOON)
    found = await feed_at(conn, url)
    assert found is not None
    return found.feed.id


async def keep(conn: AsyncConnection, *kept: Judged, story_number: int = 1) -> list[Report]:
    """Store a story of these reports."""
    numbers = await articles.reserve_ids(conn, len(kept))
    reports = [report(n, one) for n, one in zip(numbers, kept, strict=True)]
    await stories.begin(conn, [story(story_number, *reports)])
    filings = {one.id: filing(one.judged.article.title.lower()) for one in reports}
    await articles.store(conn, [(one, StoryId(story_number)) for one in reports], filings)
    return reports


async def test_an_article_comes_back_as_it_was_stored(store: Store) -> None:
    async with store.write() as conn:
        number = await make_feed(conn)
        whole = fully_judged()
        whole = replace(whole, article=replace(whole.article, feed=number, backlog=True))
        (kept,) = await keep(conn, whole)
        loaded = await articles.load(conn, [kept.id, ArticleId(99)])
    assert loaded == {kept.id: articles.Stored(report=kept, story=StoryId(1))}


async def test_a_story_comes_back_with_its_reports(store: Store) -> None:
    async with store.write() as conn:
        reports = [
            report(1, fully_judged()),
            report(2, judged("Second", at=NOON + HOUR), origin=1),
        ]
        whole = story(
            1,
            *reports,
            summary=("One.", "Two."),
            relevance=0.75,
            best=ArticleId(1),
            frozen_at=NOON,
        )
        await stories.begin(conn, [whole])
        filings = {one.id: filing() for one in reports}
        await articles.store(conn, [(one, whole.id) for one in reports], filings)
        assert await stories.load(conn, [whole.id]) == {whole.id: whole}
        assert await stories.latest(conn, workspace=None, since=NOON, limit=5) == [whole]


async def test_ids_of_stories_are_never_used_again(store: Store) -> None:
    async with store.write() as conn:
        (first,) = await stories.reserve_ids(conn, 1)
        await stories.begin(conn, [story(first)])
        await conn.execute(text("DELETE FROM stories"))
        (second,) = await stories.reserve_ids(conn, 1)
    assert second > first


async def test_a_merged_id_forwards(store: Store) -> None:
    async with store.write() as conn:
        await keep(conn, judged("Kept"), story_number=1)
        await stories.begin(conn, [replace(story(2), merged_into=StoryId(1))])
        await stories.begin(conn, [replace(story(3), merged_into=StoryId(2))])
        found = await stories.by_id(conn, StoryId(3))
        assert found is not None
        assert found.id == 1
        assert await stories.by_id(conn, StoryId(77)) is None


async def test_a_saga_is_the_chain_from_any_of_its_stories(store: Store) -> None:
    async with store.write() as conn:
        chain = [
            story(1, first_at=NOON),
            story(2, first_at=NOON + HOUR, predecessor=StoryId(1)),
            story(3, first_at=NOON + 2 * HOUR, predecessor=StoryId(2)),
            story(4, first_at=NOON + 3 * HOUR, predecessor=StoryId(1)),
        ]
        await stories.begin(conn, [*chain, story(5)])
        for one in chain:
            found = await stories.saga(conn, one.id)
            assert [s.id for s in found.stories] == [1, 2, 3, 4]
        assert [s.id for s in (await stories.saga(conn, StoryId(5))).stories] == [5]


async def test_live_stories_are_the_recent_and_the_relevant(store: Store) -> None:
    def dated(number: int, days: int, relevance: float) -> Story:
        return story(number, last_at=NOON - days * DAY, relevance=relevance)

    async with store.write() as conn:
        await stories.begin(
            conn, [dated(1, 1, 0.0), dated(2, 10, 0.0), dated(3, 10, 0.9), dated(4, 60, 0.9)]
        )
        live = await stories.live(
            conn, NOON - 3 * DAY, relevant_since=NOON - 30 * DAY, relevance=0.5
        )
    assert [one.id for one in live] == [1, 3]


async def test_a_revision_keeps_what_was_said_before(store: Store) -> None:
    async with store.write() as conn:
        (kept,) = await keep(conn, fully_judged("Judge rules"))
        after = replace(
            kept,
            judged=replace(
                kept.judged,
                article=replace(kept.judged.article, title="Judge rules, then pauses"),
                entities=(),
            ),
        )
        await articles.revise(conn, [after], {after.id: filing("judge pauses")}, NOON + HOUR)
        assert (await articles.load(conn, [kept.id]))[kept.id].report == after
        before = (await conn.execute(select(revisions.c.title, revisions.c.seen_at))).one()
    assert tuple(before) == ("Judge rules", NOON + HOUR)


async def test_an_article_of_a_workspaces_feed_is_for_that_workspace(store: Store) -> None:
    async with store.write() as conn:
        ours = await make_workspace(conn, "ours")
        theirs = await make_workspace(conn, "theirs")
        number, _ = await feeds.add_for_workspace(conn, ours, feed(), by="ann", now=NOON)
        (kept,) = await keep(conn, judged("Private", shared=False, feed=number))
        await articles.link_feed(conn, number, [kept.id, ArticleId(99)], NOON)
        await articles.link_feed(conn, number, [kept.id], NOON)
        url = kept.judged.article.canonical_url or ""

        async def sees(workspace: WorkspaceId | None) -> bool:
            found = await articles.by_address(conn, url, workspace)
            told = await stories.latest(conn, workspace=workspace, since=NOON, limit=5)
            assert bool(found) == bool(told)
            return bool(found)

        assert [await sees(who) for who in (ours, theirs, None)] == [True, False, False]
        loaded = (await articles.load(conn, [kept.id]))[kept.id]
        assert loaded.report.judged.article.workspaces == {ours}
        await articles.open_up(conn, [kept.id], shared=True, news=False)
        assert [await sees(who) for who in (ours, theirs, None)] == [True, True, True]


@pytest.mark.parametrize(
    ("hostile", "stored"),
    [
        pytest.param("a\x00b", "ab", id="nul"),
        pytest.param("\ud83d alone", "? alone", id="half-a-surrogate-pair"),
        pytest.param("'; DROP TABLE articles; --", "'; DROP TABLE articles; --", id="sql"),
        pytest.param("%s {0} :name \\", "%s {0} :name \\", id="placeholders"),
        pytest.param("👩‍👩‍👧 Ж 中文", "👩‍👩‍👧 Ж 中文", id="any-script"),
    ],
)
async def test_any_text_can_be_stored(store: Store, hostile: str, stored: str) -> None:
    assert clean(hostile) == stored
    async with store.write() as conn:
        (kept,) = await keep(conn, judged(hostile, text=hostile, key="k", authors=(hostile,)))
        loaded = (await articles.load(conn, [kept.id]))[kept.id].report.judged.article
    assert (loaded.title, loaded.text, loaded.authors) == (stored, stored, (stored,))


def mark(**given: str | None) -> Fingerprint:
    hashes = {"guid_hash": None, "url_hash": None, "title_hash": None, **given}
    return Fingerprint(content_hash="c", title="T", stated=NOON, **hashes)


async def test_seen_rows_that_touch_an_entry(store: Store) -> None:
    async with store.write() as conn:
        mine = await make_feed(conn)
        await feeds.add_for_workspace(
            conn,
            await make_workspace(conn, "w"),
            feed("https://other.example/feed"),
            by="ann",
            now=NOON,
        )
        found = await feed_at(conn, "https://other.example/feed")
        assert found is not None
        other = found.feed.id
        (kept,) = await keep(conn, judged("Kept"))
        rows = [
            SeenEntry(id=1, feed=mine, article=kept.id, mark=mark(guid_hash="g")),
            SeenEntry(id=2, feed=mine, article=kept.id, mark=mark(url_hash="elsewhere")),
            SeenEntry(id=3, feed=other, article=None, mark=mark(url_hash="u")),
            SeenEntry(id=4, feed=other, article=None, mark=mark(guid_hash="g")),
            SeenEntry(id=5, feed=other, article=None, mark=mark(title_hash="t")),
            SeenEntry(id=6, feed=mine, article=None, mark=mark(title_hash="t")),
        ]
        await seen.add(conn, rows, NOON)

        async def touched(**given: str | None) -> list[int]:
            return [row.id for row in await seen.touching(conn, mine, [mark(**given)])]

        assert await touched(guid_hash="g") == [1, 2]  # and the article's other row of this feed
        assert await touched(url_hash="u") == [3]  # of any feed
        assert await touched(title_hash="t") == [6]
        assert await touched() == []
        assert await seen.touching(conn, mine, [mark(guid_hash="g")]) == rows[:2]


async def test_what_is_still_listed_is_noted_once_a_day(store: Store) -> None:
    async with store.write() as conn:
        mine = await make_feed(conn)
        await seen.add(conn, [SeenEntry(id=1, feed=mine, article=None, mark=mark())], NOON)
        when = select(func.max(seen_table.c.listed_at))
        await seen.still_listed(conn, [1], NOON + HOUR)
        assert await conn.scalar(when) == NOON
        await seen.still_listed(conn, [1], NOON + 25 * HOUR)
        assert await conn.scalar(when) == NOON + 25 * HOUR


async def test_facts(store: Store) -> None:
    async with store.write() as conn:
        assert await facts.last_heartbeat(conn) is None
        await facts.beat(conn, NOON)
        await facts.beat(conn, NOON + HOUR)
        assert await facts.last_heartbeat(conn) == NOON + HOUR
        assert await facts.stories_version(conn) == 0
        assert await facts.stories_changed(conn) == 1
        assert await facts.stories_changed(conn) == 2
