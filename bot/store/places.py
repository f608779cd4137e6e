"""Tenants and the places in them: found or made, what is set for them, what was muted.

Every change that routing reads is noted in `bot.store.order_changes`.
"""

from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Destination,
    DestinationId,
    DestinationKind,
    QuietHours,
    StoryId,
    Workspace,
    WorkspaceId,
)
from bot.store.order_changes import changed_in, set_columns
from bot.store.rows import Row, clean
from bot.store.sql import insert
from bot.store.tables import destinations, story_mutes, workspaces

PLACES = sa.select(
    destinations,
    workspaces.c.platform,
    workspaces.c.zone,
    workspaces.c.breaking,
    workspaces.c.external_id.label("workspace_external"),
    workspaces.c.paused_reason.label("workspace_paused_reason"),
).join(workspaces, workspaces.c.id == destinations.c.workspace_id)
"""A destination with what `destination_from` reads of its workspace."""


async def all_workspaces(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> list[Workspace]:
    """Every workspace, or those of which this is true; in order of ids."""
    found = await conn.execute(sa.select(workspaces).where(*where).order_by(workspaces.c.id))
    return [workspace_from(row) for row in found.mappings()]


async def all_destinations(
    conn: AsyncConnection, *where: sa.ColumnElement[bool]
) -> list[Destination]:
    """Every destination, or those of which this is true; in order of ids."""
    found = await conn.execute(PLACES.where(*where).order_by(destinations.c.id))
    return [destination_from(row) for row in found.mappings()]


async def destinations_of(conn: AsyncConnection, workspace: WorkspaceId) -> list[Destination]:
    """A workspace's destinations."""
    return await all_destinations(conn, destinations.c.workspace_id == workspace)


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
    made = await conn.execute(
        statement.on_conflict_do_nothing(index_elements=["workspace_id", "channel"])
    )
    query = PLACES.where(
        destinations.c.workspace_id == workspace, destinations.c.channel == channel
    )
    found = destination_from((await conn.execute(query)).mappings().one())
    if made.rowcount:
        await changed_in(conn, found.id)
    return found


async def destination(conn: AsyncConnection, wanted: DestinationId) -> Destination | None:
    """The destination with this id."""
    query = PLACES.where(destinations.c.id == wanted)
    row = (await conn.execute(query)).mappings().one_or_none()
    return destination_from(row) if row is not None else None


async def set_workspace(conn: AsyncConnection, id_: WorkspaceId, **values: object) -> None:
    """Set columns of a workspace: zone, flood_limit, breaking, manager_roles."""
    await set_columns(conn, workspaces, id_, **values)


async def set_quiet(conn: AsyncConnection, id_: DestinationId, quiet: QuietHours | None) -> None:
    """Set or lift a channel's quiet hours."""
    await set_columns(
        conn,
        destinations,
        id_,
        quiet_start=quiet.start.isoformat("minutes") if quiet else None,
        quiet_end=quiet.end.isoformat("minutes") if quiet else None,
        quiet_lets_breaking=bool(quiet and quiet.let_breaking_through),
    )


async def mute(conn: AsyncConnection, id_: DestinationId, until: datetime | None) -> None:
    """Mute a channel until then; None lifts it."""
    await set_columns(conn, destinations, id_, muted_until=until)


async def mute_story(
    conn: AsyncConnection, id_: DestinationId, story: StoryId, *, by: str, now: datetime
) -> None:
    """Say nothing more of a story here; twice is once."""
    muted = insert(conn, story_mutes).values(
        destination_id=id_, story_id=story, muted_by=clean(by), muted_at=now
    )
    await conn.execute(muted.on_conflict_do_nothing())


async def unmute_story(conn: AsyncConnection, id_: DestinationId, story: StoryId) -> bool:
    """Lift a story's mute; False where there was none."""
    lifted = sa.delete(story_mutes).where(
        story_mutes.c.destination_id == id_, story_mutes.c.story_id == story
    )
    return (await conn.execute(lifted)).rowcount > 0


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
        breaking=row["breaking"],
    )
