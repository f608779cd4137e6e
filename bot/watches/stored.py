"""Stored queries read back: a small reader of the canonical form, for a start with many watches.

The grammar takes ten times as long, for it explains what people type; this one gives up at once on
what is not canonical.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.text.scan import searched
from bot.watches.canonical import OPERATORS, canonical
from bot.watches.nodes import And, Comparison, Near, Node, Not, Or, Relevance, Tag, TagField, Words
from bot.watches.query import Query
from bot.watches.syntax import parse

_COMPARISONS: Final[dict[str, Comparison]] = {c: c for c in (">", ">=", "<", "<=", "=")}
_FIELDS: Final[dict[str, TagField]] = {
    field: field for field in ("source", "entity", "topic", "lang", "kind")
}
_TOKEN = re.compile(
    r" ?(?:(?P<mark>[()]|(?:AND|OR|NOT)(?= ))|NEAR/(?P<within>\d+)(?= )"
    r"|relevance(?P<sign>[<>=]+)(?P<value>[\d.]+)"
    r'|(?:(?P<field>[a-z]+):)?(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s()":]+)))'
)
_SIMPLE = re.compile(r'"(?P<phrase>[a-z0-9]+(?: [a-z0-9]+)+)"|(?P<word>[a-z0-9]+)')
"""A word or phrase alone, as many queries are."""
_RESERVED = OPERATORS | {"near"}
_END: Final = ""


class _NotCanonicalError(Exception):
    """The text is not what `canonical` writes."""


def read_stored(text: str) -> Query:
    """The query that was saved as this text; what is not canonical is parsed as if typed.

    Raises WatchSyntaxError.
    """
    if simple := _SIMPLE.fullmatch(text):
        word = simple["phrase"] or simple["word"]
        if word not in _RESERVED:
            return Query(text, Words(word))
    try:
        root = _Reader(text).whole()
    except _NotCanonicalError:
        return parse(text)
    return Query(text, root) if canonical(root) == text else parse(text)


class _Reader:
    """Reads one text, a token ahead."""

    def __init__(self, text: str) -> None:
        self._tokens = self._split(text)
        self._next: str | int | Node = _END
        self._advance()

    def whole(self) -> Node:
        """The node of the whole text."""
        node = self._any()
        if self._next != _END:
            raise _NotCanonicalError
        return node

    def _any(self) -> Node:
        """Terms with one joint between them: another one needs brackets."""
        nodes = [self._unary()]
        joint = self._next
        if joint not in ("AND", "OR"):
            return nodes[0]
        while self._next == joint:
            self._advance()
            nodes.append(self._unary())
        return And(tuple(nodes)) if joint == "AND" else Or(tuple(nodes))

    def _unary(self) -> Node:
        if self._next == "NOT":
            self._advance()
            return Not(self._unary())
        left = self._atom()
        if not isinstance(self._next, int):
            return left
        within = self._next
        self._advance()
        return Near(_choice(left), _choice(self._atom()), within)

    def _atom(self) -> Node:
        found = self._next
        self._advance()
        if found == "(":
            node = self._any()
            if self._next != ")":
                raise _NotCanonicalError
            self._advance()
            return node
        if isinstance(found, str | int):
            raise _NotCanonicalError
        return found

    def _advance(self) -> None:
        self._next = next(self._tokens, _END)

    @staticmethod
    def _split(text: str) -> Iterator[str | int | Node]:
        """Brackets and joints as text, a distance as a number, a term as its node."""
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise _NotCanonicalError
            at = match.end()
            mark, within, sign, value, field, phrase, word = match.groups()
            if mark:
                yield mark
            elif within:
                yield int(within)
            elif sign:
                yield _relevance(sign, value)
            elif not field or field == "title":
                yield Words(_folded(phrase or word), title=field is not None)
            elif field in _FIELDS and (value := phrase or word).islower():
                yield Tag(_FIELDS[field], value)
            else:
                raise _NotCanonicalError


def _folded(text: str) -> str:
    bare = text.removesuffix("*")
    if searched(bare) != bare:
        raise _NotCanonicalError
    return text


def _relevance(sign: str, value: str) -> Relevance:
    try:
        return Relevance(_COMPARISONS[sign], float(value))
    except (KeyError, ValueError):
        raise _NotCanonicalError from None


def _choice(node: Node) -> tuple[Words, ...]:
    """A side of NEAR: a word, or a choice of words."""
    nodes = node.nodes if isinstance(node, Or) else (node,)
    words = tuple(one for one in nodes if isinstance(one, Words))
    if len(words) != len(nodes):
        raise _NotCanonicalError
    return words
