"""`policywire poll`: one round of polling through the whole line, and what it brought."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.asking import AsJson
from bot.cli.output import (
    console,
    counted,
    local_zone,
    print_json,
    print_remarks,
    print_table,
    progress,
    side,
)
from bot.cli.session import opened, run
from bot.errors import AlreadyRunning

if TYPE_CHECKING:
    from bot.alerts.delivery import Tally
    from bot.app.parts import Parts
    from bot.model import PollState
    from bot.pipeline.report import FeedPolled, TickReport

_EVER = timedelta(days=36_500)
"""Whoever is due by then is due at all: neither paused nor gone."""
_MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """What one round did; `alone` where no `run` works on the same database."""

    report: "TickReport"
    sent: "Tally | None"
    place: str
    next_due: datetime | None

    @property
    def alone(self) -> bool:
        return self.sent is not None


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("poll")(poll)


def poll(
    once: Annotated[  # noqa: ARG001 - `run` is the other way; said aloud it reads better in a crontab
        bool, typer.Option("--once", help="One round, then end; `run` goes on and on.")
    ] = True,
    everything: Annotated[bool, typer.Option("--all", help="Poll every feed, due or not.")] = False,
    as_json: AsJson = False,
) -> None:
    """Poll the feeds that are due, and say what each brought.

    What comes of it is delivered; with no platform configured, it prints here.
    """
    done = run(lambda: _poll(everything=everything, as_json=as_json))
    if as_json:
        print_json(_jsonable(done))
    else:
        _print(done)
    polls = done.report.polls
    if polls and not any(_went_well(one) for one in polls):
        raise typer.Exit(1)


async def _poll(*, everything: bool, as_json: bool) -> _Round:
    from bot.store import feeds

    async with AsyncExitStack() as stack:
        parts, alone = await _open(stack, aside=as_json)
        now = parts.clock.now()
        async with parts.store.read() as conn:
            until = now + _EVER if everything else now
            due = await feeds.due_feeds(conn, now=until, limit=_MOST)
        report = await _polled(parts, due)
        sent = None
        if alone:
            now = parts.clock.now()
            await parts.digests.run_once(now)
            await parts.outbox.start()
            sent = await parts.outbox.run_once()
            await parts.housekeeper.heartbeat(now)
            await parts.housekeeper.tidy(now)
        async with parts.store.read() as conn:
            next_due = await feeds.next_due(conn)
        return _Round(report=report, sent=sent, place=parts.store.place, next_due=next_due)


async def _open(stack: AsyncExitStack, *, aside: bool) -> tuple["Parts", bool]:
    """The parts, and whether this process delivers; beside a `run` that one does."""
    from bot.chat.console.screen import Screen
    from bot.chat.console.send import ConsoleSender
    from bot.clock import SystemClock

    clock = SystemClock()
    sender = ConsoleSender(Screen(side() if aside else console(), zone=local_zone()), clock)
    try:
        senders = {sender.platform: sender}
        opening = opened(senders=senders, clock=clock, exclusive=True)
        return await stack.enter_async_context(opening), True
    except AlreadyRunning:
        return await stack.enter_async_context(opened(clock=clock)), False


async def _polled(parts: "Parts", due: "Sequence[PollState]") -> "TickReport":
    with progress("feeds", total=len(due)) as advance:
        return await parts.poller.poll(due, lambda _: advance())


def _went_well(polled: "FeedPolled") -> bool:
    from bot.pipeline.report import PollOutcome

    return polled.outcome in {PollOutcome.READ, PollOutcome.UNCHANGED}


def _trouble(polled: "FeedPolled") -> str:
    return str(polled.error) if polled.error is not None else polled.problem


def _alerts(polled: "FeedPolled") -> str:
    """“2 queued, 1 held”."""
    return ", ".join(f"{n} {state}" for state, n in sorted(polled.ingested.alerts.items()) if n)


def _name(polled: "FeedPolled") -> str:
    from bot.feeds.address import shown

    feed = polled.state.feed
    return feed.title or shown(feed.url)


def _print(done: _Round) -> None:
    polls = sorted(done.report.polls, key=lambda one: (not _went_well(one), _name(one).casefold()))
    if polls:
        rows = [
            (
                _name(one),
                one.outcome,
                one.ingested.entries or "",
                one.ingested.new or "",
                one.ingested.stories or "",
                _alerts(one),
            )
            for one in polls
        ]
        print_table(("Feed", "Outcome", "Entries", "New", "Stories", "Alerts"), rows)
        console().print()
        wrong = [(_name(one), words) for one in polls if (words := _trouble(one))]
        print_remarks("What is wrong", wrong)
        if wrong:
            console().print()
    for line in _totals(done):
        console().print(line)


def _totals(done: _Round) -> list[str]:
    from bot.pipeline.report import PollOutcome

    report, total = done.report, done.report.total()
    if not report.polls:
        when = f"; the next is at {_clock(done.next_due)}" if done.next_due else ""
        lines = [f"No feed is due{when}. `policywire poll --all` polls them all the same."]
    else:
        counts = ", ".join(f"{n} {one}" for one in PollOutcome if (n := report.count(one)))
        lines = [f"{counted(len(report.polls), 'feed')}: {counts}."]
        if total.entries:
            backlog = f", {total.backlog:,} of them history of new feeds" if total.backlog else ""
            lines.append(
                f"{counted(total.entries, 'entry', 'entries')}: {total.new:,} new{backlog}; "
                f"{total.relevant:,} relevant, "
                f"{counted(total.stories, 'new story', 'new stories')}."
            )
        if total.failed:
            lines.append(
                f"{counted(total.failed, 'entry', 'entries')} could not be taken in and will be "
                "tried again; `policywire why URL` says at which stage."
            )
    if done.sent is None:
        lines.append(f"A `run` works on {done.place} too: it delivers what is queued.")
    elif any((done.sent.posted, done.sent.edited, done.sent.parked, done.sent.waited)):
        sent = done.sent
        parts = (("posted", sent.posted), ("edited", sent.edited), ("put off", sent.waited),
                 ("refused by the platform", sent.parked))  # fmt: skip
        lines.append("Messages: " + ", ".join(f"{n} {word}" for word, n in parts if n) + ".")
    return lines


def _clock(at: datetime) -> str:
    return at.astimezone(local_zone()).strftime("%Y-%m-%d %H:%M")


def _jsonable(done: _Round) -> dict[str, Any]:
    from bot.feeds.address import shown

    return {
        "feeds": [
            {
                "id": one.state.feed.id,
                "title": one.state.feed.title,
                "address": shown(one.state.feed.url),
                "outcome": one.outcome,
                "error": {"kind": one.error.kind, "message": str(one.error)} if one.error else None,
                "problem": one.problem or None,
                "next_poll_at": one.state.next_poll_at,
                "ingested": one.ingested,
            }
            for one in done.report.polls
        ],
        "total": done.report.total(),
        "delivered": done.sent,
        "run_beside": not done.alone,
        "next_due": done.next_due,
    }
