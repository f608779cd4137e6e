"""Full-text search narrows alike on both databases, whatever is typed."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import StoryId
from bot.model.seen import Filing
from bot.store import articles, feeds, stories
from bot.store.database import Store
from bot.store.search import Clauses, search
from tests.support.databases import make_workspace
from tests.support.values import DAY, HOUR, NOON, feed, judged, report, story

TITLES = {
    1: "pentagon drops claude",
    2: "claude ai wins contract",
    3: "senate debates chip exports",
    4: "cafe society 中 国",
}


async def fill(conn: AsyncConnection) -> None:
    await stories.begin(conn, [story(1)])
    reports = [
        report(number, judged(title, key=title, at=NOON + number * HOUR))
        for number, title in TITLES.items()
    ]
    filings = {
        one.id: Filing(content_hash="h", title_words=TITLES[one.id], text_words=f"body{one.id}")
        for one in reports
    }
    await articles.store(conn, [(one, StoryId(1)) for one in reports], filings)


@pytest.mark.parametrize(
    ("clauses", "found"),
    [
        pytest.param(None, [4, 3, 2, 1], id="all-newest-first"),
        pytest.param([], [4, 3, 2, 1], id="nothing-to-narrow"),
        pytest.param([["claude"]], [2, 1], id="word"),
        pytest.param([["claude"], ["pentagon"]], [1], id="and"),
        pytest.param([["pentagon", "senate"]], [3, 1], id="or"),
        pytest.param([["pentagon", "senate"], ["chip"]], [3], id="or-and"),
        pytest.param([["export*"]], [3], id="prefix"),
        pytest.param([["export"]], [], id="no-prefix-unasked"),
        pytest.param([["body2"]], [2], id="in-the-text"),
        pytest.param([["国"]], [4], id="a-character-a-word"),
        pytest.param([['"claude']], [2, 1], id="quote"),
        pytest.param([["'claude\\"]], [2, 1], id="single-quote-and-backslash"),
        pytest.param([["NOT"]], [], id="fts-keyword"),
        pytest.param([["title:claude"]], [], id="column-filter"),
        pytest.param([["\x00"]], [], id="nul"),
        pytest.param([["*"]], [], id="star-alone"),
        pytest.param([["claude & !"]], [2, 1], id="operators"),
    ],
)
async def test_search(store: Store, clauses: Clauses | None, found: list[int]) -> None:
    async with store.write() as conn:
        await fill(conn)
    async with store.read() as conn:
        hits = await search(conn, clauses, workspace=None, since=NOON, limit=10)
    assert [hit.report.id for hit in hits] == found


async def test_since_limit_and_pages(store: Store) -> None:
    async with store.write() as conn:
        await fill(conn)
        recent = await search(conn, None, workspace=None, since=NOON + 3 * HOUR, limit=10)
        assert [hit.report.id for hit in recent] == [4, 3]
        first = await search(conn, None, workspace=None, since=NOON, limit=3)
        last = first[-1].report
        rest = await search(
            conn,
            None,
            workspace=None,
            since=NOON,
            limit=3,
            before=(last.judged.article.published.at, last.id),
        )
    assert [[h.report.id for h in page] for page in (first, rest)] == [[4, 3, 2], [1]]


async def test_words_follow_revisions_and_deletions(store: Store) -> None:
    async with store.write() as conn:
        await fill(conn)
        one = await articles.load(conn, [report(1, judged()).id])
        (stored,) = one.values()
        words = {stored.report.id: Filing(content_hash="h", title_words="grok", text_words="")}
        await articles.revise(conn, [stored.report], words, NOON)
        for word, expected in (("pentagon", 0), ("body1", 0), ("grok", 1)):
            hits = await search(conn, [[word]], workspace=None, since=NOON - DAY, limit=10)
            assert len(hits) == expected, word
        await conn.execute(text("DELETE FROM articles WHERE id = 1"))
        assert not await search(conn, [["grok"]], workspace=None, since=NOON - DAY, limit=10)


async def test_search_shows_a_workspaces_own_articles_to_it_alone(store: Store) -> None:
    async with store.write() as conn:
        ours = await make_workspace(conn, "ours")
        number, _ = await feeds.add_for_workspace(conn, ours, feed(), by="ann", now=NOON)
        await stories.begin(conn, [story(1)])
        kept = report(1, judged("secret memo", shared=False, feed=number))
        words = {kept.id: Filing(content_hash="h", title_words="secret memo", text_words="")}
        await articles.store(conn, [(kept, StoryId(1))], words)
        await articles.link_feed(conn, number, [kept.id], NOON)
        for workspace, expected in ((ours, 1), (None, 0)):
            hits = await search(conn, [["memo"]], workspace=workspace, since=NOON, limit=10)
            assert len(hits) == expected
