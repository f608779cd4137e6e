"""The registry: rights, values and names checked once for every platform."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat.call import Actor, Call, Place, Who
from bot.chat.commands import build
from bot.chat.registry import Command, Option, OptionKind, Registry
from bot.chat.typed import read_line
from bot.errors import NotAllowed, NotFound, UsageError
from bot.message import Message, note

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
COUNT = Option(name="count", kind=OptionKind.INTEGER, help="how many", default=5, between=(1, 20))


def call(may: Who = Who.ANYONE) -> Call[None]:
    place = Place(platform="console", workspace="home", channel="policy")
    return Call(services=None, place=place, actor=Actor(id="a", may=may), now=NOW)


def registry(who: Who = Who.ANYONE) -> Registry[None]:
    made: Registry[None] = Registry()

    async def echo(_: Call[None], **values: Any) -> Message:
        return note(repr(values))

    async def pressed(_: Call[None], argument: str) -> Message:
        return note(argument)

    made.command("echo", help="Say it", who=who, options=[COUNT])(echo)
    made.action("press", who=who)(pressed)
    return made


def said(message: Message) -> str:
    return str(message.blocks)


async def test_values_are_typed_and_defaults_filled_in() -> None:
    assert "{'count': 5}" in said(await registry().run(call(), "echo"))
    assert "{'count': 7}" in said(await registry().run(call(), "echo", {"count": "7"}))


async def test_an_unknown_option_suggests_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean “count”"):
        await registry().run(call(), "echo", {"cuont": "7"})


@pytest.mark.parametrize("who", [who for who in Who if who is not Who.ANYONE])
async def test_a_right_holds_the_ones_before_it(who: Who) -> None:
    for may in Who:
        if may >= who:
            await registry(who).run(call(may), "echo")
            await registry(who).press(call(may), "press", "1")
        else:
            with pytest.raises(NotAllowed, match=who.words):
                await registry(who).run(call(may), "echo")
            with pytest.raises(NotAllowed, match=who.words):
                await registry(who).press(call(may), "press", "1")


async def test_an_unknown_button_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="older version"):
        await registry().press(call(), "gone", "1")


def test_nothing_is_declared_twice() -> None:
    async def other(_: Call[None]) -> Message:
        return Message()

    made = registry()
    with pytest.raises(ValueError, match="twice"):
        made.command("echo", help="Again")(other)
    with pytest.raises(ValueError, match="twice"):
        made.action("press")(other)


@pytest.mark.parametrize("command", build().commands, ids=lambda command: command.name)
def test_every_commands_examples_are_understood(command: Command) -> None:
    for example in command.examples:
        found, values = read_line(build(), example)
        assert found.name == command.name
        assert values.keys() <= {option.name for option in command.options}
