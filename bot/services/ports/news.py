"""What services ask of the database: articles, stories and what they say is due."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    ArticleId,
    ArticleKind,
    Deadline,
    EntityId,
    RecognisedEntity,
    Saga,
    Story,
    StoryId,
    Tier,
    WorkspaceId,
)


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
    @property
    def kind(self) -> ArticleKind: ...


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
