"""The messages that carry many alerts: finding the one that still takes more, or opening one."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import chain, count

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.flood import flood_key
from bot.alerts.ports import DeliveryRows
from bot.alerts.quiet import held_key
from bot.alerts.routing import Carrier
from bot.model import DeliveryId, DeliveryState, DestinationId, StoryId
from bot.model.outbox import NewDelivery

_WAITING = (DeliveryState.QUEUED,)
# An hour has one flood list: once posted, what still comes is edited in.
_GROWING = (
    DeliveryState.QUEUED,
    DeliveryState.CLAIMED,
    DeliveryState.UNKNOWN,
    DeliveryState.SENT,
)


def story_key(story: StoryId) -> str:
    """The key of the message that tells one story."""
    return f"story:{story}"


def carrier_of(key: str) -> Carrier | None:
    """What sort of message a key names; None for a note."""
    sort = key.partition(":")[0]
    return Carrier(sort) if sort in set(Carrier) else None


async def list_delivery(
    conn: AsyncConnection,
    rows: DeliveryRows,
    *,
    destination: DestinationId,
    carrier: Carrier,
    due: datetime,
    zone: tzinfo,
    now: datetime,
) -> DeliveryId:
    """The delivery of a night's, hour's or absence's list there, open for one more alert."""
    # Any new mark will do: the outbox writes the true one once the list is edited.
    wanted = f"grown.{now.isoformat()}" if carrier is Carrier.FLOOD else None
    states = _GROWING if carrier is Carrier.FLOOD else _WAITING
    if carrier is not Carrier.OVERNIGHT:
        # After an outage one list tells what several hours held.
        waiting = await rows.unsent_like(conn, destination, f"{carrier}:")
        if waiting is not None and await rows.attach(conn, waiting.id, _WAITING, wanted):
            return waiting.id
    for key in _keys(carrier, due, zone, now):
        known = await rows.by_key(conn, destination, key)
        if known is None:
            new = NewDelivery(destination=destination, key=key, due_at=due)
            return (await rows.queue(conn, [new], now))[0]
        if await rows.attach(conn, known.id, states, wanted):
            return known.id
    raise AssertionError("the keys never end")


def _keys(carrier: Carrier, due: datetime, zone: tzinfo, now: datetime) -> Iterator[str]:
    """The key that is wanted, then others for when that message is done with."""
    if carrier is Carrier.OVERNIGHT:
        first = held_key(due, zone)
    elif carrier is Carrier.FLOOD:
        first = flood_key(now)
    else:
        first = f"away:{now:%Y-%m-%dT%H:%M:%SZ}"
    return chain([first], (f"{first}+{number}" for number in count(2)))
