"""The demo's last word: what came in, was matched, joined, told, and held back, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.alerts.delivery import Tally
from bot.app.parts import Parts
from bot.demo.wire import Wire
from bot.model import EntityId
from bot.pipeline.report import NOTHING, Ingested, PollOutcome, TickReport
from bot.store.totals import Totals, irrelevant, largest, totals

_KINDS = {
    "story": ("alert", "alerts"),
    "digest": ("digest", "digests"),
    "held": ("“held overnight” list", "“held overnight” lists"),
    "flood": ("list instead of a flood", "lists instead of a flood"),
    "away": ("“while away” line", "“while away” lines"),
    "note": ("note under an alert", "notes under alerts"),
}
_RULES = {
    "relevance": "no AI policy, or too little of it",
    "depth": "the entity was named in passing only",
    "target": "about something else than the channel asked for",
    "kind": "opinion, live blogs, roundups and explainers are not pushed",
    "origins": "still waiting for a second independent source",
    "backlog": "history of a new feed",
    "age": "too old when first seen",
    "digest": "told in, or waiting for, a digest",
    "quiet hours": "waiting for the end of quiet hours",
    "flood": "gathered in a list",
    "story muted": "the story was muted",
    "muted": "the channel was muted",
    "told": "told there already",
    "older story": "begun before the channel subscribed",
}


@dataclass(slots=True)
class Seen:
    """What went by while the demo ran."""

    polled: Counter[PollOutcome] = field(default_factory=Counter)
    ingested: Ingested = NOTHING
    broken: dict[str, str] = field(default_factory=dict)
    digests: int = 0
    posted: int = 0
    edited: int = 0

    def polls(self, report: TickReport) -> None:
        """One tick's polls."""
        self.polled.update(poll.outcome for poll in report.polls)
        self.ingested += report.total()
        for poll in report.errors():
            if poll.error is not None:
                self.broken[poll.state.feed.title] = poll.error.kind.value

    def deliveries(self, tally: Tally) -> None:
        """One round of the outbox."""
        self.posted += tally.posted
        self.edited += tally.edited


async def summary(parts: Parts, wire: Wire, seen: Seen) -> RenderableType:
    """A panel of five short paragraphs, all counted, nothing estimated."""
    threshold = parts.settings.behaviour.alerts.threshold
    async with parts.store.read() as conn:
        counted = await totals(conn, threshold=threshold)
        biggest = await largest(conn, 3)
        near = await irrelevant(conn, threshold=threshold, most=3)
    names = ", ".join(f"{_name(parts, entity)} ({count})" for entity, count in counted.names)
    news = counted.articles - counted.backlog
    rows: list[tuple[str, list[str]]] = [
        ("Came in", _came_in(counted, seen, len(wire.feeds))),
        (
            "Matched",
            [
                f"{counted.relevant} of {news} news articles are AI policy (relevance from "
                f"{threshold:g})",
                f"named most: {names}",
                *(f"left aside: “{one.title}” ({one.relevance:.2f})" for one in near),
            ],
        ),
        (
            "Joined",
            [
                f"{news} articles tell {counted.stories} stories",
                *(
                    f"“{one.title}”: {one.reports} reports, {one.outlets} outlets, "
                    f"{one.origins} {_plural(one.origins, 'origin')}"
                    for one in biggest
                ),
            ],
        ),
        ("Alerted", _alerted(counted, seen)),
        ("Held back", _held(counted)),
    ]
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for head, lines in rows:
        table.add_row(head, Text("\n".join(lines)))
    closing = Text(
        "Next: `policywire run` polls real feeds; README.md shows how to connect a channel.",
        style="dim",
    )
    return Panel(Group(table, closing), title="What happened", border_style="green", padding=(1, 2))


def _came_in(counted: Totals, seen: Seen, feeds: int) -> list[str]:
    polls = seen.polled.total()
    lines = [
        f"{polls:,} polls of {feeds} feeds from {counted.outlets} outlets: "
        f"{seen.polled[PollOutcome.READ]:,} brought something, "
        f"{seen.polled[PollOutcome.UNCHANGED]:,} nothing new, "
        f"{seen.polled[PollOutcome.FAILED]:,} failed",
        f"{seen.ingested.entries:,} entries listed, {counted.articles} articles: "
        f"{counted.backlog} history, {counted.articles - counted.backlog} news; "
        f"{counted.revisions} changed afterwards",
    ]
    if seen.broken:
        broken = "; ".join(f"{title} ({kind})" for title, kind in sorted(seen.broken.items()))
        lines.append(f"broken feeds: {broken}")
    return lines


def _alerted(counted: Totals, seen: Seen) -> list[str]:
    by_channel: dict[str, Counter[str]] = {}
    for (channel, kind, state), count in sorted(counted.keys.items()):
        if state == "sent":
            by_channel.setdefault(channel, Counter())[kind] += count
    lines = [
        f"#{channel}: {_and(_count(kind, count) for kind, count in sorted(kinds.items()))}"
        for channel, kinds in sorted(by_channel.items())
    ]
    lines.append(f"{seen.posted} messages posted, {seen.edited} edits in place as stories grew")
    return lines


def _held(counted: Totals) -> list[str]:
    states = ", ".join(f"{count} {state}" for state, count in sorted(counted.states.items()))
    rules = sorted(counted.held.items(), key=lambda item: (-item[1], item[0]))
    return [
        f"alerts: {states}",
        *(f"{count} × {_RULES.get(rule, rule)}" for rule, count in rules),
        "/why <address> says the same of any one article.",
    ]


def _name(parts: Parts, entity: str) -> str:
    found = parts.live.known().catalog.get(EntityId(entity))
    return found.name if found else entity


def _count(kind: str, count: int) -> str:
    one, many = _KINDS.get(kind, (kind, kind))
    return f"{count} {one if count == 1 else many}"


def _plural(count: int, word: str) -> str:
    return word if count == 1 else word + "s"


def _and(parts: Iterable[str]) -> str:
    return ", ".join(parts)
