"""A task that is kept alive does not hold up the end."""

import asyncio
from datetime import UTC, datetime

import pytest
import structlog

from bot.clock import SteppedClock
from bot.errors import PlatformRefused, StoreError
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


async def out_of_a_group(error: Exception) -> None:
    async with asyncio.TaskGroup():
        raise error


async def test_what_a_task_group_wraps_is_told_in_its_own_words() -> None:
    stop = asyncio.Event()

    async def run() -> None:
        stop.set()
        await out_of_a_group(StoreError("The disk is full."))

    with structlog.testing.capture_logs() as logs:
        await supervise("outbox", run, SteppedClock(datetime(2026, 3, 9, tzinfo=UTC)), stop=stop)
    assert [(log["event"], log["error"]) for log in logs] == [("task_failed", "The disk is full.")]


async def test_and_goes_up_where_it_is_fatal() -> None:
    clock = SteppedClock(datetime(2026, 3, 9, tzinfo=UTC))
    refused = PlatformRefused("its token is void")
    with pytest.raises(PlatformRefused):
        await supervise("links", lambda: out_of_a_group(refused), clock, fatal=(PlatformRefused,))
