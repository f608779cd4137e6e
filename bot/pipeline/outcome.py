"""What one poll leaves behind: from a feed's state to its next, with the time passed in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.cadence import (
    PendingMove,
    PollFacts,
    PollLimits,
    Wishes,
    jitter,
    next_poll,
    note_move,
    unconditional_due,
)
from bot.feeds.document import Document
from bot.feeds.fetch import Body, Fetched, FetchRequest, Validators
from bot.feeds.health import Health, health_of
from bot.feeds.identity import churn
from bot.model import FeedHealth, PollState
from bot.pipeline.report import Ingested

_SPOKEN_KEPT = 60
_LOST = frozenset({FeedErrorKind.GONE, FeedErrorKind.NOT_FOUND})


def address(state: PollState) -> str:
    """Where to ask: the feed's own address, or the one that it has moved to for good."""
    pending = _pending(state)
    return pending.url if pending is not None and pending.settled else state.feed.url


def request(state: PollState, now: datetime) -> FetchRequest:
    """What to ask for; once a day without validators, which some servers handle wrongly."""
    return FetchRequest(
        url=address(state),
        validators=Validators(etag=state.etag, last_modified=state.last_modified),
        unconditional=unconditional_due(state.full_fetch_at, now),
    )


def after_answer(state: PollState, answer: Fetched, now: datetime, limits: PollLimits) -> PollState:
    """The feed answered, with nothing that we did not know."""
    return _scheduled(_answered(state, answer, state.hints or {}, now), now, limits)


def after_document(
    state: PollState,
    body: Body,
    document: Document,
    *,
    ingested: Ingested,
    now: datetime,
    limits: PollLimits,
) -> PollState:
    """The feed brought a document that was read; validators are kept, since all of it is stored."""
    hints = {
        "ttl": _seconds(document.ttl),
        "every": _seconds(document.update_every),
        "hours": sorted(document.skip_hours),
        "days": sorted(document.skip_days),
    }
    read = replace(
        _answered(state, body, hints, now),
        changed_at=now,
        entry_at=now if ingested.new else state.entry_at,
        body_hash=body.hash,
        spoken=_spoken(state.spoken, document, now),
        churn=churn(state.churn, known=ingested.known, revised=ingested.changed),
    )
    if document.ended:
        return replace(
            read,
            next_poll_at=None,
            gone_at=now,
            failing_since=now,
            failures=1,
            error_kind=FeedErrorKind.GONE,
            error=f"{state.feed.title or state.feed.url} says that nothing more will come.",
        )
    return _scheduled(read, now, limits)


def after_error(state: PollState, error: FeedError, now: datetime, limits: PollLimits) -> PollState:
    """The feed could not be had or read; it slows down, and ends only with 410."""
    if error.kind in _LOST and address(state) != state.feed.url:
        # The new address was a mistake: the old one is asked again first.
        state = replace(state, moved_to=None, moved_seen=0)
        error = FeedError(FeedErrorKind.NOT_FOUND, str(error), error.retry_after)
    failed = replace(
        state,
        polled_at=now,
        failures=state.failures + 1,
        failing_since=state.failing_since or now,
        error_kind=error.kind,
        error=str(error),
    )
    due = next_poll(_facts(failed), error, now, jitter(state.feed.id, now), limits)
    return replace(failed, next_poll_at=due, gone_at=now if due is None else None)


def health_news(state: PollState, now: datetime) -> tuple[PollState, Health | None]:
    """The state that remembers what managers were told, and what to tell them now, if anything."""
    found = health_of(state, now)
    if found.tell and state.told_health is not found.state:
        return replace(state, told_health=found.state), found
    if state.told_health is not None and found.state is FeedHealth.HEALTHY:
        return replace(state, told_health=None), found
    return state, None


def _answered(
    state: PollState, answer: Fetched, hints: Mapping[str, Any], now: datetime
) -> PollState:
    moved = note_move(_pending(state), answer.moved_to, address(state))
    if moved is None and address(state) != state.feed.url:
        moved = _pending(state)
    full = isinstance(answer, Body)
    return replace(
        state,
        polled_at=now,
        good_at=now,
        full_fetch_at=now if full else state.full_fetch_at,
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        hints={**hints, "fresh": _seconds(answer.fresh_for)},
        failures=0,
        error_kind=None,
        error=None,
        failing_since=None,
        moved_to=moved.url if moved else None,
        moved_seen=moved.polls if moved else 0,
    )


def _scheduled(state: PollState, now: datetime, limits: PollLimits) -> PollState:
    due = next_poll(_facts(state), None, now, jitter(state.feed.id, now), limits)
    return replace(state, next_poll_at=due)


def _facts(state: PollState) -> PollFacts:
    hints = state.hints or {}
    return PollFacts(
        every=state.feed.every,
        spoken=state.spoken,
        wishes=Wishes(
            fresh_for=_span(hints.get("fresh")),
            ttl=_span(hints.get("ttl")),
            update_every=_span(hints.get("every")),
            skip_hours=frozenset(hints.get("hours") or ()),
            skip_days=frozenset(hints.get("days") or ()),
        ),
        failures=state.failures,
    )


def _pending(state: PollState) -> PendingMove | None:
    return PendingMove(url=state.moved_to, polls=state.moved_seen) if state.moved_to else None


def _spoken(before: Iterable[datetime], document: Document, now: datetime) -> tuple[datetime, ...]:
    """The newest times at which the feed spoke; dates ahead of us say nothing of its rhythm."""
    stated = (entry.published or entry.updated for entry in document.entries)
    times = {*before, *(at for at in stated if at is not None and at <= now)}
    return tuple(sorted(times)[-_SPOKEN_KEPT:])


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
