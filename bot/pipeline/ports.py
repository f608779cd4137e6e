"""What the pipeline asks of others: the database, whom to tell, where to fetch.

Modules of `bot.store` satisfy the row ports; nothing here knows SQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.fetch import Fetched, FetchRequest
from bot.feeds.health import Health
from bot.model import (
    AlertState,
    ArticleId,
    Deadline,
    FeedId,
    Joined,
    Own,
    PollState,
    Report,
    Story,
    StoryId,
)
from bot.model.seen import Filing, Fingerprint, SeenEntry


class Database(Protocol):
    """Transactions: each ends with its block, and leaves no trace when that raises."""

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees one state of the database."""
        ...

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Commits at its end."""
        ...

    def lane(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Commits at its end; no two of the lane overlap, in any process."""
        ...


class FeedRows(Protocol):
    """Feeds and their polls; `bot.store.feeds`."""

    async def due_feeds(
        self, conn: AsyncConnection, *, now: datetime, limit: int
    ) -> list[PollState]: ...
    async def save_polls(self, conn: AsyncConnection, states: Sequence[PollState]) -> None: ...


class SeenRows(Protocol):
    """What feeds have listed; `bot.store.seen`."""

    async def reserve_ids(self, conn: AsyncConnection, count: int) -> list[int]: ...
    async def touching(
        self, conn: AsyncConnection, feed: FeedId, marks: Sequence[Fingerprint]
    ) -> list[SeenEntry]: ...
    async def add(
        self, conn: AsyncConnection, rows: Sequence[SeenEntry], now: datetime
    ) -> None: ...
    async def overwrite(
        self, conn: AsyncConnection, rows: Sequence[SeenEntry], now: datetime
    ) -> None: ...
    async def still_listed(
        self, conn: AsyncConnection, ids: Iterable[int], now: datetime
    ) -> None: ...


class StoredArticle(Protocol):
    """An article with the story that it belongs to."""

    @property
    def report(self) -> Report: ...
    @property
    def story(self) -> StoryId | None: ...


class ArticleRows(Protocol):
    """Articles; `bot.store.articles`."""

    async def reserve_ids(self, conn: AsyncConnection, count: int) -> list[ArticleId]: ...
    async def with_keys(
        self, conn: AsyncConnection, keys: Sequence[str]
    ) -> dict[str, ArticleId]: ...
    async def store(
        self,
        conn: AsyncConnection,
        reports: Sequence[tuple[Report, StoryId]],
        filings: Mapping[ArticleId, Filing],
    ) -> None: ...
    async def revise(
        self,
        conn: AsyncConnection,
        reports: Sequence[Report],
        filings: Mapping[ArticleId, Filing],
        now: datetime,
    ) -> None: ...
    async def link_feed(
        self, conn: AsyncConnection, feed: FeedId, ids: Iterable[ArticleId], now: datetime
    ) -> None: ...
    async def open_up(
        self, conn: AsyncConnection, ids: Sequence[ArticleId], *, shared: bool, news: bool
    ) -> None: ...
    async def load(
        self, conn: AsyncConnection, ids: Iterable[ArticleId]
    ) -> Mapping[ArticleId, StoredArticle]: ...


class OwnRows(Protocol):
    """What workspaces' own additions find in articles; `bot.store.own`."""

    async def store(self, conn: AsyncConnection, own: Mapping[ArticleId, Own]) -> None: ...
    async def of_articles(
        self, conn: AsyncConnection, ids: Iterable[ArticleId]
    ) -> Mapping[ArticleId, Own]: ...


class DeadlineRows(Protocol):
    """What articles say is due; `bot.store.deadlines`."""

    async def store(
        self, conn: AsyncConnection, found: Mapping[ArticleId, tuple[Deadline, ...]]
    ) -> None: ...


class StoryRows(Protocol):
    """Stories; `bot.store.stories`."""

    async def reserve_ids(self, conn: AsyncConnection, count: int) -> list[StoryId]: ...
    async def begin(self, conn: AsyncConnection, begun: Sequence[Story]) -> None: ...
    async def update(self, conn: AsyncConnection, changed: Sequence[Story]) -> None: ...
    async def load(self, conn: AsyncConnection, ids: Iterable[StoryId]) -> dict[StoryId, Story]: ...
    async def live(
        self,
        conn: AsyncConnection,
        since: datetime,
        *,
        relevant_since: datetime,
        relevance: float,
    ) -> list[Story]: ...


class FailureRows(Protocol):
    """Entries on which a stage raised; `bot.store.failures`."""

    async def note(
        self,
        conn: AsyncConnection,
        feed: FeedId,
        key: str,
        *,
        title: str,
        url: str | None,
        stage: str,
        error: str,
        now: datetime,
    ) -> None: ...
    async def clear(self, conn: AsyncConnection, feed: FeedId, keys: Iterable[str]) -> None: ...


class Facts(Protocol):
    """Counts of changes; `bot.store.facts`."""

    async def stories_version(self, conn: AsyncConnection) -> int: ...
    async def stories_changed(self, conn: AsyncConnection) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The tables that the lane reads and writes."""

    feeds: FeedRows
    seen: SeenRows
    articles: ArticleRows
    own: OwnRows
    deadlines: DeadlineRows
    stories: StoryRows
    failures: FailureRows
    facts: Facts


class Routed(Protocol):
    """What routing did."""

    @property
    def states(self) -> Mapping[AlertState, int]:
        """Alerts that it judged, by their new state."""
        ...


class Router(Protocol):
    """Decides who is to learn of reports; `bot.alerts.router`."""

    async def route(self, conn: AsyncConnection, joined: Sequence[Joined], now: datetime) -> Routed:
        """Judge a batch in its order, and write what comes of it in the lane's transaction."""
        ...


class HealthReporter(Protocol):
    """Tells managers how a feed does, once for each change."""

    async def report(
        self, conn: AsyncConnection, state: PollState, health: Health, now: datetime
    ) -> None:
        """Queue the news in the caller's transaction."""
        ...


class Fetches(Protocol):
    """Gets documents; raises FeedError."""

    async def fetch(self, request: FetchRequest) -> Fetched: ...
