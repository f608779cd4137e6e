"""How surely an article reports a story's event: features, and the learned weights over them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Protocol

from bot.stories.shape import Shape
from bot.stories.terms import Profile

FEATURES = (
    "bias", "cosine", "mean", "rare", "other_action", "other_body", "same_figure", "other_figure",
    "gap", "age", "near", "bare",
)  # fmt: skip
"""What the weights stand for, in order; see `features`."""

_PRIOR_STORIES = 1500.0
"""As if so many other stories were live: a handful of articles must not make all terms common."""
_COMMON = 0.05


class Rarity(dict[str, float]):
    """Weight of a term by the number of live stories that hold it; a cache over one state."""

    def __init__(self, frequency: Callable[[str], int], stories: int) -> None:
        super().__init__()
        self._frequency, self._all = frequency, log(_PRIOR_STORIES + stories + 1)

    def __missing__(self, term: str) -> float:
        self[term] = weight = max(self._all - log(self._frequency(term) + 1), _COMMON)
        return weight


class Similarity(Protocol):
    """How surely an article reports the event of a story."""

    def score(self, article: Profile, story: Shape, rarity: Rarity) -> float:
        """From 0 (surely not) to 1 (surely); deterministic."""
        ...


@dataclass(frozen=True, slots=True)
class Learned:
    """Features weighed by logistic regression; the weights come from `bench/learn_stories.py`."""

    weights: tuple[float, ...]

    def score(self, article: Profile, story: Shape, rarity: Rarity) -> float:
        values = features(article, story, rarity)
        logit = sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + exp(-max(min(logit, 30.0), -30.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score an article joins.

    `beside`: opinion and the like are listed under a story; `reprint`: such a piece joins its like.
    """

    join: float
    beside: float
    reprint: float


def features(article: Profile, story: Shape, rarity: Rarity) -> tuple[float, ...]:
    """The features of FEATURES; likeness lies between 0 and 1, times are in days."""
    mine = {term: weight * rarity[term] for term, weight in article.terms.items()}
    norm = sqrt(sum(value * value for value in mine.values())) or 1.0
    cosines = [_cosine(mine, norm, member, rarity) for member in story.members]
    known = sum(value for term, value in mine.items() if term in story.terms)
    gap = max(article.hours - story.last, story.first - article.hours, 0.0)
    return (
        1.0,
        max(cosines),
        sum(cosines) / len(cosines),
        known / (sum(mine.values()) or 1.0),
        _other_action(article, story),
        _other_body(article, story),
        *_figures(article, story, rarity),
        min(gap / 24, 3.0),
        min(max(article.hours - story.first, 0.0) / 24, 2.0),
        exp(-gap / 6),
        (article.bare + sum(member.bare for member in story.members) / len(story.members)) / 2,
    )


def _cosine(mine: Mapping[str, float], norm: float, member: Profile, rarity: Rarity) -> float:
    dot = square = 0.0
    for term, weight in member.terms.items():
        value = weight * rarity[term]
        square += value * value
        own = mine.get(term)
        if own is not None:
            dot += own * value
    return dot / (norm * (sqrt(square) or 1.0))


def _other_action(article: Profile, story: Shape) -> float:
    """The share of members that tell of an action, none of which is the article's."""
    acting = [member for member in story.members if member.actions]
    if not article.actions or not acting:
        return 0.0
    return sum(not member.actions & article.actions for member in acting) / len(acting)


def _other_body(article: Profile, story: Shape) -> float:
    """1 where chambers are named on both sides, and none by both."""
    theirs = {body for member in story.members for body in member.bodies}
    return float(bool(article.bodies) and bool(theirs) and not article.bodies & theirs)


def _figures(article: Profile, story: Shape, rarity: Rarity) -> tuple[float, float]:
    """How much shared figures say; and 1 where the titles' figures are all different ones."""
    theirs = {figure for member in story.members for figure in member.figures}
    shared = sum(rarity[figure] for figure in sorted(article.figures & theirs))
    titles = any(member.figures & member.title for member in story.members)
    own = article.figures & article.title
    return min(shared / 10, 1.5), float(bool(own) and titles and not own & theirs)
