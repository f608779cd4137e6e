"""When to poll next, and when to believe a move (DESIGN, "Fetching")."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.cadence import (
    DAY,
    PendingMove,
    PollFacts,
    Wishes,
    jitter,
    next_poll,
    note_move,
    rhythm,
    unconditional_due,
)
from bot.model import FeedId

NOW = datetime(2026, 2, 27, 12, 34, tzinfo=UTC)  # a Friday


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def every(gap: timedelta, count: int = 20, last: timedelta = timedelta()) -> list[datetime]:
    """Times of `count` entries, `gap` apart, the newest `last` ago."""
    return [NOW - last - gap * n for n in range(count)]


def wait(facts: PollFacts, error: FeedError | None = None, scatter: float = 0) -> timedelta:
    due = next_poll(facts, error, NOW, scatter)
    assert due is not None
    return due - NOW


@pytest.mark.parametrize(
    ("gap", "interval"),
    [
        pytest.param(minutes(1), minutes(5), id="torrent"),
        pytest.param(minutes(24), minutes(12), id="newsroom"),
        pytest.param(minutes(60), minutes(30), id="hourly"),
        pytest.param(timedelta(days=3), minutes(60), id="think-tank"),
    ],
)
def test_the_feeds_own_rhythm_decides_between_5_and_60_minutes(
    gap: timedelta, interval: timedelta
) -> None:
    assert wait(PollFacts(spoken=every(gap))) == interval


@pytest.mark.parametrize(
    "spoken",
    [
        pytest.param([], id="none"),
        pytest.param([NOW - minutes(3)], id="one"),
        pytest.param([NOW - minutes(3)] * 9, id="all-at-one-instant"),
        pytest.param([NOW + DAY * n for n in range(1, 9)], id="all-in-the-future"),
    ],
)
def test_without_a_rhythm_it_is_half_an_hour(spoken: list[datetime]) -> None:
    assert wait(PollFacts(spoken=spoken)) == minutes(30)


def test_a_day_brought_at_one_stroke_is_no_fast_rhythm() -> None:
    spoken = [NOW - DAY * day - minutes(n) for day in range(5) for n in range(10)]
    found = rhythm(spoken, NOW)
    assert found is not None
    assert found > minutes(25)


@pytest.mark.parametrize(
    "wishes",
    [
        pytest.param(Wishes(fresh_for=timedelta(hours=3)), id="cache-control"),
        pytest.param(Wishes(ttl=timedelta(hours=3)), id="ttl"),
        pytest.param(Wishes(update_every=timedelta(hours=3)), id="sy-update"),
        pytest.param(
            Wishes(fresh_for=minutes(5), ttl=timedelta(hours=3), update_every=minutes(90)),
            id="the-longest-counts",
        ),
    ],
)
def test_longer_when_the_server_says_so(wishes: Wishes) -> None:
    assert wait(PollFacts(spoken=every(minutes(10)), wishes=wishes)) == timedelta(hours=3)


def test_never_shorter_because_the_server_says_so() -> None:
    wishes = Wishes(fresh_for=timedelta(seconds=1))
    assert wait(PollFacts(spoken=every(minutes(60)), wishes=wishes)) == minutes(30)


def test_never_longer_than_a_day() -> None:
    assert wait(PollFacts(wishes=Wishes(ttl=timedelta(days=365))), scatter=1) == DAY


def test_under_5_minutes_only_by_a_feeds_own_setting() -> None:
    facts = PollFacts(every=timedelta(seconds=20), wishes=Wishes(ttl=timedelta(hours=3)))
    assert wait(facts, scatter=0.9) == timedelta(seconds=20)


@pytest.mark.parametrize(
    ("wishes", "due"),
    [
        pytest.param(Wishes(skip_hours={13}), "2026-02-27 14:00", id="hour"),
        pytest.param(Wishes(skip_hours={13, 14}), "2026-02-27 15:00", id="hours"),
        pytest.param(Wishes(skip_hours={12, 14}), "2026-02-27 13:04", id="other-hours"),
        pytest.param(Wishes(skip_days={4}), "2026-02-28 00:00", id="day"),
        pytest.param(Wishes(skip_days={4, 5, 6}), "2026-02-28 12:34", id="no-more-than-a-day"),
        pytest.param(Wishes(skip_hours=set(range(24))), "2026-02-27 13:04", id="all-hours"),
        pytest.param(Wishes(skip_days=set(range(7))), "2026-02-27 13:04", id="all-days"),
    ],
)
def test_hours_and_days_to_be_skipped_are_skipped(wishes: Wishes, due: str) -> None:
    when = next_poll(PollFacts(wishes=wishes), None, NOW, 0)
    assert when is not None
    assert f"{when:%Y-%m-%d %H:%M}" == due


def failed(kind: FeedErrorKind = FeedErrorKind.HTTP, seconds: float | None = None) -> FeedError:
    return FeedError(kind, "it failed", retry_after=seconds)


def test_a_failing_feed_slows_down_to_a_day_and_never_stops() -> None:
    waits = [
        wait(PollFacts(spoken=every(minutes(60)), failures=n), failed()) for n in (1, 2, 3, 6, 500)
    ]
    assert waits == [minutes(30), minutes(60), minutes(120), minutes(960), DAY]


@pytest.mark.parametrize("kind", [k for k in FeedErrorKind if k is not FeedErrorKind.GONE])
def test_no_failure_but_410_ends_a_feed(kind: FeedErrorKind) -> None:
    assert next_poll(PollFacts(failures=99), failed(kind), NOW, 0.5) is not None


def test_410_ends_a_feed() -> None:
    assert next_poll(PollFacts(failures=1), failed(FeedErrorKind.GONE), NOW, 0.5) is None


def test_retry_after_is_obeyed() -> None:
    throttled = failed(FeedErrorKind.THROTTLED, 7200)
    assert wait(PollFacts(failures=1), throttled) == timedelta(hours=2)
    assert wait(PollFacts(every=timedelta(seconds=5), failures=1), throttled) == timedelta(hours=2)
    assert wait(PollFacts(failures=1), failed(seconds=10)) == minutes(30)


def test_jitter_scatters_feeds_and_repeats_itself() -> None:
    seen = [jitter(FeedId(n), NOW) for n in range(100)]
    assert seen == [jitter(FeedId(n), NOW) for n in range(100)]
    assert len(set(seen)) == 100
    assert min(seen) < 0.2
    assert max(seen) > 0.8


def test_jitter_asks_no_earlier_than_the_publisher_wants() -> None:
    wishes = Wishes(ttl=timedelta(hours=2))
    assert wait(PollFacts(wishes=wishes), scatter=0.5) == timedelta(hours=2) * 1.05
    assert wait(PollFacts(spoken=every(minutes(60))), scatter=0.5) == minutes(30) * 0.95


spans = st.none() | st.timedeltas(timedelta(), timedelta(days=4000))
instants = st.timedeltas(timedelta(days=-9000), timedelta(days=90_000)).map(NOW.__add__)
wishes = st.builds(
    Wishes,
    fresh_for=spans,
    ttl=spans,
    update_every=spans,
    skip_hours=st.sets(st.integers(0, 23)),
    skip_days=st.sets(st.integers(0, 6)),
)
facts = st.builds(
    PollFacts, spoken=st.lists(instants), wishes=wishes, failures=st.integers(0, 10**6)
)
errors = st.builds(
    FeedError,
    st.sampled_from([k for k in FeedErrorKind if k is not FeedErrorKind.GONE]),
    st.just("it failed"),
    st.none() | st.floats(0, 10**8),
)


@given(facts, st.none() | errors, instants, st.floats(0, 1))
def test_the_next_poll_is_always_5_minutes_to_a_day_away(
    facts: PollFacts, error: FeedError | None, now: datetime, scatter: float
) -> None:
    due = next_poll(facts, error, now, scatter)
    assert due is not None
    assert minutes(5) <= due - now <= DAY


def test_once_a_day_unconditionally() -> None:
    assert unconditional_due(None, NOW)
    assert unconditional_due(NOW - DAY, NOW)
    assert not unconditional_due(NOW - DAY + minutes(1), NOW)


OLD, NEW = "https://old.example/feed", "https://new.example/feed"


def test_a_permanent_redirect_counts_after_two_polls_that_say_so() -> None:
    first = note_move(None, NEW, OLD)
    assert first is not None
    assert not first.settled
    second = note_move(first, NEW, OLD)
    assert second is not None
    assert second.settled


@pytest.mark.parametrize(
    ("said", "pending"),
    [
        pytest.param(None, None, id="taken-back"),
        pytest.param(
            "https://other.example/", PendingMove(url="https://other.example/"), id="other"
        ),
        pytest.param(OLD, None, id="where-it-is"),
        pytest.param("http://new.example/feed", None, id="from-https-to-http"),
    ],
)
def test_a_move_that_is_not_said_again_is_none(
    said: str | None, pending: PendingMove | None
) -> None:
    assert note_move(PendingMove(url=NEW), said, OLD) == pending


def test_a_move_from_http_to_http_or_https_is_one() -> None:
    assert note_move(None, "http://new.example/", "http://old.example/") is not None
    assert note_move(None, "https://old.example/", "http://old.example/") is not None
