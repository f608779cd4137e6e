"""Alerts: what each destination is to learn of each story."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Alert,
    AlertId,
    AlertState,
    DeliveryId,
    DeliveryState,
    DestinationId,
    Held,
    HeldBy,
    StoryId,
    SubscriptionId,
    WatchId,
)
from bot.store.rows import Row, clean, reasons_from_json, reasons_to_json
from bot.store.sql import chunks, insert_all, reserve, update_all
from bot.store.tables import alerts, deliveries, stories, story_mutes, subscriptions, watches

_UNSENT = [s.value for s in (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.UNKNOWN)]


async def for_stories(conn: AsyncConnection, ids: Collection[StoryId]) -> list[Alert]:
    """The alerts of these stories, held against other writers until the transaction ends."""
    found: list[Alert] = []
    for some in chunks(sorted(ids)):
        query = sa.select(alerts).where(alerts.c.story_id.in_(some)).order_by(alerts.c.id)
        rows = await conn.execute(query.with_for_update())
        found += [alert_from(row) for row in rows.mappings()]
    return found


async def carried_by(conn: AsyncConnection, delivery: DeliveryId) -> list[Alert]:
    """The alerts that a delivery tells."""
    query = sa.select(alerts).where(alerts.c.delivery_id == delivery).order_by(alerts.c.id)
    return [alert_from(row) for row in (await conn.execute(query)).mappings()]


async def one(conn: AsyncConnection, destination: DestinationId, story: StoryId) -> Alert | None:
    """The alert of a story at a destination."""
    query = sa.select(alerts).where(
        alerts.c.destination_id == destination, alerts.c.story_id == story
    )
    row = (await conn.execute(query)).mappings().first()
    return alert_from(row) if row is not None else None


async def muted(
    conn: AsyncConnection, ids: Collection[StoryId]
) -> set[tuple[DestinationId, StoryId]]:
    """Where which of these stories is muted."""
    found: set[tuple[DestinationId, StoryId]] = set()
    for some in chunks(sorted(ids)):
        query = sa.select(story_mutes.c.destination_id, story_mutes.c.story_id)
        rows = await conn.execute(query.where(story_mutes.c.story_id.in_(some)))
        found |= {(DestinationId(row[0]), StoryId(row[1])) for row in rows}
    return found


async def story_posts(
    conn: AsyncConnection, places: Collection[DestinationId], ids: Collection[StoryId]
) -> dict[tuple[DestinationId, StoryId], DeliveryId]:
    """The message of its own by which each story was told at these destinations.

    After a merge its key may name the story that is gone.
    """
    found: dict[tuple[DestinationId, StoryId], DeliveryId] = {}
    for some in chunks(sorted(places)):
        query = (
            sa.select(alerts.c.destination_id, alerts.c.story_id, deliveries.c.id)
            .join(deliveries, deliveries.c.id == alerts.c.delivery_id)
            .where(
                alerts.c.destination_id.in_(some),
                alerts.c.story_id.in_(sorted(ids)),
                deliveries.c.key >= "story:",
                deliveries.c.key < "story;",
            )
        )
        for here, story, delivery in await conn.execute(query):
            found[DestinationId(here), StoryId(story)] = DeliveryId(delivery)
    return found


async def posts_since(
    conn: AsyncConnection, places: Collection[DestinationId], since: datetime
) -> dict[DestinationId, int]:
    """Story posts of each destination that were sent since then or still wait."""
    found: dict[DestinationId, int] = {}
    recent = sa.or_(deliveries.c.state.in_(_UNSENT), deliveries.c.sent_at > since)
    for some in chunks(sorted(places)):
        query = (
            sa.select(deliveries.c.destination_id, sa.func.count())
            .where(
                deliveries.c.destination_id.in_(some),
                deliveries.c.key >= "story:",
                deliveries.c.key < "story;",
                recent,
            )
            .group_by(deliveries.c.destination_id)
        )
        found.update({DestinationId(row[0]): row[1] for row in await conn.execute(query)})
    return found


async def save(conn: AsyncConnection, given: Sequence[Alert], now: datetime) -> list[Alert]:
    """Store alerts as they are; those with id 0 are new and come back with theirs."""
    numbers = iter(await reserve(conn, alerts, sum(not alert.id for alert in given)))
    saved = [a if a.id else replace(a, id=AlertId(next(numbers))) for a in given]
    rows = [_row(alert, now) for alert in saved]
    fresh = [new.id for old, new in zip(given, saved, strict=True) if not old.id]
    await insert_all(conn, alerts, [row for row in rows if row["id"] in set(fresh)])
    kept = [row for row in rows if row["id"] not in set(fresh)]
    for row in kept:
        # What identifies an alert never changes.
        del row["destination_id"], row["story_id"], row["created_at"]
    await update_all(conn, alerts, kept)
    return saved


async def carry(
    conn: AsyncConnection, ids: Iterable[AlertId], delivery: DeliveryId, now: datetime
) -> None:
    """Let a delivery carry these alerts."""
    for some in chunks(ids):
        moved = sa.update(alerts).where(alerts.c.id.in_(some))
        await conn.execute(moved.values(delivery_id=delivery, judged_at=now))


async def queue_carried(conn: AsyncConnection, delivery: DeliveryId) -> None:
    """The delivery's turn has come: what it held can no longer move to another."""
    held = sa.update(alerts).where(
        alerts.c.delivery_id == delivery, alerts.c.state == AlertState.HELD.value
    )
    await conn.execute(held.values(state=AlertState.QUEUED.value))


async def mark_told(conn: AsyncConnection, ids: Collection[AlertId], now: datetime) -> None:
    """The destination has been told; its subscriptions and watches note when."""
    for some in chunks(sorted(ids)):
        mine = alerts.c.id.in_(some)
        told = sa.update(alerts).where(mine, alerts.c.state != AlertState.TOLD.value)
        await conn.execute(told.values(state=AlertState.TOLD.value, told_at=now))
        spoke = sa.select(alerts.c.subscription_id, alerts.c.watch_id).where(mine)
        rows = (await conn.execute(spoke)).all()
        for table, orders in (
            (subscriptions, {row[0] for row in rows}),
            (watches, {row[1] for row in rows}),
        ):
            if whose := sorted(orders - {None}):
                last = sa.update(table).where(table.c.id.in_(whose))
                await conn.execute(last.values(last_alert_at=now))


async def freeze(conn: AsyncConnection, ids: Collection[StoryId], now: datetime) -> None:
    """Title and summary of these stories freeze at their first alert."""
    for some in chunks(sorted(ids)):
        fresh = sa.update(stories).where(stories.c.id.in_(some), stories.c.frozen_at.is_(None))
        await conn.execute(fresh.values(frozen_at=now))


async def for_digest(
    conn: AsyncConnection,
    destination: DestinationId,
    subscription: SubscriptionId,
    before: datetime,
) -> list[AlertId]:
    """Held alerts that a digest is to carry: their stories first reported before its end."""
    query = (
        sa.select(alerts.c.id)
        .join(stories, stories.c.id == alerts.c.story_id)
        .where(
            alerts.c.destination_id == destination,
            alerts.c.subscription_id == subscription,
            alerts.c.state == AlertState.HELD.value,
            alerts.c.delivery_id.is_(None),
            stories.c.first_at < before,
        )
        .order_by(alerts.c.id)
    )
    return [AlertId(row[0]) for row in await conn.execute(query)]


def alert_from(row: Row) -> Alert:
    """The alert of a row."""
    stored = row["because"] or {}
    return Alert(
        id=AlertId(row["id"]),
        destination=DestinationId(row["destination_id"]),
        story=StoryId(row["story_id"]),
        state=AlertState(row["state"]),
        because=reasons_from_json(stored.get("reasons")),
        held=tuple(_held_from(held) for held in stored.get("held", ())),
        watches=tuple(WatchId(watch) for watch in stored.get("watches", ())),
        subscription=row["subscription_id"],
        watch=row["watch_id"],
        delivery=row["delivery_id"],
        created_at=row["created_at"],
        told_at=row["told_at"],
    )


def _row(alert: Alert, now: datetime) -> dict[str, Any]:
    return {
        "id": alert.id,
        "destination_id": alert.destination,
        "story_id": alert.story,
        "state": alert.state.value,
        "because": {
            "reasons": reasons_to_json(alert.because),
            "held": [_held_to(held) for held in alert.held],
            "watches": list(alert.watches),
        },
        "subscription_id": alert.subscription,
        "watch_id": alert.watch,
        "delivery_id": alert.delivery,
        "created_at": alert.created_at,
        "judged_at": now,
        "told_at": alert.told_at,
    }


def _held_to(held: Held) -> list[Any]:
    until = held.until.isoformat() if held.until else None
    return [held.by.value, held.have, held.need, until, clean(held.subject)]


def _held_from(stored: Sequence[Any]) -> Held:
    by, have, need, until, subject = stored
    return Held(
        by=HeldBy(by),
        have=have,
        need=need,
        until=datetime.fromisoformat(until) if until else None,
        subject=subject,
    )
