"""All jobs in one process: APScheduler only ticks; what is due are rows, judged by our Clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock
from bot.errors import PolicywireError, sole

Tick = Callable[[datetime], Awaitable[object]]
_log = structlog.get_logger(__name__)


class Ticker:
    """Calls each job every so many seconds; a tick is left out while its job still runs."""

    def __init__(self, clock: Clock, grace: float = 5.0) -> None:
        """`grace` is for how many seconds what runs may go on once it is to stop."""
        self._clock, self._grace = clock, grace
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Call `tick` with the time now and then every `seconds`; its failures are logged."""

        async def job() -> None:
            task = asyncio.current_task()
            assert task is not None
            self._running.add(task)
            try:
                await tick(self._clock.now())
            except Exception as raised:  # noqa: BLE001 (logged; the next tick may go well)
                error = sole(raised)
                if isinstance(error, PolicywireError):
                    _log.error("tick_failed", job=name, error=str(error))
                else:
                    _log.error("tick_broke", job=name, exc_info=raised)
            finally:
                self._running.discard(task)

        # APScheduler lives by the system's clock; the jobs live by ours.
        self._scheduler.add_job(
            job,
            IntervalTrigger(seconds=seconds, timezone="UTC"),
            id=name,
            next_run_time=datetime.now(self._scheduler.timezone),
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until `stop` is set; then let what runs come to its end, and cut off what does not.

        A tick that is cut off loses nothing: what it has not committed is done after the start.
        """
        self._scheduler.start()
        try:
            await stop.wait()
        finally:
            self._scheduler.pause()
            running = list(self._running)
            if running:
                _, late = await asyncio.wait(running, timeout=self._grace)
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)
            self._scheduler.shutdown(wait=False)
