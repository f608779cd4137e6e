"""What the services that keep watches, entities, feeds and settings ask of others."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.discover import FoundFeed
from bot.feeds.fetch import Fetched, FetchRequest
from bot.model import (
    Article,
    DestinationId,
    Entity,
    EntityId,
    Feed,
    FeedId,
    Judged,
    PollState,
    StoryId,
    Subscription,
    Watch,
    WatchId,
    WorkspaceId,
)
from bot.model.drafts import Draft, Proposed
from bot.model.ids import DraftId


class Live(Protocol):
    """What judges articles as they come."""

    async def refresh(self) -> None:
        """Take up the watches and the workspaces' entities as the database has them now."""
        ...


class WatchRows(Protocol):
    """Watches; `bot.store.orders`."""

    async def watches_of(self, conn: AsyncConnection, workspace: WorkspaceId) -> list[Watch]: ...
    async def add_watch(
        self,
        conn: AsyncConnection,
        *,
        destination: DestinationId,
        name: str,
        query: str,
        typed: str,
        now: datetime,
        owner: str | None = None,
        mention: str | None = None,
        by: str = "",
    ) -> Watch: ...
    async def edit_watch(self, conn: AsyncConnection, id_: WatchId, **values: object) -> None: ...
    async def pause_watch(
        self, conn: AsyncConnection, id_: WatchId, reason: str | None, now: datetime
    ) -> None: ...
    async def remove_watch(self, conn: AsyncConnection, id_: WatchId) -> bool: ...


class OrderRows(Protocol):
    """A workspace's standing orders; `bot.store.orders`."""

    async def subscriptions_of(
        self, conn: AsyncConnection, workspace: WorkspaceId
    ) -> list[Subscription]: ...
    async def watches_of(self, conn: AsyncConnection, workspace: WorkspaceId) -> list[Watch]: ...


class EntityRows(Protocol):
    """What workspaces added to the catalog; `bot.store.entities`."""

    async def of_workspace(self, conn: AsyncConnection, workspace: WorkspaceId) -> list[Entity]: ...
    async def put(
        self, conn: AsyncConnection, entity: Entity, *, by: str, now: datetime
    ) -> None: ...
    async def remove(
        self, conn: AsyncConnection, workspace: WorkspaceId, entity: EntityId
    ) -> bool: ...
    async def named_since(
        self,
        conn: AsyncConnection,
        entity: EntityId,
        workspace: WorkspaceId | None,
        since: datetime,
    ) -> int: ...


class DraftRows(Protocol):
    """What seed articles propose, with a person's answers; `bot.store.drafts`."""

    async def add(
        self,
        conn: AsyncConnection,
        workspace: WorkspaceId,
        *,
        title: str,
        proposals: Sequence[Proposed],
        known: Sequence[str],
        by: str,
        now: datetime,
    ) -> Draft: ...
    async def one(
        self, conn: AsyncConnection, workspace: WorkspaceId, draft: DraftId
    ) -> Draft | None: ...
    async def answer(self, conn: AsyncConnection, draft: Draft) -> None: ...


class FeedRows(Protocol):
    """Feeds; `bot.store.feeds`."""

    async def all_feeds(
        self, conn: AsyncConnection, *, workspace: WorkspaceId | None = None
    ) -> list[PollState]: ...
    async def own_feeds(self, conn: AsyncConnection, workspace: WorkspaceId) -> list[PollState]: ...
    async def add_for_workspace(
        self, conn: AsyncConnection, workspace: WorkspaceId, feed: Feed, *, by: str, now: datetime
    ) -> tuple[FeedId, bool]: ...
    async def remove_from_workspace(
        self, conn: AsyncConnection, workspace: WorkspaceId, feed: FeedId, now: datetime
    ) -> bool: ...


class SettingRows(Protocol):
    """A workspace's settings; `bot.store.places`."""

    async def set_workspace(
        self, conn: AsyncConnection, id_: WorkspaceId, **values: object
    ) -> None: ...


class NewsCount(Protocol):
    """What came in; `relevant` is from the threshold on."""

    @property
    def articles(self) -> int: ...
    @property
    def relevant(self) -> int: ...
    @property
    def stories(self) -> int: ...


class ParkedMessage(Protocol):
    """A message that the platform did not take."""

    @property
    def channel(self) -> str: ...
    @property
    def error(self) -> str: ...


class OutboxCount(Protocol):
    """What went out, and what waits."""

    @property
    def told(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def oldest_due(self) -> datetime | None: ...
    @property
    def parked(self) -> int: ...
    @property
    def examples(self) -> Sequence[ParkedMessage]: ...


class WholeCount(Protocol):
    """The whole installation."""

    @property
    def workspaces(self) -> int: ...
    @property
    def paused(self) -> Sequence[tuple[str, str]]: ...
    @property
    def destinations(self) -> int: ...
    @property
    def subscriptions(self) -> int: ...
    @property
    def watches(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def parked(self) -> int: ...
    @property
    def failed_entries(self) -> int: ...


class StatusRows(Protocol):
    """How it goes, in numbers; `bot.store.status`."""

    async def news(
        self,
        conn: AsyncConnection,
        workspace: WorkspaceId | None,
        *,
        since: datetime,
        threshold: float,
    ) -> NewsCount: ...
    async def outbox(
        self, conn: AsyncConnection, workspace: WorkspaceId, *, since: datetime
    ) -> OutboxCount: ...
    async def rejected(
        self, conn: AsyncConnection, workspace: WorkspaceId, *, since: datetime
    ) -> Sequence[tuple[StoryId, int]]: ...
    async def whole(self, conn: AsyncConnection) -> WholeCount: ...


class Fetches(Protocol):
    """Gets documents from the web; raises FeedError."""

    async def fetch(self, request: FetchRequest) -> Fetched: ...


Discover = Callable[[str], Awaitable[Sequence[FoundFeed]]]
"""Finds a site's feeds from an address as typed; `bot.feeds.discover.discover` with its fetcher."""
Vet = Callable[[str], None]
"""Refuses, with a FeedError, an address that may not be fetched by how it is written."""
Judge = Callable[[Article], Judged]
"""What the pure stages find in an article."""
