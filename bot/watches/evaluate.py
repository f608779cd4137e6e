"""Whether a query holds of one article, and where. Live alerts and tests on history both ask here.

Words are looked up among the scan's hits, never in the text, so that a query costs the same
however long the article is.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from bot.model import Article, Field, Judged, Mention, Reason, Span, WorkspaceId
from bot.model.stories import Own
from bot.text.scan import Hit, Scanned
from bot.watches.nodes import And, Near, Node, Not, Or, Relevance, Tag, Words
from bot.watches.query import Query
from bot.watches.sources import source_tags

GROUP = "watch"
"""The scanner's group of literals that are the watches'."""

MOST_PLACES = 50
"""Places kept of one match; a page of them helps nobody."""

NOTHING: Own = MappingProxyType({})
_WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
_EVEN = 0.005
"""Relevance is shown with two decimals; `=` compares what is shown."""


def own_name(entity: str, workspace: WorkspaceId) -> str:
    """How an entity is asked for as a workspace has it; no id that a person can type looks so."""
    return f"{entity}@{workspace}"


class Evidence:
    """What is known of one article, in the form in which queries ask for it."""

    def __init__(
        self, scanned: Scanned, judged: Judged, keys: Sequence[str], own: Own = NOTHING
    ) -> None:
        """`keys` are the texts of the scan's group of watches, in their order; what was found past
        their end comes of a newer scanner and is nobody's. `own` is what workspaces' additions to
        the catalog found.
        """
        self.relevance = judged.relevance
        article = judged.article
        self._mentions: dict[str, tuple[Mention, ...]] = {
            entity.id: entity.mentions for entity in judged.entities
        }
        for workspace, found in own.items():
            for entity in found:
                self._mentions[own_name(entity.id, workspace)] = entity.mentions
        self.tags = frozenset(
            (
                *(f"entity:{entity}" for entity in self._mentions),
                *(f"topic:{topic}" for topic in judged.topics),
                *source_tags(article.outlet, article.canonical_url or article.url),
                f"lang:{article.language.lower().replace('_', '-').partition('-')[0]}",
                f"kind:{article.kind}",
            )
        )
        self._scanned, self._keys = scanned, keys
        self._found: Mapping[str, Sequence[Hit]] | None = None
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._word_starts: dict[Field, list[int]] = {}

    @property
    def found(self) -> Mapping[str, Sequence[Hit]]:
        """Where each word stands, title first; looked up when first asked for."""
        if self._found is None:
            found: dict[str, list[Hit]] = {}
            count = len(self._keys)
            for hit in self._scanned.hits(GROUP):
                if hit.index < count:
                    found.setdefault(self._keys[hit.index], []).append(hit)
            self._found = found
        return self._found

    def spans(self, words: Words) -> tuple[Span, ...]:
        """Where the words stand in the article; only the first places of a frequent word."""
        known = self._spans.get(words.text)
        if known is None:
            hits = self.found.get(words.text, ())[:MOST_PLACES]
            known = self._spans[words.text] = tuple(self.span(hit) for hit in hits)
        return tuple(s for s in known if s.field == "title") if words.title else known

    def named(self, entity: str) -> list[Span]:
        """Where an entity that was recognised is mentioned."""
        mentions = self._mentions[entity][:MOST_PLACES]
        return [Span(field=m.field, start=m.start, end=m.end) for m in mentions]

    def span(self, hit: Hit) -> Span:
        """A hit's place in the article as published."""
        start, end = self._scanned.field(hit.field).span(hit.start, hit.end)
        return Span(field=hit.field, start=start, end=end)

    def in_words(self, hit: Hit) -> tuple[int, int]:
        """First and last word of a hit, counted from the start of its field."""
        starts = self._word_starts.get(hit.field)
        if starts is None:
            text = self._scanned.field(hit.field).text
            starts = [match.start() for match in _WORD.finditer(text)]
            self._word_starts[hit.field] = starts
        return bisect_right(starts, hit.start) - 1, bisect_left(starts, hit.end) - 1


def holds(node: Node, evidence: Evidence) -> bool:
    """Whether the article is as the node asks."""
    match node:
        case Words():
            hits = evidence.found.get(node.text)
            return hits is not None and (not node.title or hits[0].field == "title")
        case And():
            return all(holds(child, evidence) for child in node.nodes)
        case Or():
            return any(holds(child, evidence) for child in node.nodes)
        case Not():
            return not holds(node.node, evidence)
        case _:
            return _term_holds(node, evidence)


def _term_holds(node: Tag | Near | Relevance, evidence: Evidence) -> bool:
    match node:
        case Tag():
            return node.key in evidence.tags
        case Near():
            return next(_near(node, evidence), None) is not None
        case Relevance():
            return _compared(node, evidence.relevance)


class WatchMatch:
    """What made a query hold of an article; worked out when asked, for most matches are not.

    Two matches are equal when they show the same.
    """

    __slots__ = ("_evidence", "_known", "_root")

    def __init__(self, root: Node, evidence: Evidence) -> None:
        self._root, self._evidence = root, evidence
        self._known: tuple[Mapping[Span, None], Mapping[str, None]] | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The matched places in the article as published, title first; at most `MOST_PLACES`."""
        places, _other = self._gathered()
        ordered = sorted(places, key=lambda span: (span.field != "title", span.start, span.end))
        return tuple(ordered[:MOST_PLACES])

    @property
    def other(self) -> tuple[str, ...]:
        """What else the query asked for and got: `source:npr`, `relevance 0.72`."""
        return tuple(self._gathered()[1])

    def reasons(self, article: Article) -> tuple[Reason, ...]:
        """The match as an alert's reasons, each written form once; weight 1 for all."""
        written = {
            (article.field(span.field)[span.start : span.end], span.field): None
            for span in self.spans
        }
        found = [Reason(term=term, where=field, weight=1.0) for term, field in written]
        return (*found, *(Reason(term=term, where="article", weight=1.0) for term in self.other))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WatchMatch):
            return NotImplemented
        return (self.spans, self.other) == (other.spans, other.other)

    def __hash__(self) -> int:
        return hash((self.spans, self.other))

    def _gathered(self) -> tuple[Mapping[Span, None], Mapping[str, None]]:
        if self._known is None:
            spans: dict[Span, None] = {}
            other: dict[str, None] = {}
            _gather(self._root, self._evidence, spans, other)
            self._known = spans, other
        return self._known


def matches(query: Query, scanned: Scanned, judged: Judged) -> WatchMatch | None:
    """How the query holds of the article, None when it does not.

    `scanned` comes from a scanner whose group is `query.literals()`.
    """
    evidence = evidence_for(query, scanned, judged)
    return WatchMatch(query.root, evidence) if holds(query.root, evidence) else None


def evidence_for(query: Query, scanned: Scanned, judged: Judged) -> Evidence:
    """The article as one query alone asks for it, from a scan for the query's own literals."""
    return Evidence(scanned, judged, query.words())


def _gather(
    node: Node, evidence: Evidence, spans: dict[Span, None], other: dict[str, None]
) -> None:
    """Collect what speaks for a node that holds; what must be absent has no place."""
    match node:
        case Words():
            spans.update(dict.fromkeys(evidence.spans(node)))
        case And() | Or():
            for child in node.nodes:
                if holds(child, evidence):
                    _gather(child, evidence, spans, other)
        case Near():
            for pair in islice(_near(node, evidence), MOST_PLACES):
                spans.update(dict.fromkeys(evidence.span(hit) for hit in pair))
        case Tag(field="entity"):
            spans.update(dict.fromkeys(evidence.named(node.value)))
        case Tag():
            other.setdefault(node.key)
        case Relevance():
            other.setdefault(f"relevance {evidence.relevance:.2f}")
        case Not():
            return


def _near(node: Near, evidence: Evidence) -> Iterator[tuple[Hit, Hit]]:
    """Pairs of hits that stand near enough to one another, in either order."""
    fields: tuple[Field, Field] = ("title", "text")
    for field in fields:
        left = _placed(node.left, field, evidence)
        right = _placed(node.right, field, evidence)
        if left and right:
            yield from _following(left, right, node.within)
            yield from _following(right, left, node.within)


_Placed = tuple[int, int, Hit]


def _placed(words: Iterable[Words], field: Field, evidence: Evidence) -> list[_Placed]:
    """Hits of any of the words in one field with their first and last word, by the first."""
    hits = [
        hit
        for word in words
        if field == "title" or not word.title
        for hit in evidence.found.get(word.text, ())
        if hit.field == field
    ]
    return sorted((*evidence.in_words(hit), hit) for hit in hits)


def _following(
    ahead: list[_Placed], behind: list[_Placed], within: int
) -> Iterator[tuple[Hit, Hit]]:
    """Pairs whose second begins at most `within` words after the last word of its first."""
    firsts = [first for first, _last, _hit in behind]
    for _first, last, hit in ahead:
        low, high = bisect_right(firsts, last), bisect_right(firsts, last + within)
        for _begin, _end, other in behind[low:high]:
            yield hit, other


def _compared(node: Relevance, relevance: float) -> bool:
    match node.comparison:
        case ">":
            return relevance > node.value
        case ">=":
            return relevance >= node.value
        case "<":
            return relevance < node.value
        case "<=":
            return relevance <= node.value
        case "=":
            return abs(relevance - node.value) < _EVEN
