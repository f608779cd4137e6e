"""Long tasks kept alive: report, back off, start again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import PolicywireError, sole

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 300.0
_SETTLED = timedelta(minutes=10)
"""A task that ran so long before it failed begins again with a short pause."""
_log = structlog.get_logger(__name__)


async def supervise(
    name: str,
    run: Callable[[], Awaitable[None]],
    clock: Clock,
    *,
    fatal: tuple[type[Exception], ...] = (),
    stop: asyncio.Event | None = None,
) -> None:
    """Run until it returns by itself; a failure is logged and it starts again, later each time.

    Errors in `fatal` go up: nothing that we could do would mend them. Once `stop` is set, nothing
    starts again, and a pause ends at once.
    """
    pause = _FIRST_PAUSE
    while True:
        began = clock.now()
        try:
            await run()
        except Exception as raised:  # noqa: BLE001 (logged; the task starts again)
            error = sole(raised)
            if isinstance(error, fatal):
                raise error from error.__cause__
            if isinstance(error, PolicywireError):
                _log.error("task_failed", task=name, error=str(error), again_in=pause)
            else:
                _log.error("task_broke", task=name, again_in=pause, exc_info=raised)
        else:
            return
        if clock.now() - began >= _SETTLED:
            pause = _FIRST_PAUSE
        if await _stopped(stop, clock, pause):
            return
        pause = min(pause * 2, _LONGEST_PAUSE)


async def _stopped(stop: asyncio.Event | None, clock: Clock, pause: float) -> bool:
    """Wait for the pause, or for `stop`; whether that is set."""
    if stop is None:
        await clock.sleep(pause)
        return False
    waits = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(clock.sleep(pause))]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return stop.is_set()
