"""All watches at once: an article is held against those alone whose required term it has.

Every match needs one of its query's required terms: a word, an entity, a source. The index files
each query under these, and evaluates what an article's own terms bring up.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.model import Judged, WatchId
from bot.model.stories import Own
from bot.text.scan import Literal, Scanned
from bot.watches.evaluate import GROUP, NOTHING, Evidence
from bot.watches.filed import Filed, Numbers
from bot.watches.matches import Matches
from bot.watches.query import Query, literal

WORTH_REBUILDING = 1_000
"""Changes after which the side index and the scanner's extra layers are worth folding in."""


class WatchIndex:
    """A set of watches, and which of them an article matches.

    An index never changes; `with_changes` gives another that shares what stays. The literals of
    that one begin with this one's, so the scanner that serves this one is `extended` by the rest,
    and a scan made before the change is still read rightly. One that is built anew numbers the
    literals anew: it takes effect together with a scanner built for it.
    """

    def __init__(
        self,
        base: Mapping[WatchId, str],
        filed: Filed,
        keys: tuple[str, ...],
        side: "_Side",
        removed: frozenset[WatchId] = frozenset(),
    ) -> None:
        self._base, self._filed, self._base_keys = base, filed, keys
        self._side, self._removed = side, removed
        self._keys = (*keys, *side.numbers)

    @classmethod
    def build(cls, watches: Iterable[tuple[WatchId, Query]]) -> "WatchIndex":
        """An index of these watches, each id once. It keeps what it compiles of the queries, and
        not them, so that a hundred thousand may be read one by one.
        """
        base: dict[WatchId, str] = {}
        numbers = Numbers()
        filed = Filed(_noted(watches, base), numbers)
        return cls(base, filed, tuple(numbers), _Side())

    def with_changes(
        self, added: Iterable[tuple[WatchId, Query]] = (), removed: Iterable[WatchId] = ()
    ) -> "WatchIndex":
        """This index without the `removed` and with the `added`, in time that does not grow with
        the number of watches evaluated; an edited watch is `added` under its old id.
        """
        gone, new = set(removed), dict(added)
        hidden = self._removed | {watch for watch in (*gone, *new) if watch in self._base}
        side = self._side.changed(new, gone)
        return WatchIndex(self._base, self._filed, self._base_keys, side, hidden)

    @property
    def wants_rebuilding(self) -> bool:
        """Whether so much has changed that to `build` all anew, in a thread, is worth its time."""
        return len(self._side.queries) + len(self._removed) > WORTH_REBUILDING

    def literals(self) -> Sequence[Literal]:
        """What the scanner must look for, in the order of its group "watch"."""
        return [literal(key) for key in self._keys]

    def new_literals(self, earlier: "WatchIndex") -> Sequence[Literal]:
        """What a scanner for an `earlier` index, of which this was made, must be extended by."""
        return [literal(key) for key in self._keys[earlier.literal_count :]]

    @property
    def literal_count(self) -> int:
        """How many literals the scanner must look for."""
        return len(self._keys)

    def candidates(self, scanned: Scanned, judged: Judged) -> int:
        """How many distinct queries an article's terms bring up."""
        evidence = Evidence(scanned, judged, self._keys)
        return sum(filed.candidates(facts) for filed, facts in self._facts(scanned, evidence))

    def matching(self, scanned: Scanned, judged: Judged, own: Own = NOTHING) -> Matches:
        """The watches that the article matches, and what makes them match.

        `own` is what workspaces' additions found: for the queries that `for_workspace` widened.
        """
        evidence = Evidence(scanned, judged, self._keys, own)
        base, *side = self._facts(scanned, evidence)
        watches = base[0].matching(base[1], evidence)
        if self._removed:
            watches -= self._removed
        for filed, facts in side:
            watches |= filed.matching(facts, evidence)
        return Matches(watches, self._query, evidence)

    def _query(self, watch: WatchId) -> str:
        later = self._side.queries.get(watch)
        return later.canonical if later is not None else self._base[watch]

    def _facts(self, scanned: Scanned, evidence: Evidence) -> Iterator[tuple[Filed, set[int]]]:
        """What the base, and then what the side, if there is one, can ask of the article."""
        titled = scanned.indices(GROUP, "title")
        found = titled | scanned.indices(GROUP, "text")
        border, end = len(self._base_keys), len(self._keys)
        parts = [(self._filed, 0, border)]
        if self._side.queries:
            parts.append((self._side.filed, border, end))
        for filed, low, high in parts:
            words = _between(found, low, high)
            in_title = titled if words is found else _between(titled, low, high)
            yield filed, filed.facts(words, in_title, evidence)


def _between(numbers: set[int], low: int, high: int) -> set[int]:
    """Those of the words' numbers that are a part's, as it counts them: from 0."""
    if not low and max(numbers, default=0) < high:
        return numbers
    return {number - low for number in numbers if low <= number < high}


class _Side:
    """Watches that came after the base was compiled, few enough to be filed at every change.

    Their words are numbered after the base's and keep their numbers. A word of the base too is
    numbered twice, and found twice at the same places: cheaper than looking each up in a hundred
    thousand.
    """

    def __init__(
        self,
        queries: Mapping[WatchId, Query] = MappingProxyType({}),
        numbers: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.queries, self.numbers = queries, Numbers(numbers)
        self.filed = Filed(queries.items(), self.numbers)

    def changed(self, added: Mapping[WatchId, Query], removed: Collection[WatchId]) -> "_Side":
        """These without the `removed` and with the `added`."""
        kept = {watch: query for watch, query in self.queries.items() if watch not in removed}
        return _Side({**kept, **added}, self.numbers)


def _noted(
    watches: Iterable[tuple[WatchId, Query]], queries: dict[WatchId, str]
) -> Iterator[tuple[WatchId, Query]]:
    """The same watches, as they pass; their queries' texts are put down."""
    for watch, query in watches:
        queries[watch] = query.canonical
        yield watch, query
