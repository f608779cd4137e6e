"""A simulated server with three stories that can be asked for."""

from datetime import timedelta

import pytest
import simcord

from bot.chat.discord.gateway import Gateway
from bot.clock import SteppedClock
from tests.support.discord.server import Server, client_for, opened
from tests.support.newsroom import NOON, Newsroom, migrated, room
from tests.support.office import Office

__all__ = ["migrated", "room"]


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOON + timedelta(minutes=10))


@pytest.fixture
async def office(room: Newsroom) -> Office:
    """Three stories that can be asked for."""
    made = Office(room.store, room.now)
    for number, about in enumerate(("anthropic", "openai", "google")):
        await made.publish(
            f"Story {number} on {about}", about=[about], text="Somebody ruled. It matters much."
        )
        made.pass_time(minutes=1)
    return made


@pytest.fixture
def simcord_bot(office: Office, clock: SteppedClock) -> Gateway:
    return client_for(office, clock)


@pytest.fixture
async def server(
    simcord_env: simcord.Env, simcord_bot: Gateway, office: Office, clock: SteppedClock
) -> Server:
    return await opened(simcord_env, simcord_bot, office, clock)
