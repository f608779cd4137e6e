"""The pace of posts, over whole floods: no second holds two of a channel, no minute 301."""

import asyncio
import random
from bisect import bisect_right
from datetime import datetime, timedelta
from itertools import pairwise

from bot.chat.slack.pace import A_MINUTE, CHANNEL_EVERY, Pace
from bot.clock import SteppedClock
from bot.errors import Wait
from tests.support.newsroom import NOON


async def flood(channels: int, posts: int, seed: int) -> dict[str, list[datetime]]:
    """When each post of each channel went; who is told to wait comes back then."""
    clock, pick = SteppedClock(NOON), random.Random(seed)
    pace, went = Pace(clock), dict[str, list[datetime]]()

    async def post(name: str) -> None:
        for _ in range(posts):
            while True:
                try:
                    async with pace.turn(name):
                        # It arrives some time between its sending and its answer.
                        await clock.sleep(pick.choice((0, 0.25, 1)))
                        went.setdefault(name, []).append(clock.now())
                        await clock.sleep(pick.choice((0, 0.25)))
                    break
                except Wait as wait:
                    await clock.sleep((wait.seconds or 0) + pick.random() / 100)

    tasks = [asyncio.ensure_future(post(f"C{number}")) for number in range(channels)]
    while not all(task.done() for task in tasks):
        for _ in range(3):
            await asyncio.sleep(0)
        clock.advance(timedelta(seconds=0.25))
    return went


async def test_a_flood_keeps_to_both_limits_and_is_little_slower_than_they_allow() -> None:
    went = await flood(channels=100, posts=10, seed=1)
    for times in went.values():
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert min(gaps) >= CHANNEL_EVERY
    every = sorted(at for times in went.values() for at in times)
    assert len(every) == 1_000
    minute = timedelta(minutes=1)
    assert max(bisect_right(every, at) - bisect_right(every, at - minute) for at in every) <= (
        A_MINUTE
    )
    assert every[-1] - every[0] < timedelta(seconds=200)


async def test_a_quiet_channel_is_not_held_up_by_a_busy_one() -> None:
    clock = SteppedClock(NOON)
    pace = Pace(clock)

    async def post(name: str) -> None:
        async with pace.turn(name):
            pass

    await post("C1")
    waiting = asyncio.ensure_future(post("C1"))
    await asyncio.sleep(0)
    await post("C2")
    assert not waiting.done()
    clock.advance(CHANNEL_EVERY)
    await waiting
