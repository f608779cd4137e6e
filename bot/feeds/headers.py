"""What a server's answer says in its headers: when to come back, how long it stays true."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d+)", re.IGNORECASE | re.ASCII)
_NEVER_FRESH = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?:[\s,]|$)", re.IGNORECASE)
# Nothing asks for more than this: who says "in ten years" is mistaken, and is asked again.
LONGEST = timedelta(days=1)


def http_date(value: str | None) -> datetime | None:
    """The instant that an HTTP date names, None where it names none."""
    if not value:
        return None
    try:
        instant = parsedate_to_datetime(value)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that `Retry-After` asks for (0 to LONGEST), None without it.

    A date counts from the server's own `Date`, so that its clock need not agree with ours.
    """
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return min(float(value), LONGEST.total_seconds())
    until = http_date(value)
    if until is None:
        return None
    wait = until - (http_date(headers.get("Date")) or now)
    return min(max(wait, timedelta()), LONGEST).total_seconds()


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer stays fresh by `Cache-Control` or else `Expires`, at most LONGEST.

    None where the server does not say. What the answer aged in a shared cache is taken off.
    """
    control = headers.get("Cache-Control", "")
    if control:
        if _NEVER_FRESH.search(control):
            return None
        if (found := _MAX_AGE.search(control)) is not None:
            return _within(_seconds(found[1]) - _seconds(headers.get("Age", "")))
    expires = http_date(headers.get("Expires"))
    if expires is None:
        return None
    return _within((expires - (http_date(headers.get("Date")) or now)).total_seconds())


def _seconds(value: str) -> float:
    value = value.strip()
    return float(value) if _SECONDS.fullmatch(value) else 0.0


def _within(seconds: float) -> timedelta | None:
    # float, because "9" * 400 is a number of seconds that someone will send
    return timedelta(seconds=min(seconds, LONGEST.total_seconds())) if seconds > 0 else None
