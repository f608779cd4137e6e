"""The orders in memory, kept up with the database: read whole once, then where they changed."""

from collections import defaultdict

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.orders import Orders, Place
from bot.alerts.ports import ChangeRows, OrderRows
from bot.model import DestinationId, Subscription, Watch
from bot.model.orders import Standing


class OrderBook:
    """Gives the orders as they stand, whichever process changed them."""

    def __init__(self, rows: OrderRows, changes: ChangeRows) -> None:
        self._rows, self._changes = rows, changes
        self._orders, self._version = Orders(), -1

    async def orders(self, conn: AsyncConnection) -> Orders:
        """The orders as the transaction sees them; it must not change any itself, for if it were
        undone the book would keep them.
        """
        known, seen = self._orders, self._version
        now = await self._changes.version(conn)
        if now == seen:
            return known
        changed = await self._changes.since(conn, seen, now)
        places = places_of(await self._rows.standing(conn, changed))
        orders = Orders.of(places) if changed is None else known.changed(changed, places)
        # Together, for another may have asked meanwhile: who saw less reads it again.
        self._orders, self._version = orders, now
        return orders


def places_of(standing: Standing) -> list[Place]:
    """Destinations with what they have ordered; those without orders among them."""
    workspaces = {workspace.id: workspace for workspace in standing.workspaces}
    subscriptions: defaultdict[DestinationId, list[Subscription]] = defaultdict(list)
    watches: defaultdict[DestinationId, list[Watch]] = defaultdict(list)
    for subscription in standing.subscriptions:
        subscriptions[subscription.destination].append(subscription)
    for watch in standing.watches:
        watches[watch.destination].append(watch)
    return [
        Place(
            workspace=workspaces[destination.workspace],
            destination=destination,
            subscriptions=tuple(subscriptions[destination.id]),
            watches=tuple(watches[destination.id]),
        )
        for destination in standing.destinations
        # Gone since, where the database lets others write between two statements.
        if destination.workspace in workspaces
    ]
