"""When stories about somebody began, and in which hours any article came: for charts."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import EntityId, WorkspaceId
from bot.store.articles import visible
from bot.store.rows import EVERYONE
from bot.store.tables import article_entities, articles

_HOUR = 3_600_000_000
"""Microseconds, as instants are stored."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def begun(
    conn: AsyncConnection,
    entities: Collection[EntityId],
    *,
    workspace: WorkspaceId | None,
    since: datetime,
    until: datetime,
) -> list[datetime]:
    """When each story about one of these began, of those that began between the two instants.

    A story is about an entity when a report that this workspace may see is; it begins with the
    first such report.
    """
    whose = [EVERYONE] if workspace is None else [EVERYONE, workspace]
    first = sa.func.min(articles.c.published_at, type_=articles.c.published_at.type)
    query = (
        sa.select(first)
        .join(article_entities, article_entities.c.article_id == articles.c.id)
        .where(
            article_entities.c.entity_id.in_(sorted(entities)),
            article_entities.c.workspace_id.in_(whose),
            article_entities.c.salient.is_(sa.true()),
            articles.c.story_id.is_not(None),
            visible(workspace),
        )
        .group_by(articles.c.story_id)
        .having(first >= since, first < until)
        .order_by(first)
    )
    return list((await conn.execute(query)).scalars())


async def hours(
    conn: AsyncConnection, *, workspace: WorkspaceId | None, since: datetime, until: datetime
) -> list[datetime]:
    """The full hours (UTC) between the two instants in which any article was published."""
    at = sa.type_coerce(articles.c.published_at, sa.BigInteger)
    hour = sa.cast(at - at % _HOUR, sa.BigInteger)
    query = (
        sa.select(hour)
        .where(
            articles.c.published_at >= since, articles.c.published_at < until, visible(workspace)
        )
        .distinct()
    )
    found = (await conn.execute(query)).scalars()
    return sorted(_EPOCH + timedelta(microseconds=micros) for micros in found)
