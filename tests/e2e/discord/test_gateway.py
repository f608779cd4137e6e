"""Commands, buttons, forms and completions through the real client in a simulated Discord."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import discord
import pytest
import simcord

from bot.chat.commands import build
from bot.chat.discord.gateway import Gateway
from bot.chat.registry import Option, OptionKind
from bot.clock import SteppedClock
from bot.message import Button, Message
from bot.store import here, tenants
from tests.support.discord.server import Server, choices, client_for, opened, shown
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


async def alerted(server: Server) -> discord.Message:
    """The channel is subscribed, a story comes, and its alert stands there."""
    await server.manager.slash(server.policy, "subscribe", to="all")
    server.office.now = server.clock.now()
    await server.office.publish(
        "Pentagon drops Claude", about=["claude"], text="The Pentagon dropped Claude on Friday."
    )
    server.clock.advance(timedelta(minutes=1))
    await server.told(await server.place())
    message = server.policy.last_message
    assert message is not None
    return message


# Commands

REPLIES = [
    pytest.param("latest", {"about": "anthropic"}, "Story 0 on anthropic", id="latest"),
    pytest.param("latest", {"since": "yesterday"}, "Latest: all AI policy", id="latest-since"),
    pytest.param("story show", {"id": "s1"}, "Story 0 on anthropic", id="story-show"),
    pytest.param("why", {"about": "s1"}, "Story 0 on anthropic", id="why"),
    pytest.param("subscribe", {"to": "anthropic"}, "Subscribed to Anthropic", id="subscribe"),
    pytest.param("subscribe", {"mode": "daily", "at": "07:30"}, "07:30", id="subscribe-daily"),
    pytest.param("subscriptions", {}, "Subscriptions", id="subscriptions"),
    pytest.param("unsubscribe", {}, "This channel has no subscription", id="unsubscribe-none"),
    pytest.param("watch test", {"query": "ruled"}, "nothing is saved", id="watch-test"),
    pytest.param("watch add", {"query": "ruled", "name": "Rulings"}, "Watching: Rulings", id="add"),
    pytest.param("watch list", {}, "No watch yet", id="watch-list"),
    pytest.param("watch edit", {"watch": "w1", "query": "x"}, "There is no watch", id="watch-edit"),
    pytest.param("watch pause", {"watch": "w1"}, "There is no watch", id="watch-pause"),
    pytest.param("watch remove", {"watch": "w1"}, "There is no watch", id="watch-remove"),
    pytest.param("entity list", {"search": "agency"}, "tracked", id="entity-list"),
    pytest.param("entity show", {"entity": "claude"}, "Claude", id="entity-show"),
    pytest.param(
        "entity add", {"name": "Example Labs", "kind": "company"}, "Example Labs", id="entity-add"
    ),
    pytest.param(
        "entity alias", {"entity": "anthropic", "alias": "Claude maker"}, "Claude maker", id="alias"
    ),
    pytest.param("entity remove", {"entity": "anthropic"}, "", id="entity-remove"),
    pytest.param("feed add", {"url": "example.org"}, "", id="feed-add"),
    pytest.param("feed list", {"which": "shared"}, "NPR", id="feed-list"),
    pytest.param("feed remove", {"feed": "f99"}, "There is no feed", id="feed-remove"),
    pytest.param("feed preview", {"url": "https://nowhere.example/"}, "", id="feed-preview"),
    pytest.param("feed import", {"url": "https://nowhere.example/"}, "", id="feed-import"),
    pytest.param("feed export", {}, "nothing to export", id="feed-export"),
    pytest.param("mute", {"until": "3h"}, "is muted", id="mute"),
    pytest.param("quiet", {"hours": "22:00-07:00"}, "Quiet hours: 22:00 to 07:00", id="quiet"),
    pytest.param("settings", {"name": "zone", "value": "Berlin"}, "Europe/Berlin", id="settings"),
    pytest.param("status", {}, "Status", id="status"),
    pytest.param("help", {"command": "watch add"}, "/watch add", id="help"),
]


@pytest.mark.parametrize(("name", "values", "said"), REPLIES)
async def test_a_command_answers(
    server: Server, name: str, values: dict[str, Any], said: str
) -> None:
    reply = await server.chief.slash(server.policy, name, **values)
    assert said in shown(reply)


def test_every_command_is_tried() -> None:
    tried = {str(case.values[0]) for case in REPLIES}
    assert {command.name for command in build().commands} <= tried


@pytest.mark.parametrize(
    ("name", "values"),
    [
        pytest.param("subscribe", {"to": "all"}, id="subscribe"),
        pytest.param("subscribe", {}, id="subscribe-form"),
        pytest.param("mute", {}, id="mute"),
        pytest.param("watch add", {"query": "ruled"}, id="watch-add"),
        pytest.param("feed list", {}, id="feed-list"),
        pytest.param("settings", {}, id="settings"),
    ],
)
async def test_who_may_not_is_told_in_private_what_is_needed(
    server: Server, name: str, values: dict[str, Any]
) -> None:
    reply = await server.reader.slash(server.policy, name, **values)
    assert reply.ephemeral
    assert "right to manage this" in shown(reply)


async def test_the_owner_of_a_channel_is_no_manager_of_the_server(server: Server) -> None:
    reply = await server.manager.slash(server.policy, "settings")
    assert "right to manage this workspace" in shown(reply)


async def test_anybody_may_watch_for_themselves(server: Server) -> None:
    reply = await server.reader.slash(server.policy, "watch add", query="ruled", deliver="me")
    assert reply.ephemeral
    assert "for you alone" in shown(reply)


async def test_a_query_with_an_error_is_shown_with_its_place(server: Server) -> None:
    reply = await server.reader.slash(server.policy, "watch test", query="anthropic AND (")
    assert reply.ephemeral
    assert "```" in shown(reply)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("x" * 4000, id="long"),
        pytest.param("🇩🇪👩‍👩‍👧" * 20, id="emoji"),
        pytest.param("\u200b\u200d\ufeff", id="zero-width"),
        pytest.param("مرحبا \u202e بالعالم", id="right-to-left"),
        pytest.param("@everyone <@&1> [a](https://b.example) **x**", id="injection"),
    ],
)
async def test_odd_words_are_answered_as_words(server: Server, typed: str) -> None:
    said = shown(await server.reader.slash(server.policy, "latest", about=typed))
    assert said
    assert not re.search(r"(?<!\\)<@&1>|\]\(https://b", said)


# Completion


async def test_names_are_completed(server: Server) -> None:
    found = choices(await server.reader.autocomplete(server.policy, "latest", "about", "anthr"))
    assert found["Anthropic (company)"] == "anthropic"
    await server.manager.slash(server.policy, "subscribe", to="anthropic")
    subscribed = await server.manager.autocomplete(server.policy, "unsubscribe", "which", "")
    assert list(choices(subscribed)) == ["Anthropic, instant"]
    stories = await server.reader.autocomplete(server.policy, "story show", "id", "story 1")
    assert list(choices(stories).values()) == ["s2"]


# Forms


async def test_subscribe_without_options_opens_a_form(server: Server) -> None:
    opened_form = await server.manager.slash(server.policy, "subscribe")
    assert opened_form.modal is not None
    filled = {"to": "anthropic", "mode": ["daily"], "min-sources": "2"}
    reply = await server.manager.submit_modal(opened_form, filled)
    assert "Subscribed to Anthropic" in shown(reply)
    assert "2 independent origins" in shown(reply)


async def test_watch_add_without_options_opens_a_form(server: Server) -> None:
    opened_form = await server.manager.slash(server.policy, "watch add")
    reply = await server.manager.submit_modal(opened_form, {"query": "ruled OR court"})
    assert "Watching" in shown(reply)


async def test_a_form_that_is_wrong_says_so(server: Server) -> None:
    opened_form = await server.manager.slash(server.policy, "subscribe")
    reply = await server.manager.submit_modal(opened_form, {"to": "nobody of that name"})
    assert reply.ephemeral
    assert "There is no" in shown(reply)


# Where


async def test_before_yes_the_bot_looks_whether_it_may_post(server: Server) -> None:
    closed = server.channel("closed", send_messages=False, embed_links=False)
    chief = server.chief
    reply = await chief.slash(closed, "subscribe", to="all")
    assert reply.ephemeral
    assert "Send Messages, Embed Links" in shown(reply)
    reply = await chief.slash(server.policy, "subscribe", to="all", channel=closed)
    assert "Send Messages, Embed Links" in shown(reply)


async def test_another_channel_of_the_server(server: Server) -> None:
    news = server.guild.create_news_channel("news")
    reply = await server.manager.slash(server.policy, "subscribe", to="all", channel=news)
    assert "In #news" in shown(reply)
    assert (await server.place(news)).kind.value == "channel"


async def test_a_forum(server: Server) -> None:
    forum = server.guild.create_forum_channel("posts")
    await server.manager.slash(server.policy, "subscribe", to="all", channel=forum)
    assert (await server.place(forum)).kind.value == "forum"


async def test_a_role_is_named_and_everybody_never(server: Server) -> None:
    desk = server.guild.create_role("desk", mentionable=True)
    shy = server.guild.create_role("shy")
    subscribe = server.manager.slash
    reply = await subscribe(server.policy, "subscribe", to="all", mention=desk)
    assert str(desk.id) in shown(reply)
    quiet = server.channel("quiet", mention_everyone=False)
    reply = await subscribe(quiet, "subscribe", to="all", mention=shy)
    assert "cannot be pinged" in shown(reply)
    everybody = server.guild.default_role
    reply = await subscribe(server.policy, "subscribe", to="all", mention=everybody)
    assert reply.ephemeral
    assert "everyone" in shown(reply)


# Buttons


async def test_an_alert_and_its_buttons(server: Server) -> None:
    message = await alerted(server)
    assert message.embeds[0].title == "Pentagon drops Claude"
    why = await server.reader.click(message, label="Why")
    assert why.ephemeral
    assert "Pentagon drops Claude" in shown(why)
    sources = await server.reader.click(message, label="Sources")
    assert "1 independent origin" in shown(sources)
    refused = await server.reader.click(message, label="Mute story")
    assert "right to manage this channel" in shown(refused)
    muted = await server.manager.click(message, label="Mute story")
    assert "Muted here" in shown(muted)
    assert muted.response is not None
    lifted = await server.manager.click(muted.response, label="Unmute")
    assert "no longer muted" in shown(lifted)
    judged = await server.manager.click(message, label="Not relevant")
    assert "not relevant" in shown(judged)


async def test_buttons_work_after_a_restart(server: Server) -> None:
    message = await alerted(server)
    await server.restart()
    assert "Pentagon drops Claude" in shown(await server.reader.click(message, label="Why"))


async def test_a_pruned_alerts_button_says_so(server: Server) -> None:
    message = await alerted(server)
    async with server.office.store.write() as conn:
        home = await here.workspace_at(conn, "discord", str(server.guild.id))
        assert home is not None
        await tenants.forget(conn, home.id, server.clock.now())
    reply = await server.reader.click(message, label="Why")
    assert reply.ephemeral
    assert "no longer kept" in shown(reply)


async def test_the_latest_are_posted_on_demand(server: Server) -> None:
    reply = await server.manager.slash(server.policy, "subscribe", to="all")
    assert reply.response is not None
    pressed = await server.manager.click(reply.response, label="Post the latest 3 here")
    assert "3 stories come in a moment" in shown(pressed)
    again = await server.manager.click(reply.response, label="Post the latest 3 here")
    assert again.ephemeral


async def test_a_persons_own_alert_answers_in_their_messages(server: Server) -> None:
    await server.reader.slash(server.policy, "watch add", query="subpoena", deliver="me")
    async with server.office.store.read() as conn:
        home = await here.workspace_at(conn, "discord", str(server.guild.id))
        assert home is not None
        own = await here.destination_at(conn, home.id, f"@{server.reader.id}")
    assert own is not None
    posted = Message(title="Subpoena served", buttons=(Button("why", "Why", "1"),))
    await server.sender.post(own, posted, key="story:1", nonce="n" * 25, reply_to=None)
    direct = server.reader.user.dm_channel.last_message
    assert direct is not None
    reply = await server.reader.user.click(direct, label="Why")
    assert "no longer kept" in shown(reply)


# Pages


async def test_long_replies_have_pages_for_whoever_asked(server: Server) -> None:
    for number in range(20):
        await server.office.publish(f"Ruling {number}: " + "a long headline " * 40)
    reply = await server.reader.slash(server.policy, "latest", count=20)
    assert reply.response is not None
    first = shown(reply)
    await server.reader.click(reply.response, label="›")
    second = shown(reply)
    assert second != first
    stranger = await server.chief.click(reply.response, label="›")
    assert stranger.ephemeral
    assert "belong to whoever asked" in shown(stranger)
    await server.reader.click(reply.response, label="‹")
    assert shown(reply) == first
    await server.restart()
    closed = await server.reader.click(reply.response, label="›")
    assert "Ask again" in shown(closed)


async def test_a_digest_has_pages_for_everyone_alone(server: Server) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all", mode="daily")
    for number in range(15):
        await server.office.publish(f"Ruling {number}")
    place = await server.place()
    await server.digest(timedelta(days=1))
    await server.told(place)
    message = server.policy.last_message
    assert message is not None
    assert "Daily digest: 15 stories" in shown(message)
    await server.restart()
    more = await server.reader.click(message, label="Page 2 of 2 ›")
    assert more.ephemeral
    assert "page 2 of 2" in shown(more)


# In time


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


# Life


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
