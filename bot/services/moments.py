"""Times as people type them: `friday`, `18:00`, `3h`, `tomorrow`, `22-7`; in a zone, over DST."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.alerts.quiet import at_local
from bot.errors import UsageError
from bot.text.calendar import WEEKDAYS

MORNING = time(8, 0)
"""When a day that is named without an hour begins for people."""
FARTHEST = timedelta(days=366)
_SPAN = re.compile(r"(?:in )?(\d{1,4}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm|uhr|h)?")
_WORDS = {"noon": time(12), "midnight": time(0), "morning": MORNING, "evening": time(18)}


def moment(typed: str, zone: tzinfo, now: datetime) -> datetime:
    """The instant to come that was typed, in UTC; raises UsageError with what can be typed.

    A day without an hour is its morning, 8:00; an hour without a day its next coming.
    """
    text = " ".join(typed.lower().replace(",", " ").split()).removeprefix("until ")
    found = _iso(text, zone) or _in_a_span(text, now) or _day_and_clock(text, zone, now)
    if found is None:
        raise UsageError(
            f"“{typed}” is no time that is understood. Type one such as 3h, 18:00, tomorrow, "
            "friday, friday 9:00 or 2026-03-01 08:00."
        )
    if found <= now:
        raise UsageError(f"“{typed}” has passed already. Type a time to come, such as tomorrow.")
    if found - now > FARTHEST:
        raise UsageError(f"“{typed}” is more than a year away. Type a nearer time.")
    return found


def back_to(typed: str, zone: tzinfo, now: datetime) -> datetime:
    """The instant of the past that was typed: a span back from now, or the beginning of a day.

    Raises UsageError with what can be typed.
    """
    text = " ".join(typed.lower().split())
    today = now.astimezone(zone).date()
    if (match := _SPAN.fullmatch(text)) is not None:
        return now - timedelta(**{_UNITS[match[2][0]]: int(match[1])})
    try:
        day = {"today": today, "yesterday": today - timedelta(days=1)}.get(text)
        return at_local(day or date.fromisoformat(text), time(0), zone)
    except (ValueError, OverflowError):
        raise UsageError(
            f"“{typed}” is no time of the past that is understood. Type one such as 6h, 3d, 2w, "
            "yesterday or 2026-03-01."
        ) from None


def end_of_past(typed: str, zone: tzinfo, now: datetime) -> datetime:
    """The same, but of a day its end: “as of Monday” has all of Monday in it."""
    begins = back_to(typed, zone, now)
    if _SPAN.fullmatch(" ".join(typed.lower().split())) is not None:
        return begins
    return at_local(begins.astimezone(zone).date() + timedelta(days=1), time(0), zone)


def is_past(typed: str) -> bool:
    """Whether this has the form of what `back_to` takes."""
    text = " ".join(typed.lower().split())
    return bool(_SPAN.fullmatch(text) or re.fullmatch(r"today|yesterday|\d{4}-\d\d-\d\d", text))


def clock(typed: str) -> time | None:
    """The time of day that was typed: `18:00`, `7`, `6pm`, `noon`; None where it is none."""
    text = typed.strip().lower()
    if text in _WORDS:
        return _WORDS[text]
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    if minute >= 60 or (hour, minute) > (24, 0):
        return None
    return time(hour % 24, minute)


def hours(typed: str) -> tuple[time, time]:
    """The span of a day that was typed, such as `22:00-07:00`; raises UsageError."""
    parts = re.split(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*", typed.strip().lower())
    found = [clock(part.removeprefix("from ")) for part in parts]
    if len(found) != 2 or found[0] is None or found[1] is None:
        raise UsageError(
            f"“{typed}” is no span of hours. Type one such as 22:00-07:00, with a zone "
            "such as Europe/Berlin after it if need be; or off."
        )
    if found[0] == found[1]:
        raise UsageError("Quiet hours that start and end at one time are none. Type off for none.")
    return found[0], found[1]


def _iso(text: str, zone: tzinfo) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        if len(text) == 10:
            return at_local(date.fromisoformat(text), MORNING, zone)
        found = datetime.fromisoformat(text.upper())
        if found.tzinfo is not None:
            return found.astimezone(UTC)
        return at_local(found.date(), found.time(), zone)
    except (ValueError, OverflowError):
        return None


def _in_a_span(text: str, now: datetime) -> datetime | None:
    match = _SPAN.fullmatch(text)
    return now + timedelta(**{_UNITS[match[2][0]]: int(match[1])}) if match else None


def _day_and_clock(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    today = now.astimezone(zone).date()
    first, _, rest = text.partition(" ")
    day = _day(first, today)
    if day is None:
        at = clock(text.removeprefix("at "))
        if at is None:
            return None
        soon = at_local(today, at, zone)
        return soon if soon > now else at_local(today + timedelta(days=1), at, zone)
    at = clock(rest.removeprefix("at ")) if rest else MORNING
    if at is None:
        return None
    found = at_local(day, at, zone)
    # "friday" on a Friday that has passed that hour means the next one.
    return found if found > now or first == "today" else at_local(day + timedelta(days=7), at, zone)


def _day(word: str, today: date) -> date | None:
    if word in {"today", "tonight"}:
        return today
    if word == "tomorrow":
        return today + timedelta(days=1)
    if len(word) < 3:
        return None
    for number, name in enumerate(WEEKDAYS):
        if name.startswith(word):
            return today + timedelta(days=(number - today.weekday()) % 7)
    return None
