"""Trying a watch before it is saved: over articles of the past, and what it would have cost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.model import Judged, StoryId
from bot.text.scan import Scanned, Scanner
from bot.watches.evaluate import GROUP, WatchMatch, matches
from bot.watches.missing import missing
from bot.watches.query import Query


class Trial:
    """One query with a scanner of its own, to be held against articles of the past.

    The evaluator is the one that judges live articles, so both agree on every article.
    """

    def __init__(self, query: Query) -> None:
        self._query = query
        literals = query.literals()
        self._scanner = Scanner.build({GROUP: literals} if literals else {})

    def match(self, judged: Judged) -> WatchMatch | None:
        """How the query holds of this article, None when it does not."""
        return matches(self._query, self._scan(judged), judged)

    def missing(self, judged: Judged) -> tuple[str, ...]:
        """What keeps the query from holding, in words; empty when it holds."""
        return missing(self._query, self._scan(judged), judged)

    def _scan(self, judged: Judged) -> Scanned:
        return self._scanner.scan(judged.article.title, judged.article.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """What a watch would have brought; a story alerts once, when its first match was seen."""

    alerts: int
    days: float
    busiest: tuple[date, int] | None
    """The day (UTC) with most alerts, and how many; the earlier of two."""

    @property
    def alerts_a_day(self) -> float:
        """The mean over the whole span, quiet days too."""
        return self.alerts / self.days


def back_test(
    matched: Iterable[tuple[StoryId, datetime]], *, since: datetime, until: datetime
) -> BackTest:
    """Count the alerts of matched articles, given as story and time seen, in [since, until)."""
    first: dict[StoryId, datetime] = {}
    for story, seen in matched:
        if since <= seen < until:
            first[story] = min(seen, first.get(story, seen))
    by_day = Counter(seen.date() for seen in first.values())
    busiest = min(by_day.items(), key=lambda day: (-day[1], day[0]), default=None)
    days = max((until - since) / timedelta(days=1), 1 / 24)
    return BackTest(alerts=len(first), days=days, busiest=busiest)
