"""Text cut to a room: at a sentence or a word, never inside what a reader sees as one character."""

import re
import unicodedata
from collections.abc import Callable

ELLIPSIS = "…"
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)")
_JOINER = "\u200d"
# What changes the character before it: variation selectors, keycaps, skin tones, tags of flags.
_EXTENDING = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
# Vowels and final consonants of Hangul that are written as letters of their own.
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")


def cut(text: str, room: int, written: Callable[[str], str] = str) -> str:
    """The text, or its beginning with an ellipsis, such that `written` of it fits `room`.

    Room is in code points; `written` (such as escaping) must never make a longer beginning shorter.
    """
    if len(written(text)) <= room:
        return text
    if room < len(ELLIPSIS):
        return ""
    most = _longest(text, room - len(ELLIPSIS), written)
    at = _good_end(text, most)
    kept = text[:at].rstrip()
    return kept + ELLIPSIS if kept else ELLIPSIS


def splits(text: str, at: int) -> bool:
    """Whether a cut before `at` would divide one character as people see it."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _JOINER in {before, after} or (before, after) == ("\r", "\n"):
        return True
    if unicodedata.category(after).startswith("M") or _EXTENDING.match(after) or _JAMO.match(after):
        return True
    if _REGIONAL.match(before) and _REGIONAL.match(after):
        flags = 0
        while flags < at and _REGIONAL.match(text[at - 1 - flags]):
            flags += 1
        return flags % 2 == 1
    return False


def _longest(text: str, room: int, written: Callable[[str], str]) -> int:
    """How many code points of the text fit when written."""
    low, high = 0, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        if len(written(text[:middle])) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _good_end(text: str, most: int) -> int:
    """The best place to end at or before `most`: a sentence, a word, a whole character."""
    sentence = 0
    for match in _SENTENCE.finditer(text, 0, most + 1):
        if match.end() <= most:
            sentence = match.end()
    if sentence >= most * 0.6:
        return sentence
    if most < len(text) and text[most].isspace():
        return most
    gap = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
    if gap >= most * 0.5:
        return gap
    while most and splits(text, most):
        most -= 1
    return most
