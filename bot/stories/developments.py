"""Which earlier story of the same saga a new one follows."""

from collections.abc import Sequence
from math import sqrt

from bot.model import StoryId
from bot.stories.shape import Shape
from bot.stories.similarity import Rarity
from bot.stories.terms import Profile

_LEAST = 0.17
"""Cosine with the nearest member from which two stories belong to one saga."""
_RARE = 4.5
"""Weight from which a shared term ties two stories together without a shared entity."""
_HALVED_AFTER = 14 * 24
"""Hours after which an earlier story must be twice as close: a saga goes on from its last turn."""


def kinship(article: Profile, stories: Sequence[Shape], rarity: Rarity) -> StoryId | None:
    """The story that a new story begun by `article` follows, None when it opens a saga."""
    best: tuple[float, StoryId] | None = None
    for story in stories:
        if story.first >= article.hours:
            continue
        closeness = _closeness(article, story, rarity)
        if closeness < _LEAST:
            continue
        value = closeness * 0.5 ** (max(article.hours - story.last, 0.0) / _HALVED_AFTER)
        if best is None or (value, story.id) > best:
            best = (value, story.id)
    return best[1] if best else None


def _closeness(article: Profile, story: Shape, rarity: Rarity) -> float:
    tied = sum(
        rarity[term] >= _RARE and not term.startswith(("!", "~"))
        for term in article.terms
        if term in story.terms
    )
    actors = any(member.salient & article.salient for member in story.members)
    if tied < (1 if actors else 3):
        return 0.0
    return max(_cosine(article, member, rarity) for member in story.members)


def _cosine(one: Profile, other: Profile, rarity: Rarity) -> float:
    dot = sum(
        weight * other.terms[term] * rarity[term] ** 2
        for term, weight in one.terms.items()
        if term in other.terms
    )
    return dot / (_norm(one, rarity) * _norm(other, rarity))


def _norm(article: Profile, rarity: Rarity) -> float:
    return sqrt(sum((weight * rarity[t]) ** 2 for t, weight in article.terms.items())) or 1.0
