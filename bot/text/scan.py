"""One pass over a text for every literal that anyone looks for: aliases, topics, watches.

A hyphen and a space count as the same here ("supply-chain risk" is "supply chain risk"), and a
literal is found only between word boundaries, which are Unicode's; in scripts that write no spaces
any place is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.model.articles import Field
from bot.text.bounds import joined
from bot.text.fold import Folded, fold
from bot.text.literals import Literal, searched
from bot.text.patterns import Found, Owners, Patterns

__all__ = ["READ", "Hit", "Literal", "Scanned", "Scanner", "joined", "searched"]

READ = 100_000
"""Characters of a text that are read, some 40 pages: who sends more is not to hold others up."""
_FIELDS: tuple[Field, Field] = ("title", "text")


class Hit(NamedTuple):
    """A literal's occurrence: its place in its group's sequence, and where it stands, folded."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs
    field: Field
    start: int
    end: int


class Scanned:
    """An article's two fields, folded, with what was found of every group."""

    __slots__ = ("_found", "_hits", "text", "title")

    def __init__(
        self,
        title: Folded,
        text: Folded,
        found: Sequence[tuple[Patterns, tuple[Found, Found]]],
    ) -> None:
        self.title, self.text = title, text
        self._found = found
        self._hits: dict[str, Sequence[Hit]] = {}

    def hits(self, group: str) -> Sequence[Hit]:
        """The group's hits: title first, then by place, the longer first where they begin alike."""
        known = self._hits.get(group)
        if known is None:
            known = self._hits[group] = tuple(
                _new_hit(Hit, (index, field, start, -before))
                for at, field in enumerate(_FIELDS)
                for start, before, index in sorted(
                    place for owners, found in self._of(group) for place in owners.places(found[at])
                )
            )
        return known

    def indices(self, group: str, field: Field) -> set[int]:
        """Which of the group's literals were found in a field: a third of the cost of where."""
        at = _FIELDS.index(field)
        parts = [owners.indices(found[at]) for owners, found in self._of(group)]
        return parts[0].union(*parts[1:]) if parts else set()

    def field(self, name: Field) -> Folded:
        """One field, folded."""
        return self.title if name == "title" else self.text

    def _of(self, group: str) -> Iterator[tuple[Owners, tuple[Found, Found]]]:
        for patterns, found in self._found:
            owners = patterns.owners(group)
            if owners is not None:
                yield owners, found


class Scanner:
    """All literals of all groups, found in one pass.

    A scanner never changes: `extended` gives one that finds more and shares this one's automaton,
    so that an addition acts at once; the whole is built anew at leisure, in a thread.
    """

    def __init__(self, layers: tuple[Patterns, ...], sizes: Mapping[str, int]) -> None:
        self._layers = layers
        self._sizes = sizes

    @classmethod
    def build(cls, groups: Mapping[str, Sequence[Literal]]) -> "Scanner":
        """A scanner for these literals; ValueError for one that folds to nothing."""
        return cls((), {}).extended(groups)

    def extended(self, groups: Mapping[str, Sequence[Literal]]) -> "Scanner":
        """This scanner and more: the new literals' indices go on where each group's ended."""
        layer = Patterns(groups, self._sizes)
        sizes = dict(self._sizes)
        for group, literals in groups.items():
            sizes[group] = sizes.get(group, 0) + len(literals)
        return Scanner((*self._layers, layer), sizes)

    def scan(self, title: str, text: str = "") -> Scanned:
        """Fold both fields, of each the first `READ` characters, and find all there is in them."""
        folded = fold(title[:READ]), fold(text[:READ])
        in_title, in_text = (field.text.replace("-", " ") for field in folded)
        found = [(layer, (layer.find(in_title), layer.find(in_text))) for layer in self._layers]
        return Scanned(*folded, found)


_new_hit = tuple.__new__
"""Half as costly as a named tuple's own constructor; a text may have thousands of hits."""
