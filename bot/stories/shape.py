"""A live story as clustering keeps it: the profiles that shape it, and an index over stories."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from bot.model import ArticleKind, StoryId, WorkspaceId
from bot.stories.terms import Profile

_FOUNDERS, _LATEST = 3, 4
"""How many first and how many newest shaping members a story is compared by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A story by its shaping members: the first and the newest of them, and all their terms.

    `workspaces` is empty for a story of shared articles; `kind` is NEWS unless no news shaped it.
    """

    id: StoryId
    members: tuple[Profile, ...]
    terms: frozenset[str]
    count: int
    first: float
    last: float
    relevance: float
    core: frozenset[str] = frozenset()
    workspaces: frozenset[WorkspaceId] = frozenset()
    kind: ArticleKind = ArticleKind.NEWS

    def grown(self, member: Profile, relevance: float) -> "Shape":
        """This story with one more shaping member."""
        members = (*self.members, member)
        if len(members) > _FOUNDERS + _LATEST:
            members = members[:_FOUNDERS] + members[_FOUNDERS + 1 :]
        return replace(
            self,
            members=members,
            core=_core(members),
            terms=self.terms | member.terms.keys(),
            count=self.count + 1,
            first=min(self.first, member.hours),
            last=max(self.last, member.hours),
            relevance=max(self.relevance, relevance),
        )


def _core(members: tuple[Profile, ...]) -> frozenset[str]:
    """What at least half of the members tell, two at least."""
    held = Counter(chain.from_iterable(member.terms for member in members))
    least = max(2.0, len(members) / 2)
    return frozenset(term for term, count in held.items() if count >= least)


class Index:
    """Stories by id and by term."""

    def __init__(self) -> None:
        self.stories: dict[StoryId, Shape] = {}
        self._postings: dict[str, list[StoryId]] = {}

    def put(self, shape: Shape) -> None:
        """Add a story, or replace its earlier form, whose terms it must hold."""
        known = self.stories.get(shape.id)
        gained: Iterable[str] = shape.terms - known.terms if known else shape.terms
        for term in gained:
            self._postings.setdefault(term, []).append(shape.id)
        self.stories[shape.id] = shape

    def drop(self, story: StoryId) -> None:
        """Forget a story."""
        for term in self.stories.pop(story).terms:
            posting = self._postings[term]
            posting.remove(story)
            if not posting:
                del self._postings[term]

    def frequency(self, term: str) -> int:
        """How many stories hold the term."""
        return len(self._postings.get(term, ()))

    def holding(self, term: str) -> Iterator[StoryId]:
        """The stories that hold the term."""
        return iter(self._postings.get(term, ()))


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
        known = self.get(shape.id)
        gained: Iterable[str] = shape.terms - known.terms if known else shape.terms
        for term in gained:
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
        return self._base.frequency(term) + len(self._gained.get(term, ()))

    def holding(self, term: str) -> Iterator[StoryId]:
        """The stories that hold the term; ones that `get` no longer knows may be among them."""
        return chain(self._base.holding(term), self._gained.get(term, ()))

    def apply(self) -> None:
        """Write the changes to the index."""
        for story in self._gone:
            self._base.drop(story)
        for shape in self._changed.values():
            self._base.put(shape)
