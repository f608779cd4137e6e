"""When a feed asks not to be polled, and how often it says it changes.

feedparser loses `skipHours` and `skipDays`: it keeps one value where there are many.
"""

import re
from datetime import timedelta

from bot.text.calendar import WEEKDAYS

LONGEST = timedelta(days=366)
"""A longer interval is a mistake of the publisher."""
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_LONGEST_LIST = 4_000
_VALUE = re.compile(rb"<(?:hour|day)\s*>\s*([A-Za-z0-9]{1,9})\s*</", re.IGNORECASE)


def skip_hours(body: bytes) -> frozenset[int]:
    """Hours of the day, 0 to 23 GMT, in which an RSS channel asks to be left alone."""
    hours = (
        int(value) for value in _values(body, b"<skiphours", b"</skiphours") if value.isdigit()
    )
    # RSS 0.92 counted 1 to 24.
    return frozenset(hour % 24 for hour in hours if 0 <= hour <= 24)


def skip_days(body: bytes) -> frozenset[int]:
    """Weekdays, 0 for Monday, GMT, on which an RSS channel asks to be left alone."""
    names = (value.lower() for value in _values(body, b"<skipdays", b"</skipdays"))
    return frozenset(WEEKDAYS.index(name) for name in names if name in WEEKDAYS)


def minutes(stated: object) -> timedelta | None:
    """An RSS `<ttl>`, which is in minutes; None where it is no positive number."""
    number = _number(stated)
    return None if number is None else min(timedelta(minutes=number), LONGEST)


def update_interval(period: object, frequency: object) -> timedelta | None:
    """The syndication module's `updatePeriod` divided by `updateFrequency` (1 where unstated)."""
    length = _PERIODS.get(str(period or "").strip().lower())
    if length is None:
        return None
    return length / (_number(frequency) or 1)


def _number(stated: object) -> float | None:
    try:
        number = float(str(stated).strip()[:20])
    except ValueError:
        return None
    return number if 0 < number < 1e7 else None


def _values(body: bytes, opening: bytes, closing: bytes) -> list[str]:
    """The values of one list of the channel; items are left out, their text may quote a feed."""
    lower = _channel(body).lower()
    start = lower.find(opening)
    if start < 0:
        return []
    end = lower.find(closing, start, start + _LONGEST_LIST)
    found = _VALUE.findall(lower, start, end if end > 0 else start + _LONGEST_LIST)
    return [value.decode("ascii") for value in found]


def _channel(body: bytes) -> bytes:
    """What stands before the first item and after the last."""
    first, last = body.find(b"<item"), body.rfind(b"</item>")
    return body if first < 0 else body[:first] + body[max(last, first) :]
