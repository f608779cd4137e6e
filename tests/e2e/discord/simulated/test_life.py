"""In time, whatever happens: slow replies, faults, servers and channels that go and come."""

import asyncio
from datetime import timedelta
from typing import Any

import simcord

from bot.chat.registry import Option, OptionKind
from bot.clock import SteppedClock
from bot.message import Message
from bot.store import here
from tests.support.discord.server import Server, client_for, opened, shown
from tests.support.office import Office


async def test_a_slow_reply_is_deferred_and_then_stands_in_its_place(
    office: Office, clock: SteppedClock
) -> None:
    client = client_for(office, clock)

    async def wait(call: Any, private: bool) -> Message:
        # By the simulated clock.
        await asyncio.sleep(10)
        return Message(title="It took a while", private=private)

    private = Option(name="private", kind=OptionKind.FLAG, help="for you alone", default=False)
    client._desk.registry.command("slow", help="Takes long", options=[private], slow=True)(wait)
    async with simcord.run(client) as env:
        server = await opened(env, client, office, clock)
        for alone in (False, True):
            reply = await server.reader.slash(server.policy, "slow", private=alone)
            await env.advance_time(2)
            assert reply.deferred
            await env.advance_time(10)
            answer = reply.followups[0] if alone else reply.response
            assert answer is not None
            assert shown(answer) == "It took a while"
            assert answer.ephemeral == alone


async def test_a_fault_of_ours_is_said_in_private(office: Office, clock: SteppedClock) -> None:
    client = client_for(office, clock)

    async def fail(call: Any) -> Message:
        raise RuntimeError("broken")

    client._desk.registry.command("broken", help="Breaks")(fail)
    async with simcord.run(client) as env:
        server = await opened(env, client, office, clock)
        reply = await server.reader.slash(server.policy, "broken")
        assert reply.ephemeral
        assert "went wrong inside policywire" in shown(reply)


async def test_commands_are_told_once(server: Server) -> None:
    def told() -> int:
        return sum("commands" in entry.path for entry in server.env.http_requests)

    assert told() == 1
    await server.restart()
    assert told() == 1


async def test_leaving_a_server_pauses_and_in_time_forgets_it(server: Server) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all")
    kept = server.client._desk.tenants
    await kept.removed(str(server.guild.id))
    assert (await server.place()).paused_reason
    assert await kept.forget(timedelta(days=30)) == 0
    await server.restart()
    assert (await server.place()).paused_reason is None
    await kept.reconcile(set())
    assert (await server.place()).paused_reason
    server.clock.advance(timedelta(days=31))
    assert await kept.forget(timedelta(days=30)) == 1
    async with server.office.store.read() as conn:
        assert await here.workspace_at(conn, "discord", str(server.guild.id)) is None


async def test_a_channel_that_is_open_can_be_posted_in(server: Server) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all")
    await server.sender.check(await server.place())
