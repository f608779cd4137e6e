"""Sentences of a plain text, as places in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from bot.text.calendar import MONTH, WEEKDAY


class Sentence(NamedTuple):
    """One sentence: its characters as they stand at `start` to `end` (code points) of the text."""

    start: int
    end: int
    text: str


# sentencex ends a sentence after "p.m."; what follows here still belongs to it.
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_ZONE = re.compile(
    r"(?:[ECMP][SD]?T|UTC|GMT|BST|CES?T|Eastern|Central|Pacific|Mountain)\b"
    rf"|{WEEKDAY}|{MONTH}\.? \d"
)
# A name goes on after an initial, a title or a case's "v."; none of these ends a sentence.
_NAME_GOES_ON = re.compile(
    r"(?:^|[\s(“\"-])(?:[A-Z]|(?:[A-Z]\.)+[A-Z]"
    r"|Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Maj|Col|Sgt|Cpl|Capt|Cmdr|Adm|Rev|Hon|Amb|Supt|Atty"
    r"|St|Ft|Mt|vs?|Nos?|Nr|Abs|Mio|Mrd|janv|févr|avr|juil|déc)\.$"
)
_COUNTRY = re.compile(r"\b(?:U\.S|U\.K|E\.U|U\.N|D\.C)\.$")
_OPENING = re.compile(
    r"(?:He|She|It|They|We|I|His|Her|Its|Their|The|This|That|But|And|In|On|At|A|An)\b"
)
# A name that ends in a stop ("Google LLC.", "Yahoo!") and goes on in lower case; "xAI" is a name.
_NAME_STOPS = re.compile(r"\b[A-Z][\w&-]*[.!?]$")
_GOES_ON = re.compile(r"[a-z]+(?![A-Z])\b")
# German: "Am 3. Februar" and "der 119. Kongress" hold an ordinal, no end of a sentence.
_ORDINAL = re.compile(
    r"\b(?:[Aa]m|[Vv]om|[Zz]um|[Bb]is|[Dd](?:er|e[mns]|as|ie)|[Ss]eit|[Aa]b|[Ii]m) \d{1,3}\.$"
)
_DECIMAL = re.compile(r"(?:^|[\s$€£])\d\.$")
# sentencex goes on after ".)" and over a list's marks.
_PARTS = re.compile(r"(?<=[.!?][)\]])\s+(?=[“\"(]?[A-Z])|\s+(?=[•▪●‣]\s)")
_STRAY = re.compile(r"(?<=\s)[“„«]\s*$")
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")


_BATCH = 64
"""Texts that are kept split: several stages read an article, and a batch goes through each."""
_KEPT_MOST = 4_000
"""Characters of such a text: of a longer one each stage reads another part."""


def sentences(text: str, language: str = "en") -> list[Sentence]:
    """The sentences of `text` in order, trimmed, none empty; a blank line always parts two."""
    split = _kept if len(text) <= _KEPT_MOST else _split
    return list(split(text, language))


def _split(text: str, language: str) -> Sequence[Sentence]:
    found: list[Sentence] = []
    for start, end in _parted(text, _opened(text, _boundaries(text, language))):
        part = text[start:end]
        first = start + len(part) - len(part.lstrip())
        last = start + len(part.rstrip())
        if first >= last:
            continue
        if found and _belong_together(text, found[-1], first):
            first = found.pop().start
        found.append(Sentence(first, last, text[first:last]))
    return found


_kept = lru_cache(maxsize=_BATCH)(_split)


def _opened(text: str, boundaries: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A mark that opens a quotation goes with what it opens."""
    carried = None
    for start, end in boundaries:
        at = start if carried is None else carried
        stray = _STRAY.search(text, max(at, end - 4), end)
        carried = stray.start() if stray else None
        yield at, end if carried is None else carried


def _parted(text: str, boundaries: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in boundaries:
        at = start
        for match in _PARTS.finditer(text, start, end):
            yield at, match.start()
            at = match.end()
        yield at, end


def _boundaries(text: str, language: str) -> list[tuple[int, int]]:
    if not text or text.isspace():
        return []
    # sentencex encodes to UTF-8, where lone surrogates have no place; offsets stay the same.
    sound = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    return [
        (found["start_index"], found["end_index"])
        for found in get_sentence_boundaries(language, sound)
    ]


def _belong_together(text: str, before: Sentence, start: int) -> bool:
    if _PARAGRAPH.fullmatch(text, before.end, start):
        return False
    tail = text[max(before.start, before.end - 12) : before.end]
    head = text[start : start + 16]
    if _CLOCK.search(tail):
        return _ZONE.match(head) is not None
    if _COUNTRY.search(tail):
        return _OPENING.match(head) is None
    if _NAME_STOPS.search(tail) and _GOES_ON.match(head):
        return True
    if _ORDINAL.search(tail) or (_DECIMAL.search(tail) and head[0].isdigit()):
        return True
    return _NAME_GOES_ON.search(tail) is not None
