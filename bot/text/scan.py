"""One pass over a text for every literal that anyone looks for: aliases, topics, watches.

A hyphen and a space count as the same here ("supply-chain risk" is "supply chain risk"), and a
literal is found only between word boundaries, which are Unicode's; in scripts that write no spaces
any place is one.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick

from bot.model.articles import Field
from bot.text.fold import Folded, fold


@dataclass(frozen=True, slots=True)
class Literal:
    """What to look for, in any spelling that folds alike; a prefix may go on within the word."""

    text: str
    prefix: bool = False


class Hit(NamedTuple):
    """A literal's occurrence: its place in its group's sequence, and where it stands, folded."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs
    field: Field
    start: int
    end: int


class Scanned:
    """An article's two fields, folded, with the hits of every group."""

    __slots__ = ("_found", "_sorted", "text", "title")

    def __init__(self, title: Folded, text: Folded, found: Mapping[str, list[Hit]]) -> None:
        self.title, self.text = title, text
        self._found = found
        self._sorted: set[str] = set()

    def hits(self, group: str) -> Sequence[Hit]:
        """The group's hits: title first, then by place, the longer first where they begin alike."""
        hits = self._found.get(group)
        if hits is None:
            return ()
        if group not in self._sorted:
            hits.sort(key=_by_place)
            self._sorted.add(group)
        return hits

    def unsorted(self, group: str) -> Sequence[Hit]:
        """The group's hits, title first, else in no order: for who asks only what was found."""
        return self._found.get(group, ())

    def field(self, name: Field) -> Folded:
        """One field, folded."""
        return self.title if name == "title" else self.text


_TAG_BITS, _GROUP_MASK = 8, 0x7F
"""An owner is one number: its index, the group of its seven bits, and whether it is a prefix."""
_HEAD = 16
"""Characters of a pattern that the automaton holds; the rest is compared where they occur. Nearly
all patterns differ by then, and building the automaton of 200,000 takes a tenth to a third less
room; a shorter head saves more and costs time at each hit."""


class _Layer:
    """One automaton and whose its patterns are.

    Head h begins the patterns from `_heads[h]` to `_heads[h + 1]`, each of which goes on with its
    tail. Pattern p belongs to the owners from `_starts[p]` to `_starts[p + 1]`. Flat arrays, for
    there may be several hundred thousand.
    """

    def __init__(self, groups: Mapping[str, Sequence[Literal]], first: Mapping[str, int]) -> None:
        owners: dict[str, array[int]] = {}
        for tag, (group, literals) in enumerate(groups.items()):
            offset = first.get(group, 0)
            for index, literal in enumerate(literals, offset):
                pattern = searched(literal.text)
                if not pattern:
                    raise ValueError(f"an empty literal in group {group!r}: {literal.text!r}")
                owner = (index << _TAG_BITS) + 2 * tag + literal.prefix
                owners.setdefault(pattern, array("Q")).append(owner)
        self._groups = tuple(groups)
        self._owners, self._starts, self._heads = array("Q"), array("L"), array("L")
        self._tails: list[str] = []
        heads: list[str] = []
        for pattern in sorted(owners):
            head = pattern[:_HEAD]
            if not heads or heads[-1] != head:
                heads.append(head)
                self._heads.append(len(self._tails))
            self._tails.append(pattern[_HEAD:])
            self._starts.append(len(self._owners))
            self._owners += owners.pop(pattern)
        self._heads.append(len(self._tails))
        self._starts.append(len(self._owners))
        self._automaton = CharwiseDoubleArrayAhoCorasick(heads) if heads else None

    def find(self, field: Field, haystack: str, found: dict[str, list[Hit]]) -> None:
        """Add every bounded occurrence in `haystack` to `found`."""
        if self._automaton is None or not haystack:
            return
        heads, tails, starts, owners = self._heads, self._tails, self._starts, self._owners
        last = len(haystack)
        into = [found.setdefault(group, []).append for group in self._groups]
        for start, head_end, head in self._automaton.find_overlapping(haystack):
            # A space on either side is by far the most frequent, and the cheapest to see.
            before = haystack[start - 1] if start else " "
            if before != " " and _begins_inside(haystack[start], before):
                continue
            pattern, next_head = heads[head], heads[head + 1]
            while pattern < next_head:
                end = head_end
                if tail := tails[pattern]:
                    if not haystack.startswith(tail, head_end):
                        pattern += 1
                        continue
                    end += len(tail)
                inside = (
                    end < last
                    and (after := haystack[end]) != " "
                    and joined(haystack[end - 1], after)
                )
                pattern += 1
                for owner in owners[starts[pattern - 1] : starts[pattern]]:
                    if owner & 1 or not inside:
                        hit = _new_hit(Hit, (owner >> _TAG_BITS, field, start, end))
                        into[owner >> 1 & _GROUP_MASK](hit)


class Scanner:
    """All literals of all groups, found in one pass.

    A scanner never changes: `extended` gives one that finds more and shares this one's automaton,
    so that an addition acts at once; the whole is built anew at leisure, in a thread.
    """

    def __init__(self, layers: tuple[_Layer, ...], sizes: Mapping[str, int]) -> None:
        self._layers = layers
        self._sizes = sizes

    @classmethod
    def build(cls, groups: Mapping[str, Sequence[Literal]]) -> "Scanner":
        """A scanner for these literals; ValueError for one that folds to nothing."""
        return cls((), {}).extended(groups)

    def extended(self, groups: Mapping[str, Sequence[Literal]]) -> "Scanner":
        """This scanner and more: the new literals' indices go on where each group's ended."""
        layer = _Layer(groups, self._sizes)
        sizes = dict(self._sizes)
        for group, literals in groups.items():
            sizes[group] = sizes.get(group, 0) + len(literals)
        return Scanner((*self._layers, layer), sizes)

    def scan(self, title: str, text: str = "") -> Scanned:
        """Fold both fields and find all there is in them."""
        folded_title, folded_text = fold(title), fold(text)
        found: dict[str, list[Hit]] = {}
        fields: Iterable[tuple[Field, Folded]] = (("title", folded_title), ("text", folded_text))
        for field, folded in fields:
            haystack = folded.text.replace("-", " ")
            for layer in self._layers:
                layer.find(field, haystack, found)
        return Scanned(folded_title, folded_text, found)


_new_hit = tuple.__new__
"""Half as costly as a named tuple's own constructor; a text may have thousands of hits."""

_PLAIN = re.compile(r"[a-z0-9']+(?: [a-z0-9']+)*")


def searched(typed: str) -> str:
    """The form in which a literal is looked for; empty when nothing of it can be."""
    if _PLAIN.fullmatch(typed):
        return typed
    pattern = fold(typed).text.replace("-", " ")
    return " ".join(pattern.split()) if "  " in pattern or "\n" in pattern else pattern.strip()


def _by_place(hit: Hit) -> tuple[bool, int, int, int]:
    return hit.field != "title", hit.start, -hit.end, hit.index


@lru_cache(maxsize=1 << 16)
def joined(edge: str, neighbour: str) -> bool:
    """Whether a literal whose outer character is `edge` is only a part of a longer word."""
    return _in_word(neighbour) and not (_is_unspaced(neighbour) or _is_unspaced(edge))


@lru_cache(maxsize=1 << 16)
def _begins_inside(edge: str, before: str) -> bool:
    """Whether a literal that begins with `edge` stands within a word.

    “$200” and “.ai” never do (US$200, character.ai); a handle does in an address (me@name.org).
    """
    return edge not in ".$€£¥" and joined(edge, before)


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1100, 0x11FF),  # Hangul, whose particles cling to the word
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x9FFF),  # kana, Han
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x3FFFF),
)


def _is_unspaced(char: str) -> bool:
    point = ord(char)
    return point >= 0x0E00 and any(low <= point <= high for low, high in _UNSPACED)
