"""The outbox: claim → post → mark, in order within a destination, destinations side by side."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.carriers import carrier_of, list_delivery
from bot.alerts.delivery import Kit, Tally
from bot.alerts.editing import Edits
from bot.alerts.failures import post_failed
from bot.alerts.flood import HOUR
from bot.alerts.probing import look_again
from bot.alerts.quiet import zone_of
from bot.alerts.routing import Carrier
from bot.alerts.senders import nonce_of
from bot.errors import StoreError
from bot.model import (
    AlertState,
    Delivery,
    DeliveryState,
    Destination,
    DestinationId,
    Held,
    HeldBy,
)
from bot.model.outbox import Turn

_log = structlog.get_logger(__name__)
_Pairs = list[tuple[Destination, Delivery]]


class _Step(Enum):
    """What became of a destination's turn."""

    WENT = "went"
    EMPTY = "empty"
    WAITS = "waits"
    STUCK = "stuck"
    """The database fails, or a claim is left from when it did: at once it would be so again."""


class Outbox:
    """Delivers what is queued. `run_once` does what is due now, `run` goes on until stopped."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._edits = Edits(kit)
        self._serving: set[DestinationId] = set()
        self._given_more: set[DestinationId] = set()
        self._room = asyncio.Semaphore(kit.rules.at_once)
        self._woken = asyncio.Event()
        self._stop = asyncio.Event()
        self._left_claims = False

    @property
    def tally(self) -> Tally:
        """What was done since the start."""
        return self._kit.tally

    def wake(self) -> None:
        """Something was queued: look at once."""
        self._woken.set()

    async def start(self) -> int:
        """After a crash: claims that nobody works on any more have an unknown outcome.

        For a process that alone delivers from this database, as the store's run lock has it.
        """
        kit = self._kit
        async with kit.store.write() as conn:
            doubted = await kit.deliveries.doubt_claims(conn, self._serving)
        self._left_claims = False
        if doubted:
            _log.warning("outcomes_unknown", deliveries=doubted)
        return doubted

    async def run_once(self) -> Tally:
        """Post and edit all that is due by the clock; what was done."""
        before = replace(self._kit.tally)
        async with asyncio.TaskGroup() as group:
            for work in await self._work():
                group.create_task(work)
        return self._kit.tally.since(before)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; ends when the posts under way have been marked."""
        self._stop = stop
        await self.start()
        async with asyncio.TaskGroup() as group:
            while not stop.is_set():
                self._woken.clear()
                for work in await self._work():
                    group.create_task(work)
                await self._pause(stop)

    async def next_due(self) -> datetime | None:
        """When there is something to do next, which may be past; None with nothing open."""
        now = self._kit.clock.now()
        async with self._kit.store.read() as conn:
            posts = await self._kit.turns.posts(conn, list(self._kit.senders))
            paused = await self._kit.turns.paused(conn, list(self._kit.senders))
        times = [turn.ready_at for turn in (*posts, *paused)]
        edit = await self._edits.next_due(now)
        return min([*times, edit] if edit is not None else times, default=None)

    async def _work(self) -> list[Coroutine[Any, Any, None]]:
        """A piece of work for each destination that has some now and is not served already."""
        now = self._kit.clock.now()
        if self._left_claims:
            await self._doubt_left_claims()
        async with self._kit.store.read() as conn:
            posts = await self._kit.turns.posts(conn, list(self._kit.senders))
            paused = await self._kit.turns.paused(conn, list(self._kit.senders))
        edits = await self._edits.due(now)
        places = {turn.destination.id: turn.destination for turn in posts if turn.ready_at <= now}
        places.update({here: due[0][0] for here, due in edits.items()})
        silent = {turn.destination.id for turn in posts if turn.ready_at > now}
        work: list[Coroutine[Any, Any, None]] = []
        for here, destination in places.items():
            if here in self._serving:
                self._given_more.add(here)
                self._edits.forgo(edits.get(here, []))
                continue
            self._serving.add(here)
            work.append(self._serve(destination, edits.get(here, []), posts=here not in silent))
        for turn in paused:
            if turn.due_at <= now and turn.destination.id not in self._serving:
                self._serving.add(turn.destination.id)
                work.append(self._probe(turn))
        return work

    async def _serve(self, destination: Destination, edits: _Pairs, *, posts: bool) -> None:
        """All posts of a destination in their order, then its edits."""
        left, step = list(edits), _Step.EMPTY
        try:
            async with self._room:
                while posts and not self._stop.is_set():
                    step = await self._next(destination)
                    if step is not _Step.WENT:
                        break
                while left and step is _Step.EMPTY and not self._stop.is_set():
                    await self._edits.make(*left.pop(0))
        except StoreError as error:
            step = self._broke_off(destination, error)
        finally:
            self._edits.forgo(left)
            self._done(destination.id, step)

    def _broke_off(self, destination: Destination, error: StoreError) -> _Step:
        """What was posted may not be marked: its claim is left, and looked up once that works."""
        _log.error("delivery_not_stored", destination_id=destination.id, error=str(error))
        self._left_claims = True
        return _Step.STUCK

    async def _doubt_left_claims(self) -> None:
        try:
            await self.start()
        except StoreError as error:
            _log.error("delivery_not_stored", error=str(error))

    def _done(self, here: DestinationId, step: _Step) -> None:
        """Look again where that can bring something: among a thousand channels it costs."""
        more = step is not _Step.EMPTY or here in self._given_more
        self._serving.discard(here)
        self._given_more.discard(here)
        if step is not _Step.STUCK and (more or not self._serving):
            self._woken.set()

    async def _next(self, destination: Destination) -> _Step:
        """Deal with the post whose turn it is at a destination."""
        kit = self._kit
        now = kit.clock.now()
        # What was queued before this is seen now.
        self._given_more.discard(destination.id)
        async with kit.store.write() as conn:
            head = await kit.deliveries.head(conn, destination.id, now)
            if head is None:
                return _Step.EMPTY
            if head.state is DeliveryState.CLAIMED:
                return _Step.STUCK
            queued = head.state is DeliveryState.QUEUED
            if queued and await self._put_off(conn, destination, head, now):
                return _Step.WENT
            if carrier_of(head.key) is not Carrier.STORY:
                # Alerts before deliveries, as in routing: what is claimed moves nowhere else.
                await kit.alerts.queue_carried(conn, head.id)
            if not await kit.deliveries.claim(conn, head, now):
                return _Step.STUCK
        head = replace(head, attempts=head.attempts + 1)
        goes_on = await (self._post if queued else self._find)(destination, head)
        return _Step.WENT if goes_on else _Step.WAITS

    async def _post(self, destination: Destination, delivery: Delivery) -> bool:
        kit = self._kit
        try:
            if kit.reteller is not None and carrier_of(delivery.key) is Carrier.STORY:
                await kit.reteller.before_post(delivery)
            async with kit.store.read() as conn:
                draft = await kit.drafts.write(conn, destination, delivery, kit.address)
            if draft is None:
                await self._settle(delivery, DeliveryState.STALE, "Nothing was left to tell.")
                kit.tally.stale += 1
                return True
            async with asyncio.timeout(kit.rules.timeout_seconds):
                posted = await kit.senders[destination.platform].post(
                    destination,
                    draft.message,
                    key=delivery.key,
                    nonce=nonce_of(delivery),
                    reply_to=draft.reply_to,
                )
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 (a sender's own bug must not stop the others)
            return await post_failed(kit, destination, delivery, error, looking=False)
        now = kit.clock.now()
        async with kit.store.write() as conn:
            await kit.alerts.mark_told(conn, list(draft.tells), now)
            await kit.deliveries.mark_sent(conn, delivery, posted.ref, draft.face, now)
        kit.tally.posted += 1
        return True

    async def _find(self, destination: Destination, delivery: Delivery) -> bool:
        """Look for a post whose outcome is unknown; it is queued again where it is not there."""
        kit = self._kit
        try:
            async with asyncio.timeout(kit.rules.timeout_seconds):
                found = await kit.senders[destination.platform].find(
                    destination,
                    key=delivery.key,
                    nonce=nonce_of(delivery),
                    since=delivery.claimed_at or delivery.created_at,
                )
        except Exception as error:  # noqa: BLE001 (as above)
            return await post_failed(kit, destination, delivery, error, looking=True)
        if found is None:
            await self._settle(delivery, DeliveryState.QUEUED)
            return True
        now = kit.clock.now()
        async with kit.store.write() as conn:
            told = await kit.alerts.carried_by(conn, delivery.id)
            queued = [alert.id for alert in told if alert.state is AlertState.QUEUED]
            await kit.alerts.mark_told(conn, queued, now)
            await kit.deliveries.mark_sent(conn, delivery, found.ref, None, now)
        kit.tally.found += 1
        return True

    async def _probe(self, turn: Turn) -> None:
        step = _Step.WENT
        try:
            async with self._room:
                await look_again(self._kit, turn)
        except StoreError as error:
            step = self._broke_off(turn.destination, error)
        finally:
            self._done(turn.destination.id, step)

    async def _put_off(
        self, conn: AsyncConnection, destination: Destination, delivery: Delivery, now: datetime
    ) -> bool:
        """Whether the message is too old for its turn: it goes into the “while away” line."""
        kit = self._kit
        age, carrier = now - delivery.due_at, carrier_of(delivery.key)
        if age <= kit.rules.max_age or carrier is Carrier.AWAY:
            return False
        alerts = [] if carrier is None else await kit.alerts.carried_by(conn, delivery.id)
        untold = [alert for alert in alerts if alert.state is not AlertState.TOLD]
        await kit.deliveries.settle(conn, delivery.id, DeliveryState.STALE, error="Too old.")
        kit.tally.stale += 1
        if not untold:
            return True
        away = await list_delivery(
            conn,
            kit.deliveries,
            destination=destination.id,
            carrier=Carrier.AWAY,
            due=now,
            zone=zone_of(destination.zone),
            now=now,
        )
        limit = round(kit.rules.max_age / HOUR, 1)
        held = Held(by=HeldBy.AGE, have=round(age / HOUR, 1), need=limit)
        moved = [
            replace(alert, state=AlertState.HELD, held=(held,), delivery=away) for alert in untold
        ]
        await kit.alerts.save(conn, moved, now)
        return True

    async def _settle(
        self, delivery: Delivery, state: DeliveryState, error: str | None = None
    ) -> None:
        async with self._kit.store.write() as conn:
            await self._kit.deliveries.settle(conn, delivery.id, state, error=error)

    async def _pause(self, stop: asyncio.Event) -> None:
        """Until something is queued or done, the next thing is due, or another may have queued."""
        kit = self._kit
        due, now = await self.next_due(), kit.clock.now()
        idle = timedelta(seconds=kit.rules.idle_seconds)
        span = idle if due is None or due <= now else min(due - now, idle)
        waiters = [
            asyncio.ensure_future(self._woken.wait()),
            asyncio.ensure_future(stop.wait()),
            asyncio.ensure_future(kit.clock.sleep(span.total_seconds())),
        ]
        try:
            await asyncio.wait(waiters, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()
            await asyncio.gather(*waiters, return_exceptions=True)
