"""Folding: the form of a text in which variants of one word are equal, with the way back.

Lower case, accents off, hyphens, quotes and spaces plain, zero-width characters gone. Nearly all
text of news keeps its length (one code point for one), so the way back is mostly the identity;
what does change length is kept as a short list of anchors.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_COMMON = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u2011", "-"),
    ("\u00a0", " "),
    ("\u202f", " "),
)
"""What typographers add to English, in the order of frequency; replacing beats translating."""

_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
"""Accents that fall away. Vowel signs of Indic scripts are letters in all but name, and stay."""

_LETTERS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'),
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
    "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "ς": "σ",
    "…": "…",
}  # fmt: skip
"""What Unicode's own decomposition does not give."""

_SPACES = re.compile(r"[\t\r\x0b\x0c\x1c-\x1f]")
_RUN = "[ \\n{dropped}]{{2,}}|[{changing}]"
_MANY = 40
"""From so many different odd characters on (other scripts), one translation is the faster way."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as published (`plain`) and folded (`text`); offsets in either are code points."""

    plain: str
    text: str
    _at: tuple[int, ...] = ()
    _from: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in `plain` that `text[start:end]` comes from, accents of its end included."""
        if not self._at:
            return start, end
        first, last = self._origin(start), self._origin(end - 1) + 1
        while last < len(self.plain) and _MARKS.match(self.plain, last):
            last += 1
        return first, last

    def _origin(self, offset: int) -> int:
        anchor = bisect_right(self._at, offset) - 1
        if anchor < 0:
            return offset
        return self._from[anchor] + offset - self._at[anchor]


def fold(text: str) -> Folded:
    """Fold `text`; works in time linear in its length, on any string, lone surrogates too.

    A run of white space becomes one space, but an empty line stays, so no phrase matches across
    paragraphs.
    """
    same = text
    changing: dict[str, str] = {}
    if not text.isascii():
        same, changing = _replace_odd(text)
    if _SPACES.search(same):
        same = _SPACES.sub(" ", same)
    if "`" in same:
        same = same.replace("`", "'")
    if changing or "  " in same or "\n" in same:
        return _resize(text, same, changing)
    return Folded(text, same.lower())


def _replace_odd(text: str) -> tuple[str, dict[str, str]]:
    """`text` with all that folds to one character folded; and what folds to none or several."""
    for odd, plain in _COMMON:
        if odd in text:
            text = text.replace(odd, plain)
    if text.isascii():
        return text, {}
    table = {char: fold_char(char) for char in set(_ODD.findall(text))}
    one = {char: folded for char, folded in table.items() if len(folded) == 1 and folded != char}
    if len(one) > _MANY:
        text = text.translate({ord(char): folded for char, folded in one.items()})
    else:
        for char, folded in one.items():
            text = text.replace(char, folded)
    return text, {char: folded for char, folded in table.items() if len(folded) != 1}


_ODD = re.compile(r"[^\x00-\x7f]")


def lowered(text: str) -> str:
    """The text in lower case, of the same length; what has no small letter of one sign stays."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=1 << 16)
def fold_char(char: str) -> str:
    """One code point folded: one, no, or several code points."""
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    apart = unicodedata.normalize("NFKD", char.lower())
    bare = unicodedata.normalize("NFC", _MARKS.sub("", apart)).lower().strip()
    if not bare and not _MARKS.match(char):
        return " " if char.isspace() else char
    return "".join(_LETTERS.get(part, part) for part in bare)


_BY_CATEGORY = {"Cs": "\ufffd", "Cf": "", "Zs": " ", "Zl": " ", "Zp": " "}
"""Lone surrogates, which no automaton takes; invisible characters; spaces."""


def _resize(plain: str, same: str, changing: dict[str, str]) -> Folded:
    """Collapse white space and put in what changes length; `same` has the length of `plain`."""
    dropped = re.escape("".join(char for char, folded in changing.items() if not folded))
    odd = re.escape("".join(changing)) or "\\n"
    pieces: list[str] = []
    at: list[int] = []
    origin: list[int] = []
    done = length = 0
    for match in re.finditer(_RUN.format(dropped=dropped, changing=odd + "\\n"), same):
        start, end = match.span()
        replacement = _replacement(match[0], changing)
        pieces += same[done:start], replacement
        length += start - done
        done = end
        if len(replacement) == end - start:
            length += end - start
            continue
        for extra in range(1, len(replacement)):
            at.append(length + extra)
            origin.append(start)
        length += len(replacement)
        at.append(length)
        origin.append(end)
    pieces.append(same[done:])
    return Folded(plain, "".join(pieces).lower(), tuple(at), tuple(origin))


def _replacement(run: str, changing: dict[str, str]) -> str:
    if run in changing:
        return changing[run]
    lines = run.count("\n")
    if lines >= 2:
        return "\n\n"
    return " " if lines or " " in run else ""
