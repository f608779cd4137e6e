"""A live story as clustering keeps it: the members that shape it, and an index over stories.

Ten thousand stories are live at once, so what is kept of each is small: tuples, shared strings.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.model import ArticleKind, StoryId, WorkspaceId
from bot.stories.terms import Profile

_FOUNDERS, _LATEST = 3, 4
"""How many first and how many newest shaping members a story is compared by."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article in a story: its profile in little room. The first `titled` words are its title's;
    `weights` are of the words, one each.
    """

    words: tuple[str, ...]
    weights: "array[float]"
    titled: int
    deeds: Mapping[str, float]
    bodies: frozenset[tuple[str, str]]
    actors: tuple[str, ...]
    hours: float
    bare: bool
    outlet: str

    @property
    def title(self) -> tuple[str, ...]:
        """The terms of its title."""
        return self.words[: self.titled]


_NO_DEEDS: Mapping[str, float] = {}
_NO_BODIES: frozenset[tuple[str, str]] = frozenset()


def kept(article: Profile) -> Member:
    """What a story keeps of an article."""
    return Member(
        words=tuple(article.terms),
        weights=array("f", article.terms.values()),
        titled=len(article.title),
        deeds=article.deeds or _NO_DEEDS,
        bodies=article.bodies or _NO_BODIES,
        actors=tuple(article.actors),
        hours=article.hours,
        bare=article.bare,
        outlet=article.outlet,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A story by its shaping members: the first and the newest of them, and all their terms.

    `workspaces` is empty for a story of shared articles; `kind` is NEWS unless no news shaped it.
    """

    id: StoryId
    members: tuple[Member, ...]
    terms: Collection[str]
    count: int
    first: float
    last: float
    relevance: float
    core: frozenset[str] = frozenset()
    workspaces: frozenset[WorkspaceId] = frozenset()
    kind: ArticleKind = ArticleKind.NEWS

    def grown(self, member: Member, relevance: float) -> "Shape":
        """This story with one more shaping member."""
        members = (*self.members, member)
        if len(members) > _FOUNDERS + _LATEST:
            members = members[:_FOUNDERS] + members[_FOUNDERS + 1 :]
        return replace(
            self,
            members=members,
            core=_core(members),
            terms=frozenset(chain(self.terms, member.words)),
            count=self.count + 1,
            first=min(self.first, member.hours),
            last=max(self.last, member.hours),
            relevance=max(self.relevance, relevance),
        )


def _core(members: tuple[Member, ...]) -> frozenset[str]:
    """What at least half of the members tell, two at least."""
    held = Counter(chain.from_iterable(member.words for member in members))
    least = max(2.0, len(members) / 2)
    return frozenset(term for term, count in held.items() if count >= least)


def _gained(shape: Shape, known: Shape | None) -> Iterable[str]:
    """The terms that a story's new form adds to its index."""
    return frozenset(shape.terms).difference(known.terms) if known else shape.terms


class Index:
    """Stories by id and by term."""

    def __init__(self) -> None:
        self.stories: dict[StoryId, Shape] = {}
        self._postings: dict[str, StoryId | list[StoryId]] = {}
        # Most terms stand in one story alone; a list for each would cost more than all else.

    def put(self, shape: Shape) -> None:
        """Add a story, or replace its earlier form, whose terms it must hold."""
        for term in _gained(shape, self.stories.get(shape.id)):
            posting = self._postings.get(term)
            if posting is None:
                self._postings[term] = shape.id
            elif isinstance(posting, list):
                posting.append(shape.id)
            else:
                self._postings[term] = [posting, shape.id]
        self.stories[shape.id] = shape

    def drop(self, stories: Collection[StoryId]) -> None:
        """Forget stories, in one pass over the terms that they held."""
        gone = frozenset(stories)
        terms = set(chain.from_iterable(self.stories.pop(story).terms for story in gone))
        for term in terms:
            left = [story for story in self.holding(term) if story not in gone]
            if left:
                self._postings[term] = left if len(left) > 1 else left[0]
            else:
                del self._postings[term]

    def frequency(self, term: str) -> int:
        """How many stories hold the term."""
        posting = self._postings.get(term)
        if posting is None:
            return 0
        return len(posting) if isinstance(posting, list) else 1

    def holding(self, term: str) -> Sequence[StoryId]:
        """The stories that hold the term."""
        posting = self._postings.get(term)
        if posting is None:
            return ()
        return posting if isinstance(posting, list) else (posting,)


class Overlay:
    """Changes over an index, read as one with it; the index itself stays as it is until `apply`."""

    def __init__(self, base: Index) -> None:
        self._base = base
        self._changed: dict[StoryId, Shape] = {}
        self._gained: dict[str, list[StoryId]] = {}
        self._gone: set[StoryId] = set()

    def get(self, story: StoryId) -> Shape | None:
        """The story as it would be after `apply`."""
        if story in self._gone:
            return None
        return self._changed.get(story) or self._base.stories.get(story)

    def __len__(self) -> int:
        new = sum(story not in self._base.stories for story in self._changed)
        return len(self._base.stories) + new - len(self._gone)

    def put(self, shape: Shape) -> None:
        """Add a story, or replace its earlier form, whose terms it must hold."""
        for term in _gained(shape, self.get(shape.id)):
            self._gained.setdefault(term, []).append(shape.id)
        self._changed[shape.id] = shape
        self._gone.discard(shape.id)

    def drop(self, story: StoryId) -> None:
        """Take a story out of this index (it lives on in another)."""
        self._changed.pop(story, None)
        if story in self._base.stories:
            self._gone.add(story)

    def frequency(self, term: str) -> int:
        """How many stories hold the term."""
        held = self._base.frequency(term)
        gained = self._gained.get(term) if self._gained else None
        return held + len(gained) if gained else held

    def holding(self, term: str) -> Sequence[StoryId]:
        """The stories that hold the term; ones that `get` no longer knows may be among them."""
        held = self._base.holding(term)
        gained = self._gained.get(term) if self._gained else None
        return [*held, *gained] if gained else held

    def apply(self) -> None:
        """Write the changes to the index."""
        if self._gone:
            self._base.drop(self._gone)
        for shape in self._changed.values():
            self._base.put(shape)


def closest(shares: Mapping[StoryId, float], most: int) -> list[StoryId]:
    """At most so many stories, those with the largest share first, the oldest first of equals."""
    found = list(shares)
    if len(found) > most:
        # Sorting mere numbers and then a few stories beats a heap of all.
        least = sorted(shares.values())[-most]
        found = [story for story, share in shares.items() if share >= least]
    found.sort()
    found.sort(key=shares.__getitem__, reverse=True)
    return found[:most]
