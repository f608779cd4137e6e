"""From what a person typed to a query, or to an error that says where and what instead."""

import re
from functools import cache
from importlib import resources
from typing import cast

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from bot.watches.names import Names
from bot.watches.nodes import Node, Or, Words, all_of, any_of, asks_for_something, none_of
from bot.watches.query import Query
from bot.watches.terms import NEAR_ALONE, Terms, near
from bot.watches.typed import MOST_CHARACTERS, MOST_TERMS, Typed, make_plain

_Piece = Token | Tree[Token]
_TERMS = re.compile(r'"[^"]*"|[^\s()"]+')


def parse(typed: str, names: Names | None = None) -> Query:
    """The query that was typed; WatchSyntaxError points at what cannot be understood.

    With `names`, entities and topics must exist; without, as for a stored query, any id will do.
    """
    query = make_plain(typed)
    for count, match in enumerate(_TERMS.finditer(query.plain)):
        if count >= 2 * MOST_TERMS:
            raise _too_many(query, match.start())
    try:
        tree = _grammar().parse(query.plain)
    except (UnexpectedToken, UnexpectedCharacters) as unexpected:
        raise _explained(query, unexpected) from None
    builder = _Builder(query, Terms(query, names))
    root = builder.node(tree)
    if not asks_for_something(root):
        problem = "The query only says what not to look for, so nearly every story would match."
        raise query.error(0, problem, "Add something to look for: anthropic -source:techmeme")
    asked = Query.of(root)
    if (length := len(asked.canonical)) > MOST_CHARACTERS:
        problem = f"Written out in full the query has {length:,} characters"
        raise query.error(0, f"{problem}; at most {MOST_CHARACTERS:,} are kept.", "Split it.")
    return asked


@cache
def _grammar() -> Lark:
    text = resources.files("bot.watches").joinpath("grammar.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer="contextual", maybe_placeholders=False)


def _too_many(query: Typed, at: int) -> Exception:
    problem = f"The query has more than {MOST_TERMS} terms."
    return query.error(at, problem, "Split it into several watches.")


def _explained(query: Typed, unexpected: UnexpectedToken | UnexpectedCharacters) -> Exception:
    """The grammar's complaint in a person's words."""
    token = unexpected.token if isinstance(unexpected, UnexpectedToken) else None
    if token is not None and token.type == "$END":
        return query.error(len(query.plain.rstrip()), *_COMPLAINTS["end"])
    at = _start(token) if token is not None else cast("int", unexpected.pos_in_stream)
    found, before = query.plain[at : at + 1], query.plain[:at].rstrip()[-1:]
    if token is not None and token.type == "NEAR":
        return query.error(at, *NEAR_ALONE)
    here = f"“{query.plain[at : at + 20].split()[0]}” cannot stand here."
    usual = (here, "To look for just that, put it in quotes.")
    return query.error(at, *(_COMPLAINTS.get(before + found) or _COMPLAINTS.get(found) or usual))


_COMPLAINTS = {
    "end": ("The query ends where a term is missing.", "Add one, or take out the last."),
    "()": ("There is nothing inside these parentheses.", "Put a term in."),
    ")": ("A term is missing before “)”.", "Add one, or take out the last."),
    ":-": ("Put the “-” before the field.", "Like this: -source:npr"),
    "-": (
        "A “-” stands alone here.",
        "To exclude a word put “-” right before it (-word); else put the words in quotes.",
    ),
}
"""Problem and hint by the character that could not be read, or by that and the one before."""


class _Builder:
    """Turns the grammar's tree into nodes, counting terms."""

    def __init__(self, query: Typed, terms: Terms) -> None:
        self._query, self._terms, self._count = query, terms, 0

    def node(self, piece: _Piece, field: Token | None = None) -> Node:
        """The node of a piece of the tree; inside `title:( … )` and its like, `field` is that."""
        if isinstance(piece, Token):
            return self._leaf(piece, field)
        if piece.data == "near":
            left, operator, right = piece.children
            return self._near(left, operator, right, field)
        if piece.data == "fielded":
            name, value = piece.children
            return self._fielded(name, value, field)
        nodes = [self.node(child, field) for child in piece.children]
        if piece.data == "negated":
            return none_of(nodes[0])
        return all_of(nodes) if piece.data == "all" else any_of(nodes)

    def _leaf(self, token: Token, field: Token | None) -> Node:
        self._count += 1
        if self._count > MOST_TERMS:
            raise _too_many(self._query, _start(token))
        if token.type == "RELEVANCE":
            self._check_outside(token, field)
            return self._terms.relevance(token)
        return self._terms.words(token) if field is None else self._terms.fielded(field, token)

    def _check_outside(self, token: Token, field: Token | None) -> None:
        if field is not None:
            hint = f"Close “{field.strip()}(” before it."
            raise self._query.error(_start(token), "A field cannot stand inside another.", hint)

    def _fielded(self, name: _Piece, value: _Piece, outer: Token | None) -> Node:
        if not isinstance(name, Token):
            raise TypeError(name)
        self._check_outside(name, outer)
        self._terms.check_field(name)
        return self.node(value, name)

    def _near(self, left: _Piece, operator: _Piece, right: _Piece, field: Token | None) -> Node:
        if not isinstance(operator, Token):
            raise TypeError(operator)
        sides = [self._alternatives(self.node(side, field), operator) for side in (left, right)]
        return near(sides[0], self._terms.distance(operator), sides[1])

    def _alternatives(self, node: Node, operator: Token) -> tuple[Words, ...]:
        nodes = node.nodes if isinstance(node, Or) else (node,)
        words = tuple(word for word in nodes if isinstance(word, Words))
        if len(words) != len(nodes):
            problem = "NEAR joins two words or phrases, or choices of them."
            hint = 'Like this: (chip OR gpu) NEAR/5 "export control"'
            raise self._query.error(_start(operator), problem, hint)
        return words


def _start(token: Token) -> int:
    return token.start_pos or 0
