"""How a feed does: healthy, failing, gone or unusually quiet, with the cause in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.errors import FeedErrorKind
from bot.feeds.cadence import DAY, gone_by
from bot.model import FeedHealth, PollState

_FAILURES_WORTH_TELLING = 3
_ENTRIES_THAT_SHOW_A_RHYTHM = 8
_TWO_WEEKS = 14 * DAY
# A holiday weekend is longer than any other silence of a newsroom by less than this.
_QUIETER_THAN_EVER = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFacts:
    """What a feed's health depends on; `failures` counts in a row, `failing_since` its first."""

    paused: bool = False
    last_good: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    kind: FeedErrorKind | None = None
    """Of the last error, None where the last poll went well."""
    message: str = ""
    spoken: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a feed does, why in plain words, since when, and whether managers should be told."""

    state: FeedHealth
    cause: str = ""
    since: datetime | None = None
    tell: bool = False


def health_of(state: PollState, now: datetime) -> Health:
    """The judgement on a feed, from what its polls left behind."""
    facts = HealthFacts(
        paused=state.feed.paused,
        last_good=state.good_at,
        failures=state.failures,
        failing_since=state.failing_since,
        kind=state.error_kind,
        message=state.error or "",
        spoken=state.spoken,
    )
    return health(facts, now)


def health(facts: HealthFacts, now: datetime) -> Health:
    """The judgement on a feed; a single failed poll shows but is not told."""
    if facts.paused:
        return Health(state=FeedHealth.PAUSED, cause="paused by a person")
    if facts.kind is FeedErrorKind.GONE:
        return Health(
            state=FeedHealth.GONE, cause=facts.message, since=facts.failing_since, tell=True
        )
    if facts.kind is not None and facts.failures:
        return Health(
            state=FeedHealth.FAILING,
            cause=facts.message,
            since=facts.failing_since,
            tell=facts.failures >= _FAILURES_WORTH_TELLING,
        )
    if facts.last_good is None:
        return Health(state=FeedHealth.NEW, cause="not polled yet")
    return _quiet(facts.spoken, now) or Health(state=FeedHealth.HEALTHY)


def _quiet(spoken: Sequence[datetime], now: datetime) -> Health | None:
    """Unusually quiet: by half longer than it ever was, and long enough to tell from a weekend."""
    times = gone_by(spoken, now)
    if len(times) < _ENTRIES_THAT_SHOW_A_RHYTHM:
        return None
    longest = max(after - before for before, after in pairwise(times))
    seen_weekends = times[-1] - times[0] >= _TWO_WEEKS
    silence = now - times[-1]
    if silence <= max(longest * _QUIETER_THAN_EVER, DAY if seen_weekends else 4 * DAY):
        return None
    cause = f"nothing new for {_words(silence)}; until now its longest pause was {_words(longest)}"
    return Health(state=FeedHealth.QUIET, cause=cause, since=times[-1], tell=True)


def _words(span: timedelta) -> str:
    """A span in the unit that fits: `3 days`, `26 hours`."""
    minutes = round(span.total_seconds() / 60)
    for size, unit, least in ((1440, "day", 2 * 1440), (60, "hour", 120), (1, "minute", 0)):
        if minutes >= least:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "no time"
