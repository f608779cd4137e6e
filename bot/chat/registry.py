"""The one registry of commands and buttons, platform-neutral: declared once, run everywhere.

A platform generates its own commands from `Registry.commands` (names, options, choices, help),
gathers the values as text, and calls `Registry.run`; typed lines go through `bot.chat.typed`.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from rapidfuzz import fuzz, process

from bot.chat.call import Actor, Call, Who
from bot.errors import NotAllowed, NotFound, UsageError
from bot.message import Message
from bot.services.moments import is_past

S = TypeVar("S")
Value = str | int | float | bool | timedelta | None
Handler = Callable[..., Awaitable[Message]]

NAME_RULE = re.compile(r"[a-z][a-z0-9-]{0,31}")
_NEAR_ENOUGH, _AS_NEAR = 60, 15
"""Likeness of 100 that a suggestion needs, and how far it may stand behind the best one."""
_SHORTEST_TYPO = 3
"""Letters; fewer are a part of nearly every name."""
HELP_LENGTH = 100  # Discord's limit on a description, the narrowest of the platforms.


class OptionKind(StrEnum):
    """What an option's value is; the names that can be completed are asked by kind."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DURATION = "duration"
    ABOUT = "about"
    """An entity, topic, seed or outlet, else words to search for."""
    TARGET = "target"
    """An entity, topic or seed, or `all`."""
    ENTITY = "entity"
    FEED = "feed"
    WATCH = "watch"
    SUBSCRIPTION = "subscription"
    STORY = "story"
    QUERY = "query"
    URL = "url"
    ZONE = "zone"
    CHANNEL = "channel"
    ROLE = "role"
    PAST = "past"
    """A span back from now or a day of the past, such as `6h`, `yesterday` or `2026-03-01`."""
    MOMENT = "moment"
    """A day, an hour or a duration from now, such as `friday`, `18:00` or `3h`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command. `wide` takes several typed words without quotes.

    A `named` one is only taken by its name where lines are typed, never by its place.
    """

    name: str
    kind: OptionKind = OptionKind.TEXT
    help: str
    required: bool = False
    default: Value = None
    choices: tuple[str, ...] = ()
    between: tuple[float, float] | None = None
    wide: bool = False
    named: bool = False

    def __post_init__(self) -> None:
        if not NAME_RULE.fullmatch(self.name) or not 0 < len(self.help) <= HELP_LENGTH:
            raise ValueError(f"option {self.name!r}: bad name, or its help is not 1-100 long")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command; `path` is its words, e.g. ("watch", "add")."""

    path: tuple[str, ...]
    help: str
    who: Who
    options: tuple[Option, ...]
    handler: Handler
    examples: tuple[str, ...] = ()
    slow: bool = False
    """May take longer than the three seconds a platform waits: a platform defers its reply."""
    private: bool = False
    """Whatever it replies is for the asking person alone, which is known before the reply is."""

    @property
    def name(self) -> str:
        """The words as typed."""
        return " ".join(self.path)

    def usage(self) -> str:
        """How it is typed, e.g. `/latest [about] [count] [since]`."""
        parts = [f"<{o.name}>" if o.required else f"[{o.name}]" for o in self.options]
        return " ".join(["/" + self.name, *parts])


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a button does."""

    name: str
    who: Who
    handler: Handler


class Registry(Generic[S]):
    """Commands and buttons by name."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, ...], Command] = {}
        self._actions: dict[str, Action] = {}

    @property
    def commands(self) -> Sequence[Command]:
        """All commands, by name."""
        return [self._commands[path] for path in sorted(self._commands)]

    @property
    def actions(self) -> Sequence[Action]:
        """All buttons' actions, by name."""
        return [self._actions[name] for name in sorted(self._actions)]

    def command(
        self,
        name: str,
        *,
        help: str,  # noqa: A002 - the word that every reader of a registry expects
        who: Who = Who.ANYONE,
        options: Sequence[Option] = (),
        examples: Sequence[str] = (),
        slow: bool = False,
        private: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Declare a command; the handler gets the Call and each option by keyword."""
        path = tuple(name.split())
        if not all(NAME_RULE.fullmatch(word) for word in path) or len(path) > 2:
            raise ValueError(f"bad command name {name!r}")
        if not 0 < len(help) <= HELP_LENGTH:
            raise ValueError(f"{name}: help is not 1 to {HELP_LENGTH} characters")

        def declare(handler: Handler) -> Handler:
            if path in self._commands or path[:1] in self._commands:
                raise ValueError(f"command {name!r} is declared twice, or is also a group")
            self._commands[path] = Command(
                path=path,
                help=help,
                who=who,
                options=tuple(options),
                handler=handler,
                examples=tuple(examples),
                slow=slow,
                private=private,
            )
            return handler

        return declare

    def action(self, name: str, *, who: Who = Who.ANYONE) -> Callable[[Handler], Handler]:
        """Declare what a button does; the handler gets the Call and the button's argument."""

        def declare(handler: Handler) -> Handler:
            if name in self._actions:
                raise ValueError(f"action {name!r} is declared twice")
            self._actions[name] = Action(name=name, who=who, handler=handler)
            return handler

        return declare

    def find(self, words: Sequence[str]) -> tuple[Command, int]:
        """The command that these words begin with, and how many of them name it.

        Raises NotFound with the nearest commands.
        """
        lower = [word.lower() for word in words[:2]]
        for count in (2, 1):
            command = self._commands.get(tuple(lower[:count]))
            if command is not None and count <= len(lower):
                return command, count
        if lower and (group := self._group(lower[0])):
            if len(lower) == 1:
                kinds = ", ".join(f"/{name}" for name in group)
                raise UsageError(f"/{lower[0]} needs one more word: {kinds}.")
            near = nearest_names(" ".join(lower), group)
            kinds = ", ".join(f"/{name}" for name in group)
            raise NotFound("command", " ".join(lower), near, instead=f"There are {kinds}.")
        typed = lower[0] if lower else ""
        near = nearest_names(typed, [c.name for c in self.commands])
        raise NotFound("command", typed, near, instead="/help lists them all.")

    async def run(
        self, call: Call[S], name: str, values: Mapping[str, str | Value] | None = None
    ) -> Message:
        """Check the caller's right and every value, then run; raises UsageError for the person."""
        command, _ = self.find(name.split())
        _require(call.actor, command.who, "/" + command.name)
        given = dict(values or {})
        known = {option.name for option in command.options}
        for extra in given.keys() - known:
            raise NotFound(f"option of /{command.name}", extra, nearest_names(extra, known))
        checked: dict[str, Any] = {}
        for option in command.options:
            checked[option.name.replace("-", "_")] = check(option, given.get(option.name))
        return await command.handler(call, **checked)

    async def press(self, call: Call[S], name: str, argument: str) -> Message:
        """Run a button's action; raises UsageError for the person."""
        action = self._actions.get(name)
        if action is None:
            raise UsageError("This button is from an older version; ask with a command instead.")
        _require(call.actor, action.who, "That button")
        return await action.handler(call, argument)

    def _group(self, word: str) -> list[str]:
        return [c.name for c in self.commands if len(c.path) == 2 and c.path[0] == word]


def nearest_names(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names most like what was typed, best first; none where nothing is near."""
    if len(typed) < _SHORTEST_TYPO:
        return tuple(name for name in names if typed and name.startswith(typed))[:3]
    found = process.extract(typed, list(names), limit=3, score_cutoff=_NEAR_ENOUGH)
    return tuple(name for name, score, _ in found if score > found[0][1] - _AS_NEAR)


def check(option: Option, value: str | Value) -> Value:
    """The option's value in its type; raises UsageError naming the option and what it takes."""
    if value is None or value == "":
        if option.required:
            choices = f": {', '.join(option.choices)}" if option.choices else ""
            raise UsageError(f"“{option.name}” is missing: {option.help}{choices}.")
        return option.default
    if option.choices:
        return _choice(option, str(value))
    match option.kind:
        case OptionKind.INTEGER | OptionKind.NUMBER:
            return _number(option, value)
        case OptionKind.FLAG:
            return _flag(option, value)
        case OptionKind.DURATION:
            return value if isinstance(value, timedelta) else duration(option.name, str(value))
        case _:
            return _text(option, str(value).strip())


def _text(option: Option, text: str) -> str:
    if len(text) > 4000:
        raise UsageError(f"“{option.name}” is too long: at most 4,000 characters.")
    # Which instant a day is, depends on the zone of the place.
    if option.kind is OptionKind.PAST and not is_past(text):
        raise UsageError(
            f"“{option.name}” is a span back from now or a day, such as 6h, 3d, 2w, yesterday or "
            f"2026-03-01, not “{text}”."
        )
    return text


_DURATION = re.compile(r"(\d{1,4})\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)", re.IGNORECASE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(name: str, text: str) -> timedelta:
    """A span of time typed as `90m`, `6h`, `3d` or `2w`."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"“{name}” is a span of time such as 90m, 6h, 3d or 2w, not “{text}”.")
    return timedelta(**{_UNITS[match[2][0].lower()]: int(match[1])})


def _choice(option: Option, text: str) -> str:
    lower = text.strip().lower()
    if lower in option.choices:
        return lower
    near = process.extractOne(lower, option.choices, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    meant = f" Did you mean “{near[0]}”?" if near is not None else ""
    known = ", ".join(option.choices)
    raise UsageError(f"“{option.name}” is one of {known}, not “{text}”.{meant}")


def _number(option: Option, value: str | Value) -> int | float:
    whole = option.kind is OptionKind.INTEGER
    text = str(value).strip()
    if option.name == "days":
        text = text.lower().removesuffix("d")
    try:
        number: int | float = int(text) if whole else _decimal(text)
    except ValueError:
        wanted = "a whole number" if whole else "a number"
        raise UsageError(f"“{option.name}” is {wanted}, not “{value}”.") from None
    if option.between is not None and not option.between[0] <= number <= option.between[1]:
        low, high = (f"{bound:g}" for bound in option.between)
        meant = f" Did you mean {number / 100:g}?" if high == "1" and 1 < number <= 100 else ""
        raise UsageError(f"“{option.name}” goes from {low} to {high}, not {value}.{meant}")
    return number


def _decimal(text: str) -> float:
    """A number as people write it: `0.7`, `0,7` or `70%`."""
    number = float(text.removesuffix("%").replace(",", "."))
    return number / 100 if text.endswith("%") else number


_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def _flag(option: Option, value: str | Value) -> bool:
    if isinstance(value, bool):
        return value
    known = _YES.get(str(value).strip().lower())
    if known is None:
        raise UsageError(f"“{option.name}” is yes or no, not “{value}”.")
    return known


def _require(actor: Actor, who: Who, what: str) -> None:
    if actor.may < who:
        raise NotAllowed(f"{what} needs {who.words}. Ask somebody who has it.")
