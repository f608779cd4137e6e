"""Which earlier story of the same saga a new one follows."""

from collections.abc import Mapping, Sequence
from math import sqrt

from bot.model import StoryId
from bot.stories.shape import Member, Shape
from bot.stories.similarity import Rarity, other_body
from bot.stories.terms import Profile

_LEAST = 0.38
"""Cosine with the nearest member from which a story follows another; high, for a wrong "Earlier" is
worse than none (docs/measurements.md)."""
_RARE = 4.5
"""Weight from which a shared term ties two stories together without a shared entity."""
_NEARLY = 1 - 1e-9
"""Beyond what sums in another order differ by."""
_HALVED_AFTER = 14 * 24
"""Hours after which an earlier story must be twice as close: a saga goes on from its last turn."""


def kinship(article: Profile, stories: Sequence[Shape], rarity: Rarity) -> StoryId | None:
    """The story that a new story begun by `article` follows, None when it opens a saga."""
    mine = {term: weight * rarity[term] for term, weight in article.terms.items()}
    squares = {term: value * value for term, value in mine.items()}
    norm = sqrt(sum(squares.values())) or 1.0
    needed = _NEARLY * (_LEAST * norm) ** 2
    ties = {t for t in mine if rarity[t] >= _RARE and not t.startswith(("!", "~"))}
    best: tuple[float, StoryId] | None = None
    for story in stories:
        if story.first >= article.hours or not _tied(article, story, ties):
            continue
        # No member can be closer than what the story holds of the article.
        if sum(squares[term] for term in squares.keys() & frozenset(story.terms)) < needed:
            continue
        closeness = max(_cosine(mine, member, rarity) for member in story.members) / norm
        if closeness < _LEAST:
            continue
        value = closeness * 0.5 ** (max(article.hours - story.last, 0.0) / _HALVED_AFTER)
        if best is None or (value, story.id) > best:
            best = (value, story.id)
    return best[1] if best else None


def _tied(article: Profile, story: Shape, ties: set[str]) -> bool:
    """Whether they share most actors and a rare term; an article without actors, three of them.

    A docket of other parties, or another chamber's bill, is nobody's earlier turn.
    """
    if other_body(article, story):
        return False
    if article.actors and not any(_mostly_shared(article, member) for member in story.members):
        return False
    return len(ties.intersection(story.terms)) >= (1 if article.actors else 3)


def _mostly_shared(article: Profile, member: Member) -> bool:
    shared = article.actors.intersection(member.actors)
    return len(shared) * 2 > min(len(article.actors), len(member.actors))


def _cosine(mine: Mapping[str, float], member: Member, rarity: Rarity) -> float:
    """The cosine with one member, but for our own norm."""
    dot = square = 0.0
    for term, weight in zip(member.words, member.weights, strict=True):
        value = weight * rarity[term]
        square += value * value
        dot += value * mine.get(term, 0.0)
    return dot / (sqrt(square) or 1.0)
