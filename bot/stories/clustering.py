"""Which story an article joins: online, deterministic, in memory, in batches that may be dropped.

A batch writes to overlays; committing it applies them to the live state, dropping it leaves no
trace. The live state is a function of the stories' reports alone, so it can be rebuilt from the
database.

Three sorts of story are kept apart, so that each rule of DESIGN has one place:

- stories shaped by shared news: the only ones whose terms weigh in, and that news joins;
- stories known only from workspaces' own feeds: joined by articles that no other workspace sees.
  A shared article that no shared story takes adopts one of them, which is shaped by shared articles
  alone from then on. So shared articles are grouped exactly as if private ones did not exist;
- stories of opinion, live blogs, roundups and explainers alone: joined by their own reprints only.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import ArticleKind, Judged, Reason, Report, Story, StoryId
from bot.stories.developments import kinship
from bot.stories.reprints import by_text, is_reprint
from bot.stories.shape import Index, Overlay, Shape, closest, kept
from bot.stories.similarity import (
    Around,
    Rarity,
    Similarity,
    Thresholds,
    by_document,
)
from bot.stories.terms import Profile, profile
from bot.stories.why import shared_terms

STORY_WINDOW = timedelta(hours=72)
"""A story closes so long after its last shaping article."""
SAGA_WINDOW = timedelta(days=30)
"""Closed stories of this relevance and age are remembered, so that a later one can follow them."""
SAGA_RELEVANCE = 0.5

_WINDOW = STORY_WINDOW.total_seconds() / 3600
_SAGA = SAGA_WINDOW.total_seconds() / 3600
_CANDIDATES = 12
_LOOKED_AT = 200
_NEAR = 30
_COMMON_FROM = 250
"""Terms in more stories than this find no candidates once rarer ones have."""
_CLOCKS = 50
"""Stories are forgotten by the earliest of so many last clocks: one dated 2099 ends none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The story that an article joins, or None and the story that its new one follows."""

    story: StoryId | None
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    predecessor: StoryId | None = None


class Clusterer:
    """The live stories; changed only by committed batches, one at a time."""

    def __init__(self, similarity: Similarity, thresholds: Thresholds) -> None:
        self._similarity, self._thresholds = similarity, thresholds
        self._commits = 0
        self._clear()

    def _clear(self) -> None:
        self._news, self._private, self._other = Index(), Index(), Index()
        self._clocks: deque[float] = deque(maxlen=_CLOCKS)
        self._swept = 0.0

    def begin(self) -> "Batch":
        """A batch over the present state."""
        overlays = (Overlay(self._news), Overlay(self._private), Overlay(self._other))
        return Batch(overlays, self._similarity, self._thresholds, self._commits)

    @property
    def live(self) -> int:
        """How many stories are remembered, closed ones that a later one may follow included."""
        return sum(len(index.stories) for index in (self._news, self._private, self._other))

    def commit(self, batch: "Batch") -> None:
        """Make a batch's changes; it must have begun after the last commit."""
        if batch.based_on != self._commits:
            raise ValueError("another batch was committed since this one began")
        batch.apply()
        self._commits += 1
        self._clocks.extend(batch.clocks)
        self._forget()

    def restore(self, stories: Iterable[Story]) -> None:
        """Begin anew from stored stories with all their reports, in any order."""
        self._clear()
        batch = self.begin()
        for story in sorted(stories, key=lambda story: story.id):
            if story.merged_into is None:
                for report in story.reports:
                    batch.join(report, story.id, report.judged.article.seen_at)
        self._commits += 1
        batch.apply()

    def _forget(self) -> None:
        if len(self._clocks) < _CLOCKS or min(self._clocks) < self._swept + 1:
            return
        self._swept = min(self._clocks)
        closed, forgotten = self._swept - _WINDOW, self._swept - _SAGA
        for index in (self._news, self._private, self._other):
            gone = [
                shape.id
                for shape in index.stories.values()
                if shape.last < (forgotten if self._is_remembered(index, shape) else closed)
            ]
            if gone:
                index.drop(gone)

    def _is_remembered(self, index: Index, shape: Shape) -> bool:
        return index is self._news and shape.relevance >= SAGA_RELEVANCE


class Batch:
    """Assignments and joins over the live state that leave no trace until committed."""

    def __init__(
        self,
        overlays: tuple[Overlay, Overlay, Overlay],
        similarity: Similarity,
        thresholds: Thresholds,
        based_on: int,
    ) -> None:
        self._news, self._private, self._other = overlays
        self._similarity, self._thresholds = similarity, thresholds
        self.based_on = based_on
        self.clocks: list[float] = []
        self._last: tuple[Judged, datetime, Profile] | None = None
        self._rarity: Rarity | None = None

    def assign(self, judged: Judged, now: datetime) -> Assignment:
        """Which story the article joins; changes nothing. The oldest story wins a tie."""
        if _was_over(judged):
            return Assignment(story=None)
        article, rarity = self._profile(judged, now), self._rarities()
        own, kind = judged.article.workspaces, judged.article.kind
        nearest = self._nearest(self._news, article, rarity)
        if kind is not ArticleKind.NEWS:
            found = self._best(self._news, nearest, article, rarity, self._thresholds.beside)
            if found is None:
                near = self._nearest(
                    self._other, article, rarity, lambda s: s.kind is kind and s.workspaces == own
                )
                found = self._best(self._other, near, article, rarity, self._thresholds.reprint)
        else:
            found = (
                by_document(nearest, article)
                or by_text(nearest, article, rarity)
                or self._best(self._news, nearest, article, rarity, self._thresholds.join)
            )
            if found is None:
                shared = judged.article.shared
                near = self._nearest(
                    self._private, article, rarity, lambda s: shared or s.workspaces >= own
                )
                found = self._best(self._private, near, article, rarity, self._thresholds.join)
        if found is None:
            return Assignment(
                story=None, predecessor=kinship(article, [s for _, s in nearest], rarity)
            )
        score, shape = found
        return Assignment(
            story=shape.id, score=score, reasons=shared_terms(judged, article, shape, rarity)
        )

    def join(self, report: Report, story: StoryId, now: datetime) -> None:
        """Put a stored article into a story, a new one if the number is new.

        An article first seen in a workspace's own feed joins again once a shared feed carries it.
        """
        self.clocks.append(now.timestamp() / 3600)
        if _was_over(report.judged):
            return
        article = report.judged.article
        member = self._profile(report.judged, now)
        self._rarity = None
        index = self._index_of(story)
        if article.kind is not ArticleKind.NEWS:
            if index is None:
                self._other.put(self._begun(report, story, member))
        elif article.shared:
            if index is self._news:
                self._grow(self._news, story, member, report)
            else:
                if index is not None:
                    index.drop(story)
                self._news.put(self._begun(report, story, member))
        elif index is None or index is self._other:
            if index is not None:
                index.drop(story)
            self._private.put(self._begun(report, story, member))
        elif index is self._private:
            shape = index.get(story)
            if shape is not None and article.workspaces >= shape.workspaces:
                self._grow(index, story, member, report)

    def apply(self) -> None:
        """Write to the live state; the clusterer calls it on commit."""
        for overlay in (self._news, self._private, self._other):
            overlay.apply()

    def _index_of(self, story: StoryId) -> Overlay | None:
        for overlay in (self._news, self._private, self._other):
            if overlay.get(story) is not None:
                return overlay
        return None

    @staticmethod
    def _grow(index: Overlay, story: StoryId, member: Profile, report: Report) -> None:
        shape = index.get(story)
        if shape is None:
            return
        # A reprint that comes after the story has closed is listed there and opens it for nobody.
        if _is_open(shape, member) or not is_reprint(member, shape):
            index.put(shape.grown(kept(member), report.judged.relevance))

    @staticmethod
    def _begun(report: Report, story: StoryId, member: Profile) -> Shape:
        article, one = report.judged.article, kept(member)
        return Shape(
            id=story,
            members=(one,),
            terms=one.words,
            count=1,
            first=member.hours,
            last=member.hours,
            relevance=report.judged.relevance,
            workspaces=frozenset() if article.shared else article.workspaces,
            kind=article.kind,
        )

    def _profile(self, judged: Judged, now: datetime) -> Profile:
        if self._last is None or self._last[0] is not judged or self._last[1] != now:
            self._last = (judged, now, profile(judged, now))
        return self._last[2]

    def _rarities(self) -> Rarity:
        if self._rarity is None:
            self._rarity = Rarity(self._news.frequency, len(self._news))
        return self._rarity

    def _nearest(
        self,
        index: Overlay,
        article: Profile,
        rarity: Rarity,
        allowed: Callable[[Shape], bool] = lambda _: True,
    ) -> list[tuple[float, Shape]]:
        """The stories that share most of the article's rarer terms: open ones, then closed."""
        if not len(index):
            return []
        shares: defaultdict[StoryId, float] = defaultdict(float)
        by_rarity = sorted((index.frequency(term), term) for term in article.terms)
        for frequency, term in by_rarity:
            if frequency > _COMMON_FROM and len(shares) >= _CANDIDATES:
                break
            share = article.terms[term] * rarity[term] ** 2
            for story in index.holding(term):
                shares[story] += share
        found: list[tuple[float, Shape]] = []
        closed: list[tuple[float, Shape]] = []
        for story in closest(shares, _LOOKED_AT):
            shape = index.get(story)
            if shape is not None and allowed(shape):
                (found if _is_open(shape, article) else closed).append((shares[story], shape))
                if len(found) >= _NEAR and len(closed) >= _NEAR:
                    break
        return found[:_NEAR] + closed[:_NEAR]

    def _best(
        self,
        index: Overlay,
        near: list[tuple[float, Shape]],
        article: Profile,
        rarity: Rarity,
        least: float,
    ) -> tuple[float, Shape] | None:
        candidates = [shape for _, shape in near[:_CANDIDATES] if _is_open(shape, article)]
        if not candidates:
            return None
        around = Around(article, near, rarity, index.holding)
        scored = [
            (self._similarity.score(article, shape, around, least), shape) for shape in candidates
        ]
        score, shape = max(scored, key=lambda pair: (pair[0], -pair[1].id), default=(0.0, None))
        return (score, shape) if shape is not None and score >= least else None


def _was_over(judged: Judged) -> bool:
    """Whether the article's story was closed when first seen, and opens no saga of ours.

    Most of a new feed's backlog is such; it keeps a story of its own and takes no room here.
    """
    article = judged.article
    age = article.seen_at - article.published.at
    return judged.relevance < SAGA_RELEVANCE and age > STORY_WINDOW


def _is_open(shape: Shape, article: Profile) -> bool:
    return shape.first - _WINDOW <= article.hours <= shape.last + _WINDOW
