"""The gateway over a real socket: commands told, interactions answered, every kind of break."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.app.discord import discord_account
from bot.chat.discord.failures import TokenRefused
from bot.chat.discord.gateway import Gateway
from bot.clock import SteppedClock
from bot.settings import Settings
from tests.support.discord.loopback import APPLICATION, LoopbackDiscord
from tests.support.discord.server import client_for
from tests.support.newsroom import NOON, Newsroom, migrated, room
from tests.support.office import Office

__all__ = ["migrated", "room"]
Make = Callable[[], Gateway]


@pytest.fixture
async def make(room: Newsroom) -> Make:
    """Makes gateways over one database."""
    office = Office(room.store, room.now)
    await office.publish("Judge rules on Claude", about=["claude"], text="A judge ruled.")
    clock = SteppedClock(NOON + timedelta(minutes=10))

    def made() -> Gateway:
        gateway = client_for(office, clock, shard_count=None)
        gateway.before_identify_hook = _at_once  # type: ignore[method-assign]
        # Nobody waits for more servers here.
        gateway._connection.guild_ready_timeout = 0.05
        return gateway

    return made


async def _at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """Discord wants five seconds between sessions; nobody waits here."""


@asynccontextmanager
async def connected(there: LoopbackDiscord, gateway: Gateway) -> AsyncIterator[Gateway]:
    """The gateway while it serves."""
    stop = asyncio.Event()
    sessions = len(there.sessions)
    task = asyncio.create_task(gateway.serve(there.token, stop, moved=True))
    await there.until(lambda: len(there.sessions) > sessions)
    async with asyncio.timeout(10):
        await gateway.wait_until_ready()
    yield gateway
    stop.set()
    await asyncio.wait_for(task, 10)


async def test_a_command_is_answered_over_the_wire(there: LoopbackDiscord, make: Make) -> None:
    here = there.channel()
    async with connected(there, make()):
        names = {command["name"] for command in there.commands["commands"]}
        assert {"latest", "subscribe", "watch", "story"} <= names
        reply = await there.use(here, "latest")
        assert reply["type"] == 4
        assert "Judge rules on Claude" in reply["data"]["embeds"][0]["description"]
        assert reply["data"]["allowed_mentions"]["parse"] == []


async def test_commands_are_told_again_only_when_they_changed(
    there: LoopbackDiscord, make: Make
) -> None:
    for _ in range(2):
        async with connected(there, make()):
            pass
    assert sum(path.endswith("/commands") for _, path, _ in there.requests) == 1


@pytest.mark.parametrize(
    ("op", "data", "session"),
    [
        pytest.param(7, None, "resume", id="reconnect"),
        pytest.param(9, True, "resume", id="invalid-but-resumable"),
        pytest.param(9, False, "identify", id="invalid-session"),
        pytest.param(None, None, "resume", id="socket-dropped"),
    ],
)
async def test_a_broken_connection_comes_back_and_goes_on(
    there: LoopbackDiscord, make: Make, op: int | None, data: object, session: str
) -> None:
    here = there.channel()
    async with connected(there, make()):
        if op is None:
            await there.drop()
        else:
            await there.tell(op, data)
        await there.until(lambda: len(there.sessions) > 1, seconds=20)
        assert there.sessions[1] == session
        assert (await there.use(here, "help"))["type"] == 4


async def test_a_refused_token_names_the_setting(there: LoopbackDiscord, make: Make) -> None:
    with pytest.raises(TokenRefused, match="DISCORD_TOKEN"):
        await make().serve("another.token", asyncio.Event(), moved=True)


async def test_a_token_that_is_revoked_later_is_refused_too(
    there: LoopbackDiscord, make: Make
) -> None:
    gateway = make()
    task = asyncio.create_task(gateway.serve(there.token, asyncio.Event(), moved=True))
    await there.until(lambda: there.sessions)
    async with asyncio.timeout(10):
        await gateway.wait_until_ready()
    for socket in list(there.sockets):
        await socket.close(code=4004)
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(task, 10)


async def test_the_account_and_its_invitation_are_asked_of_discord(
    there: LoopbackDiscord,
) -> None:
    environ = {"DISCORD_TOKEN": there.token, "DISCORD_API_URL": there.url}
    name, link = await discord_account(Settings.load(environ)) or ("", "")
    assert name == "policywire"
    assert f"client_id={APPLICATION}" in link
    with pytest.raises(TokenRefused):
        await discord_account(Settings.load({**environ, "DISCORD_TOKEN": "another"}))
    assert await discord_account(Settings.load({})) is None
