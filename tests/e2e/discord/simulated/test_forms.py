"""Names that are completed while they are typed, and forms to fill in."""

import re

import pytest

from bot.chat.commands import build
from bot.chat.discord.commands import COMPLETED
from tests.support.discord.server import Server, choices, shown


async def test_names_are_completed(server: Server) -> None:
    found = choices(await server.reader.autocomplete(server.policy, "latest", "about", "anthr"))
    assert found["Anthropic (company)"] == "anthropic"
    await server.manager.slash(server.policy, "subscribe", to="anthropic")
    subscribed = await server.manager.autocomplete(server.policy, "unsubscribe", "which", "")
    assert list(choices(subscribed)) == ["Anthropic, instant"]
    stories = await server.reader.autocomplete(server.policy, "story show", "id", "story 1")
    assert list(choices(stories).values()) == ["s2"]


COMPLETIONS = [
    pytest.param("latest", "about", "anthr", "anthropic", id="about"),
    pytest.param("subscribe", "to", "penta", "pentagon-dispute", id="target-seed"),
    pytest.param("subscribe", "to", "export", "export-controls", id="target-topic"),
    pytest.param("entity show", "entity", "deepm", "google-deepmind", id="entity"),
    pytest.param("feed remove", "feed", "own", "f2", id="feed"),
    pytest.param("watch pause", "watch", "rul", "w1", id="watch"),
    pytest.param("unsubscribe", "which", "", "#1", id="subscription"),
    pytest.param("story show", "id", "story 1", "s2", id="story"),
    pytest.param("quiet", "zone", "berl", "Europe/Berlin", id="zone"),
]


@pytest.mark.parametrize(("command", "option", "typed", "value"), COMPLETIONS)
async def test_every_kind_of_name_is_completed(
    server: Server, command: str, option: str, typed: str, value: str
) -> None:
    await server.manager.slash(server.policy, "subscribe", to="anthropic")
    await server.manager.slash(server.policy, "watch add", query="ruled", name="Rulings")
    await server.office.feed("Own", of=(await server.place()).workspace)
    found = choices(await server.chief.autocomplete(server.policy, command, option, typed))
    assert value in found.values(), found


def test_every_kind_that_is_completed_is_tried() -> None:
    registry = build()
    tried = {(case.values[0], case.values[1]) for case in COMPLETIONS}
    kinds = {
        option.kind
        for command in registry.commands
        for option in command.options
        if (command.name, option.name) in tried
    }
    assert kinds >= COMPLETED


@pytest.mark.parametrize("typed", ["x" * 4000, "🙂" * 50, "\u200b", "%_\\", "\u202eمرحبا", ""])
async def test_whatever_is_typed_completion_answers(server: Server, typed: str) -> None:
    found = await server.reader.autocomplete(server.policy, "latest", "about", typed[:100])
    assert len(found) <= 25
    assert all(1 <= len(each["name"]) <= 100 for each in found)


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


async def test_a_form_takes_another_channel_and_a_role(server: Server) -> None:
    news = server.guild.create_news_channel("news")
    desk = server.guild.create_role("desk", mentionable=True)
    opened_form = await server.manager.slash(server.policy, "subscribe")
    filled = {"channel": [news], "mention": [desk]}
    reply = await server.manager.submit_modal(opened_form, filled)
    assert "In #news" in shown(reply)
    assert f"{desk.id}" in shown(reply)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("ruled OR " * 443 + "ruled", id="4000-characters"),
        pytest.param("🙂🙂🙂", id="emoji"),
        pytest.param("مرحبا OR שלום", id="right-to-left"),
        pytest.param("\u200b\u200d", id="zero-width"),
        pytest.param("**x** @everyone <@&1>", id="markdown"),
    ],
)
async def test_odd_queries_in_a_form_are_answered(server: Server, query: str) -> None:
    opened_form = await server.manager.slash(server.policy, "watch add")
    reply = await server.manager.submit_modal(opened_form, {"query": query[:4000]})
    said = shown(reply)
    assert said
    assert "went wrong" not in said
    assert not re.search(r"(?<![\\`\w])@everyone|(?<!\\)<@&1>", re.sub(r"`[^`]*`", "", said))
