"""The terms of a query: what each may say, and the nearest thing meant where it may not."""

import re
import sys

from lark import Token

from bot.text.scan import joined, searched
from bot.watches.canonical import OPERATORS
from bot.watches.names import (
    FIELDS,
    KINDS,
    Names,
    language_code,
    like_field,
    like_language,
    nearest,
)
from bot.watches.nodes import Comparison, Near, Node, Relevance, Tag, Words
from bot.watches.sources import source_name
from bot.watches.typed import Typed

FARTHEST = 100
USUAL_DISTANCE = 10
SHORTEST_PREFIX = 3
_LONGEST_SHOWN = 40

_COMPARISONS: dict[str, Comparison] = {
    ">": ">", ">=": ">=", "=>": ">=", "≥": ">=", "<": "<", "<=": "<=", "=<": "<=", "≤": "<=",
    "=": "=", "==": "=",
}  # fmt: skip
_RELEVANCE = re.compile(r"\w+\s*:?\s*([<>=≥≤]+)\s*(.*)", re.DOTALL)
_JOINTS = {"&": "AND", "&&": "AND", "+": "AND", "|": "OR", "||": "OR", "!": "NOT", "/": "OR"}
_MARKS = {
    "!": ("“!” does not exclude a word here.", "To exclude it write -{word}"),
    "+": ("“+” is not needed: every word must be there.", "Write {word}"),
}
"""What other search boxes take before a word: problem and hint."""
_NEAR = re.compile(r"NEAR|(?i:near)/.*")
_SCHEMES = ("http", "https")
_AROUND = " .,;:!?'\"()[]{}<>…"
_DOTTED = re.compile(r"\.[^\W_]")
_POSSESSIVE = re.compile(r"['’]s?$")
NEAR_ALONE = (
    "NEAR needs one word or phrase before it and one after it.",
    "For three words write: (a NEAR/5 b) AND (b NEAR/5 c)",
)
"""Problem and hint."""


class Terms:
    """Makes nodes of the tokens of one query."""

    def __init__(self, query: Typed, names: Names | None) -> None:
        self._query, self._names = query, names

    def words(self, token: Token, *, title: bool = False) -> Words:
        """A word or phrase to look for."""
        typed = str(token)
        if token.type == "WORD":
            self._check_word(token, typed)
        shown, prefix = _unquoted(typed)
        text = _bare(shown)
        if not text:
            problem = f"There is nothing to look for in “{_short(typed)}”."
            raise self._error(token, problem, "A term needs a letter or a digit.")
        if "*" in text:
            at = typed.find("*")
            problem = "A “*” may only end a word, as in regulat*."
            raise self._query.error(_start(token) + at, problem)
        if prefix:
            last = re.split(r"[\W_]", text)[-1]
            if len(last) < SHORTEST_PREFIX and (not last or joined(last[-1], last[-1])):
                problem = f"At least {SHORTEST_PREFIX} letters must stand before “*”."
                raise self._error(token, problem, "Write more of the word.")
            text += "*"
        shown = text[: text.startswith(".")] + _POSSESSIVE.sub("", shown.strip(_AROUND))
        text = sys.intern(text)
        return Words(text, title, text if shown == text else shown)

    def fielded(self, field: Token, token: Token) -> Node:
        """The node of `field:token`."""
        name = _name(field)
        if name == "title":
            return self.words(token, title=True)
        typed = _unquoted(str(token))[0].strip()
        if not any(char.isalnum() for char in typed):
            raise self._error(token, f"There is nothing to look for after “{_short(name)}:”.")
        match name:
            case "source":
                return Tag("source", source_name(typed), typed)
            case "lang":
                return self._language(token, typed)
            case "kind":
                return self._kind(token, typed)
            case "entity":
                return self._entity(token, typed)
            case "topic":
                return self._topic(token, typed)
            case _:
                hint = "Compare it with a number from 0 to 1: relevance>0.6"
                raise self._error(token, f"“{_short(name)}” takes a comparison.", hint)

    def relevance(self, token: Token) -> Relevance:
        """The comparison that a token like `relevance >= 0.6` states."""
        match = _RELEVANCE.fullmatch(str(token))
        sign, number = (match[1], match[2].strip()) if match else ("", "")
        comparison = _COMPARISONS.get(sign)
        usual = "Like this: relevance>0.6"
        if comparison is None:
            raise self._error(
                token, f"“{_short(sign)}” is no comparison: use >, >=, <, <= or =.", usual
            )
        try:
            value = float(number) if re.fullmatch(r"[\d.]+", number) else float("nan")
        except ValueError:
            value = float("nan")
        if 0 <= value <= 1:
            return Relevance(comparison, round(value, 4))
        meant = re.fullmatch(r"(\d{1,2}|100)%?|([01],\d+)", number)
        if meant:
            fraction = int(meant[1]) / 100 if meant[1] else float(meant[2].replace(",", "."))
            usual = f"Did you mean relevance{comparison}{fraction:g}?"
        shown = f"“{_short(number)}”" if number else "nothing"
        raise self._error(token, f"Relevance is a number from 0 to 1, here stands {shown}.", usual)

    def distance(self, operator: Token) -> int:
        """How many words on `NEAR/n` allows."""
        number = operator.partition("/")[2]
        if "/" not in operator:
            return USUAL_DISTANCE
        if number.isdecimal() and len(number) < 5 and 1 <= int(number) <= FARTHEST:
            return int(number)
        problem = f"NEAR/ takes a number of words from 1 to {FARTHEST}."
        raise self._error(operator, problem, f"Like this: chip NEAR/{USUAL_DISTANCE} export")

    def check_field(self, field: Token) -> None:
        """Raise WatchSyntaxError unless there is such a field."""
        name = _name(field)
        if name in FIELDS:
            return
        meant = like_field(name)
        hint = f"Did you mean {_either(tuple(f'{m}:' for m in meant))}? " if meant else ""
        hint += f"Fields are {', '.join(FIELDS)}. To look for these very words, put them in quotes."
        if name in _SCHEMES:
            hint = "To follow an outlet write source: and its domain, as in source:npr.org"
        raise self._error(field, f"There is no field “{_short(name)}:”.", hint)

    def _check_word(self, token: Token, typed: str) -> None:
        if typed.lower() in OPERATORS:
            hint = f'To look for the word itself, put it in quotes: "{typed.lower()}"'
            problem = f"“{_short(typed)}” joins terms, and one is missing beside it."
            raise self._error(token, problem, hint)
        if _NEAR.fullmatch(typed):
            raise self._error(token, *NEAR_ALONE)
        if typed in _JOINTS:
            hint = f"Write {_JOINTS[typed]}, or put the words in quotes."
            raise self._error(token, f"“{_short(typed)}” means nothing here.", hint)
        if typed[0] in _MARKS and typed[1:2].isalnum():
            problem, hint = _MARKS[typed[0]]
            raise self._error(token, problem, hint.format(word=_short(typed[1:])))
        if typed[-1] in ",;":
            problem = f"“{typed[-1]}” does not say whether all of the words are needed, or any."
            hint = "Write AND or OR instead, or put them in quotes."
            raise self._query.error(_start(token) + len(typed) - 1, problem, hint)

    def _language(self, token: Token, typed: str) -> Tag:
        code = language_code(typed)
        if code:
            return Tag("lang", code)
        hint = _did_you_mean("lang", like_language(typed)) or "Use a code such as en, de or zh."
        raise self._error(token, f"There is no language “{_short(typed)}”.", hint)

    def _kind(self, token: Token, typed: str) -> Tag:
        kind = typed.lower()
        if kind in KINDS:
            return Tag("kind", kind)
        meant = _did_you_mean("kind", nearest(kind, KINDS))
        hint = f"{meant} Kinds are {', '.join(KINDS)}.".strip()
        raise self._error(token, f"There is no kind “{_short(typed)}”.", hint)

    def _entity(self, token: Token, typed: str) -> Tag:
        if self._names is None:
            return Tag("entity", _slug(typed))
        found = self._names.entity(typed)
        if found:
            return Tag("entity", found[0], found[1])
        hint = _did_you_mean("entity", self._names.like_entity(typed))
        hint += f" To look for the word, leave out “entity:”: {_quoted(typed)}"
        raise self._error(token, f"There is no entity “{_short(typed)}”.", hint.strip())

    def _topic(self, token: Token, typed: str) -> Tag:
        if self._names is None:
            return Tag("topic", _slug(typed))
        found = self._names.topic(typed)
        if found:
            return Tag("topic", found[0], found[1])
        meant = _did_you_mean("topic", self._names.like_topic(typed))
        hint = meant or f"Topics are {', '.join(self._names.topics())}."
        raise self._error(token, f"There is no topic “{_short(typed)}”.", hint)

    def _error(self, token: Token, problem: str, hint: str = "") -> Exception:
        return self._query.error(_start(token), problem, hint)


def near(left: tuple[Words, ...], within: int, right: tuple[Words, ...]) -> Near:
    """The node of two sides, each side's words once."""
    return Near(tuple(dict.fromkeys(left)), tuple(dict.fromkeys(right)), within)


def _unquoted(typed: str) -> tuple[str, bool]:
    """A term without its quotes and its final `*`, and whether there was one."""
    prefix = typed.endswith("*")
    inner = typed.removesuffix("*")
    if len(inner) > 1 and inner[0] == inner[-1] and inner[0] in "\"'":
        inner = inner[1:-1]
        prefix = prefix or inner.endswith("*")
        inner = inner.removesuffix("*")
    return inner, prefix


def _bare(shown: str) -> str:
    """The text to scan for: folded, without punctuation around it and without a possessive.

    A dot that begins a name stays (.ai, .NET).
    """
    text, before = searched(shown), ""
    dot = "." if _DOTTED.match(text) else ""
    while text != before:
        before = text
        text = text.strip(_AROUND).removesuffix("'s")
    return dot + text if any(char.isalnum() for char in text) else ""


def _short(typed: str) -> str:
    """What was typed, short enough for a message."""
    return typed if len(typed) <= _LONGEST_SHOWN else typed[: _LONGEST_SHOWN - 1] + "…"


def _slug(typed: str) -> str:
    return "-".join(typed.lower().split())


def _name(field: Token) -> str:
    return field.strip().removesuffix(":").lower()


def _start(token: Token) -> int:
    return token.start_pos or 0


def _quoted(typed: str) -> str:
    return f'"{_short(typed)}"' if " " in typed else _short(typed)


def _did_you_mean(field: str, names: tuple[str, ...]) -> str:
    return f"Did you mean {_either(tuple(f'{field}:{name}' for name in names))}?" if names else ""


def _either(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
