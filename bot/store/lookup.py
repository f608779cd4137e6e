"""Tenants and their places, looked up by the platform's own ids; nothing is made."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, Workspace, WorkspaceId
from bot.store.places import PLACES, destination_from, workspace_from
from bot.store.tables import destinations, workspaces


async def workspace_at(conn: AsyncConnection, platform: str, external_id: str) -> Workspace | None:
    """The workspace that the platform calls so."""
    query = sa.select(workspaces).where(
        workspaces.c.platform == platform, workspaces.c.external_id == external_id
    )
    row = (await conn.execute(query)).mappings().one_or_none()
    return workspace_from(row) if row is not None else None


async def destination_at(
    conn: AsyncConnection, workspace: WorkspaceId, channel: str
) -> Destination | None:
    """The workspace's place that the platform calls so."""
    query = PLACES.where(
        destinations.c.workspace_id == workspace, destinations.c.channel == channel
    )
    row = (await conn.execute(query)).mappings().one_or_none()
    return destination_from(row) if row is not None else None
