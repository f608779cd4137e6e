"""Who and what is tracked: the catalog, and what a workspace adds to it for itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from rapidfuzz import process
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound, UsageError
from bot.model import Alias, Entity, EntityId, EntityKind, TargetKind, WorkspaceId
from bot.services.aliases import AliasTrial, checked_alias, try_alias
from bot.services.asking import Actor, Place
from bot.services.history import History
from bot.services.known import Known, find_own
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.upkeep import EntityRows, Live, SubscriptionRows
from bot.text.fold import fold
from bot.text.scan import searched

LATELY = timedelta(days=30)
_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_LINE = 300
_MOST_ALIASES = 20
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
    alias: Alias | None = None
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
        subscriptions: SubscriptionRows,
        history: History,
        known: Callable[[], Known],
        live: Live,
        limit: int = 200,
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._subscriptions, self._history = subscriptions, history
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
            entity, added = self._find(typed, own)
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
        """Add an entity for this workspace; saved only without cause for doubt, or `anyway`."""
        draft = _draft(name, kind, aliases, line)
        async with self._database.read() as conn:
            tenant, own = await self._own(conn, place)
            entity = self._checked(draft, own)
            trial = await try_alias(
                self._history, conn, entity, entity.aliases, workspace=tenant, now=now
            )
        if trial.doubts and not anyway:
            return Added(entity=entity, trial=trial, saved=False)
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            own = await self._rows.of_workspace(conn, workspace.id)
            entity = replace(self._checked(draft, own), workspace=workspace.id)
            await self._rows.put(conn, entity, by=actor.id, now=now)
        await self._live.refresh()
        return Added(entity=entity, trial=trial, saved=True)

    async def alias(
        self,
        place: Place,
        actor: Actor,
        typed: str,
        alias: str,
        *,
        now: datetime,
        anyway: bool = False,
    ) -> Added:
        """Add a way to write an entity, own or shared, for this workspace alone."""
        new = checked_alias(alias)
        async with self._database.read() as conn:
            tenant, own = await self._own(conn, place)
            entity, _ = self._with_alias(typed, new, own)
            trial = await try_alias(self._history, conn, entity, (new,), workspace=tenant, now=now)
        if trial.doubts and not anyway:
            return Added(entity=entity, alias=new, trial=trial, saved=False)
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            own = await self._rows.of_workspace(conn, workspace.id)
            entity, added = self._with_alias(typed, new, own)
            await self._rows.put(conn, replace(added, workspace=workspace.id), by=actor.id, now=now)
        await self._live.refresh()
        return Added(entity=entity, alias=new, trial=trial, saved=True)

    async def remove(
        self, place: Place, actor: Actor, typed: str, alias: str = "", *, now: datetime
    ) -> Removed:
        """Forget the workspace's addition, or one alias of it; the catalog itself stays."""
        async with self._database.write() as conn:
            tenant, own = await self._own(conn, place)
            entity, added = self._find(typed, own)
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

    async def _own(
        self, conn: AsyncConnection, place: Place
    ) -> tuple[WorkspaceId | None, list[Entity]]:
        """The workspace, where it is known, and what it has added."""
        tenant = (await self._places.find(conn, place)).tenant
        return tenant, await self._rows.of_workspace(conn, tenant) if tenant is not None else []

    def _find(self, typed: str, own: Sequence[Entity]) -> tuple[Entity, Entity | None]:
        """The entity that was typed, and the workspace's addition to it or that it is."""
        mine = find_own(typed, own)
        if mine is not None:
            return self._known().catalog.get(mine.id) or mine, mine
        shared = self._known().catalog.find(typed)
        if shared is None:
            names = process.extract(typed, [e.name for e in own], limit=2, score_cutoff=70)
            near = (*(name for name, _, _ in names), *self._known().catalog.suggest(typed))
            raise NotFound(
                "entity",
                typed,
                tuple(dict.fromkeys(near))[:3],
                instead="Look for it with /entity list, or add it with /entity add.",
            )
        return shared, next((entity for entity in own if entity.id == shared.id), None)

    def _checked(self, draft: Entity, own: Sequence[Entity]) -> Entity:
        """The new entity with its id; raises UsageError where there is one so called."""
        known = self._known().catalog.find(draft.name)
        if known is not None:
            raise UsageError(
                f"“{draft.name}” is tracked already: {known.name} ({known.kind}). To add another "
                f"way to write it: /entity alias {known.id} <alias>"
            )
        if (twin := find_own(draft.name, own)) is not None:
            raise UsageError(
                f"“{draft.name}” was added before, as {twin.name}. See /entity show {twin.id}"
            )
        self._check_limit(own)
        taken = {entity.id for entity in own}
        slug = _SLUG.sub("-", fold(draft.name).text).strip("-") or "own"
        names = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
        free = next(
            EntityId(name)
            for name in names
            if name not in taken and self._known().catalog.get(EntityId(name)) is None
        )
        return replace(draft, id=free)

    def _with_alias(self, typed: str, new: Alias, own: Sequence[Entity]) -> tuple[Entity, Entity]:
        """The entity that was typed, and the workspace's addition with the alias in it."""
        entity, added = self._find(typed, own)
        holder = find_own(new.text, own) or self._known().catalog.find(new.text)
        if holder is not None and holder.id == entity.id:
            raise UsageError(f"“{new.text}” is a way to write {entity.name} already.")
        if added is None:
            self._check_limit(own)
            added = replace(entity, aliases=())
        if len(added.aliases) >= _MOST_ALIASES:
            raise UsageError(
                f"At most {_MOST_ALIASES} aliases can be added to {entity.name}. "
                f"Remove one first: /entity remove {entity.id} alias:<alias>"
            )
        return entity, replace(added, aliases=(*added.aliases, new))

    def _check_limit(self, own: Sequence[Entity]) -> None:
        if len(own) >= self._limit:
            raise UsageError(
                f"This workspace has added to {len(own)} entities, and {self._limit} are the "
                "limit. Remove one with /entity remove."
            )

    async def _refuse_in_use(
        self, conn: AsyncConnection, workspace: WorkspaceId, entity: Entity
    ) -> None:
        if self._known().catalog.get(entity.id) is not None:
            return
        known = await self._subscriptions.subscriptions_of(conn, workspace)
        used = sum(s.target.kind is TargetKind.ENTITY and s.target.id == entity.id for s in known)
        if used:
            channels = "a channel is" if used == 1 else f"{used} channels are"
            raise UsageError(
                f"{channels.capitalize()} subscribed to {entity.name}. "
                "Unsubscribe there first (/subscriptions, /unsubscribe)."
            )


def _draft(name: str, kind: EntityKind, aliases: Sequence[str], line: str) -> Entity:
    """The entity as typed, its id still to be found."""
    name, line = " ".join(name.split()), " ".join(line.split())
    if len(line) > _LONGEST_LINE:
        raise UsageError(f"What it is, is said in at most {_LONGEST_LINE} characters.")
    spelled = {searched(alias): checked_alias(alias) for alias in (name, *aliases)}
    if len(spelled) > _MOST_ALIASES:
        raise UsageError(f"An entity has at most {_MOST_ALIASES} aliases.")
    return Entity(id=EntityId(""), name=name, kind=kind, line=line, aliases=tuple(spelled.values()))


def _answers(entity: Entity, wanted: str) -> bool:
    """Whether it is of the kind, or one of its names holds the words, that were asked for."""
    if not wanted or wanted in _KINDS:
        return not wanted or wanted == entity.kind.value
    names = (entity.id, entity.name, *(alias.text for alias in entity.aliases))
    return any(wanted in searched(name) for name in names)
