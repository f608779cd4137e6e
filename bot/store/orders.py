"""Standing orders: subscriptions and watches.

Every change is noted in `bot.store.order_changes`.
"""

from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    AlertState,
    ArticleKind,
    DestinationId,
    Mode,
    Subscription,
    SubscriptionId,
    Target,
    TargetKind,
    Watch,
    WatchId,
    WorkspaceId,
)
from bot.model.orders import ActiveQuery, ChangedOrders, Standing
from bot.store import places
from bot.store.order_changes import changed_in, set_columns
from bot.store.rows import Row, clean, clean_or_none
from bot.store.sql import insert
from bot.store.tables import alerts, destinations, subscriptions, watches, workspaces

_SUBSCRIPTIONS = sa.select(subscriptions, destinations.c.workspace_id).join(destinations)
_PAGE = 2_000
_WATCHES = sa.select(watches, destinations.c.workspace_id).join(destinations)


async def standing(conn: AsyncConnection, changed: ChangedOrders | None = None) -> Standing:
    """Every workspace, destination, subscription and watch, paused ones too; with `changed`, those
    of the places that it names.
    """
    where = _where(changed)
    found = await places.all_destinations(conn, *where)
    tenants = sorted({destination.workspace for destination in found})
    return Standing(
        workspaces=await places.all_workspaces(
            conn, *(() if changed is None else (workspaces.c.id.in_(tenants),))
        ),
        destinations=found,
        subscriptions=await _subscriptions(conn, *where),
        watches=await _watches(conn, *where),
    )


# Subscriptions


async def add_subscription(
    conn: AsyncConnection,
    *,
    destination: DestinationId,
    target: Target,
    mode: Mode,
    now: datetime,
    by: str = "",
    min_sources: int = 1,
    threshold: float = 0.5,
    any_depth: bool = False,
    kinds: frozenset[ArticleKind] = frozenset({ArticleKind.NEWS}),
    mention: str | None = None,
    at: time = time(8, 0),
    weekday: int = 0,
) -> Subscription:
    """Subscribe a channel; an equal target and mode is the same subscription with new settings."""
    key = {
        "destination_id": destination,
        "target_kind": target.kind.value,
        "target": target.id,
        "mode": mode.value,
    }
    settings = {
        "min_sources": min_sources,
        "threshold": threshold,
        "any_depth": any_depth,
        "kinds": sorted(kinds),
        "mention": mention,
        "at": at.isoformat("minutes"),
        "weekday": weekday,
    }
    made = insert(conn, subscriptions).values(
        **key, **settings, created_at=now, created_by=clean(by)
    )
    await conn.execute(made.on_conflict_do_update(index_elements=list(key), set_=settings))
    await changed_in(conn, destination)
    matching = sa.and_(*(subscriptions.c[name] == value for name, value in key.items()))
    return (await _subscriptions(conn, matching))[0]


async def subscription(conn: AsyncConnection, id_: SubscriptionId) -> Subscription | None:
    """One subscription."""
    found = await _subscriptions(conn, subscriptions.c.id == id_)
    return found[0] if found else None


async def subscriptions_of(conn: AsyncConnection, workspace: WorkspaceId) -> list[Subscription]:
    """A workspace's subscriptions."""
    return await _subscriptions(conn, destinations.c.workspace_id == workspace)


async def remove_subscription(conn: AsyncConnection, id_: SubscriptionId) -> bool:
    """Unsubscribe; what its digest held is judged anew when its story grows."""
    held = sa.update(alerts).where(
        alerts.c.subscription_id == id_,
        alerts.c.state == AlertState.HELD.value,
        alerts.c.delivery_id.is_(None),
    )
    await conn.execute(held.values(state=AlertState.WAITING.value))
    return await _remove(conn, subscriptions, id_)


# Watches


async def add_watch(
    conn: AsyncConnection,
    *,
    destination: DestinationId,
    name: str,
    query: str,
    typed: str,
    now: datetime,
    owner: str | None = None,
    mention: str | None = None,
    by: str = "",
) -> Watch:
    """Save a watch; the same query in one destination is the same watch with a new name."""
    settings = {
        "name": clean(name),
        "typed": clean(typed),
        "mention": mention,
        "paused_at": None,
        "paused_reason": None,
    }
    made = insert(conn, watches).values(
        destination_id=destination,
        query=clean(query),
        owner=owner,
        created_at=now,
        created_by=clean(by),
        **settings,
    )
    await conn.execute(
        made.on_conflict_do_update(index_elements=["destination_id", "query"], set_=settings)
    )
    await changed_in(conn, destination)
    here = sa.and_(watches.c.destination_id == destination, watches.c.query == clean(query))
    return (await _watches(conn, here))[0]


async def watch(conn: AsyncConnection, id_: WatchId) -> Watch | None:
    """One watch."""
    found = await _watches(conn, watches.c.id == id_)
    return found[0] if found else None


async def watches_of(conn: AsyncConnection, workspace: WorkspaceId) -> list[Watch]:
    """A workspace's watches."""
    return await _watches(conn, destinations.c.workspace_id == workspace)


async def active_queries(
    conn: AsyncConnection, changed: ChangedOrders | None = None
) -> dict[WatchId, ActiveQuery]:
    """Every watch that is not paused, for the index that judges articles; with `changed`, those of
    the places that it names.

    Read page by page: there may be a hundred thousand, and others wait for the loop.
    """
    found: dict[WatchId, ActiveQuery] = {}
    where = _where(changed)
    last, page = 0, _PAGE
    while page == _PAGE:
        query = (
            sa.select(
                watches.c.id, watches.c.destination_id, destinations.c.workspace_id, watches.c.query
            )
            .join(destinations)
            .where(watches.c.paused_reason.is_(None), watches.c.id > last, *where)
            .order_by(watches.c.id)
            .limit(_PAGE)
        )
        rows = (await conn.execute(query)).all()
        found.update((WatchId(row[0]), ActiveQuery(*row[1:])) for row in rows)
        page = len(rows)
        last = rows[-1][0] if rows else last
    return found


async def edit_watch(conn: AsyncConnection, id_: WatchId, **values: object) -> None:
    """Set columns of a watch: name, query, typed, mention."""
    await set_columns(conn, watches, id_, **values)


async def pause_watch(
    conn: AsyncConnection, id_: WatchId, reason: str | None, now: datetime
) -> None:
    """Pause a watch for this reason; None resumes it."""
    await set_columns(
        conn,
        watches,
        id_,
        paused_reason=clean_or_none(reason),
        paused_at=now if reason is not None else None,
    )


async def remove_watch(conn: AsyncConnection, id_: WatchId) -> bool:
    """Forget a watch; False where it was not there."""
    return await _remove(conn, watches, id_)


# Rows


def subscription_from(row: Row) -> Subscription:
    """The subscription of a row with its workspace."""
    return Subscription(
        id=SubscriptionId(row["id"]),
        destination=DestinationId(row["destination_id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        target=Target(kind=TargetKind(row["target_kind"]), id=row["target"]),
        mode=Mode(row["mode"]),
        min_sources=row["min_sources"],
        threshold=row["threshold"],
        any_depth=row["any_depth"],
        kinds=frozenset(ArticleKind(kind) for kind in row["kinds"] or ["news"]),
        mention=row["mention"],
        at=time.fromisoformat(row["at"]),
        weekday=row["weekday"],
        created_at=row["created_at"],
        last_alert_at=row["last_alert_at"],
        digested_at=row["digested_at"],
    )


def _watch_from(row: Row) -> Watch:
    return Watch(
        id=WatchId(row["id"]),
        destination=DestinationId(row["destination_id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        name=row["name"],
        query=row["query"],
        typed=row["typed"],
        owner=row["owner"],
        mention=row["mention"],
        created_at=row["created_at"],
        paused_reason=row["paused_reason"],
        last_alert_at=row["last_alert_at"],
    )


def _where(changed: ChangedOrders | None) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition that keeps to the places that changed; none where all are wanted."""
    if changed is None:
        return ()
    in_place = destinations.c.id.in_(sorted(changed.destinations))
    return (sa.or_(in_place, destinations.c.workspace_id.in_(sorted(changed.workspaces))),)


async def _remove(conn: AsyncConnection, table: sa.Table, id_: int) -> bool:
    """Delete one order; False where it was not there."""
    gone = sa.delete(table).where(table.c.id == id_).returning(table.c.destination_id)
    place = await conn.scalar(gone)
    if place is not None:
        await changed_in(conn, DestinationId(place))
    return place is not None


async def _subscriptions(
    conn: AsyncConnection, *where: sa.ColumnElement[bool]
) -> list[Subscription]:
    found = await conn.execute(_SUBSCRIPTIONS.where(*where).order_by(subscriptions.c.id))
    return [subscription_from(row) for row in found.mappings()]


async def _watches(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> list[Watch]:
    found = await conn.execute(_WATCHES.where(*where).order_by(watches.c.id))
    return [_watch_from(row) for row in found.mappings()]
