"""Deliveries: one message to one destination, from queued to sent; the outbox's rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Delivery, DeliveryId, DeliveryState, DestinationId
from bot.model.outbox import NewDelivery
from bot.store.rows import Row, clean
from bot.store.sql import chunks, insert, insert_all, reserve
from bot.store.tables import deliveries

QUEUED, CLAIMED, UNKNOWN, SENT = (
    s.value
    for s in (
        DeliveryState.QUEUED,
        DeliveryState.CLAIMED,
        DeliveryState.UNKNOWN,
        DeliveryState.SENT,
    )
)
OPEN = (QUEUED, CLAIMED, UNKNOWN)
DIRTY = sa.text("wanted <> coalesce(shown, '')")
"""Spelled as in the index that serves it."""


async def queue(
    conn: AsyncConnection, given: Sequence[NewDelivery], now: datetime
) -> list[DeliveryId]:
    """Queue messages with keys that are new; their ids in the order given."""
    ids = await reserve(conn, deliveries, len(given))
    await insert_all(
        conn, deliveries, [{"id": i, **_new(n, now)} for i, n in zip(ids, given, strict=True)]
    )
    return [DeliveryId(number) for number in ids]


async def queue_once(conn: AsyncConnection, new: NewDelivery, now: datetime) -> DeliveryId | None:
    """Queue one message; None where its key was used there before."""
    made = insert(conn, deliveries).values(_new(new, now)).on_conflict_do_nothing()
    id_ = await conn.scalar(made.returning(deliveries.c.id))
    return DeliveryId(id_) if id_ is not None else None


async def by_key(conn: AsyncConnection, destination: DestinationId, key: str) -> Delivery | None:
    """The delivery with this key."""
    found = sa.select(deliveries).where(
        deliveries.c.destination_id == destination, deliveries.c.key == key
    )
    row = (await conn.execute(found)).mappings().first()
    return delivery_from(row) if row is not None else None


async def by_ids(conn: AsyncConnection, ids: Collection[DeliveryId]) -> list[Delivery]:
    """These deliveries, in order of ids."""
    found: list[Delivery] = []
    for some in chunks(sorted(ids)):
        query = sa.select(deliveries).where(deliveries.c.id.in_(some)).order_by(deliveries.c.id)
        found += [delivery_from(row) for row in (await conn.execute(query)).mappings()]
    return found


async def unsent_like(
    conn: AsyncConnection, destination: DestinationId, prefix: str
) -> Delivery | None:
    """The first delivery of a sort (`away:`) that still waits unclaimed there."""
    query = (
        sa.select(deliveries)
        .where(
            deliveries.c.destination_id == destination,
            deliveries.c.key.startswith(prefix, autoescape=True),
            deliveries.c.state == QUEUED,
        )
        .order_by(deliveries.c.id)
        .limit(1)
    )
    row = (await conn.execute(query)).mappings().first()
    return delivery_from(row) if row is not None else None


async def attach(
    conn: AsyncConnection,
    id_: DeliveryId,
    states: Collection[DeliveryState],
    wanted: str | None = None,
) -> bool:
    """Hold a list for more alerts while it is in one of these states; False where it is not.

    Until the caller commits nobody claims it, so that what is added is told with it; `wanted` marks
    one that may be under way already for an edit.
    """
    held = sa.update(deliveries).where(
        deliveries.c.id == id_, deliveries.c.state.in_([state.value for state in states])
    )
    # Without a new mark the row is only locked.
    values = held.values(wanted=wanted if wanted is not None else deliveries.c.wanted)
    return (await conn.execute(values)).rowcount > 0


async def want(conn: AsyncConnection, ids: Collection[DeliveryId], face: str) -> None:
    """These messages are to show this."""
    for some in chunks(sorted(ids)):
        wanted = sa.update(deliveries).where(deliveries.c.id.in_(some))
        await conn.execute(wanted.values(wanted=face))


async def head(conn: AsyncConnection, destination: DestinationId, now: datetime) -> Delivery | None:
    """The delivery whose turn it is there; it may be claimed by another worker."""
    query = (
        sa.select(deliveries)
        .where(
            deliveries.c.destination_id == destination,
            deliveries.c.state.in_(OPEN),
            deliveries.c.due_at <= now,
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(1)
    )
    row = (await conn.execute(query)).mappings().first()
    return delivery_from(row) if row is not None else None


async def claim(conn: AsyncConnection, delivery: Delivery, now: datetime) -> bool:
    """Take a queued or unknown delivery; False where another worker has it."""
    taken = sa.update(deliveries).where(
        deliveries.c.id == delivery.id, deliveries.c.state == delivery.state.value
    )
    values: dict[str, Any] = {"state": CLAIMED, "attempts": deliveries.c.attempts + 1}
    if delivery.state is DeliveryState.QUEUED:
        # A lookup keeps the instant of the post that it looks for.
        values["claimed_at"] = now
    return (await conn.execute(taken.values(values))).rowcount > 0


async def settle(
    conn: AsyncConnection,
    id_: DeliveryId,
    state: DeliveryState,
    *,
    error: str | None = None,
    scope: str | None = None,
) -> None:
    """Give a delivery its state, with what went wrong."""
    done = sa.update(deliveries).where(deliveries.c.id == id_)
    said = clean(error)[:500] if error is not None else None
    await conn.execute(done.values(state=state.value, error=said, scope=scope))


async def mark_sent(
    conn: AsyncConnection, delivery: Delivery, ref: str, face: str | None, now: datetime
) -> None:
    """The message stands in the channel and shows `face`; None: what it shows is not known."""
    sent = sa.update(deliveries).where(deliveries.c.id == delivery.id)
    values = {"state": SENT, "ref": ref, "sent_at": now, **_shows(delivery, face)}
    await conn.execute(sent.values(values))


async def mark_edited(
    conn: AsyncConnection, delivery: Delivery, face: str | None, now: datetime
) -> None:
    """The message shows `face` now."""
    edited = sa.update(deliveries).where(deliveries.c.id == delivery.id)
    await conn.execute(edited.values({"edited_at": now, **_shows(delivery, face)}))


async def doubt_claims(conn: AsyncConnection, served: Collection[DestinationId] = ()) -> int:
    """Claims at destinations that nobody serves have an unknown outcome; how many there were."""
    claimed = sa.select(deliveries.c.id, deliveries.c.destination_id).where(
        deliveries.c.state == CLAIMED
    )
    left = [id_ for id_, here in await conn.execute(claimed) if here not in served]
    for some in chunks(left):
        doubted = sa.update(deliveries).where(deliveries.c.id.in_(some))
        await conn.execute(doubted.values(state=UNKNOWN))
    return len(left)


async def release(conn: AsyncConnection, places: Collection[DestinationId]) -> None:
    """Queue again what was parked because these destinations could not be reached."""
    for some in chunks(sorted(places)):
        parked = sa.update(deliveries).where(
            deliveries.c.destination_id.in_(some),
            deliveries.c.state == DeliveryState.PARKED.value,
            deliveries.c.scope.in_(("channel", "workspace")),
        )
        await conn.execute(parked.values(state=QUEUED, error=None, scope=None))


def delivery_from(row: Row) -> Delivery:
    """The delivery of a row."""
    return Delivery(
        id=DeliveryId(row["id"]),
        destination=DestinationId(row["destination_id"]),
        key=row["key"],
        state=DeliveryState(row["state"]),
        ref=row["ref"],
        reply_to=row["reply_to_key"],
        attempts=row["attempts"],
        created_at=row["created_at"],
        due_at=row["due_at"],
        sent_at=row["sent_at"],
        edited_at=row["edited_at"],
        wanted=row["wanted"],
        shown=row["shown"],
        error=row["error"],
        claimed_at=row["claimed_at"],
        payload=row["payload"] or {},
    )


def _shows(delivery: Delivery, face: str | None) -> dict[str, Any]:
    """What is wanted is what is shown, unless more was wanted since the message was written."""
    wanted = deliveries.c.wanted
    values: dict[str, Any] = {"shown": face, "error": None}
    if face is not None:
        same = wanted.is_(None) if delivery.wanted is None else wanted == delivery.wanted
        values["wanted"] = sa.case((same, face), else_=wanted)
    return values


def _new(new: NewDelivery, now: datetime) -> dict[str, Any]:
    return {
        "destination_id": new.destination,
        "key": new.key,
        "state": QUEUED,
        "reply_to_key": new.reply_to_key,
        "payload": dict(new.payload),
        "created_at": now,
        "due_at": new.due_at,
    }
