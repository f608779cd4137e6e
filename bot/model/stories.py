"""A story: the reports of one event; and an article with all that the stages found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.articles import Article, Reason, Reference
from bot.model.entities import RecognisedEntity
from bot.model.ids import ArticleId, EntityId, StoryId, WatchId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An article after recognition, scoring and summarising: what clustering and routing read."""

    article: Article
    entities: tuple[RecognisedEntity, ...] = ()
    relevance: float = 0.0
    reasons: tuple[Reason, ...] = ()
    topics: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()
    summary: tuple[str, ...] = ()

    def salient(self) -> frozenset[EntityId]:
        """Ids of the entities that the article is about."""
        return frozenset(entity.id for entity in self.entities if entity.salient)

    def named(self) -> frozenset[EntityId]:
        """Ids of all entities that the article names."""
        return frozenset(entity.id for entity in self.entities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A judged article as a member of a story, with why it joined (empty for the first)."""

    id: ArticleId
    judged: Judged
    joined: tuple[Reason, ...] = ()
    origin: int = 0
    """Number of its independent origin within the story; reprints share one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The reports of one event, oldest first by arrival; `title` and `summary` are what is shown.

    `frozen` is set at the first alert; from then on title and summary change only for a correction
    or an article of a better tier within the hour.
    """

    id: StoryId
    reports: tuple[Report, ...]
    title: str
    summary: tuple[str, ...] = ()
    first_at: datetime
    last_at: datetime
    relevance: float = 0.0
    predecessor: StoryId | None = None
    merged_into: StoryId | None = None
    frozen_at: datetime | None = None
    best: ArticleId | None = None
    """The report that title and summary come from."""

    def visible_to(self, workspace: WorkspaceId | None) -> Sequence[Report]:
        """The reports that this workspace may see; empty when the story is not for it."""
        return [r for r in self.reports if r.judged.article.visible_to(workspace)]

    def origins(self) -> int:
        """How many independent sources report it."""
        return len({report.origin for report in self.reports})

    def outlets(self) -> list[str]:
        """The outlets in order of their first report, each once."""
        return list(dict.fromkeys(r.judged.article.outlet for r in self.reports))


@dataclass(frozen=True, slots=True, kw_only=True)
class Saga:
    """A chain of stories, oldest first."""

    stories: tuple[Story, ...] = field(default_factory=tuple)


WatchHits = Mapping[WatchId, tuple[Reason, ...]]
"""The saved watches that one article satisfies, and what in it made each match."""


class ChangeKind(StrEnum):
    """What readers of a told story should learn of a report in it."""

    HEADLINE = "headline"
    CORRECTION = "correction"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A changed headline (`before`, `after`); a correction notice or disputed figure in `after`."""

    kind: ChangeKind
    before: str = ""
    after: str


Own = Mapping[WorkspaceId, tuple[RecognisedEntity, ...]]
"""What each workspace's own additions to the catalog found in one article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What the ingest lane hands to routing: a report, and its story as it stands with it.

    `began`: the story begins with it. `revised`: the article was told before, its headline was
    changed or a correction added. `opened`: it was known, and more readers may see it now (a shared
    feed carries what one workspace's feed brought; an established feed carries a new feed's
    backlog). `by_hand`: an operator merged or split; nobody is alerted.

    `changes` are what readers of a told story should learn, `watch_hits` the watches that the
    report satisfies, `own` the entities that only a workspace's own additions found in it,
    `own_elsewhere` those that they found in the story's other reports.
    `last_good` is when its feed was last read well before this poll, None at its first poll.
    """

    story: Story
    report: Report
    began: bool = False
    revised: bool = False
    opened: bool = False
    by_hand: bool = False
    changes: tuple[Change, ...] = ()
    watch_hits: WatchHits = field(default_factory=dict)
    own: Own = field(default_factory=dict)
    own_elsewhere: Mapping[ArticleId, Own] = field(default_factory=dict)
    last_good: datetime | None = None
