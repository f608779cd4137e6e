"""Help, made from the registry."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat.call import Actor, Call, Place, Who
from bot.chat.commands import build
from bot.chat.registry import OptionKind
from bot.chat.typed import read_line
from bot.errors import NotFound
from tests.support.newsroom import shown

PLACE = Place(platform="console", workspace="home", channel="policy")


async def asked(line: str, may: Who = Who.OPERATOR) -> str:
    registry = build()
    services: Any = None
    now = datetime(2026, 3, 9, tzinfo=UTC)
    call = Call(services=services, place=PLACE, actor=Actor(id="a", may=may), now=now)
    command, values = read_line(registry, line)
    return shown(await registry.run(call, command.name, values))


async def test_every_command_is_in_the_overview_with_its_usage_and_help() -> None:
    overview = await asked("help")
    for command in build().commands:
        assert f"• {command.usage()}\n{command.help}" in overview


async def test_the_overview_is_grouped() -> None:
    lines = (await asked("help")).splitlines()
    heads = ["What you can ask for", "Read", "Be told", "Track", "Look after it"]
    assert [line for line in lines if line in heads] == heads


async def test_a_reader_is_shown_what_a_reader_may() -> None:
    overview = await asked("help", Who.ANYONE)
    assert "/latest" in overview
    assert "/feed add" not in overview
    assert "more for those who manage channels or the workspace" in overview


async def test_one_command_is_shown_with_options_and_examples() -> None:
    text = await asked("help /watch test")
    assert text.startswith("/watch test <query> [days]\nTry a query on history; saves nothing.")
    assert "• days\nhow many days of history to try it on; from 1 to 90; 14 unless" in text
    assert "/watch test anthropic AND (injunction OR appeal) 30" in text


async def test_a_right_that_is_needed_is_named() -> None:
    assert "Needs the right to manage this workspace." in await asked("help feed add")


async def test_a_group_lists_its_commands() -> None:
    text = await asked("help watch")
    assert "/watch add" in text
    assert "/feed add" not in text


async def test_a_wrong_word_gets_suggestions() -> None:
    with pytest.raises(NotFound, match="Did you mean “latest”"):
        await asked("help lates")


@pytest.mark.parametrize("command", build().commands, ids=lambda command: command.name)
def test_examples_are_understood(command: Any) -> None:
    for example in command.examples:
        read, values = read_line(build(), example)
        assert read.name == command.name
        assert set(values) <= {option.name for option in command.options}


@pytest.mark.parametrize("command", build().commands, ids=lambda command: command.name)
def test_what_is_needed_comes_before_what_is_not(command: Any) -> None:
    needed = [option.required for option in command.options]
    assert needed == sorted(needed, reverse=True)


def test_only_the_last_claims_of_a_line_are_wide() -> None:
    for command in build().commands:
        assert sum(option.wide for option in command.options) <= 1, command.name
        kinds = [option.kind for option in command.options if option.wide]
        assert OptionKind.URL not in kinds
