"""What services ask of the database: tenants, their places, and what is set for them."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Destination,
    DestinationId,
    DestinationKind,
    Entity,
    PollState,
    QuietHours,
    StoryId,
    Workspace,
    WorkspaceId,
)


class FindPlaces(Protocol):
    """Looks for tenants and their places; `bot.store.lookup`."""

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


class OwnEntities(Protocol):
    """What workspaces added to the catalog; `bot.store.entities`."""

    async def of_workspace(self, conn: AsyncConnection, workspace: WorkspaceId) -> list[Entity]: ...


class FeedRows(Protocol):
    """Feeds and their polls; `bot.store.feeds`."""

    async def all_feeds(
        self, conn: AsyncConnection, *, workspace: WorkspaceId | None = None
    ) -> list[PollState]: ...
