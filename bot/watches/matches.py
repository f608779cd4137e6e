"""The watches that one article matches, with what makes each match: worked out when asked for.

Most matches are never told: their story was, or the article is history.
"""

from collections.abc import Callable, Iterator, Mapping

from bot.model import Article, Reason, WatchId
from bot.watches.evaluate import Evidence, WatchMatch
from bot.watches.stored import read_stored


class Matches(Mapping[WatchId, WatchMatch]):
    """Matches by watch, in the order of ids; a query that several watch has one match."""

    def __init__(
        self, watches: set[WatchId], query: Callable[[WatchId], str], evidence: Evidence
    ) -> None:
        """`query` gives a watch's query in canonical form."""
        self._watches, self._query, self._evidence = watches, query, evidence
        self._known: dict[str, WatchMatch] = {}

    def __iter__(self) -> Iterator[WatchId]:
        return iter(sorted(self._watches))

    def __len__(self) -> int:
        return len(self._watches)

    def __contains__(self, watch: object) -> bool:
        return watch in self._watches

    def __getitem__(self, watch: WatchId) -> WatchMatch:
        if watch not in self._watches:
            raise KeyError(watch)
        query = self._query(watch)
        match = self._known.get(query)
        if match is None:
            match = self._known[query] = WatchMatch(read_stored(query).root, self._evidence)
        return match


class MatchReasons(Mapping[WatchId, tuple[Reason, ...]]):
    """The same matches as an alert's reasons, in the words of the article."""

    def __init__(self, matches: Matches, article: Article) -> None:
        self._matches, self._article = matches, article

    def __iter__(self) -> Iterator[WatchId]:
        return iter(self._matches)

    def __len__(self) -> int:
        return len(self._matches)

    def __contains__(self, watch: object) -> bool:
        return watch in self._matches

    def __getitem__(self, watch: WatchId) -> tuple[Reason, ...]:
        return self._matches[watch].reasons(self._article)
