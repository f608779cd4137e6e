"""Few requests to one host at once, spaced, and none while it asks us to wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.errors import FeedError, FeedErrorKind

# One feed's long wait must not silence all other feeds of a big host: the feed itself waits as
# long as it was told (see cadence), the host at most this long.
LONGEST_HOLD = timedelta(hours=1)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class _Lane:
    """The requests to one host."""

    __slots__ = ("held_until", "ready_at", "slots", "users")

    def __init__(self, per_host: int) -> None:
        self.slots = asyncio.Semaphore(per_host)
        self.ready_at = self.held_until = _LONG_AGO
        self.users = 0

    def is_idle(self, now: datetime) -> bool:
        return not self.users and self.ready_at <= now and self.held_until <= now


class Throttle:
    """Turns to make a request: `per_host` at once and `spacing` seconds apart from start to start
    for one host, `at_once` in all.

    A host is a name or an address as written, so each address of 127.0.0.0/8 counts apart.
    """

    def __init__(self, clock: Clock, *, at_once: int, per_host: int, spacing: float) -> None:
        self._clock, self._per_host = clock, per_host
        self._spacing = timedelta(seconds=spacing)
        self._total = asyncio.Semaphore(at_once)
        self._lanes: dict[str, _Lane] = {}
        self._sweep_at = 1024

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it; a FeedError at once while the host asked us to wait."""
        lane = self._lane(host)
        lane.users += 1
        try:
            async with lane.slots:
                await self._start(host, lane)
                try:
                    yield
                finally:
                    self._total.release()
        finally:
            lane.users -= 1

    def hold(self, host: str, seconds: float) -> None:
        """Give no turn for the host for so long (at most LONGEST_HOLD)."""
        lane = self._lane(host)
        until = self._clock.now() + min(timedelta(seconds=seconds), LONGEST_HOLD)
        lane.held_until = max(lane.held_until, until)

    async def _start(self, host: str, lane: _Lane) -> None:
        """Return at the lane's next start with a place among all requests taken.

        The place is given back while waiting, so that a busy host holds up no other.
        """
        while True:
            await self._total.acquire()
            now = self._clock.now()
            if lane.held_until > now:
                self._total.release()
                raise _asked_to_wait(host, (lane.held_until - now).total_seconds())
            if lane.ready_at <= now:
                lane.ready_at = now + self._spacing
                return
            self._total.release()
            await self._clock.sleep((lane.ready_at - now).total_seconds())

    def _lane(self, host: str) -> _Lane:
        host = host.rstrip(".")
        lane = self._lanes.get(host)
        if lane is None:
            if len(self._lanes) >= self._sweep_at:
                now = self._clock.now()
                self._lanes = {h: old for h, old in self._lanes.items() if not old.is_idle(now)}
                self._sweep_at = max(1024, 2 * len(self._lanes))
            lane = self._lanes[host] = _Lane(self._per_host)
        return lane


def _asked_to_wait(host: str, seconds: float) -> FeedError:
    return FeedError(
        FeedErrorKind.THROTTLED,
        f"{host} asked us to wait; it is asked again in {max(1, round(seconds))} s.",
        retry_after=seconds,
    )
