"""A watch's query as a value."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from bot.text.scan import Literal
from bot.watches.canonical import canonical
from bot.watches.nodes import Node, words_of
from bot.watches.reading import reading


@dataclass(frozen=True, slots=True)
class Query:
    """What a watch asks for; `parse` makes it. Two are equal when they are written alike."""

    canonical: str
    """The query written in its one normal form; parsing that gives an equal query."""
    root: Node = dataclasses.field(compare=False)

    @classmethod
    def of(cls, root: Node) -> Self:
        """The query whose tree this is."""
        return cls(canonical(root), root)

    @property
    def reading(self) -> str:
        """The query in plain English: “stories that mention …”."""
        return reading(self.root)

    def literals(self) -> Sequence[Literal]:
        """Every word and phrase that a scanner must look for to judge this query, each once."""
        return [literal(text) for text in self.words()]

    def words(self) -> Sequence[str]:
        """The texts of its words and phrases, each once, in the order of its literals."""
        return list(dict.fromkeys(word.text for word in words_of(self.root)))


def literal(text: str) -> Literal:
    """What a scanner looks for to find this term."""
    return Literal(text.removesuffix("*"), prefix=text.endswith("*"))
