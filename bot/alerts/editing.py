"""Edits of told messages: which may be made now, and making one."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.delivery import Kit
from bot.alerts.failures import unreachable, wait
from bot.alerts.flood import SETTLE, flood_key
from bot.errors import ChannelUnavailable, MessageGone, MessageRefused, Wait, WorkspaceUnavailable
from bot.model import (
    AlertId,
    AlertState,
    Delivery,
    DeliveryState,
    Destination,
    DestinationId,
    WorkspaceId,
)
from bot.model.outbox import NewDelivery

_log = structlog.get_logger(__name__)
_MINUTE = timedelta(minutes=1)
_AGAIN = timedelta(seconds=30)


class Edits:
    """Keeps edits to a minute a message and to each workspace's budget, newest first."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._under_way: Counter[WorkspaceId] = Counter()
        # Waits that concern edits only: the channel's posts go on.
        self._after: dict[DestinationId, datetime] = {}

    async def due(self, now: datetime) -> dict[DestinationId, list[tuple[Destination, Delivery]]]:
        """The edits that may be made now, by destination; they count against the budgets."""
        ready: defaultdict[DestinationId, list[tuple[Destination, Delivery]]] = defaultdict(list)
        left = await self._budgets(now)
        for destination, delivery, at in await self._wanted():
            limit = self._limit(destination)
            used = left.get(destination.workspace, [])
            spent = len(used) + self._under_way[destination.workspace]
            if at <= now and (limit is None or spent < limit):
                self._under_way[destination.workspace] += 1
                ready[destination.id].append((destination, delivery))
        return ready

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next edit may be made."""
        used = await self._budgets(now)
        times = []
        for destination, _, at in await self._wanted():
            limit = self._limit(destination)
            made = used.get(destination.workspace, [])
            if limit is not None and len(made) >= limit:
                at = max(at, made[-limit] + _MINUTE)  # noqa: PLW2901 (later, not another)
            times.append(at)
        return min(times, default=None)

    async def make(self, destination: Destination, delivery: Delivery) -> None:
        """Edit one message to show its story or list as it stands now."""
        try:
            await self._make(destination, delivery)
        finally:
            self._under_way[destination.workspace] -= 1

    def forgo(self, edits: Sequence[tuple[Destination, Delivery]]) -> None:
        """Give back the budget of edits that are not made after all."""
        for destination, _ in edits:
            self._under_way[destination.workspace] -= 1

    async def _make(self, destination: Destination, delivery: Delivery) -> None:
        kit = self._kit
        async with kit.store.read() as conn:
            draft = await kit.drafts.write(conn, destination, delivery, kit.address)
        if draft is None or delivery.ref is None:
            await self._done(delivery, delivery.wanted, ())
            return
        message = replace(draft.message, mention=None)
        try:
            async with asyncio.timeout(kit.rules.timeout_seconds):
                sender = kit.senders[destination.platform]
                await sender.edit(destination, delivery.ref, message)
        except Exception as error:  # noqa: BLE001 (a sender's own bug must not stop the others)
            await self._failed(destination, delivery, error)
        else:
            await self._done(delivery, draft.face, draft.tells)
            kit.tally.edited += 1

    async def _done(self, delivery: Delivery, face: str | None, tells: Sequence[AlertId]) -> None:
        kit, now = self._kit, self._kit.clock.now()
        async with kit.store.write() as conn:
            await kit.alerts.mark_told(conn, list(tells), now)
            await kit.deliveries.mark_edited(conn, delivery, face, now)

    async def _failed(self, destination: Destination, delivery: Delivery, error: Exception) -> None:
        kit, now = self._kit, self._kit.clock.now()
        if isinstance(error, MessageGone):
            await self._gone(destination, delivery, now)
        elif isinstance(error, (ChannelUnavailable, WorkspaceUnavailable)):
            async with kit.store.write() as conn:
                await unreachable(kit, conn, destination, error, now)
        elif isinstance(error, Wait) and error.whole_workspace:
            async with kit.store.write() as conn:
                await wait(kit, conn, destination, error, 1)
        elif isinstance(error, MessageRefused):
            _log.error("edit_refused", delivery_id=delivery.id, reason=error.reason)
            # What was refused once is refused again: the message stays as it is until more comes.
            await self._done(delivery, delivery.wanted, ())
            async with kit.store.write() as conn:
                await self._move_untold(conn, destination, delivery, now)
        else:
            told = error.seconds if isinstance(error, Wait) else None
            span = _AGAIN if told is None else timedelta(seconds=told)
            self._after[destination.id] = now + span
            kit.tally.waited += 1

    async def _gone(self, destination: Destination, delivery: Delivery, now: datetime) -> None:
        """Somebody deleted it: never edited, never posted again; only what it never told moves."""
        kit = self._kit
        async with kit.store.write() as conn:
            await kit.deliveries.settle(conn, delivery.id, DeliveryState.GONE)
            await self._move_untold(conn, destination, delivery, now)
        _log.info("message_gone", delivery_id=delivery.id, destination_id=destination.id)

    async def _move_untold(
        self, conn: AsyncConnection, destination: Destination, delivery: Delivery, now: datetime
    ) -> None:
        """What a list was to tell by this edit goes into a new list."""
        kit = self._kit
        alerts = await kit.alerts.carried_by(conn, delivery.id)
        untold = [alert.id for alert in alerts if alert.state is not AlertState.TOLD]
        if not untold:
            return
        fresh = NewDelivery(
            destination=destination.id,
            key=f"{flood_key(now)}+{delivery.id}",
            due_at=now + SETTLE,
        )
        [instead] = await kit.deliveries.queue(conn, [fresh], now)
        await kit.alerts.carry(conn, untold, instead, now)

    async def _wanted(self) -> list[tuple[Destination, Delivery, datetime]]:
        """Messages to edit, newest first, each with the earliest instant for it."""
        kit = self._kit
        async with kit.store.read() as conn:
            found = await kit.turns.edits(conn, list(kit.senders))
        return [
            (destination, delivery, self._earliest(destination, delivery, blocked))
            for destination, delivery, blocked in found
        ]

    def _earliest(
        self, destination: Destination, delivery: Delivery, blocked: datetime | None
    ) -> datetime:
        changed = delivery.edited_at or delivery.sent_at or delivery.created_at
        times = (changed + self._kit.rules.edit_every, blocked, self._after.get(destination.id))
        return max(at for at in times if at is not None)

    async def _budgets(self, now: datetime) -> dict[WorkspaceId, list[datetime]]:
        if all(sender.limits.edits_a_minute is None for sender in self._kit.senders.values()):
            return {}
        async with self._kit.store.read() as conn:
            return await self._kit.turns.edits_since(conn, now - _MINUTE)

    def _limit(self, destination: Destination) -> int | None:
        return self._kit.senders[destination.platform].limits.edits_a_minute
