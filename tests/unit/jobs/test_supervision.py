"""A task that is kept alive does not hold up the end."""

import asyncio
from datetime import UTC, datetime

from bot.clock import SteppedClock
from bot.errors import StoreError
from bot.jobs.supervision import supervise


async def test_the_end_does_not_wait_for_a_pause() -> None:
    stop, broke = asyncio.Event(), asyncio.Event()

    async def run() -> None:
        broke.set()
        raise StoreError("gone away")

    clock = SteppedClock(datetime(2026, 3, 9, tzinfo=UTC))
    task = asyncio.ensure_future(supervise("links", run, clock, stop=stop))
    await broke.wait()
    await asyncio.sleep(0)
    assert not task.done()
    stop.set()
    async with asyncio.timeout(1):
        await task
