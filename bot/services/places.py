"""From the place of a call to the workspace and destination that the database knows."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, DestinationId, DestinationKind, Workspace, WorkspaceId
from bot.services.asking import Place
from bot.services.ports import FindPlaces, MakePlaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What is stored of a place; None where nothing was ever ordered or set there."""

    workspace: Workspace | None = None
    destination: Destination | None = None

    @property
    def tenant(self) -> WorkspaceId | None:
        """Whose articles may be seen here; None: only what is shared."""
        return self.workspace.id if self.workspace is not None else None

    @property
    def zone(self) -> str:
        """The IANA name of the zone in which times are typed here."""
        return self.workspace.zone if self.workspace is not None else "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the operator's config gives a new workspace; it may set its own later."""

    flood_limit: int = 12
    breaking: float = 0.9


class Places:
    """Looks places up for questions, and makes them for orders."""

    def __init__(
        self, find: FindPlaces, make: MakePlaces, beginning: Beginning | None = None
    ) -> None:
        self._find, self._make = find, make
        self._beginning = beginning or Beginning()

    async def find(self, conn: AsyncConnection, place: Place) -> Here:
        """What is stored of the place; stores nothing."""
        workspace = await self._find.workspace_at(conn, place.platform, place.workspace)
        if workspace is None:
            return Here()
        destination = await self._find.destination_at(conn, workspace.id, place.channel)
        return Here(workspace=workspace, destination=destination)

    async def all(
        self, conn: AsyncConnection, workspace: Workspace
    ) -> dict[DestinationId, Destination]:
        """The workspace's destinations by their ids."""
        found = await self._make.destinations_of(conn, workspace.id)
        return {destination.id: destination for destination in found}

    async def workspace(self, conn: AsyncConnection, place: Place, now: datetime) -> Workspace:
        """The place's workspace, made if it is new."""
        found = await self._find.workspace_at(conn, place.platform, place.workspace)
        if found is not None:
            return found
        made = await self._make.get_or_create_workspace(
            conn, place.platform, place.workspace, name=place.workspace_name, now=now
        )
        flood_limit, breaking = self._beginning.flood_limit, self._beginning.breaking
        if (made.flood_limit, made.breaking) == (flood_limit, breaking):
            return made
        await self._make.set_workspace(conn, made.id, flood_limit=flood_limit, breaking=breaking)
        return replace(made, flood_limit=flood_limit, breaking=breaking)

    async def destination(self, conn: AsyncConnection, place: Place, now: datetime) -> Destination:
        """The place as a destination, made with its workspace if it is new."""
        workspace = await self.workspace(conn, place, now)
        return await self._make.get_or_create_destination(
            conn,
            workspace.id,
            place.channel,
            kind=DestinationKind(place.kind),
            name=place.channel_name,
            owner=place.owner,
            now=now,
        )
