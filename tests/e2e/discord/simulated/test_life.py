"""In time, whatever happens: slow replies, faults, servers and channels that go and come."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import simcord

from bot.chat.registry import Option, OptionKind
from bot.clock import SteppedClock
from bot.message import Message
from bot.store import lookup
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


async def test_one_waits_in_private_for_what_is_private_anyway(
    office: Office, clock: SteppedClock
) -> None:
    client = client_for(office, clock)

    async def wait(call: Any) -> Message:
        await asyncio.sleep(10)
        return Message(title="For you alone", private=True)

    client._desk.registry.command("slow", help="Takes long", slow=True, private=True)(wait)
    async with simcord.run(client) as env:
        server = await opened(env, client, office, clock)
        reply = await server.reader.slash(server.policy, "slow")
        await env.advance_time(2)
        assert reply.deferred
        assert reply.ephemeral
        await env.advance_time(10)
        assert shown(reply) == "For you alone"
        assert server.policy.last_message is None


async def test_who_went_on_before_the_reply_breaks_nothing(
    office: Office, clock: SteppedClock
) -> None:
    client = client_for(office, clock)

    async def wait(call: Any) -> Message:
        await asyncio.sleep(16 * 60)
        return Message(title="Too late")

    client._desk.registry.command("slow", help="Takes long", slow=True)(wait)
    async with simcord.run(client) as env:
        server = await opened(env, client, office, clock)
        await server.reader.slash(server.policy, "slow")
        await env.advance_time(17 * 60)
        assert "Story" in shown(await server.reader.slash(server.policy, "latest"))


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
        assert await lookup.workspace_at(conn, "discord", str(server.guild.id)) is None


async def test_a_channel_that_is_open_can_be_posted_in(server: Server) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all")
    await server.sender.check(await server.place())


async def test_a_deleted_channel_pauses_and_says_so(server: Server) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all")
    place = await server.place()
    server.env.backend.delete_channel(server.policy.id)
    await server.env.settle()
    assert (await server.place()).paused_reason == "the channel was deleted"
    other = server.guild.create_text_channel("other")
    listed = shown(await server.chief.slash(other, "subscriptions"))
    assert "the channel was deleted" in listed
    await server.publish("Judge rules on Claude")
    assert (await server.deliver()).posted == 0
    assert place.paused_reason is None


async def test_a_deleted_thread_pauses_too(server: Server) -> None:
    thread = server.thread("Watch desk")
    await server.manager.slash(thread, "subscribe", to="all")
    server.env.backend.delete_channel(thread.id)
    await server.env.settle()
    assert (await server.place(thread)).paused_reason == "the channel was deleted"


@pytest.mark.parametrize(
    "denied",
    [
        pytest.param("view_channel", id="unseen"),
        pytest.param("send_messages", id="silenced"),
    ],
)
async def test_lost_access_parks_and_what_waited_comes_as_soon_as_it_is_back(
    server: Server, denied: str
) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all")
    before = len(server.policy.history())
    server.deny(denied)
    await server.env.settle()
    await server.publish("Judge rules on Claude")
    tally = await server.deliver()
    assert (tally.posted, tally.parked) == (0, 1)
    assert (await server.place()).paused_reason
    server.deny()
    await server.env.settle()
    # No clock was moved: that permissions changed is reason enough to look.
    await server.deliver()
    await server.deliver()
    posted = server.policy.history()[before:]
    assert [message.embeds[0].title for message in posted] == ["Judge rules on Claude"]


async def test_a_server_that_removes_the_bot_pauses(server: Server) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all")
    server.env.backend.remove_guild(server.guild.id)
    await server.env.settle()
    assert (await server.place()).paused_reason == "the bot was removed from the server"


async def test_closed_direct_messages_park_a_persons_watch_and_nothing_else(
    server: Server,
) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all")
    await server.reader.slash(server.policy, "watch add", query="subpoena", deliver="me")
    own = await server.own(server.reader)
    server.env.inject_error("POST", f"/channels/{server.direct(server.reader)}/messages",
                            status=403, code=50007)  # fmt: skip
    await server.publish("Subpoena for OpenAI", hits=await server.hits())
    tally = await server.deliver()
    assert (tally.posted, tally.parked) == (1, 1)
    paused = (await server.own(server.reader)).paused_reason or ""
    assert paused.startswith("this person takes no direct messages")
    assert (await server.place()).paused_reason is None
    server.clock.advance(timedelta(hours=2))
    await server.deliver()
    await server.deliver()
    assert (await server.own(server.reader)).paused_reason is None
    direct = server.reader.user.dm_channel.last_message
    assert direct is not None
    assert direct.embeds[0].title == "Subpoena for OpenAI"
    assert own.owner == str(server.reader.id)
