"""All watches at once: an article is held against those alone whose required term it has.

Every match needs one of its query's required terms: a word, an entity, a source. The index files
each query under these, and evaluates what an article's own terms bring up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.model import Judged, WatchId
from bot.text.scan import Literal, Scanned
from bot.watches.entry import Entry
from bot.watches.evaluate import Evidence, WatchMatch, hits_by_key
from bot.watches.nodes import words_of
from bot.watches.query import Query, literal
from bot.watches.required import required

WORTH_REBUILDING = 1_000
"""Changes after which the side index and the scanner's extra layers are worth folding in."""


@dataclass(frozen=True, slots=True)
class _Filed:
    """Entries by what they require: a word, a tag, or nothing that could be looked up."""

    by_word: Mapping[str, Sequence[Entry]]
    by_tag: Mapping[str, Sequence[Entry]]
    always: Sequence[Entry]

    def candidates(self, evidence: Evidence) -> set[Entry]:
        """Every entry that may hold."""
        found = set(self.always)
        # The smaller side is walked: few watches meet long articles, or many watches short ones.
        for filed, there in ((self.by_word, evidence.found), (self.by_tag, evidence.tags)):
            for term in there if len(there) < len(filed) else filed:
                if term in there and (entries := filed.get(term)):
                    found.update(entries)
        return found

    def matching(self, evidence: Evidence) -> list[tuple[WatchId, WatchMatch]]:
        """Who watches the entries that hold."""
        matched: list[tuple[WatchId, WatchMatch]] = []
        for entry in self.candidates(evidence):
            if entry.holds(evidence):
                match = WatchMatch(entry.root, evidence)
                for watch in entry.watches:
                    matched.append((watch, match))  # noqa: PERF401 (nearly always one)
        return matched


class WatchIndex:
    """A set of watches, and which of them an article matches.

    An index never changes; `with_changes` gives another that shares what stays. The literals of
    that one begin with this one's, so the scanner that serves this one is `extended` by the rest,
    and a scan made before the change is still read rightly. `rebuilt` numbers the literals anew: it
    takes effect together with a scanner built for it.
    """

    def __init__(
        self,
        base: Mapping[WatchId, Query],
        filed: _Filed,
        keys: tuple[str, ...],
        added: Mapping[WatchId, Query],
        removed: frozenset[WatchId],
    ) -> None:
        self._base, self._filed, self._keys = base, filed, keys
        self._added, self._removed = added, removed
        self._side = _file(added)

    @classmethod
    def build(cls, watches: Iterable[tuple[WatchId, Query]]) -> "WatchIndex":
        """An index of these watches; of two with one id the later counts."""
        base = dict(watches)
        return cls(base, _file(base), _keys_of(base.values(), ()), {}, frozenset())

    def with_changes(
        self, added: Iterable[tuple[WatchId, Query]] = (), removed: Iterable[WatchId] = ()
    ) -> "WatchIndex":
        """This index without the `removed` and with the `added`, in time that does not grow with
        the number of watches evaluated; an edited watch is `added` under its old id.
        """
        gone = set(removed)
        side = {watch: query for watch, query in self._added.items() if watch not in gone}
        new = dict(added)
        side.update(new)
        hidden = self._removed | {watch for watch in (*gone, *new) if watch in self._base}
        return WatchIndex(self._base, self._filed, _keys_of(new.values(), self._keys), side, hidden)

    def rebuilt(self) -> "WatchIndex":
        """The same watches, filed together; its literals are numbered anew."""
        return WatchIndex.build(self.watches().items())

    @property
    def wants_rebuilding(self) -> bool:
        """Whether so much has changed that `rebuilt`, in a thread, is worth its time."""
        return len(self._added) + len(self._removed) > WORTH_REBUILDING

    def watches(self) -> dict[WatchId, Query]:
        """All watches with their queries."""
        kept = {w: query for w, query in self._base.items() if w not in self._removed}
        return {**kept, **self._added}

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

    def candidates(self, evidence: Evidence) -> int:
        """How many distinct queries an article's terms bring up to be evaluated."""
        return len(self._filed.candidates(evidence)) + len(self._side.candidates(evidence))

    def matching(self, scanned: Scanned, judged: Judged) -> list[tuple[WatchId, WatchMatch]]:
        """The watches that the article matches and where, by id."""
        evidence = Evidence(scanned, judged, hits_by_key(scanned, self._keys))
        matched = self._filed.matching(evidence)
        if self._removed:
            matched = [found for found in matched if found[0] not in self._removed]
        if self._added:
            matched += self._side.matching(evidence)
        matched.sort(key=itemgetter(0))
        return matched


def _file(watches: Mapping[WatchId, Query]) -> _Filed:
    same: dict[Query, list[WatchId]] = {}
    for watch, query in watches.items():
        same.setdefault(query, []).append(watch)
    by_word: dict[str, list[Entry]] = {}
    by_tag: dict[str, list[Entry]] = {}
    always: list[Entry] = []
    for query, ids in same.items():
        entry = Entry.of(query.root, ids)
        needed = required(query.root)
        if needed is None:
            always.append(entry)
            continue
        for word in needed.words:
            by_word.setdefault(word, []).append(entry)
        for tag in needed.tags:
            by_tag.setdefault(tag, []).append(entry)
    return _Filed(_packed(by_word), _packed(by_tag), tuple(always))


def _packed(filed: dict[str, list[Entry]]) -> dict[str, Sequence[Entry]]:
    """Tuples, of which a hundred thousand take half the room of lists."""
    return {key: tuple(entries) for key, entries in filed.items()}


def _keys_of(queries: Iterable[Query], first: tuple[str, ...]) -> tuple[str, ...]:
    """`first`, and then each word of the queries.

    One that stands in `first` too is there twice until the next rebuilding, and found twice at the
    same places: cheaper than looking each up in a hundred thousand.
    """
    words = dict.fromkeys(word.text for query in queries for word in words_of(query.root))
    return (*first, *words)
