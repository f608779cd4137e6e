"""Trying a watch before it is saved: over articles of the past, and what it would have cost."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.entities import Catalog, Recogniser
from bot.entities.recogniser import GROUP as ALIASES
from bot.model import Entity, Judged, StoryId
from bot.text.scan import Scanned, Scanner
from bot.watches.evaluate import GROUP, WatchMatch, matches
from bot.watches.missing import missing
from bot.watches.own import asks_for_entities
from bot.watches.query import Query


class Trial:
    """One query with a scanner of its own, to be held against articles of the past.

    The evaluator is the one that judges live articles, so both agree on every article.
    """

    def __init__(self, query: Query, own: Sequence[Entity] = ()) -> None:
        """`own` are the additions of the workspace that tries it: looked for in the articles
        themselves, so that an entity is found in what came before it was added.
        """
        self._query = query
        self._recogniser = Recogniser(Catalog(()), own) if asks_for_entities(query) else None
        aliases = self._recogniser.literals() if self._recogniser else ()
        groups = {GROUP: query.literals(), ALIASES: aliases}
        self._scanner = Scanner.build({g: literals for g, literals in groups.items() if literals})

    def match(self, judged: Judged) -> WatchMatch | None:
        """How the query holds of this article, None when it does not."""
        return matches(self._query, *self._read(judged))

    def missing(self, judged: Judged) -> tuple[str, ...]:
        """What keeps the query from holding, in words; empty when it holds."""
        return missing(self._query, *self._read(judged))

    def _read(self, judged: Judged) -> tuple[Scanned, Judged]:
        scanned = self._scanner.scan(judged.article.title, judged.article.text)
        own = self._recogniser.recognise(scanned) if self._recogniser else ()
        return scanned, replace(judged, entities=(*judged.entities, *own)) if own else judged


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
