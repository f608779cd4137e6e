"""What in an article speaks of AI, of policy, and of other news: each piece where it stands.

A verb of governing (bans, fines, tells) is evidence only where somebody governs: an office bans
chatbots too. A place by itself says little, but where a state is the subject, it governs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from bot.entities.rules import case_pattern, same_case
from bot.model.articles import Field
from bot.model.entities import EntityKind, Mark, RecognisedEntity
from bot.relevance.topics import Topic, Topics
from bot.text.boilerplate import lead_in
from bot.text.scan import Hit, Scanned
from bot.text.scan import Literal as Sought

GROUP = "topic"
READ = 20_000
"""Code points of the text that are weighed at all; so much says what an article is about."""
PLACE = 0.2
"""What a state, country or capital in the title weighs by itself."""
_BESIDE = 120
"""Code points within which a text's act belongs to a body; a title is one clause."""
_RIGHT_AFTER = 40
"""Code points from a place to its act: “Norway's data regulator halts”, not “limits … in India”."""
_HEAVY = 0.5
"""An act of this weight may govern from further off; what weighs so much elsewhere is a body."""
_NEXT = (1, 3)
"""Code points to an act's subject: “China tells”, “Utah's plan”; not “in China, tells”."""
_STATE_ACTS = 0.6
"""What an act weighs at least whose subject is a state."""

_AI_WEIGHTS = {EntityKind.PERSON: 0.8, EntityKind.COMPANY: 0.9, EntityKind.PRODUCT: 0.95}
_POLICY_WEIGHTS = {
    EntityKind.PERSON: 0.5,
    EntityKind.AGENCY: 0.7,
    EntityKind.ORGANISATION: 0.5,
    EntityKind.LAW: 0.9,
    EntityKind.CONCEPT: 0.8,
    EntityKind.EVENT: 0.45,
}
_DATELINE = 200
"""Code points within which “WASHINGTON, Feb 27 (Northline) —” stands: where news is written from
says nothing."""
_OVERLAPPING = 8
"""So many ignored expressions may begin within one another."""
_FIELDS: tuple[Field, ...] = ("title", "text")
_SIDES = ("ai", "policy", "against", "act", "place", "ignore")


Sort = Literal["term", "act", "place", "named"]
"""What a piece is: a topic's term, what governing looks like, a place, a recognised entity."""


_SORTS: Mapping[str, Sort] = {"act": "act", "place": "place"}


class Piece(NamedTuple):
    """One piece of evidence where it stands; offsets are of the plain field."""

    key: str
    term: str
    field: Field
    start: int
    end: int
    weight: float
    topic: str = ""
    weighty: bool = False
    sort: Sort = "term"


class Evidence(NamedTuple):
    """All pieces found, by what they speak for; of pieces that overlap, the longest alone."""

    ai: Sequence[Piece]
    policy: Sequence[Piece]
    against: Sequence[Piece]


class _Entry(NamedTuple):
    side: str
    term: str
    weight: float
    topic: str = ""
    exact: str | None = None
    weighty: bool = False


class Witness:
    """Finds the evidence with one set of lexicons."""

    def __init__(self, topics: Topics) -> None:
        entries = [
            *_entries("ai", (topics.ai,)),
            *_entries("policy", topics.policy),
            *_entries("against", topics.against),
            *(_Entry("act", term, weight) for term, weight in topics.acts),
            *(_Entry("place", term, PLACE, exact=_exact(term)) for term in topics.places),
            *(_Entry("ignore", term, 0.0) for term in topics.ignore),
        ]
        self._entries = [entry._replace(weighty=entry.term in topics.weighty) for entry in entries]

    def literals(self) -> Sequence[Sought]:
        """What the scanner must look for in group `topic`."""
        return [
            Sought(entry.term.rstrip("*"), prefix=entry.term.endswith("*"))
            for entry in self._entries
        ]

    def find(self, scanned: Scanned, entities: Iterable[RecognisedEntity]) -> Evidence | None:
        """What speaks for and against; None where nothing speaks of AI.

        Entities of one workspace alone do not count.
        """
        sides: dict[str, list[Piece]] = {side: [] for side in _SIDES}
        shouted = {name: scanned.field(name).plain.isupper() for name in _FIELDS}
        dateline = lead_in(scanned.field("text").plain[:_DATELINE])
        for hit in takewhile(_is_read, scanned.hits(GROUP)):
            entry = self._entries[hit.index]
            piece = _from_hit(entry, hit, scanned, shouted=shouted[hit.field])
            if piece is not None and (piece.field == "title" or piece.start >= dateline):
                sides[entry.side].append(piece)
        for entity in entities:
            if entity.workspace is None:
                _add_entity(entity, sides)
        if not sides["ai"]:
            return None
        ignored, places = sides["ignore"], sides["place"]
        policy = sides["policy"]
        if sides["act"]:
            policy = [*policy, *_governing(sides["act"], policy, places, ignored)]
        policy = [*policy, *(place for place in places if place.field == "title")]
        return Evidence(
            _longest([*sides["ai"], *ignored]),
            _longest([*policy, *ignored]),
            _longest([*sides["against"], *ignored]),
        )


def _entries(side: str, topics: Iterable[Topic]) -> list[_Entry]:
    return [
        _Entry(side, term, weight, topic.id, _exact(term))
        for topic in topics
        for term, weight in topic.terms
    ]


def _exact(term: str) -> str | None:
    """The capitals that a term without lower-case letters must have."""
    return case_pattern(term) if term.upper() == term and term.lower() != term else None


def _is_read(hit: Hit) -> bool:
    """Whether the hit may stand in what is read; hits come title first, then by place.

    It stands in the folded text, which in odd scripts is longer than the plain one.
    """
    return hit.field == "title" or hit.start <= 3 * READ


def _from_hit(entry: _Entry, hit: Hit, scanned: Scanned, *, shouted: bool) -> Piece | None:
    folded = scanned.field(hit.field)
    start, end = folded.span(hit.start, hit.end)
    if end > READ:
        return None
    written = folded.plain[start:end]
    if entry.exact is not None and not same_case(entry.exact, written, shouted=shouted):
        return None
    key = "place" if entry.side == "place" else entry.term
    if entry.term.endswith("*"):
        written = _whole_word(folded.plain, start, end)
    return Piece(
        key,
        written,
        hit.field,
        start,
        end,
        entry.weight,
        entry.topic,
        weighty=entry.weighty,
        sort=_SORTS.get(entry.side, "term"),
    )


def _whole_word(plain: str, start: int, end: int) -> str:
    """What a reader is shown of a term that may go on: “municipalities”, not “municipalit”."""
    while end < len(plain) and plain[end].isalnum():
        end += 1
    return plain[start:end]


def _add_entity(entity: RecognisedEntity, sides: Mapping[str, list[Piece]]) -> None:
    for mark, weights in ((Mark.AI, _AI_WEIGHTS), (Mark.POLICY, _POLICY_WEIGHTS)):
        if mark not in entity.marks:
            continue
        weight = weights.get(entity.kind, 0.9)
        sides[mark.value] += [
            Piece(
                entity.id,
                entity.name,
                mention.field,
                mention.start,
                mention.end,
                weight,
                sort="named",
            )
            for mention in entity.mentions
            if mention.end <= READ
        ]


def _governing(
    acts: Iterable[Piece],
    policy: Iterable[Piece],
    places: Iterable[Piece],
    ignored: Sequence[Piece],
) -> list[Piece]:
    """The acts by somebody who governs: a body, or a state that is their subject."""
    bodies = _spans((each for each in policy if each.weight >= _HEAVY), ignored)
    states = _spans(places, ignored)
    governing = []
    for act in acts:
        from_state = _gap_before(act, states[act.field])
        if from_state in _NEXT:
            governing.append(act._replace(weight=max(act.weight, _STATE_ACTS)))
        elif act.weight < _HEAVY:
            if _gap_before(act, bodies[act.field]) in _NEXT:
                governing.append(act)
        elif from_state <= _RIGHT_AFTER or _has_body(act, bodies[act.field]):
            governing.append(act)
    return governing


def _spans(
    pieces: Iterable[Piece], ignored: Sequence[Piece] = ()
) -> Mapping[Field, list[tuple[int, int]]]:
    """Where the pieces stand that are in no ignored expression, in order."""
    spans: dict[Field, list[tuple[int, int]]] = {name: [] for name in _FIELDS}
    around = _spans(ignored) if ignored else None
    for piece in pieces:
        if around is None or not _is_within(piece, around[piece.field]):
            spans[piece.field].append((piece.start, piece.end))
    for each in spans.values():
        each.sort()
    return spans


def _gap_before(act: Piece, spans: Sequence[tuple[int, int]]) -> int:
    """Code points from the end of the nearest span before the act; READ where there is none."""
    before = bisect_left(spans, (act.start, 0)) - 1
    if before < 0:
        return READ
    gap = act.start - spans[before][1]
    return gap if gap >= 0 else READ


def _has_body(act: Piece, bodies: Sequence[tuple[int, int]]) -> bool:
    reach = READ if act.field == "title" else _BESIDE
    for start, end in bodies[bisect_left(bodies, (act.start - reach, 0)) :]:
        if start > act.start + reach:
            break
        if end <= act.start or start >= act.end:
            return True
    return False


def _is_within(piece: Piece, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans, which are in order, holds the piece."""
    last = bisect_right(spans, (piece.start, READ))
    return any(end >= piece.end for _, end in spans[max(0, last - _OVERLAPPING) : last])


def _longest(pieces: Iterable[Piece]) -> list[Piece]:
    """Of pieces that overlap the longest, then the weightiest; without what was to be ignored."""
    by_length = sorted(
        pieces, key=lambda piece: (piece.start - piece.end, -piece.weight, piece.start)
    )
    taken: dict[Field, set[int]] = {"title": set(), "text": set()}
    kept = []
    for piece in by_length:
        covers = range(piece.start, piece.end)
        if taken[piece.field].isdisjoint(covers):
            taken[piece.field].update(covers)
            if piece.weight:
                kept.append(piece)
    return kept
