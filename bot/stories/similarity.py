"""How surely an article reports a story's event: features, and the learned weights over them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import exp, log, sqrt
from typing import Protocol

from bot.model import StoryId
from bot.stories.commonness import COMMON
from bot.stories.deeds import likeness
from bot.stories.documents import own
from bot.stories.shape import Member, Shape
from bot.stories.terms import Profile

CIRCUMSTANCES = (
    "bias", "other_body", "other_actor", "same_outlet", "near", "crowd", "rank", "volume", "bare",
    "both_bare",
)  # fmt: skip
"""Features that do not depend on the words; see `circumstances`."""
LIKENESS = ("local", "covered", "covering", "deeds")
"""Features of the words; see `alikeness`."""
FEATURES = CIRCUMSTANCES + LIKENESS
"""What the weights stand for, in order."""

_PRIOR_STORIES = 5000.0
"""As if so many other stories were live, with words as common as in news at large: a handful of
articles must not make all terms common, nor all of them rare."""
_QUIET, _BUSY = 100, log(10.0)
"""Live stories from which chance likenesses begin to count; past nine times as many, no more."""
_COMMON = 0.05
_FEW = 2.0
_LEAST_LOCAL = 0.03
_RIVAL = 0.4
_UNSEEN = 6.0
_DOCUMENT_HOURS = 24.0
_FADING_HOURS = 12.0
"""In which a story's nearness in time falls to a third."""
_WIDESPREAD = 500
"""Stories that hold a term, from which on all terms of the near stories are counted at once."""


class Rarity(dict[str, float]):
    """Weight of a term by the number of live stories that hold it; a cache over one state."""

    def __init__(self, frequency: Callable[[str], int], stories: int) -> None:
        super().__init__()
        self._frequency, self._all = frequency, log(_PRIOR_STORIES + stories + 1)
        self.volume = min(log(1 + stories / _QUIET), _BUSY)
        """How many stories there are to be like by chance."""

    def __missing__(self, term: str) -> float:
        held = self._frequency(term) + _PRIOR_STORIES * COMMON.get(term, 0.0)
        weight = self._all - log(held + 1)
        self[term] = weight = max(_COMMON, weight)
        return weight


class Around(dict[str, float]):
    """An article among the stories near it: the weight of a term there, and what follows from it.

    A saga's common names and words tell its events apart as little as a language's do.
    """

    def __init__(
        self,
        article: Profile,
        near: Sequence[tuple[float, Shape]],
        rarity: Rarity,
        holding: Callable[[str], Sequence[StoryId]],
    ) -> None:
        super().__init__()
        self.rarity, self._holding, self._all = rarity, holding, len(near) + _FEW
        self._article, self._stories = article, near
        self._near = [(share, abs(article.hours - story.last)) for share, story in near]
        self._shares = {story.id: share for share, story in near}

    def __missing__(self, term: str) -> float:
        holding = self._holding(term)
        if len(holding) < _WIDESPREAD:
            held = len(self._ids.intersection(holding))
        else:
            held = self._counted.get(term, 0)
        local = 1 - held / self._all
        self[term] = weight = self.rarity[term] * max(_LEAST_LOCAL, local)
        return weight

    @cached_property
    def _ids(self) -> frozenset[StoryId]:
        return frozenset(self._shares)

    @cached_property
    def _counted(self) -> Counter[str]:
        """How many of the near stories hold each of their terms."""
        return Counter(chain.from_iterable(story.terms for _, story in self._stories))

    @cached_property
    def mine(self) -> dict[str, float]:
        """The article's terms, weighed."""
        return {term: weight * self[term] for term, weight in self._article.terms.items()}

    @cached_property
    def norm(self) -> float:
        """The length of `mine`."""
        return sqrt(sum(value * value for value in self.mine.values())) or 1.0

    @cached_property
    def title(self) -> dict[str, float]:
        """The terms of the article's title, weighed as if no saga were around."""
        terms = self._article.terms
        return {term: terms[term] * self.rarity[term] for term in self._article.title}

    @cached_property
    def titled(self) -> float:
        """All of `title`."""
        return sum(self.title.values()) or 1.0

    def rivals(self, article: Profile, story: Shape) -> tuple[float, float]:
        """How many stories about as near moved within a day, and how many later than this one."""
        least = _RIVAL * self._shares[story.id]
        mine = abs(article.hours - story.last)
        gaps = [gap for share, gap in self._near if share >= least]
        today = len([gap for gap in gaps if gap < 24])
        return log(_UNSEEN + today), log(1 + len([gap for gap in gaps if gap < mine]))

    def most(self, article: Profile, story: Shape) -> tuple[float, float, float, float]:
        """The most that each feature of LIKENESS can be, from the terms that both hold."""
        both = self.mine.keys() & frozenset(story.terms)
        square = sum(self.mine[term] ** 2 for term in both)
        titled = sum(self.title[term] for term in both & article.title)
        deeds = bool(article.deeds) and any(member.deeds for member in story.members)
        return sqrt(square) / self.norm, titled / self.titled, float(bool(both)), float(deeds)


class Similarity(Protocol):
    """How surely an article reports the event of a story."""

    def score(self, article: Profile, story: Shape, around: Around, least: float) -> float:
        """From 0 (surely not) to 1 (surely); deterministic; 0 where it is under `least`."""
        ...


@dataclass(frozen=True, slots=True)
class Learned:
    """Features weighed by logistic regression; the weights come from `bench/learn_stories.py`."""

    weights: tuple[float, ...]

    def score(self, article: Profile, story: Shape, around: Around, least: float) -> float:
        known, words = self.weights[: len(CIRCUMSTANCES)], self.weights[len(CIRCUMSTANCES) :]
        logit = _weighed(known, circumstances(article, story, around))
        needed = log(least / (1 - least)) if 0 < least < 1 else 0.0
        alike: Sequence[float] = ()
        # Most stories are ruled out by time and rivals, before all their words are looked at.
        for alike in _ever_closer(article, story, around):
            if (
                logit + sum(w * most for w, most in zip(words, alike, strict=True) if w > 0)
                < needed
            ):
                return 0.0
        logit += _weighed(words, alike)
        return 1 / (1 + exp(-max(min(logit, 30.0), -30.0))) if logit >= needed else 0.0


def _weighed(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score an article joins.

    `beside`: opinion and the like are listed under a story; `reprint`: such a piece joins its like.
    """

    join: float
    beside: float
    reprint: float


def features(article: Profile, story: Shape, around: Around) -> tuple[float, ...]:
    """The features of FEATURES."""
    return circumstances(article, story, around) + alikeness(article, story, around)


def circumstances(article: Profile, story: Shape, around: Around) -> tuple[float, ...]:
    """The features of CIRCUMSTANCES."""
    bare = sum(member.bare for member in story.members) / len(story.members)
    return (
        1.0,
        other_body(article, story),
        _other_actor(article, story),
        _same_outlet(article, story),
        exp(-_gap(article, story) / _FADING_HOURS),
        *around.rivals(article, story),
        around.rarity.volume,
        (article.bare + bare) / 2,
        article.bare * bare,
    )


def alikeness(article: Profile, story: Shape, around: Around) -> tuple[float, ...]:
    """The features of LIKENESS, each between 0 and 1, as means over the story's members.

    By each member, not by all together: a long story would come to tell everything. What is covered
    says that both are of one saga, what is alike locally that both are of one turn.
    """
    *_, alike = _ever_closer(article, story, around)
    return alike


def _ever_closer(
    article: Profile, story: Shape, around: Around
) -> Iterator[tuple[float, float, float, float]]:
    """What each of LIKENESS is at most, ever closer at ever more cost, and last what it is."""
    yield 1.0, 1.0, 1.0, 1.0
    local, covered, covering, deeds = around.most(article, story)
    yield local, covered, covering, deeds
    n = len(story.members)
    covering = sum(_covering(article, member, around.rarity) for member in story.members) / n
    yield local, covered, covering, deeds
    deeds = sum(likeness(article.deeds, member.deeds, around) for member in story.members) / n
    yield local, covered, covering, deeds
    local = covered = 0.0
    for member in story.members:
        cosine, told = _likeness(around, member)
        local += cosine
        covered += told
    yield local / n, covered / n, covering, deeds


def _likeness(around: Around, member: Member) -> tuple[float, float]:
    """The cosine with one member, and how much of the article's title it tells."""
    mine, title = around.mine, around.title
    dot = square = told = 0.0
    for term, weight in zip(member.words, member.weights, strict=True):
        value = weight * around[term]
        square += value * value
        own = mine.get(term)
        if own is not None:
            dot += own * value
            told += title.get(term, 0.0)
    return dot / (around.norm * (sqrt(square) or 1.0)), told / around.titled


def _covering(article: Profile, member: Member, rarity: Rarity) -> float:
    """The share of a member's title that the article tells too."""
    total = held = 0.0
    for term, weight in zip(member.title, member.weights, strict=False):
        value = weight * rarity[term]
        total += value
        if term in article.terms:
            held += value
    return held / total if total else 0.0


def other_body(article: Profile, story: Shape) -> float:
    """1 where both sides name a body of one kind (a chamber, a court), and none is the same."""
    if not article.bodies:
        return 0.0
    theirs = {body for member in story.members for body in member.bodies}
    for kind in {body[0] for body in article.bodies} & {body[0] for body in theirs}:
        named = {body for body in article.bodies if body[0] == kind}
        if not named & theirs:
            return 1.0
    return 0.0


def by_document(
    near: Iterable[tuple[float, Shape]], article: Profile
) -> tuple[float, Shape] | None:
    """The story of the official document that the article names, or is, where it is one alone.

    Only within a day: later reports that name a document tell of something else.
    """
    if not article.documents:
        return None
    fitting = [
        story
        for _, story in near
        if _gap(article, story) <= _DOCUMENT_HOURS
        and any(
            own(term) in story.terms or (own(term) in article.terms and term in story.terms)
            for term in article.documents
        )
        and not other_body(article, story)
    ]
    return (1.0, fitting[0]) if len(fitting) == 1 else None


def _gap(article: Profile, story: Shape) -> float:
    """Hours between the article and the nearest time of the story's."""
    return max(article.hours - story.last, story.first - article.hours, 0.0)


def _other_actor(article: Profile, story: Shape) -> float:
    """1 where both sides are about tracked people or bodies, and about none in common."""
    if not article.actors:
        return 0.0
    theirs = {actor for member in story.members for actor in member.actors}
    return float(bool(theirs) and article.actors.isdisjoint(theirs))


def _same_outlet(article: Profile, story: Shape) -> float:
    """1 where the article's own outlet is among the story's: it seldom tells one event twice."""
    told = any(member.outlet == article.outlet for member in story.members)
    return float(bool(article.outlet) and told)
