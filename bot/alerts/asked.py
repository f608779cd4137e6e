"""Stories that a person asks to have posted in a channel, whatever its orders say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.carriers import story_key
from bot.alerts.ports import AlertRows, DeliveryRows
from bot.model import Alert, AlertId, AlertState, DestinationId, Story, SubscriptionId
from bot.model.outbox import NewDelivery

_SETTLED = frozenset({AlertState.QUEUED, AlertState.TOLD})


async def tell_now(
    conn: AsyncConnection,
    stories: Sequence[Story],
    *,
    alerts: AlertRows,
    deliveries: DeliveryRows,
    destination: DestinationId,
    subscription: SubscriptionId | None,
    now: datetime,
) -> int:
    """Queue these stories as posts there, in this order; those told already are passed over."""
    known = {
        alert.story: alert
        for alert in await alerts.for_stories(conn, [story.id for story in stories])
        if alert.destination == destination
    }
    wanted = [s for s in stories if s.id not in known or known[s.id].state not in _SETTLED]
    new = [
        NewDelivery(destination=destination, key=story_key(story.id), due_at=now)
        for story in wanted
    ]
    ids = await deliveries.queue(conn, new, now)
    queued = []
    for story, delivery in zip(wanted, ids, strict=True):
        bare = Alert(
            id=AlertId(0),
            destination=destination,
            story=story.id,
            state=AlertState.QUEUED,
            subscription=subscription,
            created_at=now,
        )
        alert = known.get(story.id, bare)
        queued.append(replace(alert, state=AlertState.QUEUED, held=(), delivery=delivery))
    await alerts.save(conn, queued, now)
    await alerts.freeze(conn, [story.id for story in wanted], now)
    return len(wanted)
