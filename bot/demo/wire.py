"""The sample wire: invented outlets and what they publish when.

Each item carries labels of ours (`Gold`) for measuring; they are never part of a document.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import ArticleKind, EntityId, Tier


class Format(StrEnum):
    """The syntax of a feed's document."""

    RSS2 = "rss2"
    ATOM = "atom"
    RDF = "rdf"
    JSONFEED = "jsonfeed"


class Body(StrEnum):
    """How much of a piece its feed carries."""

    HTML = "html"
    TEXT = "text"
    TEASER = "teaser"
    NONE = "none"


class GuidStyle(StrEnum):
    """What a feed identifies its entries by."""

    OPAQUE = "opaque"
    PERMALINK = "permalink"
    NONE = "none"


class Validators(StrEnum):
    """What a feed's server sends for conditional requests."""

    BOTH = "both"
    ETAG = "etag"
    MODIFIED = "modified"
    NONE = "none"


class CreditStyle(StrEnum):
    """How a feed says that a piece is another outlet's copy."""

    SOURCE = "source"
    BYLINE = "byline"
    LINE = "line"


class Broken(StrEnum):
    """What stands where a feed should be."""

    MALFORMED = "malformed"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented outlet; its links point to `site`, which no name server knows."""

    id: str
    name: str
    site: str
    tier: Tier

    @property
    def host(self) -> str:
        return self.site.partition("://")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFeed:
    """One feed of an outlet and its habits; `path` is where the demo serves it."""

    id: str
    outlet: Outlet
    title: str
    path: str
    format: Format
    body: Body = Body.TEXT
    guid: GuidStyle = GuidStyle.OPAQUE
    validators: Validators = Validators.BOTH
    cap: int = 20
    ttl: int | None = None
    tracking: str = ""
    relative: bool = False
    undated: bool = False
    encoding: str = "utf-8"
    credit: CreditStyle = CreditStyle.SOURCE
    broken: Broken | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """Our labels: the event that an item reports (None: no other item does), and what it names."""

    event: str | None
    relevant: bool
    kind: ArticleKind
    entities: frozenset[EntityId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """How an item reads from `at` on; paragraphs are HTML fragments."""

    at: datetime
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece: `revisions[0]` is as first published; it leaves its feeds at `until`.

    `dated` is what its feed states where that is not the truth: any text, or "" for no date.
    `credit` is the outlet whose copy it is.
    """

    id: str
    outlet: Outlet
    feeds: tuple[str, ...]
    path: str
    revisions: tuple[Revision, ...]
    until: datetime | None = None
    dated: str | None = None
    guid: str | None = None
    author: str = ""
    language: str = "en"
    categories: tuple[str, ...] = ()
    credit: Outlet | None = None
    gold: Gold

    @property
    def published(self) -> datetime:
        return self.revisions[0].at

    def changes(self) -> list[datetime]:
        """The instants at which documents with this item change."""
        instants = [revision.at for revision in self.revisions]
        return instants if self.until is None else [*instants, self.until]

    def reads(self, at: datetime) -> Revision | None:
        """How the item reads at an instant; None before it is published and after it is gone."""
        if self.until is not None and at >= self.until:
            return None
        so_far = [revision for revision in self.revisions if revision.at <= at]
        return so_far[-1] if so_far else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """All feeds and items, and the days that the demo plays."""

    starts: datetime
    ends: datetime
    feeds: tuple[WireFeed, ...]
    items: tuple[Item, ...]

    def items_of(self, feed: WireFeed) -> list[Item]:
        """What this feed ever lists, in the order of the files."""
        return [item for item in self.items if feed.id in item.feeds]
