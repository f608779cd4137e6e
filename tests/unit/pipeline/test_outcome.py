"""What a poll leaves behind: rhythm, failures, moves, health told once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.cadence import PollLimits
from bot.feeds.document import Document
from bot.feeds.fetch import Body, NotModified, Validators
from bot.model import Entry, FeedHealth, PollState
from bot.pipeline import outcome
from bot.pipeline.report import Ingested
from tests.support.values import DAY, HOUR, NOON, feed

LIMITS = PollLimits()
NEW = PollState(feed=feed(), next_poll_at=NOON)
MOVED = "https://new.example/feed"


def body(moved_to: str | None = None) -> Body:
    return Body(
        content=b"",
        hash="h",
        url=NEW.feed.url,
        content_type="",
        charset=None,
        validators=Validators(etag='"e"', last_modified="yesterday"),
        fresh_for=HOUR * 3,
        moved_to=moved_to,
    )


def read(state: PollState, document: Document | None = None, **counts: int) -> PollState:
    return outcome.after_document(
        state,
        body(),
        document or Document(),
        ingested=Ingested(**counts),  # type: ignore[arg-type]
        now=NOON,
        limits=LIMITS,
    )


def failed(state: PollState, kind: FeedErrorKind = FeedErrorKind.TIMEOUT) -> PollState:
    return outcome.after_error(state, FeedError(kind, "It failed."), NOON, LIMITS)


def test_a_document_leaves_validators_and_hash() -> None:
    state = read(NEW, new=1)
    assert (state.etag, state.last_modified, state.body_hash) == ('"e"', "yesterday", "h")
    assert (state.good_at, state.changed_at, state.entry_at) == (NOON, NOON, NOON)
    assert outcome.request(state, NOON).validators == body().validators


def test_what_the_publisher_asks_is_remembered_over_an_unchanged_poll() -> None:
    state = read(NEW, Document(ttl=timedelta(hours=7), skip_hours=frozenset({3})))
    again = outcome.after_answer(
        state, NotModified(validators=Validators(), fresh_for=None, moved_to=None), NOON, LIMITS
    )
    assert again.next_poll_at is not None
    assert again.next_poll_at - NOON >= timedelta(hours=7)
    assert again.changed_at == NOON


def test_a_failing_feed_slows_down_and_recovers() -> None:
    state, gaps = NEW, []
    for _ in range(12):
        state = failed(state)
        assert state.next_poll_at is not None
        gaps.append(state.next_poll_at - NOON)
    assert gaps == sorted(gaps)
    assert gaps[-1] == DAY
    assert (state.failures, state.failing_since, state.error) == (12, NOON, "It failed.")
    state = read(state)
    assert (state.failures, state.failing_since, state.error_kind) == (0, None, None)


def test_410_ends_a_feed() -> None:
    state = failed(NEW, FeedErrorKind.GONE)
    assert (state.next_poll_at, state.gone_at) == (None, NOON)


def test_a_feed_that_says_it_has_ended_is_gone() -> None:
    state = read(NEW, Document(ended=True))
    assert (state.next_poll_at, state.error_kind) == (None, FeedErrorKind.GONE)


def test_a_permanent_move_counts_after_two_polls() -> None:
    once = outcome.after_answer(NEW, body(MOVED), NOON, LIMITS)
    assert outcome.address(once) == NEW.feed.url
    twice = outcome.after_answer(once, body(MOVED), NOON, LIMITS)
    assert outcome.address(twice) == MOVED
    settled = outcome.after_answer(twice, body(), NOON, LIMITS)
    assert outcome.address(settled) == MOVED
    back = outcome.after_answer(once, body(), NOON, LIMITS)
    assert back.moved_to is None


@pytest.mark.parametrize("kind", [FeedErrorKind.GONE, FeedErrorKind.NOT_FOUND])
def test_a_move_that_led_nowhere_is_undone(kind: FeedErrorKind) -> None:
    state = failed(replace(NEW, moved_to=MOVED, moved_seen=2), kind)
    assert outcome.address(state) == NEW.feed.url
    assert state.next_poll_at is not None


def test_churn_grows_with_polls_that_change_most_texts_and_is_forgotten_after() -> None:
    state = NEW
    for _ in range(3):
        state = read(state, known=4, changed=4)
    assert state.churn == 3
    assert read(state, known=4, changed=0).churn == 0


def test_times_ahead_of_us_say_nothing_of_the_rhythm() -> None:
    entries = tuple(
        Entry(guid=str(at), url=None, title="T", published=at) for at in (NOON - HOUR, NOON + DAY)
    )
    assert read(NEW, Document(entries=entries)).spoken == (NOON - HOUR,)


def test_health_is_told_once_and_its_end_too() -> None:
    state, told = NEW, []
    for _ in range(6):
        state, news = outcome.health_news(failed(state), NOON)
        told.append(news.state if news else None)
    assert [one for one in told if one] == [FeedHealth.FAILING]
    state, news = outcome.health_news(read(state), NOON)
    assert news is not None
    assert news.state is FeedHealth.HEALTHY
    assert outcome.health_news(state, NOON) == (state, None)
