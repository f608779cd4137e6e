"""Stories: stored as they stand, loaded with their reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, Report, Saga, Story, StoryId, WorkspaceId
from bot.store import articles as article_rows
from bot.store.rows import Row, clean, strings_from_json
from bot.store.sql import chunks, insert_all, reserve, update_all
from bot.store.tables import articles, stories

_LONGEST_SAGA = 200
_FORWARDS = 20
"""How often a merged id may lead to one that was merged in its turn."""


async def reserve_ids(conn: AsyncConnection, count: int) -> list[StoryId]:
    """Ids for stories to be begun in this transaction; one that is not used never comes again."""
    return [StoryId(number) for number in await reserve(conn, stories, count)]


async def begin(conn: AsyncConnection, begun: Sequence[Story]) -> None:
    """Store new stories; their reports are stored as articles."""
    await insert_all(conn, stories, [_row(story) for story in begun])


async def update(conn: AsyncConnection, changed: Sequence[Story]) -> None:
    """Store how stories stand now, and the origin of each of their reports."""
    await update_all(conn, stories, [_row(story) for story in changed])
    origins = [
        {"id": report.id, "origin": report.origin} for story in changed for report in story.reports
    ]
    await update_all(conn, articles, origins)


async def retell(
    conn: AsyncConnection, story: StoryId, before: Sequence[str], after: Sequence[str]
) -> None:
    """Give a story another summary, unless it is no longer the one it was."""
    found = (
        await conn.execute(sa.select(stories.c.summary).where(stories.c.id == story))
    ).scalar_one_or_none()
    if found == list(before):
        changed = sa.update(stories).where(stories.c.id == story)
        await conn.execute(changed.values(summary=[clean(sentence) for sentence in after]))


async def load(conn: AsyncConnection, ids: Iterable[StoryId]) -> dict[StoryId, Story]:
    """These stories with all their reports, those that are there."""
    found: dict[StoryId, Story] = {}
    for some in chunks(sorted(set(ids))):
        rows = (
            (await conn.execute(sa.select(stories).where(stories.c.id.in_(some)))).mappings().all()
        )
        reports = await _reports(conn, [row["id"] for row in rows])
        for row in rows:
            found[StoryId(row["id"])] = _story(row, reports.get(row["id"], ()))
    return found


async def live(
    conn: AsyncConnection, since: datetime, *, relevant_since: datetime, relevance: float
) -> list[Story]:
    """Stories that an article joined after `since`, relevant ones after `relevant_since`, by id.

    From them what memory held is rebuilt.
    """
    relevant = (stories.c.last_at >= relevant_since) & (stories.c.relevance >= relevance)
    query = sa.select(stories.c.id).where(
        (stories.c.last_at >= since) | relevant, stories.c.merged_into_id.is_(None)
    )
    ids = [StoryId(number) for number in (await conn.execute(query)).scalars()]
    found = await load(conn, ids)
    return [found[story] for story in sorted(found)]


async def forwarded(conn: AsyncConnection, story: StoryId) -> StoryId:
    """The story that this id leads to: itself, or the one that it was merged into."""
    for _ in range(_FORWARDS):
        into = await conn.scalar(sa.select(stories.c.merged_into_id).where(stories.c.id == story))
        if into is None:
            break
        story = StoryId(into)
    return story


async def by_id(conn: AsyncConnection, story: StoryId) -> Story | None:
    """The story with this id, or the one that it was merged into."""
    there = await forwarded(conn, story)
    return (await load(conn, [there])).get(there)


async def latest(
    conn: AsyncConnection,
    *,
    workspace: WorkspaceId | None,
    since: datetime,
    limit: int,
) -> list[Story]:
    """The newest stories with a report that this workspace may see, newest report first."""
    seen = (
        sa.select(articles.c.story_id)
        .where(articles.c.story_id == stories.c.id, article_rows.visible(workspace))
        .exists()
    )
    query = (
        sa.select(stories.c.id)
        .where(stories.c.last_at >= since, stories.c.merged_into_id.is_(None), seen)
        .order_by(stories.c.last_at.desc(), stories.c.id.desc())
        .limit(limit)
    )
    ids = [StoryId(number) for number in (await conn.execute(query)).scalars()]
    found = await load(conn, ids)
    return [found[story] for story in ids]


async def saga(conn: AsyncConnection, story: StoryId) -> Saga:
    """The chain of stories that this one belongs to, oldest first."""
    root = await forwarded(conn, story)
    chain = {root}
    while len(chain) < _LONGEST_SAGA:
        before = await conn.scalar(sa.select(stories.c.predecessor_id).where(stories.c.id == root))
        if before is None or before in chain:
            break
        root = StoryId(before)
        chain.add(root)
    edge = {root}
    chain |= edge
    while edge and len(chain) < _LONGEST_SAGA:
        query = sa.select(stories.c.id).where(
            stories.c.predecessor_id.in_(sorted(edge)), stories.c.merged_into_id.is_(None)
        )
        edge = {StoryId(number) for number in (await conn.execute(query)).scalars()} - {root}
        chain |= edge
    found = await load(conn, chain)
    return Saga(stories=tuple(sorted(found.values(), key=lambda s: (s.first_at, s.id))))


async def roots(conn: AsyncConnection, ids: Iterable[StoryId]) -> dict[StoryId, StoryId]:
    """The oldest story of each one's chain, itself where it follows none."""
    before: dict[StoryId, StoryId | None] = {}
    edge = set(ids)
    wanted = frozenset(edge)
    for _ in range(_LONGEST_SAGA):
        if not edge:
            break
        for some in chunks(sorted(edge)):
            query = sa.select(stories.c.id, stories.c.predecessor_id).where(stories.c.id.in_(some))
            for story, earlier in await conn.execute(query):
                before[StoryId(story)] = StoryId(earlier) if earlier is not None else None
        edge = {one for one in before.values() if one is not None} - before.keys()
    return {story: _root(story, before) for story in wanted}


def _root(story: StoryId, before: Mapping[StoryId, StoryId | None]) -> StoryId:
    seen = {story}
    while (earlier := before.get(story)) is not None and earlier not in seen:
        story = earlier
        seen.add(story)
    return story


async def _reports(conn: AsyncConnection, ids: Sequence[int]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = defaultdict(list)
    query = sa.select(articles).where(articles.c.story_id.in_(ids)).order_by(articles.c.id)
    rows = (await conn.execute(query)).mappings().all()
    for stored in await article_rows.read(conn, rows):
        if stored.story is not None:
            found[stored.story].append(stored.report)
    return found


def _story(row: Row, reports: Sequence[Report]) -> Story:
    def story(name: str) -> StoryId | None:
        return StoryId(row[name]) if row[name] is not None else None

    return Story(
        id=StoryId(row["id"]),
        reports=tuple(reports),
        title=row["title"],
        summary=strings_from_json(row["summary"]),
        first_at=row["first_at"],
        last_at=row["last_at"],
        relevance=row["relevance"],
        predecessor=story("predecessor_id"),
        merged_into=story("merged_into_id"),
        frozen_at=row["frozen_at"],
        best=ArticleId(row["best_article_id"]) if row["best_article_id"] is not None else None,
    )


def _row(story: Story) -> dict[str, Any]:
    # What only one workspace may see is not counted where others look.
    shared = [report for report in story.reports if report.judged.article.shared]
    counted = shared or story.reports
    return {
        "id": story.id,
        "title": clean(story.title),
        "summary": [clean(sentence) for sentence in story.summary],
        "first_at": story.first_at,
        "last_at": story.last_at,
        "relevance": story.relevance,
        "best_article_id": story.best,
        "predecessor_id": story.predecessor,
        "merged_into_id": story.merged_into,
        "frozen_at": story.frozen_at,
        "shared": bool(shared),
        "origins": len({report.origin for report in counted}),
        "outlets": len({report.judged.article.outlet for report in counted}),
    }
