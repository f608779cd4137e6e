"""How much is stored, and how much of it came lately: for `stats`."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import DeliveryState
from bot.store.outbox import OPEN
from bot.store.tables import (
    alerts,
    articles,
    deliveries,
    destinations,
    failed_entries,
    feeds,
    stories,
    subscriptions,
    watches,
    workspaces,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What came since an instant: `articles` seen, of them `relevant`, `stories` begun, alerts
    `told`, `messages` sent."""

    articles: int
    relevant: int
    stories: int
    told: int
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What there is. `waiting` and `parked` are deliveries; `since` is the oldest article's time.

    `size` is the database in bytes, with its free pages.
    """

    feeds: int
    workspaces: int
    destinations: int
    subscriptions: int
    watches: int
    waiting: int
    parked: int
    failed_entries: int
    since: datetime | None
    size: int


async def flow(conn: AsyncConnection, *, since: datetime, threshold: float) -> Flow:
    """What came since then, for everybody; `threshold` is the relevance that counts."""
    new = articles.c.seen_at >= since
    return Flow(
        articles=await _count(conn, articles, new),
        relevant=await _count(conn, articles, new, articles.c.relevance >= threshold),
        stories=await _count(conn, stories, stories.c.first_at >= since),
        told=await _count(conn, alerts, alerts.c.told_at >= since),
        messages=await _count(conn, deliveries, deliveries.c.sent_at >= since),
    )


async def stock(conn: AsyncConnection) -> Stock:
    """All that there is."""
    parked = deliveries.c.state == DeliveryState.PARKED.value
    return Stock(
        feeds=await _count(conn, feeds, feeds.c.paused_at.is_(None), feeds.c.gone_at.is_(None)),
        workspaces=await _count(conn, workspaces),
        destinations=await _count(conn, destinations),
        subscriptions=await _count(conn, subscriptions),
        watches=await _count(conn, watches),
        waiting=await _count(conn, deliveries, deliveries.c.state.in_(OPEN)),
        parked=await _count(conn, deliveries, parked),
        failed_entries=await _count(conn, failed_entries),
        since=await conn.scalar(sa.select(sa.func.min(articles.c.seen_at))),
        size=await size(conn),
    )


async def failing_feeds(conn: AsyncConnection) -> int:
    """Feeds that are asked and could not be read the last time."""
    asked = feeds.c.paused_at.is_(None), feeds.c.gone_at.is_(None)
    return await _count(conn, feeds, *asked, feeds.c.failing_since.is_not(None))


async def oldest_due(conn: AsyncConnection) -> datetime | None:
    """Since when the oldest message that waits has been due, None where none waits."""
    query = sa.select(sa.func.min(deliveries.c.due_at)).where(deliveries.c.state.in_(OPEN))
    due: datetime | None = await conn.scalar(query)
    return due


async def size(conn: AsyncConnection) -> int:
    """The database in bytes."""
    if conn.dialect.name == "sqlite":
        pages = int(await conn.scalar(sa.text("PRAGMA page_count")) or 0)
        return pages * int(await conn.scalar(sa.text("PRAGMA page_size")) or 0)
    return int(await conn.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)


async def latest_seen(conn: AsyncConnection) -> datetime | None:
    """When the newest article was seen, by the clock of that moment."""
    at: datetime | None = await conn.scalar(sa.select(sa.func.max(articles.c.seen_at)))
    return at


async def _count(conn: AsyncConnection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(*where)
    return int(await conn.scalar(query) or 0)
