"""The stepped clock: sleepers wake in order, when their instant passes and not before."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SteppedClock, SystemClock

START = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


async def test_sleepers_wake_when_the_clock_passes_them() -> None:
    clock = SteppedClock(START)
    woken: list[str] = []

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sleeper("late", 60))
        tasks.create_task(sleeper("early", 10))
        await asyncio.sleep(0)
        assert clock.next_wake() == START + timedelta(seconds=10)
        clock.advance(timedelta(seconds=30))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert woken == ["early"]
        clock.advance(timedelta(seconds=30))
    assert woken == ["early", "late"]


async def test_a_cancelled_sleeper_is_forgotten() -> None:
    clock = SteppedClock(START)
    task = asyncio.create_task(clock.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert clock.next_wake() is None


def test_never_goes_back() -> None:
    clock = SteppedClock(START)
    clock.move_to(START - timedelta(hours=1))
    assert clock.now() == START


def test_wants_an_aware_instant() -> None:
    with pytest.raises(ValueError, match="aware"):
        SteppedClock(datetime(2026, 1, 1))  # noqa: DTZ001 - the case under test


def test_the_systems_clock_is_aware() -> None:
    assert SystemClock().now().tzinfo is UTC
