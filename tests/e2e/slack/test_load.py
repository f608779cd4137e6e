"""How soon requests are acknowledged under load."""

import asyncio
import time

import pytest

from tests.e2e.slack.conftest import Team
from tests.support.slack.member import Member


@pytest.mark.slow
async def test_fifty_commands_a_second_are_acknowledged_at_once(team: Team) -> None:
    took: list[float] = []

    async def ask(number: int) -> None:
        member = Member(slack=team.slack, id="U0ANY")
        began = time.monotonic()
        reply = await member.type("latest" if number % 2 else "status")
        took.append(time.monotonic() - began)
        await reply.messages()

    async with asyncio.TaskGroup() as group:
        for number in range(250):
            group.create_task(ask(number))
            await asyncio.sleep(0.02)
    took.sort()
    print(f"acknowledged: median {took[125]:.3f} s, 99th {took[247]:.3f} s")  # noqa: T201
    assert took[247] < 0.5
