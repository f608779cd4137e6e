"""How much an article is about AI policy, from 0 to 1, with the reasons.

AI evidence times policy evidence: one alone is nothing. Each side adds its pieces as independent
chances, 1 - (1 - a)(1 - b)…, every piece by its weight and place; what speaks for other news
(products, markets, funding) takes its share off. Title and lead say what an article is about: any
long text names a court and a government somewhere, so what stands below the lead is no evidence of
policy, but a long text that is about AI policy keeps it up. The strength so found is put on a scale
on which 0.5 is AI policy and the top is kept for what a whole newsroom should hear of at once.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal as OneOf
from typing import NamedTuple

from bot.model.articles import Reason, strongest
from bot.model.entities import RecognisedEntity
from bot.relevance.evidence import READ, Evidence, Piece, Witness
from bot.relevance.topics import Topics
from bot.text.scan import Literal, Scanned

THRESHOLD = 0.5
"""From here on an article counts as AI policy unless a subscription says otherwise."""
LEAD = 350
"""Code points of the text that count as its lead: a feed's usual dek."""
_ENOUGH = 0.44
"""The strength that makes 0.5: where precision and recall meet on the seen labels."""
_ORDINARY = 0.89
"""The most that strength alone makes; more takes a weighty act in the title."""
_CLEAR = 0.85
"""The strength from which a weighty act makes 0.9 and more."""
_PLACES = {"title": 1.0, "lead": 0.75}
_AI_BELOW = 0.5
"""What AI counts further down: an opening may tell of a pharmacist first."""
_POLICY_BELOW = 0.25
"""What policy further down counts for the topics that an article touches."""
_NEAR_AI = 120
"""Code points within which policy in the text belongs to the AI that is spoken of."""
_IN_PASSING = 0.7
"""What policy in the text weighs that stands further from any AI."""
_TITLE_SAYS = 0.3
"""A piece of policy of this weight in the title says that it is about policy."""
_TITLE_SILENT = 0.6
"""What policy in the text weighs under a title that says no such thing."""
_MOST_FROM_TEXT = 0.55
"""All that only stands further down may add."""
_KEPT_UP = 1.8
"""Weight of policy beside AI, per 1,000 code points below the lead, that keeps the subject up: of
what an article's opening promises, e⁻¹ of the half that can be lost is lost there."""
_DOUBT = 1.0
"""Such weight that is taken for granted, so that a few sentences prove little."""
_LOST = 0.5
"""What is lost at most: an opening on AI policy and nothing of it further down."""
_TOLD_FROM = 0.2
"""So much of a loss is named among the reasons."""
_TOPIC_FROM = 0.25
_MOST_REASONS = 12

_Place = OneOf["title", "lead", "text"]


@dataclass(frozen=True, slots=True)
class Score:
    """The relevance, why, and the policy topics that the article touches."""

    value: float
    reasons: tuple[Reason, ...] = ()
    topics: frozenset[str] = frozenset()


class _Weighed(NamedTuple):
    """A piece with the place that it counts from and what it adds there."""

    piece: Piece
    place: _Place
    adds: float


class Relevance:
    """Scores articles with one set of lexicons."""

    def __init__(self, topics: Topics) -> None:
        self._witness = Witness(topics)

    def literals(self) -> Sequence[Literal]:
        """What the scanner must look for in group `topic`."""
        return self._witness.literals()

    def score(self, scanned: Scanned, entities: Iterable[RecognisedEntity]) -> Score:
        """The relevance by title and text; entities of one workspace alone do not count."""
        evidence = self._witness.find(scanned, entities)
        if evidence is None:
            return Score(0.0)
        ai = _weigh(evidence.ai, _AI_BELOW)
        policy = _weigh(_in_context(evidence), _POLICY_BELOW)
        opening, against = _ahead(policy), _ahead(_weigh(evidence.against))
        lost = _lost(evidence, len(scanned.text.plain))
        strength = _chance(ai) * _chance(opening) * (1 - _chance(against)) * (1 - lost)
        if not strength:
            return Score(0.0)
        weighty = any(each.piece.weighty and each.place == "title" for each in opening)
        value = _on_scale(strength, weighty=weighty)
        return Score(round(value, 3), _reasons(ai, opening, against, lost), _topics(policy))


def _in_context(evidence: Evidence) -> list[Piece]:
    """The pieces of policy, those in the text by how surely they are what it is about."""
    silent = not any(p.field == "title" and p.weight >= _TITLE_SAYS for p in evidence.policy)
    share = _TITLE_SILENT if silent else 1.0
    spoken = sorted(piece.start for piece in evidence.ai if piece.field == "text")
    return [
        piece
        if piece.field == "title"
        else piece._replace(
            weight=piece.weight * share * (1 if _is_near(piece.start, spoken) else _IN_PASSING)
        )
        for piece in evidence.policy
    ]


def _ahead(weighed: Iterable[_Weighed]) -> list[_Weighed]:
    """What stands in title and lead."""
    return [each for each in weighed if each.place != "text"]


def _lost(evidence: Evidence, length: int) -> float:
    """What share of the strength a text takes back that drops the subject after its lead."""
    below = (min(length, READ) - LEAD) / 1000
    if below <= 0:
        return 0.0
    spoken = sorted(piece.start for piece in evidence.ai if piece.field == "text")
    found = sum(
        piece.weight
        for piece in evidence.policy
        if piece.field == "text" and piece.start >= LEAD and _is_near(piece.start, spoken)
    )
    return _LOST * exp(-(found + _DOUBT) / below / _KEPT_UP)


def _is_near(start: int, others: Sequence[int]) -> bool:
    """Whether one of the others, which are in order, begins within reach."""
    after = bisect_left(others, start - _NEAR_AI)
    return after < len(others) and others[after] <= start + _NEAR_AI


def _weigh(pieces: Sequence[Piece], below: float = 0.0) -> list[_Weighed]:
    """Each thing once, where it counts most; below title and lead it counts so much."""
    best: dict[str, _Weighed] = {}
    for piece in pieces:
        place = _place(piece)
        adds = piece.weight * _PLACES.get(place, below)
        known = best.get(piece.key)
        if known is None or adds > known.adds:
            best[piece.key] = _Weighed(piece, place, adds)
    return list(best.values())


def _place(piece: Piece) -> _Place:
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


def _on_scale(strength: float, *, weighty: bool) -> float:
    """Relevance from strength: even up to 0.5, even from there, and a step for weighty acts."""
    if strength < _ENOUGH:
        return THRESHOLD * strength / _ENOUGH
    if weighty and strength >= _CLEAR:
        return 0.9 + 0.1 * (strength - _CLEAR) / (1 - _CLEAR)
    return THRESHOLD + (_ORDINARY - THRESHOLD) * (strength - _ENOUGH) / (1 - _ENOUGH)


def _reasons(
    ai: Iterable[_Weighed], policy: Iterable[_Weighed], against: Iterable[_Weighed], lost: float
) -> tuple[Reason, ...]:
    """The weightiest pieces of all sides; what speaks against weighs less than nothing."""
    found = [
        Reason(term=each.piece.term, where=each.place, weight=round(sign * each.adds, 3))
        for sign, weighed in ((1, ai), (1, policy), (-1, against))
        for each in weighed
    ]
    if lost >= _TOLD_FROM:
        found.append(Reason(term="little more of it below", where="text", weight=-round(lost, 3)))
    return tuple(strongest(found, _MOST_REASONS))


def _topics(policy: Iterable[_Weighed]) -> frozenset[str]:
    """The topics of which enough was found, pieces added up as in the score."""
    groups: dict[str, list[_Weighed]] = {}
    for each in policy:
        if each.piece.topic:
            groups.setdefault(each.piece.topic, []).append(each)
    return frozenset(topic for topic, pieces in groups.items() if _chance(pieces) >= _TOPIC_FROM)
