"""Polling: due feeds are fetched and read many at once, then go through the one lane."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.errors import FeedError, FeedErrorKind, StoreError
from bot.feeds.cadence import PollLimits
from bot.feeds.document import Document
from bot.feeds.fetch import Body
from bot.feeds.parse import parse
from bot.model import PollState
from bot.pipeline import outcome
from bot.pipeline.lane import Lane
from bot.pipeline.ports import Database, FeedRows, Fetches, HealthReporter
from bot.pipeline.report import FeedPolled, Ingested, PollOutcome, TickReport

TICK_FEEDS = 1_000
"""Feeds polled in one tick, at most; the others are due in the next."""
_SAVED_TOGETHER = 200
_log = structlog.get_logger(__name__)

Progress = Callable[[FeedPolled], None]


@dataclass(slots=True, kw_only=True)
class _Tick:
    """What is still to do in a tick, and what was done."""

    left: Iterator[PollState]
    polls: list[FeedPolled] = field(default_factory=list)
    unsaved: list[PollState] = field(default_factory=list)
    on_poll: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """Polls feeds. With `at_once` 1 they come strictly in due order, so that a run repeats."""

    database: Database
    feeds: FeedRows
    fetcher: Fetches
    lane: Lane
    reporter: HealthReporter
    clock: Clock
    limits: PollLimits = field(default_factory=PollLimits)
    at_once: int = 24

    async def poll_due(self, now: datetime, on_poll: Progress | None = None) -> TickReport:
        """Poll what is due; no feed's failure ends the tick, not even the database's."""
        async with self.database.read() as conn:
            due = await self.feeds.due_feeds(conn, now=now, limit=TICK_FEEDS)
        return await self.poll(due, on_poll)

    async def poll(
        self, states: Sequence[PollState], on_poll: Progress | None = None
    ) -> TickReport:
        """Poll these feeds now, due or not."""
        tick = _Tick(left=iter(states), on_poll=on_poll)
        async with asyncio.TaskGroup() as group:
            for _ in range(min(self.at_once, len(states))):
                group.create_task(self._work(tick))
        await self._save(tick)
        return TickReport(polls=tuple(tick.polls))

    async def _work(self, tick: _Tick) -> None:
        for state in tick.left:
            polled = await self._poll(state)
            tick.polls.append(polled)
            recovered = polled.outcome is PollOutcome.READ and polled.state.told_health
            if recovered or polled.outcome in {PollOutcome.UNCHANGED, PollOutcome.FAILED}:
                tick.unsaved.append(polled.state)
                if len(tick.unsaved) >= _SAVED_TOGETHER:
                    await self._save(tick)
            if tick.on_poll is not None:
                tick.on_poll(polled)

    async def _poll(self, state: PollState) -> FeedPolled:
        try:
            return await self._ask(state)
        except FeedError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 (a fault of ours must not stop the others)
            _log.exception("poll_broke", feed_id=state.feed.id)
            failure = FeedError(
                FeedErrorKind.NOT_A_FEED,
                f"{state.feed.title or state.feed.url} could not be read: a fault of policywire "
                f"({type(error).__name__}: {error}). Please report it with the feed's address.",
            )
        after = outcome.after_error(state, failure, self.clock.now(), self.limits)
        _log.info("feed_failed", feed_id=state.feed.id, kind=failure.kind, error=str(failure))
        return FeedPolled(state=after, outcome=PollOutcome.FAILED, error=failure)

    async def _ask(self, state: PollState) -> FeedPolled:
        answer = await self.fetcher.fetch(outcome.request(state, self.clock.now()))
        if not isinstance(answer, Body) or answer.hash == state.body_hash:
            after = outcome.after_answer(state, answer, self.clock.now(), self.limits)
            return FeedPolled(state=after, outcome=PollOutcome.UNCHANGED)
        document = await asyncio.to_thread(
            parse, answer.content, url=answer.url, content_type=_content_type(answer)
        )
        return await self._ingest(state, answer, document)

    async def _ingest(self, state: PollState, body: Body, document: Document) -> FeedPolled:
        now = self.clock.now()
        after = state

        def finish(counts: Ingested) -> PollState:
            nonlocal after
            after = outcome.after_document(
                state, body, document, ingested=counts, now=now, limits=self.limits
            )
            return after

        try:
            ingested = await self.lane.ingest(state, document.entries, finish, now)
        except StoreError as error:
            _log.error("poll_not_stored", feed_id=state.feed.id, error=str(error))
            return FeedPolled(state=state, outcome=PollOutcome.NOT_STORED, problem=str(error))
        return FeedPolled(
            state=after,
            outcome=PollOutcome.READ,
            ingested=ingested,
            problem=document.problem or "",
        )

    async def _save(self, tick: _Tick) -> None:
        """Write the polls that brought nothing, together, with what is to be told of health."""
        states, tick.unsaved = tick.unsaved, []
        if not states:
            return
        now = self.clock.now()
        told = [outcome.health_news(state, now) for state in states]
        try:
            async with self.database.write() as conn:
                await self.feeds.save_polls(conn, [state for state, _ in told])
                for state, news in told:
                    if news is not None:
                        await self.reporter.report(conn, state, news, now)
        except StoreError as error:
            _log.error("polls_not_stored", feeds=len(states), error=str(error))


def _content_type(body: Body) -> str:
    """The header as it came: what the server says beats what a document says of itself."""
    return f"{body.content_type}; charset={body.charset}" if body.charset else body.content_type
