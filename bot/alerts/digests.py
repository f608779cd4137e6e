"""When a digest is due: windows that end at a local time, right across DST."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from bot.alerts.quiet import at_local
from bot.model import Mode, Subscription

_DAY = timedelta(days=1)
_HALF_HOUR = timedelta(minutes=30)
"""By no less are clocks moved anywhere (Lord Howe Island)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The span that a digest speaks of; `name` is its part of the delivery's key."""

    start: datetime
    end: datetime
    name: str


def window_due(
    subscription: Subscription, zone: tzinfo, now: datetime, last: datetime | None
) -> Window | None:
    """The newest window that has ended and was not looked at since `last`, its end.

    Windows missed while nothing ran are one with the newest; None for an instant subscription.
    """
    if subscription.mode is Mode.INSTANT:
        return None
    window = _ended(subscription, zone, now)
    since = max(last or subscription.created_at, subscription.created_at)
    return window if window.end > since else None


def next_end(subscription: Subscription, zone: tzinfo, now: datetime) -> datetime:
    """When the window that `now` stands in ends."""
    if subscription.mode is Mode.HOURLY:
        return _next_hour(zone, now)
    return _boundary(subscription, zone, now, 1)


def next_digest(
    subscriptions: Sequence[Subscription], zone: tzinfo, now: datetime
) -> Subscription | None:
    """The digest whose window ends first; None without one."""
    digests = [s for s in subscriptions if s.mode is not Mode.INSTANT]
    return min(digests, key=lambda s: (next_end(s, zone, now), s.id), default=None)


def _ended(subscription: Subscription, zone: tzinfo, now: datetime) -> Window:
    if subscription.mode is Mode.HOURLY:
        end = _hour(zone, now)
        # Named in UTC: where clocks are set back, one local hour comes twice.
        name = f"{end.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
        return Window(start=end - timedelta(hours=1), end=end, name=name)
    end = _boundary(subscription, zone, now, 0)
    start = _boundary(subscription, zone, end - timedelta(minutes=1), 0)
    return Window(start=start, end=end, name=end.astimezone(zone).date().isoformat())


def _hour(zone: tzinfo, now: datetime) -> datetime:
    """The last full hour on the clocks there (half-hour zones have their own)."""
    local = now.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    hour = now.astimezone(UTC) - past
    # Where clocks were moved by half an hour meanwhile, they showed half past then.
    return hour - timedelta(minutes=hour.astimezone(zone).minute)


def _next_hour(zone: tzinfo, now: datetime) -> datetime:
    """The first full hour to come on the clocks there."""
    last = _hour(zone, now)
    coming = (last + half * _HALF_HOUR for half in (1, 2, 3))
    return next(at for at in coming if at > now and not at.astimezone(zone).minute)


def _boundary(subscription: Subscription, zone: tzinfo, now: datetime, ahead: int) -> datetime:
    """The last window's end at or before `now`; with `ahead` 1 the first one after it."""
    # Two ends lie within so many days on either side, wherever a date line was moved.
    reach = 2 if subscription.mode is Mode.DAILY else 8
    day = now.astimezone(zone).date() - reach * _DAY
    ends = []
    for _ in range(2 * reach + 1):
        if subscription.mode is Mode.DAILY or day.weekday() == subscription.weekday:
            ends.append(at_local(day, subscription.at, zone))
        day += _DAY
    passed = [end for end in ends if end <= now]
    return ends[len(passed) - 1 + ahead]
