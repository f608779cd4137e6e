"""How surely an article reports a story's event: features, and the learned weights over them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, log, sqrt
from typing import Protocol

from bot.stories.deeds import likeness
from bot.stories.shape import Member, Shape
from bot.stories.terms import Profile

FEATURES = (
    "bias", "local", "covered", "covering", "deeds", "other_deed", "absent", "other_body",
    "gap", "age", "near", "crowd", "rank", "bare", "both_bare",
)  # fmt: skip
"""What the weights stand for, in order; see `features`."""

_PRIOR_STORIES = 600.0
"""As if so many other stories were live: a handful of articles must not make all terms common."""
_COMMON = 0.05
_FEW = 2.0
_LEAST_LOCAL = 0.03
_RIVAL = 0.4
_UNSEEN = 6.0


class Rarity(dict[str, float]):
    """Weight of a term by the number of live stories that hold it; a cache over one state."""

    def __init__(self, frequency: Callable[[str], int], stories: int) -> None:
        super().__init__()
        self._frequency, self._all = frequency, log(_PRIOR_STORIES + stories + 1)

    def __missing__(self, term: str) -> float:
        self[term] = weight = max(self._all - log(self._frequency(term) + 1), _COMMON)
        return weight


class Around(dict[str, float]):
    """Weight of a term among the stories near an article.

    A saga's common names and words tell its events apart as little as a language's do.
    """

    def __init__(self, rarity: Rarity, near: Sequence[tuple[float, Shape]]) -> None:
        super().__init__()
        self.rarity, self._near, self._all = rarity, near, len(near) + _FEW
        self._held = Counter(chain.from_iterable(story.terms for _, story in near))

    def __missing__(self, term: str) -> float:
        share = self._held[term] / self._all
        self[term] = weight = self.rarity[term] * max(1 - share, _LEAST_LOCAL)
        return weight

    def rivals(self, article: Profile, story: Shape) -> tuple[float, float]:
        """How many stories about as near moved within a day, and how many later than this one."""
        least = _RIVAL * next(share for share, other in self._near if other is story)
        mine = abs(article.hours - story.last)
        gaps = [abs(article.hours - s.last) for share, s in self._near if share >= least]
        return log(_UNSEEN + sum(gap < 24 for gap in gaps)), log(
            1 + sum(gap < mine for gap in gaps)
        )


class Similarity(Protocol):
    """How surely an article reports the event of a story."""

    def score(self, article: Profile, story: Shape, around: Around) -> float:
        """From 0 (surely not) to 1 (surely); deterministic."""
        ...


@dataclass(frozen=True, slots=True)
class Learned:
    """Features weighed by logistic regression; the weights come from `bench/learn_stories.py`."""

    weights: tuple[float, ...]

    def score(self, article: Profile, story: Shape, around: Around) -> float:
        values = features(article, story, around)
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


def features(article: Profile, story: Shape, around: Around) -> tuple[float, ...]:
    """The features of FEATURES; likeness lies between 0 and 1, times are in days."""
    mine = {term: weight * around[term] for term, weight in article.terms.items()}
    norm = sqrt(sum(value * value for value in mine.values())) or 1.0
    title = {term: mine[term] for term in article.title}
    titled = sum(title.values()) or 1.0
    members, n = story.members, len(story.members)
    local = covered = covering = alike = 0.0
    for member in members:
        cosine, told = _likeness(mine, title, member, around)
        local += cosine / norm
        covered += told
        covering += _covering(article, member, around)
        alike += likeness(article.deeds, member.deeds, around)
    gap = max(article.hours - story.last, story.first - article.hours, 0.0)
    bare = sum(member.bare for member in members) / n
    return (
        1.0,
        local / n,
        covered / n / titled,
        covering / n,
        alike / n,
        float(alike == 0 and bool(article.deeds) and any(member.deeds for member in members)),
        _absent(article, story, around),
        _other_body(article, story),
        min(gap / 24, 3.0),
        min(max(article.hours - story.first, 0.0) / 24, 2.0),
        exp(-gap / 6),
        *around.rivals(article, story),
        (article.bare + bare) / 2,
        article.bare * bare,
    )


def _likeness(
    mine: Mapping[str, float], title: Mapping[str, float], member: Member, around: Around
) -> tuple[float, float]:
    """The cosine with one member but for our own norm, and how much of our title it tells.

    By each member, not by all together: a long story would come to tell everything.
    """
    dot = square = told = 0.0
    for term, weight in zip(member.words, member.weights, strict=True):
        value = weight * around[term]
        square += value * value
        own = mine.get(term)
        if own is not None:
            dot += own * value
            told += title.get(term, 0.0)
    return dot / (sqrt(square) or 1.0), told


def _covering(article: Profile, member: Member, around: Around) -> float:
    """The share of a member's title that the article tells too."""
    total = held = 0.0
    for term in member.title:
        total += around[term]
        if term in article.terms:
            held += around[term]
    return held / total if total else 0.0


def _absent(article: Profile, story: Shape, around: Around) -> float:
    """The share of what most members tell that the article does not."""
    core = story.core
    total = sum(around[term] for term in core)
    return sum(around[t] for t in core if t not in article.terms) / total if total else 0.0


def _other_body(article: Profile, story: Shape) -> float:
    """1 where both sides name a body of one kind (a chamber, a court), and none is the same."""
    theirs = {body for member in story.members for body in member.bodies}
    for kind in {body[0] for body in article.bodies} & {body[0] for body in theirs}:
        named = {body for body in article.bodies if body[0] == kind}
        if not named & theirs:
            return 1.0
    return 0.0
