"""Time, passed in: the system's clock, and one that tests and the demo step by hand."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol


class Clock(Protocol):
    """Where every part takes the time from; nothing else in the project asks the system."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` of this clock have passed."""
        ...


class SystemClock:
    """The clock of a running service."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class SteppedClock:
    """A clock that stands still until it is moved; sleepers wake when it passes their instant."""

    def __init__(self, start: datetime) -> None:
        self._now = _utc(start)
        self._order = count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (due, next(self._order), waiter))
        await waiter

    def next_wake(self) -> datetime | None:
        """The earliest instant that a sleeper waits for."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    def move_to(self, instant: datetime) -> None:
        """Set the time to `instant`, never backwards, and wake who waited for it."""
        self._now = max(self._now, _utc(instant))
        while (due := self.next_wake()) is not None and due <= self._now:
            heapq.heappop(self._sleepers)[2].set_result(None)

    def advance(self, step: timedelta) -> None:
        """Move on by `step`."""
        self.move_to(self._now + step)


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"a clock needs an aware instant, not {instant!r}")
    return instant.astimezone(UTC)
