"""Whose turn it is: destinations with something to post or edit, their waits and pauses."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Delivery, Destination, DestinationId, WorkspaceId
from bot.model.outbox import Turn
from bot.store.order_changes import changed_all_over, changed_in
from bot.store.outbox import DIRTY, QUEUED, SENT, UNKNOWN, delivery_from
from bot.store.places import PLACES, destination_from
from bot.store.rows import clean
from bot.store.tables import UtcDateTime, deliveries, destinations, workspaces


async def posts(conn: AsyncConnection, platforms: Collection[str]) -> list[Turn]:
    """Destinations with messages to post, now or later, that are not paused; first due first."""
    due = (
        sa.select(deliveries.c.destination_id, sa.func.min(deliveries.c.due_at).label("due_at"))
        .where(deliveries.c.state.in_((QUEUED, UNKNOWN)))
        .group_by(deliveries.c.destination_id)
        .subquery()
    )
    query = (
        PLACES.add_columns(due.c.due_at)
        .join(due, due.c.destination_id == destinations.c.id)
        .where(_reachable(platforms))
        .order_by(due.c.due_at, destinations.c.id)
    )
    return [
        Turn(
            destination=destination_from(row),
            due_at=row["due_at"],
            blocked_until=row["blocked_until"],
            muted_until=row["muted_until"],
        )
        for row in (await conn.execute(query)).mappings()
    ]


async def edits(
    conn: AsyncConnection, platforms: Collection[str]
) -> list[tuple[Destination, Delivery, datetime | None]]:
    """Messages that show less than they should, newest first; until when their channel waits."""
    query = (
        sa.select(deliveries, destinations.c.blocked_until)
        .join(destinations, destinations.c.id == deliveries.c.destination_id)
        .join(workspaces, workspaces.c.id == destinations.c.workspace_id)
        .where(DIRTY, deliveries.c.state == SENT, _reachable(platforms))
        .order_by(deliveries.c.sent_at.desc(), deliveries.c.id.desc())
    )
    rows = (await conn.execute(query)).mappings().all()
    whose = sorted({row["destination_id"] for row in rows})
    found = await conn.execute(PLACES.where(destinations.c.id.in_(whose)))
    places = {row["id"]: destination_from(row) for row in found.mappings()}
    return [
        (places[row["destination_id"]], delivery_from(row), row["blocked_until"]) for row in rows
    ]


async def edits_since(conn: AsyncConnection, since: datetime) -> dict[WorkspaceId, list[datetime]]:
    """When each workspace's messages were edited after then, oldest first."""
    query = (
        sa.select(destinations.c.workspace_id, deliveries.c.edited_at)
        .join(destinations, destinations.c.id == deliveries.c.destination_id)
        .where(deliveries.c.edited_at > since)
        .order_by(deliveries.c.edited_at)
    )
    found: dict[WorkspaceId, list[datetime]] = {}
    for workspace, at in await conn.execute(query):
        found.setdefault(WorkspaceId(workspace), []).append(at)
    return found


async def block(conn: AsyncConnection, destination: Destination, until: datetime) -> None:
    """Nothing goes to this destination before then."""
    one = sa.update(destinations).where(destinations.c.id == destination.id)
    await conn.execute(one.values(blocked_until=until))


async def block_workspace(conn: AsyncConnection, workspace: WorkspaceId, until: datetime) -> None:
    """Nothing goes to this workspace before then; a longer wait of a destination stands."""
    wait = destinations.c.blocked_until
    shorter = sa.or_(wait.is_(None), wait < until)
    all_ = sa.update(destinations).where(destinations.c.workspace_id == workspace, shorter)
    await conn.execute(all_.values(blocked_until=until))


async def pause(
    conn: AsyncConnection, destination: Destination, reason: str, now: datetime, probe_at: datetime
) -> None:
    """The destination cannot be reached; look again at `probe_at`."""
    one = sa.update(destinations).where(destinations.c.id == destination.id)
    await conn.execute(
        one.values(
            paused_reason=clean(reason)[:500],
            paused_at=sa.func.coalesce(destinations.c.paused_at, _instant(now)),
            blocked_until=probe_at,
        )
    )
    await changed_in(conn, destination.id)


async def pause_workspace(
    conn: AsyncConnection, workspace: WorkspaceId, reason: str, now: datetime, probe_at: datetime
) -> None:
    """The whole workspace cannot be reached; look again at `probe_at`."""
    one = sa.update(workspaces).where(workspaces.c.id == workspace)
    await conn.execute(
        one.values(
            paused_reason=clean(reason)[:500],
            paused_at=sa.func.coalesce(workspaces.c.paused_at, _instant(now)),
        )
    )
    await block_workspace(conn, workspace, probe_at)
    await changed_all_over(conn, workspace)


async def resume(conn: AsyncConnection, destination: Destination) -> list[DestinationId]:
    """The destination can be reached again, and so its workspace; the destinations this frees."""
    free = {"paused_reason": None, "paused_at": None, "blocked_until": None}
    one = sa.update(destinations).where(destinations.c.id == destination.id)
    await conn.execute(one.values(free))
    freed = [destination.id]
    whole = sa.update(workspaces).where(
        workspaces.c.id == destination.workspace, workspaces.c.paused_reason.is_not(None)
    )
    lifted = await conn.execute(whole.values(paused_reason=None, paused_at=None))
    if lifted.rowcount:
        others = sa.and_(
            destinations.c.workspace_id == destination.workspace,
            destinations.c.paused_reason.is_(None),
        )
        await conn.execute(sa.update(destinations).where(others).values(blocked_until=None))
        rows = await conn.execute(sa.select(destinations.c.id).where(others))
        freed = [DestinationId(row[0]) for row in rows]
    if lifted.rowcount:
        await changed_all_over(conn, destination.workspace)
    else:
        await changed_in(conn, destination.id)
    return freed


async def look_now(conn: AsyncConnection, workspace: WorkspaceId, now: datetime) -> None:
    """Look at once whether the workspace's unreachable destinations can be reached again."""
    closed = sa.update(destinations).where(
        destinations.c.workspace_id == workspace,
        destinations.c.paused_reason.is_not(None),
        destinations.c.blocked_until > now,
    )
    await conn.execute(closed.values(blocked_until=now))


async def paused(conn: AsyncConnection, platforms: Collection[str]) -> list[Turn]:
    """Unreachable destinations by when to look again; of a paused workspace one stands for all."""
    query = (
        PLACES.add_columns(
            sa.func.coalesce(workspaces.c.paused_at, destinations.c.paused_at).label("since"),
        )
        .where(
            workspaces.c.platform.in_(sorted(platforms)),
            sa.or_(
                destinations.c.paused_reason.is_not(None), workspaces.c.paused_reason.is_not(None)
            ),
        )
        .order_by(destinations.c.blocked_until, destinations.c.id)
    )
    found: dict[object, Turn] = {}
    for row in (await conn.execute(query)).mappings():
        whole = row["workspace_paused_reason"] is not None
        key = ("workspace", row["workspace_id"]) if whole else row["id"]
        probe_at = row["blocked_until"] or row["since"]
        found.setdefault(
            key,
            Turn(
                destination=destination_from(row),
                due_at=probe_at,
                paused_at=row["since"],
            ),
        )
    return list(found.values())


def _instant(now: datetime) -> sa.ColumnElement[datetime]:
    return sa.literal(now, UtcDateTime)


def _reachable(platforms: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.and_(
        workspaces.c.platform.in_(sorted(platforms)),
        workspaces.c.paused_reason.is_(None),
        destinations.c.paused_reason.is_(None),
    )
