"""What services ask of the database; modules of `bot.store` satisfy the row ports."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Alert,
    ArticleId,
    ArticleKind,
    Deadline,
    Delivery,
    DeliveryId,
    Destination,
    DestinationId,
    DestinationKind,
    Entity,
    EntityId,
    FeedId,
    Mode,
    PollState,
    QuietHours,
    RecognisedEntity,
    Report,
    Saga,
    Story,
    StoryId,
    Subscription,
    SubscriptionId,
    Target,
    Tier,
    Watch,
    Workspace,
    WorkspaceId,
)
from bot.model.outbox import NewDelivery


class Database(Protocol):
    """Transactions: each ends with its block, and leaves no trace when that raises."""

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees one state of the database."""
        ...

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Commits at its end."""
        ...


class FindPlaces(Protocol):
    """Looks for tenants and their places; `bot.store.here`."""

    async def workspace_at(
        self, conn: AsyncConnection, platform: str, external_id: str
    ) -> Workspace | None: ...
    async def destination_at(
        self, conn: AsyncConnection, workspace: WorkspaceId, channel: str
    ) -> Destination | None: ...


class MakePlaces(Protocol):
    """Makes tenants and their places at their first mention; `bot.store.places`."""

    async def destinations_of(
        self, conn: AsyncConnection, workspace: WorkspaceId
    ) -> list[Destination]: ...
    async def get_or_create_workspace(
        self,
        conn: AsyncConnection,
        platform: str,
        external_id: str,
        *,
        name: str = "",
        now: datetime,
    ) -> Workspace: ...
    async def get_or_create_destination(
        self,
        conn: AsyncConnection,
        workspace: WorkspaceId,
        channel: str,
        *,
        kind: DestinationKind = DestinationKind.CHANNEL,
        name: str = "",
        owner: str | None = None,
        now: datetime,
    ) -> Destination: ...
    async def set_workspace(
        self, conn: AsyncConnection, id_: WorkspaceId, **values: object
    ) -> None: ...


class OwnEntities(Protocol):
    """What workspaces added to the catalog; `bot.store.entities`."""

    async def of_workspace(self, conn: AsyncConnection, workspace: WorkspaceId) -> list[Entity]: ...


class FeedRows(Protocol):
    """Feeds and their polls; `bot.store.feeds`."""

    async def all_feeds(
        self, conn: AsyncConnection, *, workspace: WorkspaceId | None = None
    ) -> list[PollState]: ...


class StoryRows(Protocol):
    """Stories; `bot.store.stories`."""

    async def load(self, conn: AsyncConnection, ids: Iterable[StoryId]) -> dict[StoryId, Story]: ...
    async def by_id(self, conn: AsyncConnection, story: StoryId) -> Story | None: ...
    async def saga(self, conn: AsyncConnection, story: StoryId) -> Saga: ...
    async def roots(
        self, conn: AsyncConnection, ids: Iterable[StoryId]
    ) -> Mapping[StoryId, StoryId]: ...


class Before(Protocol):
    """What an article said before it was changed."""

    @property
    def title(self) -> str: ...
    @property
    def seen_at(self) -> datetime: ...


class Said(Protocol):
    """What an article said at an instant."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


class NewsRows(Protocol):
    """Stories as people ask for them; `bot.store.news`."""

    async def about(
        self,
        conn: AsyncConnection,
        *,
        workspace: WorkspaceId | None,
        since: datetime,
        limit: int,
        entities: Collection[EntityId] = (),
        least: int = 1,
        salient: bool = False,
        topic: str = "",
        outlets: Collection[str] = (),
        relevance: float = 0.0,
        until: datetime | None = None,
    ) -> list[Story]: ...
    async def own_entities(
        self, conn: AsyncConnection, workspace: WorkspaceId, ids: Collection[ArticleId]
    ) -> Mapping[ArticleId, tuple[RecognisedEntity, ...]]: ...
    async def revisions_of(
        self, conn: AsyncConnection, ids: Collection[ArticleId]
    ) -> Mapping[ArticleId, Sequence[Before]]: ...
    async def said_at(
        self, conn: AsyncConnection, ids: Collection[ArticleId], at: datetime
    ) -> Mapping[ArticleId, Said]: ...


class Due(Protocol):
    """A deadline with the article that says so and the story that it is in."""

    @property
    def deadline(self) -> Deadline: ...
    @property
    def story(self) -> StoryId: ...
    @property
    def outlet(self) -> str: ...
    @property
    def tier(self) -> Tier: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def published_at(self) -> datetime: ...


class DeadlineRows(Protocol):
    """What articles say is due; `bot.store.deadlines`."""

    async def coming(
        self,
        conn: AsyncConnection,
        *,
        workspace: WorkspaceId | None,
        since: date,
        relevance: float,
        limit: int,
    ) -> Sequence[Due]: ...


class TrendRows(Protocol):
    """When stories began and articles came; `bot.store.trend`."""

    async def begun(
        self,
        conn: AsyncConnection,
        entities: Collection[EntityId],
        *,
        workspace: WorkspaceId | None,
        since: datetime,
        until: datetime,
    ) -> list[datetime]: ...
    async def hours(
        self,
        conn: AsyncConnection,
        *,
        workspace: WorkspaceId | None,
        since: datetime,
        until: datetime,
    ) -> list[datetime]: ...


class StoredArticle(Protocol):
    """An article with the story that it belongs to."""

    @property
    def report(self) -> Report: ...
    @property
    def story(self) -> StoryId | None: ...


class Search(Protocol):
    """Full-text search over history; `bot.store.search.search`."""

    async def __call__(
        self,
        conn: AsyncConnection,
        clauses: Sequence[Sequence[str]] | None,
        *,
        workspace: WorkspaceId | None,
        since: datetime,
        limit: int,
        before: tuple[datetime, ArticleId] | None = None,
    ) -> Sequence[StoredArticle]: ...


class ArticleRows(Protocol):
    """Articles; `bot.store.articles`."""

    async def load(
        self, conn: AsyncConnection, ids: Iterable[ArticleId]
    ) -> Mapping[ArticleId, StoredArticle]: ...
    async def by_address(
        self, conn: AsyncConnection, canonical_url: str, workspace: WorkspaceId | None
    ) -> StoredArticle | None: ...


class Trace(Protocol):
    """That a feed has listed an entry; `article` None once that was pruned."""

    @property
    def feed(self) -> FeedId: ...
    @property
    def article(self) -> ArticleId | None: ...
    @property
    def title(self) -> str: ...
    @property
    def first_seen_at(self) -> datetime: ...


class Failed(Protocol):
    """An entry on which a stage raised."""

    @property
    def feed(self) -> FeedId: ...
    @property
    def title(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def error(self) -> str: ...
    @property
    def seen_at(self) -> datetime: ...


class TraceRows(Protocol):
    """What is left of an address; `bot.store.traces`."""

    async def at_address(self, conn: AsyncConnection, url_hash: str) -> Sequence[Trace]: ...
    async def failed_at(self, conn: AsyncConnection, urls: Collection[str]) -> Sequence[Failed]: ...


class AlertRows(Protocol):
    """Alerts; `bot.store.alerts`."""

    async def one(
        self, conn: AsyncConnection, destination: DestinationId, story: StoryId
    ) -> Alert | None: ...
    async def carried_by(self, conn: AsyncConnection, delivery: DeliveryId) -> list[Alert]: ...
    async def muted(
        self, conn: AsyncConnection, ids: Collection[StoryId]
    ) -> set[tuple[DestinationId, StoryId]]: ...
    async def save(
        self, conn: AsyncConnection, given: Sequence[Alert], now: datetime
    ) -> list[Alert]: ...
    async def freeze(
        self, conn: AsyncConnection, ids: Collection[StoryId], now: datetime
    ) -> None: ...


class OutboxRows(Protocol):
    """Deliveries; `bot.store.outbox`."""

    async def by_ids(
        self, conn: AsyncConnection, ids: Collection[DeliveryId]
    ) -> list[Delivery]: ...
    async def queue(
        self, conn: AsyncConnection, given: Sequence[NewDelivery], now: datetime
    ) -> list[DeliveryId]: ...


class OrderRows(Protocol):
    """Subscriptions and watches; `bot.store.orders`."""

    async def subscriptions_of(
        self, conn: AsyncConnection, workspace: WorkspaceId
    ) -> list[Subscription]: ...
    async def watches_of(self, conn: AsyncConnection, workspace: WorkspaceId) -> list[Watch]: ...
    async def add_subscription(
        self,
        conn: AsyncConnection,
        *,
        destination: DestinationId,
        target: Target,
        mode: Mode,
        now: datetime,
        by: str = "",
        min_sources: int = 1,
        threshold: float = 0.5,
        any_depth: bool = False,
        kinds: frozenset[ArticleKind] = frozenset({ArticleKind.NEWS}),
        mention: str | None = None,
        at: time = time(8, 0),
        weekday: int = 0,
    ) -> Subscription: ...
    async def remove_subscription(self, conn: AsyncConnection, id_: SubscriptionId) -> bool: ...


class PlaceRows(Protocol):
    """What is set for workspaces and places; `bot.store.places`."""

    async def destination(
        self, conn: AsyncConnection, wanted: DestinationId
    ) -> Destination | None: ...
    async def destinations_of(
        self, conn: AsyncConnection, workspace: WorkspaceId
    ) -> list[Destination]: ...
    async def set_workspace(
        self, conn: AsyncConnection, id_: WorkspaceId, **values: object
    ) -> None: ...
    async def set_quiet(
        self, conn: AsyncConnection, id_: DestinationId, quiet: QuietHours | None
    ) -> None: ...
    async def mute(
        self, conn: AsyncConnection, id_: DestinationId, until: datetime | None
    ) -> None: ...
    async def mute_story(
        self, conn: AsyncConnection, id_: DestinationId, story: StoryId, *, by: str, now: datetime
    ) -> None: ...
    async def unmute_story(
        self, conn: AsyncConnection, id_: DestinationId, story: StoryId
    ) -> bool: ...


class Feedback(Protocol):
    """What people thought of stories; `bot.store.feedback`."""

    async def not_relevant(
        self,
        conn: AsyncConnection,
        destination: DestinationId,
        story: StoryId,
        *,
        person: str,
        now: datetime,
    ) -> bool: ...
    async def count(self, conn: AsyncConnection, workspace: WorkspaceId, story: StoryId) -> int: ...
    async def told_since(
        self, conn: AsyncConnection, destination: DestinationId, *, since: datetime, limit: int
    ) -> list[tuple[StoryId, bool]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All that news, why, orders and buttons read and write; `bot.app` fills it with modules."""

    find: FindPlaces
    make: MakePlaces
    places: PlaceRows
    entities: OwnEntities
    feeds: FeedRows
    stories: StoryRows
    news: NewsRows
    deadlines: DeadlineRows
    trend: TrendRows
    articles: ArticleRows
    search: Search
    traces: TraceRows
    alerts: AlertRows
    outbox: OutboxRows
    orders: OrderRows
    feedback: Feedback
