"""What services ask of the database; modules of `bot.store` satisfy the row ports."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, DestinationKind, Workspace, WorkspaceId


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
