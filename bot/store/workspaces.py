"""Tenants and the places in them: found, or made at their first mention."""

from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Destination,
    DestinationId,
    DestinationKind,
    QuietHours,
    Workspace,
    WorkspaceId,
)
from bot.store.rows import Row, clean
from bot.store.sql import insert
from bot.store.tables import destinations, workspaces

PLACES = sa.select(
    destinations,
    workspaces.c.platform,
    workspaces.c.zone,
    workspaces.c.external_id.label("workspace_external"),
    workspaces.c.paused_reason.label("workspace_paused_reason"),
).join(workspaces, workspaces.c.id == destinations.c.workspace_id)
"""A destination with what `destination_from` reads of its workspace."""


async def get_or_create_workspace(
    conn: AsyncConnection, platform: str, external_id: str, *, name: str = "", now: datetime
) -> Workspace:
    """The workspace with the platform's id, made if it is new."""
    statement = insert(conn, workspaces).values(
        platform=platform, external_id=external_id, name=clean(name), created_at=now
    )
    await conn.execute(statement.on_conflict_do_nothing(index_elements=["platform", "external_id"]))
    query = sa.select(workspaces).where(
        workspaces.c.platform == platform, workspaces.c.external_id == external_id
    )
    return workspace_from((await conn.execute(query)).mappings().one())


async def get_or_create_destination(
    conn: AsyncConnection,
    workspace: WorkspaceId,
    channel: str,
    *,
    kind: DestinationKind = DestinationKind.CHANNEL,
    name: str = "",
    owner: str | None = None,
    now: datetime,
) -> Destination:
    """The workspace's place with the platform's id, made if it is new."""
    statement = insert(conn, destinations).values(
        workspace_id=workspace,
        channel=channel,
        kind=kind.value,
        name=clean(name),
        owner=owner,
        created_at=now,
    )
    await conn.execute(statement.on_conflict_do_nothing(index_elements=["workspace_id", "channel"]))
    query = PLACES.where(
        destinations.c.workspace_id == workspace, destinations.c.channel == channel
    )
    return destination_from((await conn.execute(query)).mappings().one())


async def destination(conn: AsyncConnection, wanted: DestinationId) -> Destination | None:
    """The destination with this id."""
    query = PLACES.where(destinations.c.id == wanted)
    row = (await conn.execute(query)).mappings().one_or_none()
    return destination_from(row) if row is not None else None


def workspace_from(row: Row) -> Workspace:
    """The workspace of a row of `workspaces`."""
    return Workspace(
        id=WorkspaceId(row["id"]),
        platform=row["platform"],
        external_id=row["external_id"],
        name=row["name"],
        zone=row["zone"],
        flood_limit=row["flood_limit"],
        breaking=row["breaking"],
        paused_reason=row["paused_reason"],
    )


def destination_from(row: Row) -> Destination:
    """The destination of a row of `destinations`, with its workspace's columns beside it."""
    quiet = None
    if row["quiet_start"] and row["quiet_end"]:
        quiet = QuietHours(
            start=time.fromisoformat(row["quiet_start"]),
            end=time.fromisoformat(row["quiet_end"]),
            let_breaking_through=row["quiet_lets_breaking"],
        )
    return Destination(
        id=DestinationId(row["id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        platform=row["platform"],
        channel=row["channel"],
        kind=DestinationKind(row["kind"]),
        name=row["name"],
        owner=row["owner"],
        zone=row["zone"],
        quiet=quiet,
        muted_until=row["muted_until"],
        paused_reason=row["paused_reason"] or row["workspace_paused_reason"],
        workspace_external=row["workspace_external"],
    )
