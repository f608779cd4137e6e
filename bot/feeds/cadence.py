"""When to ask a feed again, and when to believe that it moved.

Pure: the caller keeps the facts and passes the time in.
"""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.errors import FeedError, FeedErrorKind
from bot.model import FeedId

DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_UNKNOWN_RHYTHM = timedelta(minutes=30)
_RECENT = timedelta(days=14)
# Twice as often as the feed speaks: half a gap is how late an alert is at most.
_POLLS_A_GAP = 2
_JITTER = 0.1
_POLLS_BEFORE_A_MOVE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PollLimits:
    """Between which intervals a feed's own rhythm decides."""

    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(minutes=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a publisher asks of those who poll, in the answer's headers and in the document.

    `skip_hours` are hours of the day in GMT, `skip_days` weekdays in GMT with Monday 0.
    """

    fresh_for: timedelta | None = None
    ttl: timedelta | None = None
    update_every: timedelta | None = None
    skip_hours: Collection[int] = ()
    skip_days: Collection[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFacts:
    """What the next poll of a feed depends on; `failures` counts in a row, the last one included.

    `spoken` are the times of its recent entries, in any order; `every` is set by a person.
    """

    every: timedelta | None = None
    spoken: Sequence[datetime] = ()
    wishes: Wishes = Wishes()
    failures: int = 0


def jitter(feed: FeedId, now: datetime) -> float:
    """A number from 0 to 1 that scatters feeds, the same for the same feed and minute."""
    return zlib.crc32(f"{feed}/{int(now.timestamp()) // 60}".encode()) / 2**32


def next_poll(
    facts: PollFacts,
    error: FeedError | None,
    now: datetime,
    scatter: float,
    limits: PollLimits = PollLimits(),
) -> datetime | None:
    """When to ask the feed again after a poll that ended now, with `error` or without.

    None only after 410. Never later than a day from now. `scatter`, from 0 to 1, spreads feeds:
    it shortens what we chose, lengthens what the publisher asked for and leaves alone what a person
    set.
    """
    if error is not None:
        if error.kind is FeedErrorKind.GONE:
            return None
        slower = min(
            _own(facts, now, scatter, limits) * (1 << min(max(facts.failures - 1, 0), 20)), DAY
        )
        return now + max(slower, min(timedelta(seconds=error.retry_after or 0), DAY))
    if facts.every is not None:
        return now + min(facts.every, DAY)
    wishes = facts.wishes
    asked = max(wishes.fresh_for or timedelta(), wishes.ttl or timedelta())
    asked = min(max(asked, wishes.update_every or timedelta()), DAY) * (1 + _JITTER * scatter)
    due = now + min(max(_own(facts, now, scatter, limits), asked), DAY)
    return min(_outside_skips(due, wishes), now + DAY)


def rhythm(spoken: Sequence[datetime], now: datetime) -> timedelta | None:
    """The usual time between two entries of late, None where too little is known.

    The median gap, so that nights do not count; but at least a quarter of the mean gap, so that a
    feed which brings its day at one stroke is not taken for a fast one.
    """
    times = gone_by(spoken, now, since=now - _RECENT)
    if len(times) < 2:
        return None
    gaps = [(after - before).total_seconds() for before, after in pairwise(times)]
    mean = (now - times[0]).total_seconds() / len(times)
    return timedelta(seconds=max(median(gaps), mean / 4))


def unconditional_due(last: datetime | None, now: datetime) -> bool:
    """Whether to ask without validators, as once a day: servers err about them."""
    return last is None or now - last >= DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingMove:
    """A new address that a feed's server has named in the last `polls` polls that went well."""

    url: str
    polls: int = 1

    @property
    def settled(self) -> bool:
        """Whether to believe it, and poll there from now on."""
        return self.polls >= _POLLS_BEFORE_A_MOVE


def note_move(pending: PendingMove | None, said: str | None, address: str) -> PendingMove | None:
    """What is known of a move after a poll that read a feed and was told `said`.

    A move from https to http, or to where the feed already is, is none.
    """
    downgrade = address.startswith("https:") and not (said or "").startswith("https:")
    if said is None or said == address or downgrade:
        return None
    if pending is not None and pending.url == said:
        return PendingMove(url=said, polls=pending.polls + 1)
    return PendingMove(url=said)


def _own(facts: PollFacts, now: datetime, scatter: float, limits: PollLimits) -> timedelta:
    """The interval that we choose by ourselves."""
    if facts.every is not None:
        return facts.every
    gap = rhythm(facts.spoken, now)
    wanted = _UNKNOWN_RHYTHM if gap is None else gap / _POLLS_A_GAP
    wanted = min(max(wanted, limits.shortest), limits.longest)
    return max(wanted * (1 - _JITTER * scatter), limits.shortest)


def _outside_skips(due: datetime, wishes: Wishes) -> datetime:
    """The first instant from `due` on that is in no hour or day to be skipped."""
    for hours in range(7 * 24):
        hour = due.replace(minute=0, second=0, microsecond=0) + hours * _HOUR
        if hour.hour not in wishes.skip_hours and hour.weekday() not in wishes.skip_days:
            return max(due, hour)
    return due  # every hour is to be skipped: that is a mistake


def gone_by(
    spoken: Sequence[datetime], now: datetime, since: datetime | None = None
) -> list[datetime]:
    """The distinct times from `since` until now, in order; dates in the future are lies."""
    return sorted({t for t in spoken if t <= now and (since is None or t >= since)})
