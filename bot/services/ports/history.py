"""What services ask of the database: what was seen, searched for or lost."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    ArticleId,
    FeedId,
    Report,
    StoryId,
    WorkspaceId,
)


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

    async def at_addresses(
        self, conn: AsyncConnection, url_hashes: Sequence[str]
    ) -> Sequence[Trace]: ...
    async def failed_at(self, conn: AsyncConnection, urls: Collection[str]) -> Sequence[Failed]: ...
    async def sharing_address(
        self, conn: AsyncConnection, urls: Collection[str], workspace: WorkspaceId | None
    ) -> Sequence[StoredArticle]: ...
