"""All that is stored, table by table, without what lets anybody in: tokens are never exported."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import WorkspaceId
from bot.store.tables import (
    alerts,
    article_entities,
    article_feeds,
    articles,
    deadlines,
    deliveries,
    destinations,
    entities,
    entity_drafts,
    feed_workspaces,
    feedback,
    feeds,
    install_states,
    installations,
    installed_bots,
    metadata,
    revisions,
    story_mutes,
    subscriptions,
    watches,
    workspaces,
)

WITHHELD = frozenset({installations.name, installed_bots.name, install_states.name})
"""Tables that hold tokens."""
_DERIVED = frozenset({"article_words"})
_AT_ONCE = 500

Row = Mapping[str, Any]


async def rows(
    conn: AsyncConnection, workspace: WorkspaceId | None = None
) -> AsyncIterator[tuple[str, Row]]:
    """Each row with its table, tables after those that they point to, rows by their keys.

    With a workspace only what is its own: its places, orders, feeds, alerts, and the articles that
    came through its feeds alone.
    """
    for table in metadata.sorted_tables:
        if table.name in WITHHELD | _DERIVED:
            continue
        query = sa.select(table)
        if workspace is not None:
            own = _own(workspace).get(table.name)
            if own is None:
                continue
            query = query.where(own)
        async for row in _read(conn, table, query):
            yield table.name, row


async def _read(
    conn: AsyncConnection, table: sa.Table, query: sa.Select[Any]
) -> AsyncIterator[Row]:
    """The rows page by page, each page after the last key of the one before."""
    key = sa.tuple_(*table.primary_key.columns)
    last: tuple[Any, ...] | None = None
    while True:
        page = query.order_by(*table.primary_key.columns).limit(_AT_ONCE)
        if last is not None:
            bound = [
                sa.literal(value, type_=column.type)
                for value, column in zip(last, table.primary_key.columns, strict=True)
            ]
            page = page.where(key > sa.tuple_(*bound))
        found = (await conn.execute(page)).mappings().all()
        for row in found:
            yield dict(row)
        if len(found) < _AT_ONCE:
            return
        last = tuple(found[-1][column.name] for column in table.primary_key.columns)


def _own(workspace: WorkspaceId) -> dict[str, sa.ColumnElement[bool]]:
    """Which rows of each table are the workspace's."""
    places = sa.select(destinations.c.id).where(destinations.c.workspace_id == workspace)
    its_feeds = sa.select(feed_workspaces.c.feed_id).where(
        feed_workspaces.c.workspace_id == workspace
    )
    private = sa.select(articles.c.id).where(private_to(workspace))
    here = {
        table.name: table.c.destination_id.in_(places)
        for table in (subscriptions, watches, story_mutes, feedback, deliveries, alerts)
    }
    found = {table.name: table.c.article_id.in_(private) for table in (revisions, deadlines)}
    return {
        workspaces.name: workspaces.c.id == workspace,
        destinations.name: destinations.c.workspace_id == workspace,
        feeds.name: feeds.c.id.in_(its_feeds),
        feed_workspaces.name: feed_workspaces.c.workspace_id == workspace,
        entities.name: entities.c.workspace_id == workspace,
        entity_drafts.name: entity_drafts.c.workspace_id == workspace,
        articles.name: private_to(workspace),
        article_feeds.name: article_feeds.c.article_id.in_(private),
        article_entities.name: sa.or_(
            article_entities.c.workspace_id == workspace,
            article_entities.c.article_id.in_(private),
        ),
        **found,
        **here,
    }


def private_to(workspace: WorkspaceId) -> sa.ColumnElement[bool]:
    """The condition that an article is for this workspace's eyes and for nobody else's."""
    carried = (
        sa.select(article_feeds.c.article_id)
        .join(feed_workspaces, feed_workspaces.c.feed_id == article_feeds.c.feed_id)
        .where(article_feeds.c.article_id == articles.c.id)
    )
    return sa.and_(
        articles.c.shared.is_(sa.false()),
        sa.exists(carried.where(feed_workspaces.c.workspace_id == workspace)),
        ~sa.exists(carried.where(feed_workspaces.c.workspace_id != workspace)),
    )
