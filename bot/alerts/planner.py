"""Digests whose window has ended become deliveries; the outbox writes and posts them."""

from datetime import datetime

import structlog

from bot.alerts.digests import Window, next_end, window_due
from bot.alerts.ports import AlertRows, DeliveryRows, DigestRows, Store
from bot.alerts.quiet import quiet_until, zone_of
from bot.model import Destination, Subscription
from bot.model.outbox import NewDelivery

_log = structlog.get_logger(__name__)


class Digests:
    """Plans digests; call `run_once` at each tick."""

    def __init__(
        self, *, store: Store, digests: DigestRows, alerts: AlertRows, deliveries: DeliveryRows
    ) -> None:
        self._store, self._digests = store, digests
        self._alerts, self._deliveries = alerts, deliveries

    async def run_once(self, now: datetime) -> int:
        """Queue every digest that is due and has something to say; how many that were."""
        async with self._store.read() as conn:
            digests = await self._digests.digest_subscriptions(conn)
        queued = 0
        for subscription, destination in digests:
            if _silent(destination, now) is not None:
                continue
            zone = zone_of(destination.zone)
            window = window_due(subscription, zone, now, subscription.digested_at)
            if window is not None:
                queued += await self._plan(subscription, destination, window, now)
        return queued

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next window ends; `now` where one has ended already."""
        async with self._store.read() as conn:
            digests = await self._digests.digest_subscriptions(conn)
        times = []
        for subscription, destination in digests:
            zone = zone_of(destination.zone)
            due = window_due(subscription, zone, now, subscription.digested_at)
            at = now if due is not None else next_end(subscription, zone, now)
            times.append(max(at, _silent(destination, now) or at))
        return min(times, default=None)

    async def _plan(
        self, subscription: Subscription, destination: Destination, window: Window, now: datetime
    ) -> int:
        async with self._store.write() as conn:
            ids = await self._alerts.for_digest(conn, destination.id, subscription.id, window.end)
            if ids:
                new = NewDelivery(
                    destination=destination.id,
                    key=f"digest:{subscription.id}:{window.name}",
                    due_at=now,
                    payload={"mode": subscription.mode.value, "mention": subscription.mention},
                )
                queued = await self._deliveries.queue_once(conn, new, now)
                if queued is None:
                    # Told for this window already: what is left waits for the next.
                    ids = []
                else:
                    await self._alerts.carry(conn, ids, queued, now)
                    await self._alerts.queue_carried(conn, queued)
            await self._digests.digested(conn, subscription.id, window.end)
        if ids:
            _log.info("digest_queued", subscription_id=subscription.id, stories=len(ids))
        return bool(ids)


def _silent(destination: Destination, now: datetime) -> datetime | None:
    """Until when a digest waits: for the end of a mute or of quiet hours."""
    muted = destination.muted_until
    ends = [quiet_until(destination.quiet, zone_of(destination.zone), now)]
    ends.append(muted if muted is not None and muted > now else None)
    return max((end for end in ends if end is not None), default=None)
