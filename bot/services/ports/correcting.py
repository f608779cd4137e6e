"""What corrections of stories ask of others; modules of `bot.store` satisfy the row ports."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Alert,
    Article,
    ArticleId,
    Delivery,
    DeliveryId,
    DeliveryState,
    Joined,
    Reason,
    Story,
    StoryId,
    WatchHits,
    Workspace,
)
from bot.model.stories import Own


class Lane(Protocol):
    """The database's write transaction that no other change of stories overlaps."""

    def lane(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


class StoryRows(Protocol):
    """Stories; `bot.store.stories`."""

    async def reserve_ids(self, conn: AsyncConnection, count: int) -> list[StoryId]: ...
    async def begin(self, conn: AsyncConnection, begun: Sequence[Story]) -> None: ...
    async def update(self, conn: AsyncConnection, changed: Sequence[Story]) -> None: ...
    async def by_id(self, conn: AsyncConnection, story: StoryId) -> Story | None: ...


class CorrectionRows(Protocol):
    """What is put right; `bot.store.corrections`."""

    async def move_reports(
        self,
        conn: AsyncConnection,
        ids: Collection[ArticleId],
        story: StoryId,
        why: Sequence[Reason],
    ) -> None: ...
    async def lead_on(self, conn: AsyncConnection, gone: StoryId, kept: StoryId) -> None: ...
    async def take_along(self, conn: AsyncConnection, gone: StoryId, kept: StoryId) -> None: ...


class AlertRows(Protocol):
    """Alerts; `bot.store.alerts`."""

    async def for_stories(self, conn: AsyncConnection, ids: Collection[StoryId]) -> list[Alert]: ...
    async def save(
        self, conn: AsyncConnection, given: Sequence[Alert], now: datetime
    ) -> list[Alert]: ...


class DeliveryRows(Protocol):
    """Deliveries; `bot.store.outbox`."""

    async def by_ids(
        self, conn: AsyncConnection, ids: Collection[DeliveryId]
    ) -> list[Delivery]: ...
    async def attach(
        self, conn: AsyncConnection, id_: DeliveryId, states: Collection[DeliveryState]
    ) -> bool: ...
    async def want(self, conn: AsyncConnection, ids: Collection[DeliveryId], face: str) -> None: ...


class WorkspaceRows(Protocol):
    """Tenants; `bot.store.places`."""

    async def all_workspaces(self, conn: AsyncConnection) -> list[Workspace]: ...


class Facts(Protocol):
    """Counts of changes; `bot.store.facts`."""

    async def stories_changed(self, conn: AsyncConnection) -> int: ...


class Routes(Protocol):
    """Judges stories and marks messages for edits; `bot.alerts.router`."""

    async def route(
        self, conn: AsyncConnection, joined: Sequence[Joined], now: datetime
    ) -> object: ...


class Found(Protocol):
    """What an article holds for one watch or one workspace alone; `bot.pipeline.stages`."""

    @property
    def watch_hits(self) -> WatchHits: ...
    @property
    def own(self) -> Own: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The tables that a correction writes, the stages, and routing; `bot.app` fills it."""

    database: Lane
    stories: StoryRows
    corrections: CorrectionRows
    alerts: AlertRows
    deliveries: DeliveryRows
    workspaces: WorkspaceRows
    facts: Facts
    router: Routes
    examine: Callable[[Article], Found]
