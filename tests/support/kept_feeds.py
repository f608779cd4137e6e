"""Feeds as the database has them, looked up the way tests know them."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import FeedId, PollState
from bot.store import feeds
from bot.store.tables import feeds as table


async def feed_at(conn: AsyncConnection, url: str) -> PollState | None:
    """The feed with this address, whoever added it."""
    numbers = await conn.scalars(sa.select(table.c.id).where(table.c.url == url))
    found = await feeds.by_ids(conn, [FeedId(number) for number in numbers])
    return found[0] if found else None
