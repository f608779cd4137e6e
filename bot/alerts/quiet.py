"""Quiet hours, as instants: a destination's local night, right across DST."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model import QuietHours


def zone_of(name: str) -> tzinfo:
    """The time zone of this IANA name; UTC where the name is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def at_local(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant at which clocks there show this time; the first one where they show it twice."""
    return datetime.combine(day, clock.replace(tzinfo=None), zone).astimezone(UTC)


def quiet_until(quiet: QuietHours | None, zone: tzinfo, now: datetime) -> datetime | None:
    """When the quiet hours that `now` falls into end; None when it is not quiet.

    Hours that start and end at the same time are none.
    """
    if quiet is None or quiet.start == quiet.end:
        return None
    over_midnight = quiet.start > quiet.end
    today = now.astimezone(zone).date()
    # Compared as instants: a clock set back must not begin the same night twice.
    for day in (today - timedelta(days=1), today):
        start = at_local(day, quiet.start, zone)
        end = at_local(day + timedelta(days=over_midnight), quiet.end, zone)
        if start <= now < end:
            return end
    return None


def held_key(until: datetime, zone: tzinfo) -> str:
    """The key of the message that tells a night's alerts: the local date on which it ends."""
    return f"held:{until.astimezone(zone).date().isoformat()}"
