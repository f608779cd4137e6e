"""Spans that a sentence sets from now on: “six-month phase-out”, “within 90 days of the order”."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.stories.deadlines import cues

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15,
    "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60,
    "ninety": 90,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>hour|(?:business|working|calendar)[-\s]day|day|week|month|year)"
_SPAN = rf"\b{_NUMBER}[-\s]{_UNIT}"
# What such a span is set for, as one noun phrase: "six-month phase-out".
_SET = re.compile(
    rf"""(?ix){_SPAN}[-\s]
    (?:(?:public|written|formal|initial|new|full|final|online|transition(?:al)?|grace|comment)\s+)*
    (?:phase-?\s?out|phase-?\s?in|wind-?\s?down|deadline|ultimatum|window|comment|consultation
      |transition|grace|moratorium|pause|freeze|reprieve|stay|suspension|waiver|exemption|delay
      |notice|period|clock)\b"""
)
_WITHIN = re.compile(rf"(?i)\bwithin\s+(?:the\s+next\s+)?{_SPAN}s?\b")
_LEFT_TO_DO = re.compile(rf"(?i){_SPAN}s?\s+(?:(?:in\s+which\s+)?to\s+(?=[a-z])|left\b)")
_FROM_NOW = re.compile(rf"(?i){_SPAN}s?\s+(?:from\s+(?:now|today)\b|hence\b)")
_NEXT = re.compile(rf"(?i)\b(?:over|in|during|for)\s+the\s+next\s+{_SPAN}s?\b")
_IN = re.compile(rf"(?i)\b(?:(?P<in>in)|after)\s+{_SPAN}s?\b(?!['’-])")
_FOR = re.compile(
    rf"""(?ix)\bfor\s+(?:(?P<most>no\ more\ than|not\ more\ than|up\ to|at\ most|another
       |a\ further|an\ additional)\s+)?{_SPAN}s?\b(?!['’-])"""
)
_ANY = re.compile(rf"(?i){_SPAN}")
"""One search instead of seven: a sentence without it sets no span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A span at `start` to `end` of the sentence and the day on which it is over."""

    start: int
    end: int
    day: date


def terms_in(sentence: str, published: date) -> Iterator[Term]:
    """Every span that the sentence sets from its publication on."""
    if not _ANY.search(sentence):
        return
    for pattern, sets in _FORMS:
        for match in pattern.finditer(sentence):
            left, right = sentence[: match.start()], sentence[match.end() :]
            if not sets(left, right, match):
                continue
            day = _over(match, published)
            if day is not None:
                yield Term(start=match.start(), end=match.end(), day=day)


def _is_set(left: str, right: str, _: re.Match[str]) -> bool:
    return not (cues.LOOKS_BACK_ON.search(left) or cues.IS_OVER.match(right))


def _is_within(left: str, right: str, match: re.Match[str]) -> bool:
    if cues.GUESSES.search(left) or cues.DEPENDS.match(right):
        return False
    # A standing rule counts hours from each case; an ultimatum counts them from now.
    if match["unit"].lower() == "hour" and cues.RULES.search(left):
        return False
    return cues.obliges(left)


def _is_left(left: str, right: str, _: re.Match[str]) -> bool:
    if cues.TAKES_TIME.search(left) or cues.IS_OVER.match(right):
        return False
    return bool(cues.GIVES_TIME.search(left))


def _from_now(left: str, _right: str, _match: re.Match[str]) -> bool:
    return not cues.GUESSES.search(left)


def _is_next(left: str, _: str, __: re.Match[str]) -> bool:
    return bool(cues.OBLIGES.search(left)) and not cues.GUESSES.search(left)


def _is_in(left: str, right: str, match: re.Match[str]) -> bool:
    if cues.DEPENDS.match(right) or cues.GUESSES.search(left) or cues.EACH.search(left):
        return False
    return bool(cues.BEGINS_OR_ENDS.search(left) or (match["in"] and cues.ORDERED_TO.search(left)))


def _is_for(left: str, right: str, match: re.Match[str]) -> bool:
    if cues.is_coming_by(left) is False or cues.IF.match(left) or cues.OFTEN.match(right):
        return False
    if cues.EACH.search(left):
        return False
    if cues.SUSPENDS.search(left) or cues.LETS_GO_ON.search(left):
        return True
    if cues.SUSPENDED.search(left):
        return not cues.LONG_AGO.search(left)
    if match["most"]:
        return bool(cues.GOES_ON.search(left))
    return bool(cues.RUNS_FOR.search(left)) and not cues.OF_A_KIND.search(left)


_FORMS = (
    (_SET, _is_set),
    (_WITHIN, _is_within),
    (_LEFT_TO_DO, _is_left),
    (_FROM_NOW, _from_now),
    (_NEXT, _is_next),
    (_IN, _is_in),
    (_FOR, _is_for),
)


def _over(match: re.Match[str], published: date) -> date | None:
    """The day on which the span is over; None where no calendar has it."""
    word = match["number"].lower()
    count = int(word) if word.isdigit() else _NUMBERS[word]
    unit = match["unit"].lower().replace("-", " ").split()
    try:
        match unit:
            case ["business" | "working", "day"]:
                return _working_days(published, count)
            case ["month"] | ["year"]:
                return _months(published, count * (12 if unit == ["year"] else 1))
            case ["hour"]:
                return published + timedelta(days=-(-count // 24))
            case _:
                return published + timedelta(days=count * (7 if unit == ["week"] else 1))
    except (ValueError, OverflowError):
        return None


def _working_days(published: date, count: int) -> date:
    """Weekends do not count; holidays are not known here."""
    day = published
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _months(published: date, count: int) -> date:
    years, month = divmod(published.month - 1 + count, 12)
    year = published.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(published.day, last))
