"""An article: an entry, normalised; and the small values that explain what was found in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.model.feeds import Tier
from bot.model.ids import FeedId, WorkspaceId

Field = Literal["title", "text"]


class ArticleKind(StrEnum):
    """What sort of piece it is; only news alerts instantly unless a subscription says otherwise."""

    NEWS = "news"
    OPINION = "opinion"
    LIVE = "live"
    ROUNDUP = "roundup"
    EXPLAINER = "explainer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article counts as published; `stated` is False where the feed's date was unusable."""

    at: datetime
    stated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place in one field of an article; offsets count code points of that field's plain text."""

    field: Field
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty span {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that counted: the term as written, where it stands, what it added (may be < 0)."""

    term: str
    where: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An official document named in a text, e.g. kind `bill`, id `hr-4521-119`."""

    kind: str
    id: str
    label: str
    url: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry, normalised: canonical URL, plain text, UTC times, outlet, language, kind.

    `key` is its identity (DESIGN, "Identity"). `feed` is the one that brought it first.
    `workspaces` says who may see it where no shared feed carries it; empty and `shared` for all.
    """

    key: str
    title: str
    text: str = ""
    url: str | None = None
    canonical_url: str | None = None
    guid: str | None = None
    outlet: str = ""
    tier: Tier = Tier.OTHER
    feed: FeedId | None = None
    published: Published
    seen_at: datetime
    language: str = "en"
    kind: ArticleKind = ArticleKind.NEWS
    credit: str | None = None
    """The wire or outlet that the piece itself credits."""
    authors: tuple[str, ...] = ()
    shared: bool = True
    workspaces: frozenset[WorkspaceId] = frozenset()
    backlog: bool = False
    """Came with a new feed's first poll: history, not news."""

    def field(self, name: Field) -> str:
        """The plain text of one field."""
        return self.title if name == "title" else self.text

    def visible_to(self, workspace: WorkspaceId | None) -> bool:
        """Whether this workspace may see the article (None: only what is shared)."""
        return self.shared or workspace in self.workspaces


def strongest(reasons: Iterable[Reason], most: int) -> list[Reason]:
    """The reasons that weigh most, heaviest first; ties by term, so that output is stable."""
    return sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.term))[:most]
