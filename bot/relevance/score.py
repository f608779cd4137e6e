"""How much an article is about AI policy, from 0 to 1, with the reasons.

AI evidence times policy evidence: one alone is nothing. Each side adds its pieces as independent
chances, 1 - (1 - a)(1 - b)…, every piece by its weight and place; what speaks for other news
(products, markets, funding) takes its share off. A verb of governing (bans, fines, tells) is
evidence only beside somebody who governs: an office bans chatbots too.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.entities.rules import case_pattern, same_case
from bot.model.articles import Field, Reason, strongest
from bot.model.entities import EntityKind, Mark, RecognisedEntity
from bot.relevance.topics import Topic, Topics
from bot.text.scan import Hit, Literal, Scanned

GROUP = "topic"
THRESHOLD = 0.5
"""From here on an article counts as AI policy unless a subscription says otherwise."""
READ = 20_000
"""Code points of the text that are weighed at all; so much says what an article is about."""
LEAD = 350
"""Code points of the text that count as its lead: a feed's usual dek."""
_PLACES = {"title": 1.0, "lead": 0.75, "text": 0.35}
_MOST_FROM_TEXT = 0.45
"""All that only stands further down may add: any long text names a court and a government."""
_BESIDE = 120
"""Code points within which a text's act belongs to a body; a title is one clause."""
_RIGHT_AFTER = 40
"""Code points from a place to its act: “Norway's data regulator halts”, not “limits … in India”."""
_ACTS = 0.5
"""What weighs so much may govern; lighter acts (tells, plans) must stand next to a place."""
_NEXT = 3
_STATE_ACTS = 0.6
"""What an act weighs at least whose subject is a state (“China tells”, “Utah's plan”)."""
_SIDES = ("ai", "policy", "against", "act", "place", "ignore")
_TOPIC_FROM = 0.28
_MOST_REASONS = 12

_AI_WEIGHTS = {EntityKind.PERSON: 0.8, EntityKind.COMPANY: 0.9, EntityKind.PRODUCT: 0.95}
_POLICY_WEIGHTS = {
    EntityKind.PERSON: 0.5,
    EntityKind.AGENCY: 0.7,
    EntityKind.ORGANISATION: 0.5,
    EntityKind.LAW: 0.9,
    EntityKind.CONCEPT: 0.8,
    EntityKind.EVENT: 0.45,
}


@dataclass(frozen=True, slots=True)
class Score:
    """The relevance, why, and the policy topics that the article touches."""

    value: float
    reasons: tuple[Reason, ...] = ()
    topics: frozenset[str] = frozenset()


class _Entry(NamedTuple):
    side: str
    topic: str
    term: str
    weight: float
    exact: str | None


class _Piece(NamedTuple):
    """One piece of evidence where it stands; offsets are of the plain field."""

    key: str
    term: str
    field: Field
    start: int
    end: int
    weight: float
    topic: str = ""


class Relevance:
    """Scores articles with one set of lexicons."""

    def __init__(self, topics: Topics) -> None:
        self._entries = [
            *_entries("ai", (topics.ai,)),
            *_entries("policy", topics.policy),
            *_entries("against", topics.against),
            *(_Entry("act", "", term, weight, None) for term, weight in topics.acts),
            *(
                _Entry("place", "", term, 0.0, case_pattern(term) if _shouts(term) else None)
                for term in topics.places
            ),
            *(_Entry("ignore", "", term, 0.0, None) for term in topics.ignore),
        ]

    def literals(self) -> Sequence[Literal]:
        """What the scanner must look for in group `topic`."""
        return [
            Literal(entry.term.rstrip("*"), prefix=entry.term.endswith("*"))
            for entry in self._entries
        ]

    def score(self, scanned: Scanned, entities: Iterable[RecognisedEntity]) -> Score:
        """The relevance by title and text; entities of one workspace alone do not count."""
        sides: dict[str, list[_Piece]] = {side: [] for side in _SIDES}
        for hit in scanned.hits(GROUP):
            entry = self._entries[hit.index]
            piece = _from_hit(entry, hit, scanned)
            if piece is not None:
                sides[entry.side].append(piece)
        for entity in entities:
            if entity.workspace is None:
                _add_entity(entity, sides)
        if not sides["ai"]:
            return Score(0.0)
        ignored, acts, places = sides.pop("ignore"), sides.pop("act"), sides.pop("place")
        if acts:
            sides["policy"] += _governing(acts, sides["policy"], places, ignored)
        weighed = {side: _weigh([*pieces, *ignored]) for side, pieces in sides.items()}
        ai, policy = _chance(weighed["ai"]), _chance(weighed["policy"])
        if not ai or not policy:
            return Score(0.0)
        value = ai * policy * (1 - _chance(weighed["against"]))
        return Score(round(value, 3), _reasons(weighed), _topics(weighed["policy"]))


class _Weighed(NamedTuple):
    """A piece with the place that it counts from and what it adds there."""

    piece: _Piece
    place: str
    adds: float


def _entries(side: str, topics: Iterable[Topic]) -> list[_Entry]:
    return [
        _Entry(side, topic.id, term, weight, case_pattern(term) if _shouts(term) else None)
        for topic in topics
        for term, weight in topic.terms
    ]


def _shouts(term: str) -> bool:
    return term.upper() == term and term.lower() != term


def _from_hit(entry: _Entry, hit: Hit, scanned: Scanned) -> _Piece | None:
    folded = scanned.field(hit.field)
    start, end = folded.span(hit.start, hit.end)
    written = folded.plain[start:end]
    if entry.exact is not None and not same_case(
        entry.exact, written, shouted=folded.plain.isupper()
    ):
        return None
    return _Piece(entry.term, written, hit.field, start, end, entry.weight, entry.topic)


def _add_entity(entity: RecognisedEntity, sides: dict[str, list[_Piece]]) -> None:
    for mark, weights in ((Mark.AI, _AI_WEIGHTS), (Mark.POLICY, _POLICY_WEIGHTS)):
        if mark not in entity.marks:
            continue
        weight = weights.get(entity.kind, 0.9)
        sides[mark.value] += [
            _Piece(entity.id, entity.name, mention.field, mention.start, mention.end, weight)
            for mention in entity.mentions
        ]


def _governing(
    acts: Iterable[_Piece],
    policy: Iterable[_Piece],
    places: Iterable[_Piece],
    ignored: Sequence[_Piece],
) -> list[_Piece]:
    """The acts by somebody who governs: beside sure evidence of policy, or right after a place."""
    bodies = _by_field((each for each in policy if each.weight >= _ACTS), ignored)
    states = _by_field(places, ignored)
    governing = []
    for act in acts:
        gap = _gap_to_place(act, states[act.field])
        if gap <= _NEXT:
            governing.append(act._replace(weight=max(act.weight, _STATE_ACTS)))
        elif (gap <= _RIGHT_AFTER and act.weight >= _ACTS) or _has_body(act, bodies[act.field]):
            governing.append(act)
    return governing


def _by_field(
    pieces: Iterable[_Piece], ignored: Sequence[_Piece]
) -> Mapping[Field, list[tuple[int, int]]]:
    """Where the pieces stand that are in no ignored expression, in order."""
    places: dict[Field, list[tuple[int, int]]] = {"title": [], "text": []}
    for piece in pieces:
        if not ignored or not _is_within(piece, ignored):
            places[piece.field].append((piece.start, piece.end))
    for each in places.values():
        each.sort()
    return places


def _gap_to_place(act: _Piece, states: Sequence[tuple[int, int]]) -> int:
    """Code points from the end of the nearest place before the act."""
    before = bisect_left(states, (act.start, 0)) - 1
    end = states[before][1] if before >= 0 else -READ
    return act.start - end if end <= act.start else READ


def _has_body(act: _Piece, bodies: Sequence[tuple[int, int]]) -> bool:
    reach = READ if act.field == "title" else _BESIDE
    for start, end in bodies[bisect_left(bodies, (act.start - reach, 0)) :]:
        if start > act.start + reach:
            break
        if end <= act.start or start >= act.end:
            return True
    return False


def _is_within(piece: _Piece, ignored: Iterable[_Piece]) -> bool:
    return any(
        longer.field == piece.field and longer.start <= piece.start and piece.end <= longer.end
        for longer in ignored
    )


def _weigh(pieces: Sequence[_Piece]) -> list[_Weighed]:
    """Each thing once, where it counts most; of pieces that overlap, the longest."""
    read = [piece for piece in pieces if piece.end <= READ]
    read.sort(key=lambda p: (p.field != "title", p.start - p.end, -p.weight, p.start))
    best: dict[str, _Weighed] = {}
    taken: dict[Field, set[int]] = {"title": set(), "text": set()}
    for piece in read:
        covers = range(piece.start, piece.end)
        if not taken[piece.field].isdisjoint(covers):
            continue
        taken[piece.field].update(covers)
        if not piece.weight:
            continue
        place = _place(piece)
        adds = piece.weight * _PLACES[place]
        known = best.get(piece.key)
        if known is None or adds > known.adds:
            best[piece.key] = _Weighed(piece, place, adds)
    return list(best.values())


def _place(piece: _Piece) -> str:
    if piece.field == "title":
        return "title"
    return "lead" if piece.start < LEAD else "text"


def _chance(weighed: Iterable[_Weighed]) -> float:
    """All pieces together, from 0 to 1."""
    ahead = below = 1.0
    for each in weighed:
        if each.place == "text":
            below *= 1 - each.adds
        else:
            ahead *= 1 - each.adds
    return 1 - ahead * max(below, 1 - _MOST_FROM_TEXT)


def _reasons(weighed: dict[str, list[_Weighed]]) -> tuple[Reason, ...]:
    """The weightiest pieces of all sides; those against weigh less than nothing."""
    found = [
        Reason(
            term=each.piece.term,
            where=each.place,
            weight=round(-each.adds if side == "against" else each.adds, 3),
        )
        for side, pieces in weighed.items()
        for each in pieces
    ]
    return tuple(strongest(found, _MOST_REASONS))


def _topics(policy: Iterable[_Weighed]) -> frozenset[str]:
    """The topics of which enough was found, pieces added up as in the score."""
    groups: dict[str, list[_Weighed]] = {}
    for each in policy:
        if each.piece.topic:
            groups.setdefault(each.piece.topic, []).append(each)
    return frozenset(topic for topic, pieces in groups.items() if _chance(pieces) >= _TOPIC_FROM)
