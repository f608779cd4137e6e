"""What polling brought, counted: for `poll --once`, the demo and the metrics."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from bot.errors import FeedError
from bot.model import AlertState, ArticleKind, PollState


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of entries: `entries` = `new` + `known` + `failed`.

    Of the known ones, `changed` have other words than before, `revised` were taken over.
    `backlog` are the new ones of a first poll, `opened` known ones that more readers see now,
    `stories` begun; `kinds` counts the new articles, `alerts` those that routing judged.
    """

    entries: int = 0
    new: int = 0
    backlog: int = 0
    known: int = 0
    changed: int = 0
    revised: int = 0
    opened: int = 0
    failed: int = 0
    stories: int = 0
    relevant: int = 0
    kinds: Mapping[ArticleKind, int] = field(default_factory=dict)
    alerts: Mapping[AlertState, int] = field(default_factory=dict)

    def __add__(self, other: Self) -> "Ingested":
        sums = {
            one.name: _sum(getattr(self, one.name), getattr(other, one.name))
            for one in fields(self)
        }
        return Ingested(**sums)


NOTHING = Ingested()


class PollOutcome(StrEnum):
    """How one poll ended."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    NOT_STORED = "not stored"
    """The database failed; the feed is polled again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPolled:
    """One poll; `error` only where it failed."""

    state: PollState
    outcome: PollOutcome
    ingested: Ingested = NOTHING
    error: FeedError | None = None
    problem: str = ""
    """What could not be read of a document, or not be stored, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """All polls of one tick, in the order in which they ended."""

    polls: tuple[FeedPolled, ...] = ()

    def count(self, outcome: PollOutcome) -> int:
        """How many polls ended so."""
        return sum(poll.outcome is outcome for poll in self.polls)

    def total(self) -> Ingested:
        """What all documents of the tick brought."""
        return sum((poll.ingested for poll in self.polls), NOTHING)

    def errors(self) -> list[FeedPolled]:
        """The polls that failed, by kind of error and title, so that lists of them are stable."""
        failed = [poll for poll in self.polls if poll.error is not None]
        return sorted(failed, key=lambda poll: (_kind(poll), poll.state.feed.title))


def _kind(poll: FeedPolled) -> str:
    return poll.error.kind.value if poll.error else ""


def _sum(one: Any, other: Any) -> Any:  # noqa: ANN401 (numbers and counts of numbers alike)
    return dict(Counter(one) + Counter(other)) if isinstance(one, Mapping) else one + other
