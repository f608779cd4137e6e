"""Ticks: at once, then at intervals; a failing job ticks on; stopping waits for what runs."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import structlog

from bot.clock import SteppedClock
from bot.errors import StoreError
from bot.jobs.embedded import Ticker
from bot.jobs.supervision import supervise
from tests.support.values import NOON


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[structlog.typing.EventDict]]:
    with structlog.testing.capture_logs() as captured:
        yield captured


async def test_a_job_ticks_at_once_with_our_clocks_time() -> None:
    ticker, stop, seen = Ticker(SteppedClock(NOON)), asyncio.Event(), []

    async def tick(now: datetime) -> None:
        seen.append(now)
        stop.set()

    ticker.every(3600, "poll", tick)
    await ticker.run(stop)
    assert seen == [NOON]


@pytest.mark.parametrize(
    ("error", "event"),
    [
        pytest.param(StoreError("The disk is full."), "tick_failed", id="ours"),
        pytest.param(RuntimeError("a fault"), "tick_broke", id="a-fault"),
    ],
)
async def test_a_failing_job_ticks_on(
    error: Exception, event: str, logs: list[structlog.typing.EventDict]
) -> None:
    ticker, stop, ticks = Ticker(SteppedClock(NOON)), asyncio.Event(), []

    async def tick(_now: datetime) -> None:
        ticks.append(1)
        if len(ticks) == 2:
            stop.set()
        raise error

    ticker.every(0.01, "poll", tick)
    await ticker.run(stop)
    assert len(ticks) == 2
    assert logs[0]["event"] == event


async def test_stopping_lets_a_running_tick_end() -> None:
    ticker, stop, done = Ticker(SteppedClock(NOON)), asyncio.Event(), []

    async def tick(_now: datetime) -> None:
        stop.set()
        for _ in range(10):
            await asyncio.sleep(0)
        done.append(1)

    ticker.every(3600, "poll", tick)
    await ticker.run(stop)
    assert done == [1]


async def test_stopping_cuts_off_a_tick_that_does_not_end() -> None:
    ticker, stop, ends = Ticker(SteppedClock(NOON), grace=0.01), asyncio.Event(), []

    async def tick(_now: datetime) -> None:
        stop.set()
        try:
            await asyncio.Event().wait()
        finally:
            ends.append("cut off")

    ticker.every(3600, "poll", tick)
    async with asyncio.timeout(5):
        await ticker.run(stop)
    assert ends == ["cut off"]


async def test_a_tick_is_left_out_while_its_job_still_runs() -> None:
    ticker, stop, running, others = Ticker(SteppedClock(NOON)), asyncio.Event(), [], []

    async def slow(_now: datetime) -> None:
        running.append(1)
        await stop.wait()

    async def other(_now: datetime) -> None:
        others.append(1)
        if len(others) == 5:
            stop.set()

    ticker.every(0.01, "poll", slow)
    ticker.every(0.01, "digests", other)
    await ticker.run(stop)
    assert len(running) == 1


async def test_a_task_starts_again_later_each_time() -> None:
    clock, starts = SteppedClock(NOON), []

    async def run() -> None:
        starts.append(clock.now())
        if len(starts) < 4:
            raise RuntimeError("it broke")

    task = asyncio.ensure_future(supervise("outbox", run, clock))
    while not task.done():
        await asyncio.sleep(0)
        if (wake := clock.next_wake()) is not None:
            clock.move_to(wake)
    pauses = [(b - a).total_seconds() for a, b in pairwise(starts)]
    assert pauses == [1, 2, 4]


async def test_a_task_that_ran_long_starts_again_soon() -> None:
    clock, starts = SteppedClock(NOON), []

    async def run() -> None:
        starts.append(clock.now())
        clock.advance(timedelta(hours=1))
        if len(starts) < 4:
            raise StoreError("gone away")

    task = asyncio.ensure_future(supervise("outbox", run, clock))
    while not task.done():
        await asyncio.sleep(0)
        if (wake := clock.next_wake()) is not None:
            clock.move_to(wake)
    pauses = [(b - a).total_seconds() - 3600 for a, b in pairwise(starts)]
    assert pauses == [1, 1, 1]


async def test_a_fatal_error_goes_up() -> None:
    async def run() -> None:
        raise StoreError("token refused")

    with pytest.raises(StoreError):
        await supervise("gateway", run, SteppedClock(NOON), fatal=(StoreError,))
