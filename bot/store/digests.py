"""Digest subscriptions, and how far each was brought."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, Mode, Subscription, SubscriptionId
from bot.store.orders import subscription_from
from bot.store.places import PLACES, destination_from
from bot.store.tables import destinations, subscriptions


async def digest_subscriptions(
    conn: AsyncConnection,
) -> Sequence[tuple[Subscription, Destination]]:
    """Every digest with its destination, in order of ids."""
    query = (
        sa.select(subscriptions, destinations.c.workspace_id)
        .join(destinations)
        .where(subscriptions.c.mode != Mode.INSTANT.value)
        .order_by(subscriptions.c.id)
    )
    digests = [subscription_from(row) for row in (await conn.execute(query)).mappings()]
    whose = sorted({digest.destination for digest in digests})
    rows = await conn.execute(PLACES.where(destinations.c.id.in_(whose)))
    places = {row["id"]: destination_from(row) for row in rows.mappings()}
    return [(digest, places[digest.destination]) for digest in digests]


async def digested(conn: AsyncConnection, id_: SubscriptionId, end: datetime) -> None:
    """The window that ended then was looked at."""
    one = sa.update(subscriptions).where(subscriptions.c.id == id_)
    await conn.execute(one.values(digested_at=end))
