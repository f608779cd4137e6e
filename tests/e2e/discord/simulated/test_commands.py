"""Every command through the real client in a simulated Discord, and who may use it."""

import re
from typing import Any

import pytest

from bot.chat.call import Who
from bot.chat.commands import build
from bot.chat.discord.commands import ORDERS
from bot.chat.registry import OptionKind, check
from bot.chat.typed import read_line
from tests.support.discord.server import Server, shown

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


TYPED = {OptionKind.INTEGER, OptionKind.NUMBER, OptionKind.FLAG}
"""What Discord sends in its own type."""
PICKED = {OptionKind.CHANNEL, OptionKind.ROLE}
"""What is picked from a list: left out of examples here."""


def examples() -> list[Any]:
    """Every command with the values of each of its own examples, but those that open a form."""
    cases = []
    for command in build().commands:
        for line in command.examples or (f"/{command.name}",):
            _, read = read_line(build(), line)
            values = {
                o.name: check(o, read[o.name]) if o.kind in TYPED else read[o.name]
                for o in command.options
                if o.name in read and o.kind not in PICKED
            }
            if values or command.name not in ORDERS:
                cases.append(pytest.param(command.name, values, id=line))
    return cases


@pytest.mark.parametrize(("name", "values"), examples())
async def test_every_example_is_answered(server: Server, name: str, values: dict[str, Any]) -> None:
    reply = await server.chief.slash(server.policy, name, **values)
    said = shown(reply)
    assert said
    assert "went wrong inside policywire" not in said


def restricted() -> list[Any]:
    """Every command that not anyone may use, with values that it takes."""
    who = {command.name: command.who for command in build().commands}
    bare = pytest.param("subscribe", {}, id="subscribe-form")
    return [bare, *(case for case in examples() if who[str(case.values[0])] > Who.ANYONE)]


@pytest.mark.parametrize(("name", "values"), restricted())
async def test_who_may_not_is_told_in_private_what_is_needed(
    server: Server, name: str, values: dict[str, Any]
) -> None:
    reply = await server.reader.slash(server.policy, name, **values)
    assert reply.ephemeral
    assert "right to manage this" in shown(reply)
    assert "Ask somebody who has it" in shown(reply)


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


async def test_a_role_that_the_operator_names_manages_the_server(server: Server) -> None:
    role = server.guild.create_role("policy desk")
    server.managers = (f"discord:{role.id}",)
    await server.restart()
    editor = server.guild.add_member(server.env.create_user("editor"), roles=[role])
    reply = await server.reader.slash(server.policy, "settings")
    assert "right to manage this workspace" in shown(reply)
    assert "Settings" in shown(await editor.slash(server.policy, "settings"))


@pytest.mark.parametrize(
    ("query", "place"),
    [
        pytest.param("anthropic AND (", 14, id="open-bracket"),
        pytest.param('"supply chain', 0, id="open-quote"),
        pytest.param("relevance>lots", 0, id="number"),
        pytest.param("colour:red", 0, id="field"),
    ],
)
async def test_a_query_with_an_error_points_at_the_column(
    server: Server, query: str, place: int
) -> None:
    said = shown(await server.reader.slash(server.policy, "watch test", query=query))
    block = re.search(r"```\n(.*?)\n(.*?)\n```", said, re.DOTALL)
    assert block, said
    assert block[1] == query
    assert block[2].index("^") == place


@pytest.mark.parametrize("zone", ["Mars/Olympus", "+25:99", "🙂", "\u200b"])
async def test_a_zone_that_is_none_is_said_to_be_none(server: Server, zone: str) -> None:
    reply = await server.manager.slash(server.policy, "quiet", hours="22-7", zone=zone)
    assert reply.ephemeral
    assert "zone" in shown(reply).lower()
