"""What services ask of the database: what people ordered, and what they thought of what came."""

from datetime import datetime, time
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    ArticleKind,
    DestinationId,
    Mode,
    StoryId,
    Subscription,
    SubscriptionId,
    Target,
    Watch,
    WorkspaceId,
)


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
    async def take_back(
        self,
        conn: AsyncConnection,
        destination: DestinationId,
        story: StoryId,
        *,
        person: str,
    ) -> bool: ...
    async def told_since(
        self, conn: AsyncConnection, destination: DestinationId, *, since: datetime, limit: int
    ) -> list[tuple[StoryId, bool]]: ...
