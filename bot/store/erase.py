"""Forgetting a workspace whole: its orders and messages, its feeds, and what only they brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Workspace, WorkspaceId
from bot.store import facts, tenants
from bot.store.export import private_to
from bot.store.sql import chunks
from bot.store.tables import (
    alerts,
    article_entities,
    articles,
    deliveries,
    destinations,
    entities,
    feed_workspaces,
    feeds,
    installations,
    installed_bots,
    stories,
    subscriptions,
    watches,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much of a workspace there is, or was before it was forgotten."""

    channels: int
    subscriptions: int
    watches: int
    entities: int
    feeds: int
    articles: int
    alerts: int
    messages: int


async def measure(conn: AsyncConnection, workspace: WorkspaceId) -> Erased:
    """What forgetting the workspace would take."""
    places = sa.select(destinations.c.id).where(destinations.c.workspace_id == workspace)

    async def here(table: sa.Table) -> int:
        return await _count(conn, table, table.c.destination_id.in_(places))

    return Erased(
        channels=await _count(conn, destinations, destinations.c.workspace_id == workspace),
        subscriptions=await here(subscriptions),
        watches=await here(watches),
        entities=await _count(conn, entities, entities.c.workspace_id == workspace),
        feeds=len(await _own_feeds(conn, workspace)),
        articles=await _count(conn, articles, private_to(workspace)),
        alerts=await here(alerts),
        messages=await here(deliveries),
    )


async def erase(conn: AsyncConnection, workspace: Workspace, now: datetime) -> Erased:
    """Delete all that is the workspace's alone, its tokens too; what it shares with others stays.

    Call it in the lane: it deletes stories that only its articles made.
    """
    taken = await measure(conn, workspace.id)
    own_feeds = await _own_feeds(conn, workspace.id)
    private = (await conn.execute(sa.select(articles.c.id).where(private_to(workspace.id)))).all()
    of_stories = sa.select(articles.c.story_id).where(private_to(workspace.id)).distinct()
    touched = [story for story in (await conn.execute(of_stories)).scalars() if story is not None]
    await _delete(conn, articles, [row[0] for row in private])
    await _delete_empty(conn, touched)
    await tenants.forget(conn, workspace.id, now)
    # With a feed goes what it has listed.
    await _delete(conn, feeds, own_feeds)
    await conn.execute(
        sa.delete(article_entities).where(article_entities.c.workspace_id == workspace.id)
    )
    for table in (installations, installed_bots):
        await conn.execute(sa.delete(table).where(table.c.team_id == workspace.external_id))
    await facts.stories_changed(conn)
    return taken


async def _own_feeds(conn: AsyncConnection, workspace: WorkspaceId) -> list[int]:
    """Feeds that nobody else reads."""
    mine = sa.select(feed_workspaces.c.feed_id).where(feed_workspaces.c.workspace_id == workspace)
    others = sa.select(feed_workspaces.c.feed_id).where(feed_workspaces.c.workspace_id != workspace)
    query = sa.select(feeds.c.id).where(
        feeds.c.shared.is_(sa.false()), feeds.c.id.in_(mine), feeds.c.id.not_in(others)
    )
    return list((await conn.execute(query.order_by(feeds.c.id))).scalars())


async def _delete_empty(conn: AsyncConnection, ids: Sequence[int]) -> None:
    """Delete those of these stories that have no article left."""
    kept = sa.exists().where(articles.c.story_id == stories.c.id)
    for some in chunks(ids):
        await conn.execute(sa.delete(stories).where(stories.c.id.in_(some), ~kept))


async def _delete(conn: AsyncConnection, table: sa.Table, ids: Sequence[int]) -> None:
    for some in chunks(ids):
        await conn.execute(sa.delete(table).where(table.c.id.in_(some)))


async def _count(conn: AsyncConnection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(*where)
    return int(await conn.scalar(query) or 0)
