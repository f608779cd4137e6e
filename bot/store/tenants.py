"""Workspaces that the program was removed from, and messages by the platform's ids."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Delivery, DestinationId, FeedId, Workspace, WorkspaceId
from bot.store import feeds, turns
from bot.store.order_changes import changed_all_over
from bot.store.outbox import delivery_from, release
from bot.store.places import destinations_of, workspace_from
from bot.store.tables import deliveries, feed_workspaces, workspaces


async def on_platform(conn: AsyncConnection, platform: str) -> list[Workspace]:
    """The platform's workspaces, in order of ids."""
    query = sa.select(workspaces).where(workspaces.c.platform == platform)
    found = await conn.execute(query.order_by(workspaces.c.id))
    return [workspace_from(row) for row in found.mappings()]


async def resume(conn: AsyncConnection, workspace: WorkspaceId) -> None:
    """The workspace can be reached again: what waited for it goes on."""
    own = sa.update(workspaces).where(workspaces.c.id == workspace)
    places = await destinations_of(conn, workspace)
    if places:
        # A place that is closed for itself pauses again at its next message.
        freed = await turns.resume(conn, places[0])
        await release(conn, freed)
    await conn.execute(own.values(paused_reason=None, paused_at=None))


async def paused_before(
    conn: AsyncConnection, platform: str, reason: str, before: datetime
) -> Sequence[WorkspaceId]:
    """Workspaces that have been paused for this reason since before then."""
    query = sa.select(workspaces.c.id).where(
        workspaces.c.platform == platform,
        workspaces.c.paused_reason == reason,
        workspaces.c.paused_at < before,
    )
    return [WorkspaceId(row[0]) for row in await conn.execute(query.order_by(workspaces.c.id))]


async def forget(conn: AsyncConnection, workspace: WorkspaceId, now: datetime) -> None:
    """Delete a workspace with its orders, alerts and messages; feeds of its own rest."""
    own = sa.select(feed_workspaces.c.feed_id).where(feed_workspaces.c.workspace_id == workspace)
    for row in (await conn.execute(own)).all():
        await feeds.remove_from_workspace(conn, workspace, FeedId(row[0]), now)
    await conn.execute(sa.delete(workspaces).where(workspaces.c.id == workspace))
    await changed_all_over(conn, workspace)


async def delivery_at(
    conn: AsyncConnection, destination: DestinationId, ref: str
) -> Delivery | None:
    """The delivery that stands there as this message."""
    query = sa.select(deliveries).where(
        deliveries.c.destination_id == destination, deliveries.c.ref == ref
    )
    row = (await conn.execute(query)).mappings().first()
    return delivery_from(row) if row is not None else None
