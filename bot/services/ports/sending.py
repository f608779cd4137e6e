"""What services ask of the database: alerts and deliveries."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Alert,
    Delivery,
    DeliveryId,
    DestinationId,
    StoryId,
)
from bot.model.outbox import NewDelivery


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
