"""Stories of the past as people ask for them: about somebody, a topic, an outlet; since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, EntityId, RecognisedEntity, Story, StoryId, WorkspaceId
from bot.store.articles import visible
from bot.store.rows import recognised_from_row
from bot.store.sql import chunks
from bot.store.stories import load
from bot.store.tables import article_entities, articles, revisions, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an article said at an instant; the text is empty once texts of that age are dropped."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an article said before it was changed at `seen_at`."""

    title: str
    seen_at: datetime


async def about(
    conn: AsyncConnection,
    *,
    workspace: WorkspaceId | None,
    since: datetime,
    limit: int,
    entities: Collection[EntityId] = (),
    least: int = 1,
    salient: bool = False,
    topic: str = "",
    outlets: Collection[str] = (),
    relevance: float = 0.0,
    until: datetime | None = None,
) -> list[Story]:
    """The newest stories with one report, for this workspace to see, that meets all that is given.

    Of `entities` the report names `least` or more; only those that it is about where `salient`.
    `relevance` is asked of any report of the story. With `until` only stories that had begun by
    then.
    """
    conditions = [articles.c.story_id == stories.c.id, visible(workspace)]
    if entities:
        conditions.append(_names(workspace, entities, salient=salient) >= least)
    if topic:
        conditions.append(
            sa.cast(articles.c.topics, sa.Text).contains(f'"{topic}"', autoescape=True)
        )
    if outlets:
        conditions.append(articles.c.outlet.in_(sorted(outlets)))
    query = (
        sa.select(stories.c.id)
        .where(
            stories.c.last_at >= since,
            stories.c.merged_into_id.is_(None),
            *([stories.c.first_at <= until] if until is not None else []),
            sa.exists().where(*conditions),
            *([_relevant(workspace, relevance)] if relevance else []),
        )
        .order_by(stories.c.last_at.desc(), stories.c.id.desc())
        .limit(limit)
    )
    ids = [StoryId(number) for number in (await conn.execute(query)).scalars()]
    found = await load(conn, ids)
    return [found[story] for story in ids]


def _relevant(workspace: WorkspaceId | None, least: float) -> sa.ColumnElement[bool]:
    mine = sa.select(articles.c.story_id).where(
        visible(workspace), articles.c.relevance >= least, articles.c.story_id.is_not(None)
    )
    return stories.c.id.in_(mine)


def _names(
    workspace: WorkspaceId | None, entities: Collection[EntityId], *, salient: bool
) -> sa.ScalarSelect[int]:
    """How many of the entities the article names, the workspace's own additions among them."""
    whose = [0] if workspace is None else [0, workspace]
    count = sa.select(sa.func.count(article_entities.c.entity_id.distinct())).where(
        article_entities.c.article_id == articles.c.id,
        article_entities.c.entity_id.in_(sorted(entities)),
        article_entities.c.workspace_id.in_(whose),
    )
    if salient:
        count = count.where(article_entities.c.salient.is_(sa.true()))
    return count.correlate(articles).scalar_subquery()


async def own_entities(
    conn: AsyncConnection, workspace: WorkspaceId, ids: Collection[ArticleId]
) -> dict[ArticleId, tuple[RecognisedEntity, ...]]:
    """What the workspace's own additions to the catalog found in these articles."""
    found: dict[ArticleId, tuple[RecognisedEntity, ...]] = {}
    for some in chunks(sorted(ids)):
        query = (
            sa.select(article_entities)
            .where(
                article_entities.c.article_id.in_(some),
                article_entities.c.workspace_id == workspace,
            )
            .order_by(article_entities.c.article_id, article_entities.c.entity_id)
        )
        for row in (await conn.execute(query)).mappings():
            article = ArticleId(row["article_id"])
            found[article] = (*found.get(article, ()), recognised_from_row(row))
    return found


async def revisions_of(
    conn: AsyncConnection, ids: Collection[ArticleId]
) -> dict[ArticleId, tuple[Revision, ...]]:
    """What these articles said before, oldest first."""
    found: dict[ArticleId, tuple[Revision, ...]] = {}
    for some in chunks(sorted(ids)):
        query = (
            sa.select(revisions.c.article_id, revisions.c.title, revisions.c.seen_at)
            .where(revisions.c.article_id.in_(some))
            .order_by(revisions.c.id)
        )
        for row in await conn.execute(query):
            article = ArticleId(row.article_id)
            before = Revision(title=row.title, seen_at=row.seen_at)
            found[article] = (*found.get(article, ()), before)
    return found


async def said_at(
    conn: AsyncConnection, ids: Collection[ArticleId], at: datetime
) -> dict[ArticleId, Said]:
    """What these articles said then, those that have been changed since."""
    found: dict[ArticleId, Said] = {}
    for some in chunks(sorted(ids)):
        query = (
            sa.select(revisions.c.article_id, revisions.c.title, revisions.c.text)
            .where(revisions.c.article_id.in_(some), revisions.c.seen_at > at)
            .order_by(revisions.c.id)
        )
        for row in await conn.execute(query):
            # The first change after it took away what stood there until then.
            found.setdefault(ArticleId(row.article_id), Said(title=row.title, text=row.text))
    return found
