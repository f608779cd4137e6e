"""A typed line → a command and its values.

Options are named (`count:5`, `count=5`, `--count 5`) or stand in their order; a `wide` option takes
the words that no later option claims, so `/latest supply chain risk 5` needs no quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from bot.chat.registry import Command, Option, OptionKind, Registry, check
from bot.errors import UsageError

_MISSPELT, _NEAR_ENOUGH = 80, 60
_SURELY_MEANT = 75
_SHORTEST_MEANT = 4
_QUOTES = {'"': '"', "“": '”"', "”": '”"', "„": '“”"', "«": '»"', "»": '«»"'}
"""What closes each opening quotation mark: English, Swedish, German, French and Danish use."""
_WHOLE_NUMBER = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word; `raw` is as typed, and `quoted` ones are values, never option names."""

    text: str
    raw: str
    quoted: bool = False


def split(line: str) -> list[Word]:
    """The words of a line; straight or curly double quotes hold words together."""
    words: list[Word] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
        elif line[at] in _QUOTES:
            end = _closing(line, at)
            words.append(Word(line[at + 1 : end], line[at : end + 1], quoted=True))
            at = end + 1
        else:
            end = at
            while end < len(line) and not line[end].isspace():
                end = _closing(line, end) + 1 if line[end] in _QUOTES else end + 1
            words.append(Word(line[at:end], line[at:end]))
            at = end
    return words


def _closing(line: str, opening: int) -> int:
    for at in range(opening + 1, len(line)):
        if line[at] in _QUOTES[line[opening]]:
            return at
    raise UsageError(
        f"The quotation opened at character {opening + 1} is not closed. Close it, or take it out."
    )


def read_line(registry: Registry[Any], line: str) -> tuple[Command, dict[str, str]]:
    """The command and its values as text; raises UsageError saying what was not understood."""
    text = line.strip().removeprefix("/")
    words = split(text)
    if not words:
        raise UsageError("Type a command, such as /help.")
    command, used = registry.find([word.text for word in words])
    return command, _values(command, words[used:])


def _values(command: Command, words: Sequence[Word]) -> dict[str, str]:
    values: dict[str, str] = {}
    free: list[Word] = []
    options = {option.name: option for option in command.options}
    queue = list(words)
    while queue:
        word = queue.pop(0)
        name, value = _named(word, options)
        if name is None:
            free.append(word)
            continue
        if value is None:
            if not queue:
                raise UsageError(f"“{name}” needs a value: {options[name].help}.")
            value = queue.pop(0).text
        values[name] = value
    open_options = [o for o in command.options if o.name not in values and not o.named]
    values.update(_in_order(command, open_options, free))
    return values


def _named(word: Word, options: dict[str, Option]) -> tuple[str | None, str | None]:
    if word.quoted:
        return None, None
    if word.text.startswith("--"):
        name, _, value = word.text[2:].partition("=")
        if name not in options:
            raise _no_option(name, options)
        return name, value or None
    for separator in ":", "=":
        name, found, value = word.text.partition(separator)
        if found and name.lower() in options:
            return name.lower(), value.strip('"“”')
        if found and value and _is_misspelt(name.lower(), options):
            raise _no_option(name, options)
    return None, None


def _is_misspelt(name: str, options: dict[str, Option]) -> bool:
    """Whether an option was surely meant; a query has fields and errors of its own."""
    if any(option.kind is OptionKind.QUERY for option in options.values()):
        return False
    return (
        process.extractOne(name, list(options), scorer=fuzz.ratio, score_cutoff=_MISSPELT)
        is not None
    )


def _no_option(name: str, options: dict[str, Option]) -> UsageError:
    near = process.extractOne(name, list(options), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    meant = f" Did you mean {near[0]}?" if near is not None else ""
    known = ", ".join(options) or "none"
    return UsageError(f"There is no option “{name}” here.{meant} The options are: {known}.")


def _in_order(command: Command, options: Sequence[Option], words: Sequence[Word]) -> dict[str, str]:
    values: dict[str, str] = {}
    wide = next((at for at, option in enumerate(options) if option.wide), None)
    left = list(words)
    if wide is not None:
        # Later options claim their words from the right where these fit their type; what stays is
        # the wide one's.
        for option in reversed(options[wide + 1 :]):
            if left and not left[-1].quoted and _fits(option, left[-1].text):
                values[option.name] = left.pop().text
        if options[wide].kind is not OptionKind.QUERY:
            _put_right([o for o in options[wide + 1 :] if o.name not in values], left, values)
        before = options[:wide]
    else:
        before = options
    for option in before:
        if left:
            values[option.name] = left.pop(0).text
    if left and wide is not None:
        values[options[wide].name] = _wide(options[wide], left)
    elif left:
        raise UsageError(f"“{left[0].text}” is one word too many. Usage: {command.usage()}")
    return values


def _put_right(options: Sequence[Option], words: list[Word], values: dict[str, str]) -> None:
    """Take a number or a choice that stands first; refuse one last that is surely meant and wrong.

    What is wrong there would else be looked for as words, and nothing be found.
    """
    for option in options:
        countable = option.choices or option.kind is OptionKind.INTEGER
        if countable and len(words) > 1 and not words[0].quoted and _fits(option, words[0].text):
            values[option.name] = words.pop(0).text
        elif words and not words[-1].quoted and _is_meant_for(option, words[-1].text):
            try:
                check(option, words[-1].text)
            except UsageError as error:
                said = " ".join(word.text for word in words)
                raise UsageError(f'{error} If the words are meant, quote them: "{said}"') from None


def _is_meant_for(option: Option, text: str) -> bool:
    if option.kind is OptionKind.INTEGER:
        return _WHOLE_NUMBER.fullmatch(text) is not None
    if len(text) < _SHORTEST_MEANT or not option.choices:
        return False
    near = process.extractOne(text.lower(), option.choices, scorer=fuzz.ratio)
    return near[1] >= _SURELY_MEANT


_OPERATOR = re.compile(r"\b(AND|OR|NOT|NEAR)\b|\b[a-z]+[:>]")


def _wide(option: Option, words: Sequence[Word]) -> str:
    """What the words say together; a query keeps its quotes, which mean a phrase in it.

    Quotes around a whole query with operators are a shell user's habit, not a phrase.
    """
    if option.kind is not OptionKind.QUERY:
        return " ".join(word.text for word in words)
    if len(words) == 1 and words[0].quoted and _OPERATOR.search(words[0].text):
        return words[0].text
    return " ".join(word.raw for word in words)


def _fits(option: Option, text: str) -> bool:
    if not option.choices and option.kind not in (
        OptionKind.INTEGER,
        OptionKind.NUMBER,
        OptionKind.DURATION,
        OptionKind.PAST,
        OptionKind.CHANNEL,
        OptionKind.ROLE,
        OptionKind.ZONE,
    ):
        return False
    if option.kind is OptionKind.CHANNEL:
        return text.startswith(("#", "<#"))
    if option.kind is OptionKind.ROLE:
        return text.startswith(("@", "<@"))
    if option.kind is OptionKind.ZONE:
        return "/" in text or text.upper() == "UTC"
    try:
        check(option, text)
    except UsageError:
        return False
    return True
