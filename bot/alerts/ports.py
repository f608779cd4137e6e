"""What routing, digests and the outbox need of the store; its modules satisfy these."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Alert,
    AlertId,
    Delivery,
    DeliveryId,
    DeliveryState,
    Destination,
    DestinationId,
    Story,
    StoryId,
    Subscription,
    SubscriptionId,
    WorkspaceId,
)
from bot.model.orders import ChangedOrders, Standing
from bot.model.outbox import NewDelivery, Turn


class Store(Protocol):
    """Transactions: `write` commits when its block ends, and not when that raises."""

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]: ...
    def write(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


class StoryRows(Protocol):
    """Stories with all their reports (`bot.store.stories`)."""

    async def load(
        self, conn: AsyncConnection, ids: Iterable[StoryId], /
    ) -> Mapping[StoryId, Story]: ...
    async def roots(
        self, conn: AsyncConnection, ids: Iterable[StoryId], /
    ) -> Mapping[StoryId, StoryId]: ...


class RetoldRows(StoryRows, Protocol):
    """Stories whose summary may be replaced (`bot.store.stories`)."""

    async def retell(
        self,
        conn: AsyncConnection,
        story: StoryId,
        before: Sequence[str],
        after: Sequence[str],
        /,
    ) -> None: ...


class OrderRows(Protocol):
    """What is ordered, everywhere or where it changed (`bot.store.orders`)."""

    async def standing(
        self, conn: AsyncConnection, changed: ChangedOrders | None = None, /
    ) -> Standing: ...


class ChangeRows(Protocol):
    """Where orders changed after a version that was seen, None where all are to be read
    (`bot.store.order_changes`).
    """

    async def version(self, conn: AsyncConnection, /) -> int: ...
    async def since(
        self, conn: AsyncConnection, seen: int, now: int, /
    ) -> ChangedOrders | None: ...


class DigestRows(Protocol):
    """Digest subscriptions (`bot.store.digests`)."""

    async def digest_subscriptions(
        self, conn: AsyncConnection, /
    ) -> Sequence[tuple[Subscription, Destination]]: ...
    async def digested(
        self, conn: AsyncConnection, id_: SubscriptionId, end: datetime, /
    ) -> None: ...


class AlertRows(Protocol):
    """Alerts (`bot.store.alerts`); `for_stories` holds its rows until the transaction ends."""

    async def for_stories(
        self, conn: AsyncConnection, ids: Collection[StoryId], /
    ) -> list[Alert]: ...
    async def carried_by(self, conn: AsyncConnection, delivery: DeliveryId, /) -> list[Alert]: ...
    async def muted(
        self, conn: AsyncConnection, ids: Collection[StoryId], /
    ) -> set[tuple[DestinationId, StoryId]]: ...
    async def story_posts(
        self,
        conn: AsyncConnection,
        places: Collection[DestinationId],
        stories: Collection[StoryId],
        /,
    ) -> Mapping[tuple[DestinationId, StoryId], DeliveryId]: ...
    async def posts_since(
        self, conn: AsyncConnection, places: Collection[DestinationId], since: datetime, /
    ) -> dict[DestinationId, int]: ...
    async def save(
        self, conn: AsyncConnection, given: Sequence[Alert], now: datetime, /
    ) -> list[Alert]: ...
    async def carry(
        self, conn: AsyncConnection, ids: Iterable[AlertId], delivery: DeliveryId, now: datetime, /
    ) -> None: ...
    async def queue_carried(self, conn: AsyncConnection, delivery: DeliveryId, /) -> None: ...
    async def mark_told(
        self, conn: AsyncConnection, ids: Collection[AlertId], now: datetime, /
    ) -> None: ...
    async def freeze(
        self, conn: AsyncConnection, ids: Collection[StoryId], now: datetime, /
    ) -> None: ...
    async def for_digest(
        self,
        conn: AsyncConnection,
        destination: DestinationId,
        subscription: SubscriptionId,
        before: datetime,
        /,
    ) -> list[AlertId]: ...


class DeliveryRows(Protocol):
    """Deliveries (`bot.store.outbox`)."""

    async def queue(
        self, conn: AsyncConnection, given: Sequence[NewDelivery], now: datetime, /
    ) -> list[DeliveryId]: ...
    async def queue_once(
        self, conn: AsyncConnection, new: NewDelivery, now: datetime, /
    ) -> DeliveryId | None: ...
    async def by_key(
        self, conn: AsyncConnection, destination: DestinationId, key: str, /
    ) -> Delivery | None: ...
    async def by_ids(
        self, conn: AsyncConnection, ids: Collection[DeliveryId], /
    ) -> list[Delivery]: ...
    async def unsent_like(
        self, conn: AsyncConnection, destination: DestinationId, prefix: str, /
    ) -> Delivery | None: ...
    async def attach(
        self,
        conn: AsyncConnection,
        id_: DeliveryId,
        states: Collection[DeliveryState],
        wanted: str | None = None,
        /,
    ) -> bool: ...
    async def want(
        self, conn: AsyncConnection, ids: Collection[DeliveryId], face: str, /
    ) -> None: ...
    async def head(
        self, conn: AsyncConnection, destination: DestinationId, now: datetime, /
    ) -> Delivery | None: ...
    async def claim(self, conn: AsyncConnection, delivery: Delivery, now: datetime, /) -> bool: ...
    async def settle(
        self,
        conn: AsyncConnection,
        id_: DeliveryId,
        state: DeliveryState,
        /,
        *,
        error: str | None = None,
        scope: str | None = None,
    ) -> None: ...
    async def mark_sent(
        self,
        conn: AsyncConnection,
        delivery: Delivery,
        ref: str,
        face: str | None,
        now: datetime,
        /,
    ) -> None: ...
    async def mark_edited(
        self, conn: AsyncConnection, delivery: Delivery, face: str | None, now: datetime, /
    ) -> None: ...
    async def doubt_claims(
        self, conn: AsyncConnection, served: Collection[DestinationId], /
    ) -> int: ...
    async def release(
        self, conn: AsyncConnection, places: Collection[DestinationId], /
    ) -> None: ...


class TurnRows(Protocol):
    """Whose turn it is, waits and pauses (`bot.store.turns`)."""

    async def posts(self, conn: AsyncConnection, platforms: Collection[str], /) -> list[Turn]: ...
    async def edits(
        self, conn: AsyncConnection, platforms: Collection[str], /
    ) -> list[tuple[Destination, Delivery, datetime | None]]: ...
    async def edits_since(
        self, conn: AsyncConnection, since: datetime, /
    ) -> dict[WorkspaceId, list[datetime]]: ...
    async def block(
        self, conn: AsyncConnection, destination: Destination, until: datetime, /
    ) -> None: ...
    async def block_workspace(
        self, conn: AsyncConnection, workspace: WorkspaceId, until: datetime, /
    ) -> None: ...
    async def pause(
        self,
        conn: AsyncConnection,
        destination: Destination,
        reason: str,
        now: datetime,
        probe_at: datetime,
        /,
    ) -> None: ...
    async def pause_workspace(
        self,
        conn: AsyncConnection,
        workspace: WorkspaceId,
        reason: str,
        now: datetime,
        probe_at: datetime,
        /,
    ) -> None: ...
    async def resume(
        self, conn: AsyncConnection, destination: Destination, /
    ) -> list[DestinationId]: ...
    async def paused(self, conn: AsyncConnection, platforms: Collection[str], /) -> list[Turn]: ...
