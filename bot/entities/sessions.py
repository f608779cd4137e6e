"""Which session of a state's legislature a bill belongs to, as far as its text tells.

States number their bills anew each session, so a number alone names several bills. The session is
taken from the year that a text gives the bill, or, where the text tells of a move of these days,
from the day of publication; never from a year in which a law takes effect. Where neither is there,
there is none.
"""

import re
from datetime import datetime

from bot.text.calendar import WEEKDAY
from bot.text.sentences import sentences

_EVEN = frozenset({"nj", "va"})
"""Legislatures of two years that begin in an even one."""
_ODD = frozenset(
    {
        "ak", "ca", "de", "ga", "hi", "ia", "il", "ks", "ma", "me", "mi", "mn", "nc", "ne", "nh",
        "ny", "oh", "ok", "pa", "sc", "tn", "vt", "wa", "wi", "wv",
    }
)  # fmt: skip
"""Legislatures of two years that begin in an odd one; bills are carried over, numbers go on."""
_ODD_ONLY = frozenset({"mt", "nd", "nv", "tx"})
"""Legislatures that meet in odd years only. All others number anew each year."""

_BEFORE = re.compile(r"\b(20[12]\d)(?:[’']s)?,? (?:(?:bill|law|measure|act),? )?$")
_AFTER = re.compile(
    r"^[A-E]?(?:[’']s)?,? ?(?:\((?P<bracket>20[12]\d)\)|(?:of|from|in) (?P<of>20[12]\d)\b"
    r"|, (?P<comma>20[12]\d)\b)"
)
_SESSION = re.compile(r"\b(20[12]\d)(?:[-–](?:20)?[12]\d)? (?:legislative |regular )?session\b")
_MOVES = (
    r"introduc|pass|advanc|clear|vot|approv|sign|veto|kill|die[sd]?|dead|fail|reject|enact|adopt|"
    r"fil(?:es|ed|ing)|unveil|amend|stall|defeat|sen(?:d|t)|took up|takes? up|heard|hearing|"
    r"withdr[ae]w|shelv|revis|pull|bec[ao]me law"
)
_MOVED = re.compile(
    rf"\b(?:{_MOVES})\w*(?:[\s,]+[^\s;,]+){{0,7}}?[\s,]+(?:in|on|by)[\s]+"
    r"(?:(?:early|late|mid) )?(?:[A-Z][a-z]{2,8}\.?,? )?(?:\d{1,2}, )?(?P<year>20[12]\d)\b"
)
_MOVING = re.compile(rf"\b(?:{_MOVES})")
_NOW = re.compile(
    r"\b(?:today|tonight|yesterday|this (?:week|month|morning|afternoon|session|year)"
    rf"|last (?:week|night)|next week|{WEEKDAY})\b"
)
_HEADLINE_MOVE = re.compile(
    r"\b(?:pass(?:es)?|(?:advance|clear|vote|approve|sign|kill|die|fail|reject|enact|adopt|introduce"
    r"|unveil|amend|send|weigh|consider|debate|eye)s?|veto(?:es)?|takes? up|heads? to|goe?s? to)\b",
    re.IGNORECASE,
)
_REACH = 400
"""Characters on either side of a bill within which its sentence is looked for."""
_NEAR = 120
"""Characters from the bill within which a move is taken for the bill's."""


def session_of(
    code: str, text: str, start: int, end: int, published: datetime, *, headline: bool
) -> int | None:
    """The first year of the session of a bill of state `code` that stands at `start` to `end`."""
    year = _stated(text, start, end)
    if year is None and _is_moving(*_sentence(text, start, end), headline=headline):
        year = published.year
    return first_year(code, year) if year is not None else None


def first_year(code: str, year: int) -> int | None:
    """The first year of the state's session in that year; None where it holds none."""
    if code in _ODD:
        return year - (year + 1) % 2
    if code in _EVEN:
        return year - year % 2
    if code in _ODD_ONLY:
        return year if year % 2 else None
    return year


def _stated(text: str, start: int, end: int) -> int | None:
    """The year that the text gives the bill."""
    if before := _BEFORE.search(text, max(0, start - 40), start):
        return int(before[1])
    if after := _AFTER.match(text[end : end + 20]):
        return int(after["bracket"] or after["of"] or after["comma"])
    sentence, at = _sentence(text, start, end)
    if session := _SESSION.search(sentence):
        return int(session[1])
    moved = [found for found in _MOVED.finditer(sentence) if _is_of(sentence, at, found)]
    years = {int(found["year"]) for found in moved}
    return years.pop() if len(years) == 1 else None


def _is_of(sentence: str, at: int, moved: re.Match[str]) -> bool:
    """Whether the move is the bill's: near to it, and in the same clause."""
    between = sentence[min(at, moved.start()) : max(at, moved.start())]
    return len(between) < _NEAR and ";" not in between


def _is_moving(sentence: str, at: int, *, headline: bool) -> bool:
    """Whether the sentence tells what becomes of the bill in these days."""
    if headline:
        return _HEADLINE_MOVE.search(sentence) is not None
    near = sentence[max(0, at - _NEAR) : at + _NEAR]
    return _NOW.search(near) is not None and _MOVING.search(near) is not None


def _sentence(text: str, start: int, end: int) -> tuple[str, int]:
    """The sentence around the place, and where in it the place begins."""
    first = max(0, start - _REACH)
    for sentence in sentences(text[first : end + _REACH]):
        if first + sentence.start <= start < first + sentence.end:
            return sentence.text, start - first - sentence.start
    return text[start:end], 0
