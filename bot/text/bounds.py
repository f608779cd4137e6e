"""Where a word begins and ends: Unicode's boundaries, and none in scripts that write no spaces."""

import unicodedata
from functools import lru_cache

_MANY = 1 << 16
"""Pairs of characters remembered: all that a month of news in several scripts has."""


@lru_cache(maxsize=_MANY)
def joined(edge: str, neighbour: str) -> bool:
    """Whether a literal whose outer character is `edge` is only a part of a longer word."""
    return _in_word(neighbour) and not (_is_unspaced(neighbour) or _is_unspaced(edge))


@lru_cache(maxsize=_MANY)
def begins_inside(edge: str, before: str) -> bool:
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
