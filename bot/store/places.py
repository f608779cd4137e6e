"""What is set for workspaces and destinations, and the count of changes to orders.

Every change of an order counts up one version, by which routing knows that what it holds in memory
is stale, whichever process made the change.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Destination,
    DestinationId,
    QuietHours,
    StoryId,
    Workspace,
    WorkspaceId,
)
from bot.store import facts
from bot.store.rows import clean
from bot.store.sql import insert
from bot.store.tables import destinations, story_mutes, workspaces
from bot.store.workspaces import PLACES, destination_from, workspace_from

_VERSION = "orders changed"


async def version(conn: AsyncConnection) -> int:
    """How often orders were changed."""
    return int(await facts.get(conn, _VERSION) or 0)


async def changed(conn: AsyncConnection) -> None:
    """Count one more change; every function here that changes something does."""
    await facts.put(conn, _VERSION, str(await version(conn) + 1))


async def set_columns(conn: AsyncConnection, table: sa.Table, id_: int, **values: object) -> None:
    """Set columns of one row of orders, and count the change."""
    await conn.execute(sa.update(table).where(table.c.id == id_).values(values))
    await changed(conn)


async def all_workspaces(conn: AsyncConnection) -> list[Workspace]:
    """Every workspace, in order of ids."""
    found = await conn.execute(sa.select(workspaces).order_by(workspaces.c.id))
    return [workspace_from(row) for row in found.mappings()]


async def all_destinations(conn: AsyncConnection) -> list[Destination]:
    """Every destination, in order of ids."""
    return await _destinations(conn)


async def destinations_of(conn: AsyncConnection, workspace: WorkspaceId) -> list[Destination]:
    """A workspace's destinations."""
    return await _destinations(conn, destinations.c.workspace_id == workspace)


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


async def _destinations(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> list[Destination]:
    found = await conn.execute(PLACES.where(*where).order_by(destinations.c.id))
    return [destination_from(row) for row in found.mappings()]
