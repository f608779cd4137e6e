from collections.abc import AsyncIterator, Iterator

import discord
import pytest
import structlog

from bot.chat.discord.rest import prepare, rest_client
from bot.chat.discord.send import DiscordSender
from bot.clock import SteppedClock
from tests.support.alerting import NOON
from tests.support.discord.loopback import LoopbackDiscord, loopback


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
async def there() -> AsyncIterator[LoopbackDiscord]:
    """A Discord on loopback, to which every client of the process speaks, and by its rules."""
    own = discord.http.Route.BASE
    gateway = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    async with loopback() as found:
        prepare(found.url)
        yield found
        assert not found.faults
    discord.http.Route.BASE = own
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOON)


@pytest.fixture
async def sender(there: LoopbackDiscord, clock: SteppedClock) -> AsyncIterator[DiscordSender]:
    made = DiscordSender(rest_client(), clock, there.token)
    yield made
    await made.close()
