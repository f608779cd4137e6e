"""The log of changes of orders, by which what holds them in memory reads only what changed anew.

Each change takes the next version and a row that says where it was, in the transaction of the
change itself, whichever process makes it. The version's row stays locked until that ends, so
versions are committed in their order, and who has seen one misses none below it.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import DestinationId, WorkspaceId
from bot.model.orders import ChangedOrders
from bot.store import facts
from bot.store.tables import order_changes, workspaces

VERSION = "orders changed"
"""The fact that counts changes of orders."""
KEPT = 1_000
"""Changes that the log keeps: more than any process misses between two looks."""
_MOST = 200
"""Changes from which on all orders are as quickly read as those that changed."""
_SINCE = (
    sa.select(order_changes)
    .where(order_changes.c.version > sa.bindparam("seen"))
    .where(order_changes.c.version <= sa.bindparam("now"))
)


async def version(conn: AsyncConnection) -> int:
    """How often orders were changed."""
    return int(await facts.get(conn, VERSION) or 0)


async def changed_in(conn: AsyncConnection, destination: DestinationId) -> None:
    """Note that something of this destination changed."""
    await _note(conn, destination_id=destination)


async def changed_all_over(conn: AsyncConnection, workspace: WorkspaceId) -> None:
    """Note that something of a whole workspace changed, or that it is gone."""
    await _note(conn, workspace_id=workspace)


async def set_columns(conn: AsyncConnection, table: sa.Table, id_: int, **values: object) -> None:
    """Set columns of one row of orders, and note where it stands."""
    where = table.c.destination_id if "destination_id" in table.c else table.c.id
    changed = sa.update(table).where(table.c.id == id_).values(values).returning(where)
    place = await conn.scalar(changed)
    if place is None:
        return
    if table is workspaces:
        await changed_all_over(conn, WorkspaceId(place))
    else:
        await changed_in(conn, DestinationId(place))


async def since(conn: AsyncConnection, seen: int, now: int) -> ChangedOrders | None:
    """Where orders changed after version `seen`, up to version `now`.

    None where all are to be read: changes are too many, no more in the log, or were made by an
    older program, which wrote none.
    """
    if not 0 <= now - seen <= _MOST:
        return None
    rows = (await conn.execute(_SINCE, {"seen": seen, "now": now})).all()
    if len(rows) < now - seen:
        return None
    return ChangedOrders(
        workspaces=frozenset(WorkspaceId(r.workspace_id) for r in rows if r.workspace_id),
        destinations=frozenset(DestinationId(r.destination_id) for r in rows if r.destination_id),
    )


async def _note(conn: AsyncConnection, **where: int) -> None:
    new = await facts.count_up(conn, VERSION)
    await conn.execute(sa.insert(order_changes).values(version=new, **where))
    await conn.execute(sa.delete(order_changes).where(order_changes.c.version <= new - KEPT))
