"""What a watch's query is made of: a small frozen tree. Two queries are equal when they ask alike.

`shown` is how a person wrote or knows the term; it takes no part in equality.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TagField = Literal["source", "entity", "topic", "lang", "kind"]
Comparison = Literal[">", ">=", "<", "<=", "="]


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase as the scanner looks for it, in the title alone or anywhere.

    A text that ends in `*` is a prefix: its last word may go on.
    """

    text: str
    title: bool = False
    shown: str = dataclasses.field(default="", compare=False)

    @property
    def prefix(self) -> bool:
        """Whether the last word may go on."""
        return self.text.endswith("*")


@dataclass(frozen=True, slots=True)
class Near:
    """One of `left` and one of `right` in one field, at most `within` words on, in either order.

    Words that follow one another are 1 apart.
    """

    left: tuple[Words, ...]
    right: tuple[Words, ...]
    within: int

    @property
    def sides(self) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
        """Both sides."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Tag:
    """Something known of the article as a whole; `value` is an id, a code or a folded name."""

    field: TagField
    value: str
    shown: str = dataclasses.field(default="", compare=False)

    @property
    def key(self) -> str:
        """The tag as one string, as an article's own tags are written."""
        return f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Relevance:
    """The article's relevance compared with a number from 0 to 1."""

    comparison: Comparison
    value: float


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold; never around another `Not`."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Two or more nodes that must all hold; none is itself an `And`, no two are equal."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Two or more nodes of which one must hold; none is itself an `Or`, no two are equal."""

    nodes: "tuple[Node, ...]"


Node = Words | Near | Tag | Relevance | Not | And | Or


def all_of(nodes: "list[Node]") -> Node:
    """The conjunction, flat and without repeats."""
    flat = _flat(nodes, And)
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(nodes: "list[Node]") -> Node:
    """The disjunction, flat and without repeats."""
    flat = _flat(nodes, Or)
    return flat[0] if len(flat) == 1 else Or(flat)


def none_of(node: Node) -> Node:
    """The negation; a double one falls away."""
    return node.node if isinstance(node, Not) else Not(node)


def _flat(nodes: "list[Node]", kind: type[And] | type[Or]) -> "tuple[Node, ...]":
    flat: dict[Node, None] = {}
    for node in nodes:
        if isinstance(node, kind):
            flat.update(dict.fromkeys(node.nodes))
        else:
            flat.setdefault(node)
    return tuple(flat)


def words_of(node: Node) -> Iterator[Words]:
    """Every word and phrase of the tree in the order written, the negated ones too."""
    match node:
        case Words():
            yield node
        case Near():
            yield from node.left
            yield from node.right
        case Not():
            yield from words_of(node.node)
        case And() | Or():
            for child in node.nodes:
                yield from words_of(child)
        case Tag() | Relevance():
            return


def tags_of(node: Node) -> Iterator[Tag]:
    """Every tag of the tree in the order written, the negated ones too."""
    match node:
        case Tag():
            yield node
        case Not():
            yield from tags_of(node.node)
        case And() | Or():
            for child in node.nodes:
                yield from tags_of(child)
        case Words() | Near() | Relevance():
            return


def asks_for_something(node: Node) -> bool:
    """Whether the query names anything that an article must have, not only what it must lack."""
    match node:
        case Not():
            return False
        case And() | Or():
            return any(asks_for_something(child) for child in node.nodes)
        case _:
            return True
