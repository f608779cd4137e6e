"""The gateway over a real socket: commands told, interactions answered, every kind of break."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.app.discord import discord_account
from bot.app.doctor import accounts
from bot.app.doctor.finding import State
from bot.chat.discord.failures import TokenRefused
from bot.chat.discord.gateway import Gateway
from bot.chat.discord.send import DiscordSender
from bot.clock import SteppedClock
from bot.settings import Settings
from tests.support.delivering import deliver
from tests.support.discord.loopback import APPLICATION, FORUM, LoopbackDiscord
from tests.support.discord.server import client_for
from tests.support.newsroom import NOON, Newsroom, migrated, room
from tests.support.office import Office

__all__ = ["migrated", "room"]
Make = Callable[[], Gateway]


@pytest.fixture
async def office(room: Newsroom) -> Office:
    """One story that can be asked for."""
    made = Office(room.store, room.now)
    await made.publish("Judge rules on Claude", about=["claude"], text="A judge ruled.")
    return made


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOON + timedelta(minutes=10))


@pytest.fixture
def make(office: Office, clock: SteppedClock) -> Make:
    """Makes gateways over one database."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted:
    """A channel that was alerted, and what presses of the alert's buttons bring."""

    there: LoopbackDiscord
    channel: int

    async def press(self, label: str, person: int) -> Any:
        message = self.there.messages[self.channel][0]
        [button] = [b for row in message["components"] for b in row["components"]
                    if b["label"] == label]  # fmt: skip
        reply = await self.there.press(self.channel, message, button["custom_id"], person=person)
        return reply["data"]


@pytest.fixture
async def alerted(
    there: LoopbackDiscord, make: Make, office: Office, clock: SteppedClock, sender: DiscordSender
) -> AsyncIterator[Alerted]:
    here = there.channel()
    async with connected(there, make()):
        await there.use(here, "subscribe", to="all")
        office.now = clock.now()
        await office.publish("Pentagon drops Claude", about=["claude"], text="It did.")
        clock.advance(timedelta(minutes=1))
        assert (await deliver(office, sender, clock)).posted == 1
        yield Alerted(there=there, channel=here)


async def test_two_people_pressing_at_once_are_both_answered(alerted: Alerted) -> None:
    replies = await asyncio.gather(alerted.press("Why", 77), alerted.press("Why", 78))
    for data in replies:
        assert data["flags"] == 64
        assert data["embeds"][0]["title"] == "Pentagon drops Claude"


async def test_two_people_judging_at_once_count_as_two(alerted: Alerted) -> None:
    label = "Not relevant"
    replies = await asyncio.gather(alerted.press(label, 77), alerted.press(label, 78))
    said = sorted(data["embeds"][0]["description"] for data in replies)
    assert ["1 person here" in said[0], "2 people here" in said[1]] == [True, True]


async def test_one_person_pressing_twice_at_once_counts_as_one(alerted: Alerted) -> None:
    label = "Not relevant"
    replies = await asyncio.gather(alerted.press(label, 77), alerted.press(label, 77))
    assert all("1 person here" in data["embeds"][0]["description"] for data in replies)
    assert sorted(data["embeds"][0]["title"] for data in replies) == [
        "Noted, thank you: not relevant", "You have said so already: not relevant",
    ]  # fmt: skip


async def test_a_forum_gets_one_post_a_saga_and_keeps_it(
    there: LoopbackDiscord, make: Make, office: Office, clock: SteppedClock, sender: DiscordSender
) -> None:
    forum = there.channel(FORUM)
    async with connected(there, make()):
        await there.use(forum, "subscribe", to="all")
    office.now = clock.now()
    first = await office.publish("Pentagon drops Claude", about=["claude"])
    await deliver(office, sender, clock)
    clock.advance(timedelta(minutes=5))
    office.now = clock.now()
    await office.publish("Anthropic sues the Pentagon", about=["anthropic"], after=first)
    await office.publish("Senate votes on chips", about=["nvidia"])
    await deliver(office, sender, clock)
    posts = {c["name"]: int(n) for n, c in there.channels.items() if c.get("parent_id")}
    assert set(posts) == {"Pentagon drops Claude", "Senate votes on chips"}
    inside = there.messages[posts["Pentagon drops Claude"]]
    assert [m["embeds"][0]["title"] for m in inside] == [
        "Pentagon drops Claude", "Anthropic sues the Pentagon",
    ]  # fmt: skip
    assert "Earlier: " in inside[1]["embeds"][0]["description"]


HOSTILE = "@everyone <@&1> **x** [a](https://b.example) \u202e\u200b # y"


async def test_a_feeds_words_neither_ping_nor_link_nor_format(
    there: LoopbackDiscord, make: Make, office: Office, clock: SteppedClock, sender: DiscordSender
) -> None:
    here = there.channel()
    async with connected(there, make()):
        await there.use(here, "subscribe", to="all")
    office.now = clock.now()
    await office.publish(HOSTILE, outlet="@here [z](https://c.example)", text=HOSTILE)
    await deliver(office, sender, clock)
    [message] = there.messages[here]
    assert message["content"] == ""
    assert message["allowed_mentions"] == {"parse": []}
    said = json.dumps(message["embeds"], ensure_ascii=False)
    for sign in ("@everyone", "@here", "<@&1>", "**x**", "[a]", "[z]"):
        assert re.search(r"(?<!\\)" + re.escape(sign), said) is None, sign
    assert "\u202e" not in said


async def test_the_doctor_gives_the_invitation(there: LoopbackDiscord) -> None:
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.G.x"
    told = {"DISCORD_TOKEN": token, "DISCORD_API_URL": there.url}
    [offline] = await accounts.check(Settings.load(told), online=False)
    assert "client_id=123456789012345678&scope=bot+applications.commands" in offline.says
    assert not there.requests
    [refused] = await accounts.check(Settings.load(told), online=True)
    assert (refused.state, "DISCORD_TOKEN" in refused.mend) == (State.BROKEN, True)
    [known] = await accounts.check(
        Settings.load({**told, "DISCORD_TOKEN": there.token}), online=True
    )
    assert f"client_id={APPLICATION}" in known.says
    assert await accounts.check(Settings.load({}), online=True) == []
