"""Very many literals in one automaton, each found only between word boundaries.

All is decided a pattern at a time and kept in flat arrays, for there may be several hundred
thousand: whose a pattern is takes four bytes a group.
"""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from bot.text.bounds import begins_inside, joined
from bot.text.literals import Literal, searched

Place = tuple[int, int, int]
"""Where a pattern stands: its start, its end, and the pattern's slot."""

_HEAD = 12
"""Characters of a pattern that the automaton holds; the rest is compared where they occur. Most
patterns differ by then, and an automaton of 230,000 is built in half the time and room."""
_MOST_ALIKE = 8
"""Patterns that begin alike, up to which all are compared; of more the automaton holds more."""
_SEEN = re.compile(r"(?![.$])[!-~](?:.*[!-~])?", re.DOTALL)
"""What ends in ASCII, and does not begin with a mark that begins anywhere: where it stands in ASCII
its bounds are letters, digits or not.
"""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_ODD = 2
_NOBODYS = -2


@dataclass(frozen=True, slots=True)
class Found:
    """What stands between word boundaries, and what ends within a word that goes on."""

    whole: Sequence[Place] = ()
    begun: Sequence[Place] = ()


class Owners:
    """Whose the patterns are, within one group of literals."""

    def __init__(self, slots: int) -> None:
        # Twice a literal's index, 1 more for a prefix; -2 for nobody's; less for one of `_shared`.
        self._single = array("i", (_NOBODYS,)) * slots
        self._shared: list[tuple[tuple[int, bool], ...]] = []

    def add(self, slot: int, index: int, *, prefix: bool) -> None:
        """Note that the slot's pattern is this literal's too."""
        known = self._single[slot]
        if known == _NOBODYS:
            self._single[slot] = 2 * index + prefix
        else:
            self._shared.append((*self._of(known), (index, prefix)))
            self._single[slot] = _NOBODYS - 2 * len(self._shared)

    def places(self, found: Found) -> list[tuple[int, int, int]]:
        """Start, end below zero, and index of each of the group's literals found.

        They are in no order; sorted, the longer comes first of those that begin alike.
        """
        single = self._single
        # Most of what is found is another group's.
        ours = [
            (start, -end, number)
            for start, end, slot in found.whole
            if (number := single[slot]) != _NOBODYS
        ]
        places = [(start, end, number >> 1) for start, end, number in ours if number >= 0]
        if len(places) < len(ours):
            for start, end, number in ours:
                if number < 0:  # several literals' of the group
                    places += ((start, end, index) for index, _prefix in self._of(number))
        for start, end, slot in found.begun:
            for index, prefix in self._of(single[slot]):
                if prefix:
                    places.append((start, -end, index))
        return places

    def indices(self, found: Found) -> set[int]:
        """The group's literals found, each once."""
        single = self._single
        there = {single[slot] >> 1 for _start, _end, slot in found.whole}
        there.discard(_NOBODYS >> 1)
        if self._shared and there and min(there) < 0:
            for number in [number for number in there if number < 0]:
                there.remove(number)
                there.update(index for index, _prefix in self._of(2 * number))
        for _start, _end, slot in found.begun:
            there.update(index for index, prefix in self._of(single[slot]) if prefix)
        return there

    def _of(self, number: int) -> tuple[tuple[int, bool], ...]:
        if number >= 0:
            return ((number >> 1, bool(number & 1)),)
        return self._shared[(_NOBODYS - number) // 2 - 1] if number < _NOBODYS else ()


class Patterns:
    """Finds the literals of several groups in one pass; never changes.

    The automaton holds heads: first the plain ones, each a pattern and no more whose bounds are
    plain to see, so that most of what is found is decided in bulk; then the others, which may only
    begin patterns. The slot of a pattern that is a head is its number there; those with a tail are
    numbered after all heads.
    """

    def __init__(self, groups: Mapping[str, Sequence[Literal]], first: Mapping[str, int]) -> None:
        """A group's indices begin at its `first`.

        Raises ValueError for a literal that folds to nothing.
        """
        slots = {pattern: 0 for group in groups for pattern in _patterns(group, groups[group])}
        go_on = {searched(each.text) for of in groups.values() for each in of if each.prefix}
        order = sorted(slots)
        heads: list[str] = []
        others = array("I")
        for low, high, length in _cut(order, 0, len(order), _HEAD):
            head = order[low]
            if (
                high == low + 1
                and len(head) <= length
                and head not in go_on
                and _SEEN.fullmatch(head)
            ):
                slots[head] = len(heads)
                heads.append(head)
            else:
                others.extend((low, high, length))
        self._plain, self._count = len(heads), len(heads) + len(others) // 3
        # Of each other head: whether it is a pattern itself; what follows it in patterns that go
        # on, 0 where that differs; and where their tails begin.
        self._whole, self._nexts, self._first = bytearray(), bytearray(), array("I")
        self._tails: list[str] = []
        for low, high, length in zip(*(others[part::3] for part in range(3)), strict=True):
            heads.append(head := order[low][:length])
            self._first.append(len(self._tails))
            if is_whole := order[low] == head:
                slots[head] = len(heads) - 1
            nexts = set()
            for pattern in order[low + is_whole : high]:
                slots[pattern] = self._count + len(self._tails)
                self._tails.append(pattern[length:])
                nexts.add(pattern[length])
            self._whole.append(is_whole)
            self._nexts.append(min(ord(nexts.pop()), 0x80) if len(nexts) == 1 else 0)
        self._first.append(len(self._tails))
        count = self._count + len(self._tails)
        self._owners = {
            group: _owners(group, literals, first.get(group, 0), slots, count)
            for group, literals in groups.items()
        }
        # The automaton takes most room while it is built: what was only for this goes first.
        del slots, go_on, order, others
        self._automaton = CharwiseDoubleArrayAhoCorasick(heads) if heads else None

    def owners(self, group: str) -> Owners | None:
        """Whose the patterns are in a group; None where it has none here."""
        return self._owners.get(group)

    def find(self, haystack: str) -> Found:
        """Every place in a folded text where a pattern stands between word boundaries, or begins
        at one and goes on.
        """
        if self._automaton is None or not haystack:
            return Found()
        # A space closes the last word, and stands before the first, at -1; another follows what is
        # cut after a space.
        text = haystack + "  "
        codes = (text if text.isascii() else _BEYOND.sub("\x80", text)).encode("latin-1")
        marks, plain = codes.translate(_MARKS), self._plain
        places = self._automaton.find_overlapping(text)
        # What is plain is decided in bulk, a third of the time of a loop; there may be thousands.
        whole = [
            place
            for place in places
            if place[2] < plain and not marks[place[0] - 1] and not marks[place[1]]
        ]
        others = [place for place in places if place[2] >= plain]
        if _ODD in marks:
            others += (
                place
                for place in places
                if place[2] < plain and (marks[place[0] - 1] == _ODD or marks[place[1]] == _ODD)
            )
        begun: list[Place] = []
        self._look_closer(text, codes, others, whole, begun)
        return Found(whole, begun)

    def _look_closer(
        self,
        text: str,
        codes: bytes,
        places: Sequence[Place],
        whole: list[Place],
        begun: list[Place],
    ) -> None:
        """Add those of the places that stand between word boundaries, or go on after one; and the
        patterns that only begin there, where their rest stands too.
        """
        plain, tails, first = self._plain, self._tails, self._first
        for place in places:
            start, middle, head = place
            other = head - plain
            is_whole = other < 0 or self._whole[other]
            if not is_whole and self._nexts[other] not in {0, codes[middle]}:
                continue
            if (before := text[start - 1]) != " " and begins_inside(text[start], before):
                continue
            if is_whole:
                (begun if _goes_on(text, middle) else whole).append(place)
            if other < 0:
                continue
            for tail in range(first[other], first[other + 1]):
                if text.startswith(tails[tail], middle):
                    end = middle + len(tails[tail])
                    found = (start, end, self._count + tail)
                    (begun if _goes_on(text, end) else whole).append(found)


_MARKS = bytes(chr(code).isalnum() or chr(code) == "_" for code in range(128)).ljust(256, b"\2")
"""Of each character: 1 where it is of a word, 0 where it is of none, and 2 (`_ODD`) beyond ASCII,
where only a closer look can tell.
"""


def _goes_on(text: str, end: int) -> bool:
    """Whether the word that ends here is only a part of a longer one."""
    return (after := text[end]) != " " and joined(text[end - 1], after)


def _patterns(group: str, literals: Sequence[Literal]) -> Iterator[str]:
    for literal in literals:
        pattern = searched(literal.text)
        if not pattern:
            raise ValueError(f"an empty literal in group {group!r}: {literal.text!r}")
        yield pattern


def _owners(
    group: str, literals: Sequence[Literal], first: int, slots: Mapping[str, int], count: int
) -> Owners:
    owners = Owners(count)
    for index, pattern in enumerate(_patterns(group, literals)):
        owners.add(slots[pattern], first + index, prefix=literals[index].prefix)
    return owners


def _cut(order: Sequence[str], low: int, high: int, length: int) -> Iterator[tuple[int, int, int]]:
    """Runs of `order` from one place to another whose first so many characters are alike.

    Where too many are, they are cut further on.
    """
    while low < high:
        head = order[low][:length]
        end = low + 1
        while end < high and order[end][:length] == head:
            end += 1
        if end - low > _MOST_ALIKE:
            yield from _cut(order, low, end, 2 * length)
        else:
            yield low, end, length
        low = end
