"""Days and hours that a sentence names, and which day each is, seen from the day of publication."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.text.calendar import MONTH, WEEKDAY, WEEKDAYS

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_FRIDAY = 4
_NEARLY_A_YEAR = timedelta(days=330)
_EASTERN, _CENTRAL = "America/New_York", "America/Chicago"
_MOUNTAIN, _PACIFIC = "America/Denver", "America/Los_Angeles"
ZONES = {
    "et": _EASTERN, "est": _EASTERN, "edt": _EASTERN, "eastern": _EASTERN,
    "ct": _CENTRAL, "cst": _CENTRAL, "cdt": _CENTRAL, "central": _CENTRAL,
    "mt": _MOUNTAIN, "mst": _MOUNTAIN, "mdt": _MOUNTAIN, "mountain": _MOUNTAIN,
    "pt": _PACIFIC, "pst": _PACIFIC, "pdt": _PACIFIC, "pacific": _PACIFIC,
    "gmt": "UTC", "utc": "UTC", "bst": "Europe/London",
    "cet": "Europe/Brussels", "cest": "Europe/Brussels", "jst": "Asia/Tokyo",
}  # fmt: skip
"""Zones as news writes them."""

_ZONE = (
    r"(?:\s*\(?(?P<zone>E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|GMT|UTC|BST|CES?T|JST"
    r"|Eastern|Central|Mountain|Pacific)\b\)?(?:\s+(?:standard\s+|daylight\s+)?time)?)?"
)
_CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\b\.?)"
    r"|(?P<hour24>[012]?\d):(?P<minute24>\d{2})(?:\s+hours\b)?"
    r"|(?P<word>noon|midday|midnight))"
)
_DAY = rf"""
    (?:(?:next\s+|this\s+)?{WEEKDAY},?\s+(?:the\s+)?)?
    (?: (?P<month>{MONTH}\.?)\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)
          (?:,?\s+(?P<year>20\d\d)\b)?
      | (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{MONTH}\.?)
          (?:,?\s+(?P<year2>20\d\d)\b)?
      | (?P<iso>20\d\d-[01]\d-[0-3]\d)\b )
  | (?:(?P<which>next|this|coming|this\s+coming|last|past)\s+)?(?P<weekday>{WEEKDAY})
  | (?P<near>today|tonight|tomorrow)\b
  | (?:(?P<end>(?:the\s+)?end\s+of\s+)|(?P<end2>close\s+of\s+))
    (?: (?P<period>(?:(?:the|this|next)\s+)?(?:day|business|week|month|quarter|year)\b)
      | (?:the\s+)?(?P<quarter>first|second|third|fourth)\s+quarter\b
      | (?P<endmonth>{MONTH}\.?)(?:\s+(?P<endmonthyear>20\d\d)\b)?
      | (?P<endyear>20\d\d)\b )
  | (?P<yearend>year[-\ ]end\b|year['’]s\s+end\b)
"""
_BEFORE = (_CLOCK + _ZONE).replace("?P<", "?P<a_")
_AFTER = (_CLOCK + _ZONE).replace("?P<", "?P<b_")
_EXPRESSION = re.compile(
    rf"""(?ix)
    (?: \b{_BEFORE},?\s+(?:on\s+|of\s+)? )?
    \b(?:{_DAY})
    (?: ,?\s+(?:at\s+|by\s+)?{_AFTER} )?
    """
)
# The dot after “June” ends a sentence; that after “Aug.” or “p.m.” belongs to the word.
_FULL_STOP = re.compile(r"(?i)(?:may|june|july|[a-z]{5,})\.$")
HINT = re.compile(
    r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\w+day\b|today|tonight|tomorrow"
    r"|end of|close of|year.end|year.s end|20\d\d-)"
)
"""Cheap: a sentence without it names no day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day that a sentence names at `start` to `end`, and the hour, where it names one.

    `coming` is the first such day on or after publication, `nearest` the closest in time, which
    may have passed; they are one where a year is given.
    """

    start: int
    end: int
    coming: date
    nearest: date
    clock: time | None = None
    midnight: bool = False
    """The end of the day."""
    zone: tzinfo | None = None
    """The zone that the sentence names."""
    today: bool = False

    def instant(self, day: date, zone: tzinfo) -> datetime | None:
        """The instant on that day, in the named zone or else in this; None without an hour."""
        if self.midnight:
            return datetime.combine(day + timedelta(days=1), time(0), self.zone or zone)
        return datetime.combine(day, self.clock, self.zone or zone) if self.clock else None


def days_in(sentence: str, published: date) -> Iterator[Day]:
    """Every day that the sentence names, in order; what is no day of the calendar is left out."""
    if not HINT.search(sentence):
        return
    for match in _EXPRESSION.finditer(sentence):
        # “He may 3 times” and “march 4 abreast” are no months: those have a capital.
        if (match["month"] or match["month2"] or match["endmonth"] or "")[:3] in {"may", "mar"}:
            continue
        found = _resolved(match, published)
        if found is None:
            continue
        coming, nearest = found
        clock, midnight = _clock(match)
        named = match["a_zone"] or match["b_zone"]
        yield Day(
            start=match.start(),
            end=match.end() - bool(_FULL_STOP.search(match[0])),
            coming=coming,
            nearest=nearest,
            clock=clock,
            midnight=midnight,
            zone=ZoneInfo(ZONES[named.lower()]) if named else None,
            today=(match["near"] or "").lower() in {"today", "tonight"},
        )


def _resolved(match: re.Match[str], published: date) -> tuple[date, date] | None:
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
            return day, day
        if match["month"] or match["month2"]:
            return _of_month(match, published)
        if match["weekday"]:
            return _of_week(match["weekday"], match["which"], published)
        if match["near"]:
            ahead = match["near"].lower() == "tomorrow"
            day = published + timedelta(days=ahead)
            return day, day
        ends = _end_of(match, published)
    except (ValueError, OverflowError):
        return None
    return ends, ends


def _of_month(match: re.Match[str], published: date) -> tuple[date, date] | None:
    month = _MONTHS.index((match["month"] or match["month2"])[:3].lower()) + 1
    number = int(match["day"] or match["day2"])
    year = match["year"] or match["year2"]
    if year:
        day = date(int(year), month, number)
        return day, day
    around = [
        date(published.year + years, month, number)
        for years in (-1, 0, 1)
        if number <= calendar.monthrange(published.year + years, month)[1]
    ]
    if not around:
        return None
    nearest = min(around, key=lambda day: abs(day - published))
    coming = min((day for day in around if day >= published), default=around[-1])
    # Who means a day of nearly a year ahead names its year: this one has just passed.
    return (nearest if coming - published > _NEARLY_A_YEAR else coming), nearest


def _of_week(word: str, which: str | None, published: date) -> tuple[date, date] | None:
    """“Next Tuesday” is of next week, whose first day is Monday; a bare one is the coming one."""
    which = " ".join((which or "").lower().split())
    if which in {"last", "past"}:
        return None
    ahead = (WEEKDAYS.index(word.lower()) - published.weekday()) % 7
    coming = published + timedelta(days=ahead)
    if which == "next":
        monday = published - timedelta(days=published.weekday())
        day = monday + timedelta(days=7 + WEEKDAYS.index(word.lower()))
        return day, day
    nearest = coming if ahead <= 3 else coming - timedelta(days=7)
    return coming, nearest


def _end_of(match: re.Match[str], published: date) -> date:
    if match["yearend"]:
        return date(published.year, 12, 31)
    if match["endyear"]:
        return date(int(match["endyear"]), 12, 31)
    if match["quarter"]:
        month = 3 * (["first", "second", "third", "fourth"].index(match["quarter"].lower()) + 1)
        day = _last_of(published.year, month)
        return day if day >= published else _last_of(published.year + 1, month)
    if match["endmonth"]:
        month = _MONTHS.index(match["endmonth"][:3].lower()) + 1
        if match["endmonthyear"]:
            return _last_of(int(match["endmonthyear"]), month)
        day = _last_of(published.year, month)
        return day if day >= published else _last_of(published.year + 1, month)
    return _end_of_period(match["period"].lower().split(), published)


def _end_of_period(words: list[str], published: date) -> date:
    following = words[0] == "next"
    match words[-1]:
        case "day" | "business":
            return published
        case "week":
            # A working week ends on Friday.
            friday = published + timedelta(days=_FRIDAY - published.weekday() + 7 * following)
            return friday if friday >= published else published + timedelta(days=1)
        case "month":
            first = published.replace(day=1)
            later = (first + timedelta(days=32 if following else 0)).replace(day=1)
            return _last_of(later.year, later.month)
        case "quarter":
            month = 3 * ((published.month + 2) // 3) + 3 * following
            return _last_of(published.year + (month > 12), (month - 1) % 12 + 1)
        case _:
            return date(published.year + following, 12, 31)


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _clock(match: re.Match[str]) -> tuple[time | None, bool]:
    for side in ("a_", "b_"):
        word = (match[side + "word"] or "").lower()
        if word:
            return (None, True) if word == "midnight" else (time(12), False)
        if match[side + "hour"]:
            hour, minute = int(match[side + "hour"]), int(match[side + "minute"] or 0)
            if not (1 <= hour <= 12 and minute < 60):
                return None, False
            afternoon = match[side + "half"][0].lower() == "p"
            return time(hour % 12 + 12 * afternoon, minute), False
        if match[side + "hour24"]:
            hour, minute = int(match[side + "hour24"]), int(match[side + "minute24"])
            return (time(hour, minute), False) if hour < 24 and minute < 60 else (None, False)
    return None, False
