"""Few requests per host at once, spaced, and none while it asked us to wait."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SteppedClock
from bot.errors import FeedError, FeedErrorKind
from bot.feeds.throttle import LONGEST_HOLD, Throttle

START = datetime(2026, 2, 27, 12, tzinfo=UTC)


class Visits:
    """Visitors of a throttle: when each began, in seconds from START, and how many are there."""

    def __init__(self, *, at_once: int = 24, per_host: int = 2, spacing: float = 1.0) -> None:
        self.clock = SteppedClock(START)
        self.throttle = Throttle(self.clock, at_once=at_once, per_host=per_host, spacing=spacing)
        self.began: list[tuple[str, float]] = []
        self.there = 0
        self.most = 0

    async def visit(self, host: str, stay: float = 0) -> None:
        async with self.throttle.turn(host):
            self.began.append((host, (self.clock.now() - START).total_seconds()))
            self.there += 1
            self.most = max(self.most, self.there)
            await self.clock.sleep(stay)
            self.there -= 1

    async def all_of(self, *visits: tuple[str, float]) -> None:
        """Let these visits happen at once, stepping the clock whenever nobody moves."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self.visit(host, stay)) for host, stay in visits]
            while not all(task.done() for task in tasks):
                for _ in range(20):
                    await asyncio.sleep(0)
                if (wake := self.clock.next_wake()) is not None:
                    self.clock.move_to(wake)


async def test_requests_to_one_host_are_spaced_from_start_to_start() -> None:
    visits = Visits()
    await visits.all_of(*[("a.example", 0)] * 4)
    assert visits.began == [("a.example", s) for s in (0, 1, 2, 3)]


async def test_no_more_than_two_at_once_at_one_host() -> None:
    visits = Visits()
    await visits.all_of(*[("a.example", 10)] * 4)
    assert visits.most == 2
    assert [when for _, when in visits.began] == [0, 1, 10, 11]


async def test_hosts_do_not_wait_for_one_another() -> None:
    visits = Visits()
    await visits.all_of(("127.0.0.1", 5), ("127.0.0.2", 5), ("a.example", 5))
    assert {when for _, when in visits.began} == {0}


async def test_no_more_than_the_total_at_once() -> None:
    visits = Visits(at_once=3)
    await visits.all_of(*[(f"{n}.example", 1) for n in range(9)])
    assert visits.most == 3


async def test_who_waits_for_a_busy_host_takes_no_place_from_others() -> None:
    visits = Visits(at_once=1, spacing=100)
    await visits.all_of(("a.example", 0), ("a.example", 0), ("b.example", 0))
    assert visits.began == [("a.example", 0), ("b.example", 0), ("a.example", 100)]


async def test_spacing_holds_where_the_total_made_them_wait() -> None:
    visits = Visits(at_once=2)
    await visits.all_of(("b.example", 9), ("c.example", 9), ("a.example", 0), ("a.example", 0))
    assert visits.began[2:] == [("a.example", 9), ("a.example", 10)]


async def test_a_host_that_asked_us_to_wait_gets_no_request() -> None:
    visits = Visits()
    visits.throttle.hold("a.example", 60)
    with pytest.raises(FeedError) as caught:
        await visits.visit("a.example.")
    assert caught.value.kind is FeedErrorKind.THROTTLED
    assert caught.value.retry_after == 60
    await visits.visit("b.example")
    visits.clock.advance(timedelta(seconds=60))
    await visits.visit("a.example")
    assert visits.began == [("b.example", 0), ("a.example", 60)]


async def test_those_in_line_are_told_too() -> None:
    visits = Visits()
    waiting = [asyncio.ensure_future(visits.visit("a.example")) for _ in range(3)]
    await asyncio.sleep(0)
    visits.throttle.hold("a.example", 60)
    visits.clock.advance(timedelta(seconds=1))
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(result, FeedError) for result in results] == [False, True, True]


async def test_one_long_wait_does_not_close_a_host_for_a_day() -> None:
    visits = Visits()
    visits.throttle.hold("a.example", 86_400)
    visits.clock.advance(LONGEST_HOLD)
    await visits.visit("a.example")
    assert len(visits.began) == 1


async def test_an_abandoned_turn_is_given_back() -> None:
    visits = Visits(at_once=1, per_host=1, spacing=0)
    stuck = asyncio.ensure_future(visits.visit("a.example", 1000))
    in_line = asyncio.ensure_future(visits.visit("a.example"))
    await asyncio.sleep(0)
    in_line.cancel()
    stuck.cancel()
    await asyncio.gather(stuck, in_line, return_exceptions=True)
    await visits.visit("a.example")
    assert len(visits.began) == 2


async def test_hosts_left_behind_are_forgotten() -> None:
    visits = Visits(spacing=0)
    for number in range(1500):
        await visits.visit(f"{number}.example")
    assert len(visits.throttle._lanes) < 1024
