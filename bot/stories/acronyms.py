"""Acronyms of the names that a text spells out: one outlet's UAW is another's United Auto Workers.

Tracked bodies have their aliases; this is for all the others.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LITTLE = frozenset({"and", "for", "in", "of", "on", "the", "&"})
_NAME = re.compile(r"\b[A-Z][a-z]+(?:,?(?: (?:and|for|in|of|on|the|&))*[ -][A-Z][a-z]+){2,4}\b")
_LETTERS = re.compile(r"[A-Za-z]{4,}")
_MOSTLY = 0.6
"""Share of longer words with a capital from which on a text is a title in capitals."""


class Acronym(NamedTuple):
    """Three to five initials in lower case, and the characters of the name that they stand for."""

    written: str
    start: int
    end: int


def acronyms(text: str) -> Iterator[Acronym]:
    """Those of names of three to five words; none where nearly all words are capitalised."""
    if _is_capitalised(text):
        return
    for name in _NAME.finditer(text):
        words = re.split("[ -]", name.group().replace(",", ""))
        initials = "".join(word[0] for word in words if word not in _LITTLE)
        yield Acronym(initials.lower(), name.start(), name.end())


def _is_capitalised(text: str) -> bool:
    """Whether a text is a title in capitals, in which any run of words looks like a name."""
    words: list[str] = _LETTERS.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return capitals > _MOSTLY * len(words)
