"""What of the evidence decides: how strong it is, of which sorts, and where it stands.

Title and lead say what an article is about: any long text names a court and a government somewhere,
so what stands below the lead is no evidence of policy, but a long text that is about AI policy
keeps it up.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from typing import Literal, NamedTuple

from bot.relevance.evidence import READ, Evidence, Piece
from bot.text.fold import Folded

LEAD = 350
"""Code points of the text that count as its lead: a feed's usual dek."""
SIDES = ("ai", "policy", "other")
"""What evidence speaks for; other news speaks against."""
FEATURES = (
    "strength", "text", "words", "policy first",
    "heaviest policy", "heaviest policy below", "ai named", "ai named below",
    "policy heavy", "policy heavy below", "policy acts", "policy acts below",
    "policy named", "policy named below", "policy places", "long", "policy kept up", "ai kept up",
)  # fmt: skip
"""The names of what is weighed; see `features`. “Below” is the lead, anything else the title."""

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
_HEAVY = 0.6
_LONG = 300
"""Code points below the lead from which a text shows whether it keeps its subject up."""
_SUREST = 0.98
_MOST_WORDS = 40

_WORD = re.compile(r"[^\W\d_]{2,}")

Place = Literal["title", "lead", "text"]


class Weighed(NamedTuple):
    """A piece with the place that it counts from and what it adds there."""

    piece: Piece
    place: Place
    adds: float


class Below(NamedTuple):
    """What stands below the lead: thousands of code points, and the weight found in them.

    `policy` is only what stands beside AI.
    """

    length: float
    ai: float
    policy: float


class Weights(NamedTuple):
    """All that an article says, each thing once, where it counts most.

    `policy` and `other` stand in title and lead; `topical` is policy anywhere. `lost` is the share
    that a text takes back which drops the subject. `strength` is AI evidence times policy evidence,
    less what speaks for other news and what is lost: from 0 to 1.
    """

    ai: Sequence[Weighed]
    policy: Sequence[Weighed]
    other: Sequence[Weighed]
    topical: Sequence[Weighed]
    lost: float
    strength: float
    below: Below


def weigh(evidence: Evidence, length: int) -> Weights:
    """Each side by weight and place; pieces of one side add up as independent chances.

    AI evidence times policy evidence: one alone is nothing. `length` is the text's, in code points.
    """
    spoken = sorted(piece.start for piece in evidence.ai if piece.field == "text")
    ai = _best(evidence.ai, _AI_BELOW)
    topical = _best(_in_context(evidence.policy, spoken), _POLICY_BELOW)
    other, below = _ahead(_best(evidence.against)), _below(evidence, spoken, length)
    lost = _lost(below)
    strength = chance(ai) * chance(_ahead(topical)) * (1 - chance(other)) * (1 - lost)
    policy = _ahead(_best(evidence.policy))
    return Weights(ai, policy, other, topical, lost, strength, below)


def chance(weighed: Iterable[Weighed]) -> float:
    """All pieces together, 1 - (1 - a)(1 - b)…, from 0 to 1."""
    ahead = below = 1.0
    for each in weighed:
        if each.place == "text":
            below *= 1 - each.adds
        else:
            ahead *= 1 - each.adds
    return 1 - ahead * max(below, 1 - _MOST_FROM_TEXT)


def features(title: str, text: str, weights: Weights) -> dict[str, float]:
    """Those of FEATURES that are not 0: counts of pieces by sort, but for these.

    `strength` is in log-odds, the heaviest are weights, `words` are tens of the title's words,
    `text` says that there is one, `policy first` that the title names policy before AI. What is
    kept up below the lead of a `long` text is the logarithm of its weight per 1,000 code points.
    """
    found = dict.fromkeys(FEATURES, 0.0)
    likely = min(max(weights.strength, 1 - _SUREST), _SUREST)
    found["strength"] = log(likely / (1 - likely))
    found["text"] = float(bool(text))
    found["words"] = min(len(title.split()), _MOST_WORDS) / 10
    ai, policy = _in_title(weights.ai), _in_title(weights.policy)
    found["policy first"] = float(bool(ai and policy) and _first(policy) < _first(ai))
    found["heaviest policy"] = _heaviest(weights.policy, "title")
    found["heaviest policy below"] = _heaviest(weights.policy, "lead")
    for side, weighed in (("ai", weights.ai), ("policy", weights.policy)):
        for piece, place, _ in weighed:
            name = f"{side} {_sort(piece)}" + (" below" if place == "lead" else "")
            if place != "text" and name in found:
                found[name] += 1
    below = weights.below
    if below.length >= _LONG / 1000:
        found["long"] = 1.0
        found["policy kept up"] = log(1 + below.policy / below.length)
        found["ai kept up"] = log(1 + below.ai / below.length)
    return {name: value for name, value in found.items() if value}


def terms(weights: Weights) -> Mapping[str, Sequence[str]]:
    """The lexicons' own terms that were found, by side; names of entities are not among them."""
    return {
        side: [each.piece.key for each in weighed if each.piece.sort != "named"]
        for side, weighed in zip(SIDES, weights[:3], strict=True)
    }


def words_of(title: Folded, weights: Weights) -> list[str]:
    """Each word of a title once, folded; a hyphen or an apostrophe parts words.

    An act's own words are not among them: they would weigh twice, “opens” of an inquiry as that of
    a shop.
    """
    acts = [piece for piece in _in_title(weights.policy) if piece.sort == "act"]
    free = (
        word[0]
        for word in _WORD.finditer(title.text)
        if not (acts and _overlaps(title.span(*word.span()), acts))
    )
    return list(dict.fromkeys(free))


def _overlaps(span: tuple[int, int], pieces: Iterable[Piece]) -> bool:
    return any(piece.start < span[1] and span[0] < piece.end for piece in pieces)


def _sort(piece: Piece) -> str:
    """The name under which a piece is counted; light terms are not."""
    if piece.sort == "named":
        return "named"
    if piece.sort != "term":
        return f"{piece.sort}s"
    return "heavy" if piece.weight >= _HEAVY else "light"


def _in_title(weighed: Iterable[Weighed]) -> Sequence[Piece]:
    return [each.piece for each in weighed if each.place == "title"]


def _first(pieces: Iterable[Piece]) -> int:
    return min(piece.start for piece in pieces)


def _heaviest(weighed: Iterable[Weighed], place: Place) -> float:
    return max((each.piece.weight for each in weighed if each.place == place), default=0.0)


def _in_context(policy: Sequence[Piece], spoken: Sequence[int]) -> list[Piece]:
    """The pieces of policy, those in the text by how surely they are what it is about; `spoken` is
    where the text speaks of AI, in order.
    """
    silent = not any(p.field == "title" and p.weight >= _TITLE_SAYS for p in policy)
    share = _TITLE_SILENT if silent else 1.0
    return [
        piece
        if piece.field == "title"
        else piece._replace(
            weight=piece.weight * share * (1 if _is_near(piece.start, spoken) else _IN_PASSING)
        )
        for piece in policy
    ]


def _is_near(start: int, others: Sequence[int]) -> bool:
    """Whether one of the others, which are in order, begins within reach."""
    after = bisect_left(others, start - _NEAR_AI)
    return after < len(others) and others[after] <= start + _NEAR_AI


def _below(evidence: Evidence, spoken: Sequence[int], length: int) -> Below:
    return Below(
        length=max(min(length, READ) - LEAD, 0) / 1000,
        ai=sum(p.weight for p in evidence.ai if _place(p) == "text"),
        policy=sum(
            p.weight for p in evidence.policy if _place(p) == "text" and _is_near(p.start, spoken)
        ),
    )


def _lost(below: Below) -> float:
    """What share of the strength a text takes back that drops the subject after its lead."""
    if not below.length:
        return 0.0
    return _LOST * exp(-(below.policy + _DOUBT) / below.length / _KEPT_UP)


def _ahead(weighed: Iterable[Weighed]) -> list[Weighed]:
    """What stands in title and lead."""
    return [each for each in weighed if each.place != "text"]


def _best(pieces: Sequence[Piece], below: float = 0.0) -> list[Weighed]:
    """Each thing once, where it counts most; below title and lead it counts so much."""
    best: dict[str, Weighed] = {}
    for piece in pieces:
        place = _place(piece)
        adds = piece.weight * _PLACES.get(place, below)
        known = best.get(piece.key)
        if known is None or adds > known.adds:
            best[piece.key] = Weighed(piece, place, adds)
    return list(best.values())


def _place(piece: Piece) -> Place:
    if piece.field == "title":
        return "title"
    return "lead" if piece.start < LEAD else "text"
