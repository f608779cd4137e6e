"""Who and what is tracked: the catalog, and what a workspace adds to it for itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound, UsageError
from bot.model import Alias, Entity, EntityKind, TargetKind, WorkspaceId
from bot.services.aliases import AliasTrial, try_alias
from bot.services.asking import Actor, Place
from bot.services.history import History
from bot.services.known import Known
from bot.services.own_catalog import OwnCatalog, drafted
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.ports.upkeep import EntityRows, Live, OrderRows
from bot.text.scan import searched
from bot.watches import entities_asked

LATELY = timedelta(days=30)
_KINDS = frozenset(kind.value for kind in EntityKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Entities that were asked for: the workspace's own first; `total` where it is cut."""

    own: tuple[Entity, ...]
    shared: tuple[Entity, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entity with the aliases that the workspace added, and how many articles named it lately.

    `own` says that the workspace itself added the whole entity.
    """

    entity: Entity
    added: tuple[Alias, ...]
    own: bool
    named: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was added, or, where `saved` is False, what gives cause to ask again before it is."""

    entity: Entity
    aliases: tuple[Alias, ...] = ()
    trial: AliasTrial
    saved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was forgotten: the workspace's whole addition, or one alias of it."""

    entity: Entity
    alias: str = ""


class Entities:
    """Lists and shows the catalog; adds to it for one workspace at a time."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        rows: EntityRows,
        orders: OrderRows,
        history: History,
        known: Callable[[], Known],
        live: Live,
        limit: int = 200,
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._orders, self._history = orders, history
        self._known, self._live, self._limit = known, live, limit

    async def listing(self, place: Place, search: str = "", *, most: int = 60) -> Listed:
        """Entities of a kind, or whose names hold the words; all of them without either."""
        async with self._database.read() as conn:
            _, own = await self._own(conn, place)
        wanted = searched(search)
        mine = [entity for entity in own if _answers(entity, wanted)]
        shared = [entity for entity in self._known().catalog.all() if _answers(entity, wanted)]
        shared.sort(key=lambda entity: entity.name.casefold())
        return Listed(
            own=tuple(mine[:most]),
            shared=tuple(shared[: max(0, most - len(mine))]),
            total=len(mine) + len(shared),
        )

    async def show(self, place: Place, typed: str, *, now: datetime) -> Shown:
        """One entity by id, name or alias; raises NotFound with the nearest names."""
        async with self._database.read() as conn:
            tenant, own = await self._own(conn, place)
            entity, added = self._catalog(own).find(typed)
            named = await self._rows.named_since(conn, entity.id, tenant, now - LATELY)
        whole = self._known().catalog.get(entity.id) is None
        extra = added.aliases if added is not None and not whole else ()
        return Shown(entity=entity, added=extra, own=whole, named=named)

    async def add(
        self,
        place: Place,
        actor: Actor,
        name: str,
        kind: EntityKind,
        *,
        now: datetime,
        aliases: Sequence[str] = (),
        line: str = "",
        anyway: bool = False,
    ) -> Added:
        """Add an entity for this workspace; saved only without cause for doubt, or `anyway`.

        A single letter for an alias is never saved.
        """
        tried = await self.consider(place, name, kind, now=now, aliases=aliases, line=line)
        if tried.trial.never or (tried.trial.doubts and not anyway):
            return tried
        draft = drafted(name, kind, aliases, line)
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            known = self._catalog(await self._rows.of_workspace(conn, workspace.id))
            entity = replace(known.numbered(draft), workspace=workspace.id)
            await self._rows.put(conn, entity, by=actor.id, now=now)
        await self._live.refresh()
        return Added(entity=entity, trial=tried.trial, saved=True)

    async def consider(
        self,
        place: Place,
        name: str,
        kind: EntityKind,
        *,
        now: datetime,
        aliases: Sequence[str] = (),
        line: str = "",
    ) -> Added:
        """What `add` would add, tried on history; saves nothing."""
        draft = drafted(name, kind, aliases, line)
        async with self._database.read() as conn:
            tenant, own = await self._own(conn, place)
            entity = self._catalog(own).numbered(draft)
            trial = await try_alias(
                self._history, conn, entity, entity.aliases, workspace=tenant, now=now
            )
        return Added(entity=entity, trial=trial, saved=False)

    async def alias(
        self,
        place: Place,
        actor: Actor,
        typed: str,
        aliases: Sequence[str],
        *,
        now: datetime,
        anyway: bool = False,
    ) -> Added:
        """Add ways to write an entity, own or shared, for this workspace alone."""
        tried = await self.consider_alias(place, typed, aliases, now=now)
        if tried.trial.never or (tried.trial.doubts and not anyway):
            return tried
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            known = self._catalog(await self._rows.of_workspace(conn, workspace.id))
            addition = known.with_aliases(typed, aliases).addition
            await self._rows.put(
                conn, replace(addition, workspace=workspace.id), by=actor.id, now=now
            )
        await self._live.refresh()
        return replace(tried, saved=True)

    async def consider_alias(
        self, place: Place, typed: str, aliases: Sequence[str], *, now: datetime
    ) -> Added:
        """What `alias` would add, tried on history; saves nothing."""
        async with self._database.read() as conn:
            tenant, own = await self._own(conn, place)
            found = self._catalog(own).with_aliases(typed, aliases)
            trial = await try_alias(
                self._history, conn, found.entity, found.new, workspace=tenant, now=now
            )
        return Added(entity=found.entity, aliases=found.new, trial=trial, saved=False)

    async def remove(
        self, place: Place, actor: Actor, typed: str, alias: str = "", *, now: datetime
    ) -> Removed:
        """Forget the workspace's addition, or one alias of it; the catalog itself stays."""
        async with self._database.write() as conn:
            tenant, own = await self._own(conn, place)
            entity, added = self._catalog(own).find(typed)
            if added is None or tenant is None:
                raise UsageError(
                    f"{entity.name} stands in the catalog that all share; only what this workspace "
                    "added can be removed here. See /entity list."
                )
            kept = [a for a in added.aliases if alias and searched(a.text) != searched(alias)]
            if alias and len(kept) == len(added.aliases):
                raise NotFound("added alias", alias, tuple(a.text for a in added.aliases)[:3])
            if kept:
                changed = replace(added, aliases=tuple(kept))
                await self._rows.put(conn, changed, by=actor.id, now=now)
            else:
                await self._refuse_in_use(conn, tenant, entity)
                await self._rows.remove(conn, tenant, entity.id)
        await self._live.refresh()
        return Removed(entity=entity, alias=alias)

    def _catalog(self, own: Sequence[Entity]) -> OwnCatalog:
        return OwnCatalog(self._known().catalog, own, self._limit)

    async def _own(
        self, conn: AsyncConnection, place: Place
    ) -> tuple[WorkspaceId | None, list[Entity]]:
        """The workspace, where it is known, and what it has added."""
        tenant = (await self._places.find(conn, place)).tenant
        return tenant, await self._rows.of_workspace(conn, tenant) if tenant is not None else []

    async def _refuse_in_use(
        self, conn: AsyncConnection, workspace: WorkspaceId, entity: Entity
    ) -> None:
        if self._known().catalog.get(entity.id) is not None:
            return
        known = await self._orders.subscriptions_of(conn, workspace)
        used = sum(s.target.kind is TargetKind.ENTITY and s.target.id == entity.id for s in known)
        if used:
            channels = "a channel is" if used == 1 else f"{used} channels are"
            raise UsageError(
                f"{channels.capitalize()} subscribed to {entity.name}. "
                "Unsubscribe there first (/subscriptions, /unsubscribe)."
            )
        for watch in await self._orders.watches_of(conn, workspace):
            # A person's own watch is that person's business; it finds nothing more.
            if watch.owner is None and entity.id in entities_asked(watch.query):
                raise UsageError(
                    f"The watch w{watch.id} “{watch.name}” asks for {entity.name}. "
                    "Edit or remove it first (/watch list, /watch edit, /watch remove)."
                )


def _answers(entity: Entity, wanted: str) -> bool:
    """Whether it is of the kind, or one of its names holds the words, that were asked for."""
    if not wanted or wanted in _KINDS:
        return not wanted or wanted == entity.kind.value
    names = (entity.id, entity.name, *(alias.text for alias in entity.aliases))
    return any(wanted in searched(name) for name in names)
