"""The limit on all requests: never more in a second, first come, first served, nothing lost."""

import asyncio

import pytest
from yarl import URL

from bot.chat.discord.pace import MOST, SPAN, Pace, counts


class Time:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def begun(pace: Pace, time: Time, requests: int) -> list[float]:
    """When each request began."""
    times = []
    for _ in range(requests):
        await pace.turn()
        times.append(time.now)
    return times


def most_in_a_second(times: list[float]) -> int:
    return max(sum(at <= other < at + 1 for other in times) for at in times)


async def test_no_second_has_more_than_the_limit() -> None:
    time = Time()
    times = await begun(Pace(clock=lambda: time.now, sleep=time.sleep), time, 500)
    assert most_in_a_second(times) <= MOST
    assert times[-1] == pytest.approx((500 / MOST - 1) * SPAN, rel=0.1)


async def test_what_was_held_up_is_caught_up_on_within_the_limit() -> None:
    time = Time()
    pace = Pace(clock=lambda: time.now, sleep=time.sleep)
    times = await begun(pace, time, 30)
    time.now += 0.5
    resumed = time.now
    times += await begun(pace, time, 70)
    assert most_in_a_second(times) <= MOST
    assert times[-1] < resumed + 70 / MOST


async def test_the_first_request_waits_for_nothing() -> None:
    time = Time()
    assert await begun(Pace(clock=lambda: time.now, sleep=time.sleep), time, 1) == [0.0]


async def test_who_gives_up_waiting_keeps_nobody_back() -> None:
    pace = Pace()
    first = asyncio.create_task(pace.turn())
    second = asyncio.create_task(pace.turn())
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait_for(second, 5)


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        pytest.param("/api/v10/channels/1/messages", True, id="post"),
        pytest.param("/api/v10/channels/1/messages/2", True, id="edit"),
        pytest.param("/api/v10/interactions/1/token/callback", False, id="interaction"),
        pytest.param("/api/v10/webhooks/1/token/messages/@original", False, id="its-later-answers"),
    ],
)
def test_answers_to_people_do_not_count(path: str, counted: bool) -> None:
    assert counts(URL("https://discord.example") / path.lstrip("/")) == counted
