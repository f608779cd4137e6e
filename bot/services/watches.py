"""Watches: queries that a channel or a person has saved, tried on history before they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UsageError
from bot.model import Destination, Entity, Judged, Span, Watch, Workspace
from bot.services.asking import Actor, Place
from bot.services.history import History, Tried
from bot.services.known import Known
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.ports.upkeep import EntityRows, FeedRows, Live, WatchRows
from bot.services.watch_choice import check_right, chosen, label, own_place, shown
from bot.services.watch_sources import unheard
from bot.watches import Names, Query, Trial, WatchSyntaxError, narrow, parse
from bot.watches.catalog_names import CatalogNames

__all__ = ["Kept", "Limits", "Tested", "WatchSyntaxError", "Watches", "label", "own_place"]

DAYS = 14
"""How far back a query is tried unless told otherwise."""
BY_HAND = "paused by hand"
_LONGEST_NAME = 80
FLOOD = 100.0
"""Alerts a day from which on a watch is not saved unless that is said to be meant."""
MANY = 20.0
"""Alerts a day from which on a person is warned."""
_EVERYONE = frozenset({"everyone", "here", "channel", "all"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many watches a channel, and a person for themselves, may keep."""

    per_channel: int = 25
    per_person: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A query in its normal form, read in plain English, with what it would have brought."""

    canonical: str
    reading: str
    tried: Tried
    warnings: tuple[str, ...] = ()
    """What of the query is likely a mistake though it can be read."""

    @property
    def is_flood(self) -> bool:
        """Whether it would bring more than any channel can read."""
        return self.tried.all.alerts_a_day >= FLOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A saved watch. `there` says that it was there before; `own` that it is one person's."""

    watch: Watch
    reading: str
    tested: Tested | None = None
    there: bool = False
    channel_id: str = ""
    channel: str = ""
    """The name of its channel, filled in where all of a workspace's are listed."""

    @property
    def own(self) -> bool:
        """Whether its alerts go to one person alone."""
        return self.watch.owner is not None


class Watches:
    """Adds, tries, lists and changes watches, within one workspace at a time."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        rows: WatchRows,
        entities: EntityRows,
        feeds: FeedRows,
        history: History,
        known: Callable[[], Known],
        live: Live,
        limits: Limits,
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._entities, self._feeds, self._history = entities, feeds, history
        self._known, self._live, self._limits = known, live, limits

    async def test(self, place: Place, typed: str, *, now: datetime, days: int = DAYS) -> Tested:
        """Hold a query against history; saves nothing. Raises WatchSyntaxError."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            own = await self._own(conn, here.workspace)
            query = parse(typed, self._names(own))
            return await self._tested(conn, query, here.workspace, added=own, now=now, days=days)

    async def add(
        self,
        place: Place,
        actor: Actor,
        typed: str,
        *,
        now: datetime,
        name: str = "",
        own: bool = False,
        mention: str | None = None,
        anyway: bool = False,
    ) -> Kept | Tested:
        """Save a query for the channel, or as the person's own, with what it would have brought.

        The same query twice in one place is one watch. One that would bring a flood is only tried,
        unless it is to be saved `anyway`.
        """
        own = own or place.kind == "direct"
        check_right(actor, own=own)
        role = _role(mention, own=own)
        name = _shortened(" ".join(name.split()))
        target = own_place(place, actor) if own else place
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            added = await self._own(conn, here.workspace)
            query = parse(typed, self._names(added))
            tested = await self._tested(conn, query, here.workspace, added=added, now=now)
        if tested.is_flood and not anyway:
            return tested
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            destination = await self._places.destination(conn, target, now)
            known = await self._rows.watches_of(conn, workspace.id)
            same = _same(known, destination, query)
            if same is None:
                self._check_limit(known, destination, actor, own=own)
            watch = await self._rows.add_watch(
                conn,
                destination=destination.id,
                name=name or (same.name if same else _shortened(query.canonical)),
                query=query.canonical,
                typed=typed,
                now=now,
                owner=actor.id if own else None,
                mention=role or (same.mention if same else None),
                by=actor.id,
            )
        await self._live.refresh()
        return Kept(watch=watch, reading=query.reading, tested=tested, there=same is not None)

    async def listing(self, place: Place, actor: Actor) -> list[Kept]:
        """The channel's watches, then the person's own."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            if here.workspace is None:
                return []
            known = await self._rows.watches_of(conn, here.workspace.id)
            added = await self._own(conn, here.workspace)
        mine = shown(known, here.destination, actor)
        return [Kept(watch=watch, reading=self._reading(watch, added)) for watch in mine]

    async def everywhere(self, place: Place, actor: Actor) -> list[Kept]:
        """The watches of all channels of the workspace, and the person's own."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            if here.workspace is None:
                return []
            known = await self._rows.watches_of(conn, here.workspace.id)
            places = await self._places.all(conn, here.workspace)
            added = await self._own(conn, here.workspace)
        seen = [watch for watch in known if watch.owner in {None, actor.id}]
        return [
            Kept(
                watch=watch,
                reading=self._reading(watch, added),
                channel_id=places[watch.destination].channel,
                channel=places[watch.destination].name or places[watch.destination].channel,
            )
            for watch in seen
        ]

    async def edit(
        self,
        place: Place,
        actor: Actor,
        which: str,
        typed: str,
        *,
        now: datetime,
        anyway: bool = False,
    ) -> Kept | Tested:
        """Give a watch another query, with what that would have brought; as `add`, not a flood."""
        async with self._database.read() as conn:
            workspace, _ = await self._find(conn, place, actor, which)
            added = await self._own(conn, workspace)
            query = parse(typed, self._names(added))
            tested = await self._tested(conn, query, workspace, added=added, now=now)
        if tested.is_flood and not anyway:
            return tested
        async with self._database.write() as conn:
            workspace, watch = await self._find(conn, place, actor, which)
            known = await self._rows.watches_of(conn, workspace.id)
            for other in known:
                alike = other.destination == watch.destination and other.query == query.canonical
                if alike and other.id != watch.id:
                    raise UsageError(
                        f"{label(other.id)} “{other.name}” asks for that already. "
                        f"Remove one of the two: /watch remove {label(watch.id)}"
                    )
            # A name that was only the query follows it.
            unnamed = watch.name == _shortened(watch.query)
            name = _shortened(query.canonical) if unnamed else watch.name
            await self._rows.edit_watch(
                conn, watch.id, query=query.canonical, typed=typed, name=name
            )
        await self._live.refresh()
        changed = replace(watch, query=query.canonical, typed=typed, name=name)
        return Kept(watch=changed, reading=query.reading, tested=tested, there=True)

    async def pause(self, place: Place, actor: Actor, which: str, *, now: datetime) -> Kept:
        """Pause a watch, or let a paused one go on."""
        async with self._database.write() as conn:
            workspace, watch = await self._find(conn, place, actor, which)
            added = await self._own(conn, workspace)
            reason = BY_HAND if watch.paused_reason is None else None
            await self._rows.pause_watch(conn, watch.id, reason, now)
        await self._live.refresh()
        return Kept(
            watch=replace(watch, paused_reason=reason),
            reading=self._reading(watch, added),
            there=True,
        )

    async def remove(self, place: Place, actor: Actor, which: str) -> Kept:
        """Forget a watch; gives what it was."""
        async with self._database.write() as conn:
            workspace, watch = await self._find(conn, place, actor, which)
            added = await self._own(conn, workspace)
            await self._rows.remove_watch(conn, watch.id)
        await self._live.refresh()
        return Kept(watch=watch, reading=self._reading(watch, added), there=True)

    def _names(self, added: Sequence[Entity]) -> Names:
        known = self._known()
        return CatalogNames(known.catalog, known.topics, added)

    async def _own(self, conn: AsyncConnection, workspace: Workspace | None) -> list[Entity]:
        """What the workspace added to the catalog."""
        return await self._entities.of_workspace(conn, workspace.id) if workspace else []

    async def _tested(
        self,
        conn: AsyncConnection,
        query: Query,
        workspace: Workspace | None,
        *,
        added: Sequence[Entity],
        now: datetime,
        days: int = DAYS,
    ) -> Tested:
        trial = Trial(query, added)
        tenant = workspace.id if workspace is not None else None

        def match(judged: Judged) -> Sequence[Span] | None:
            found = trial.match(judged)
            return found.spans if found is not None else None

        tried = await self._history.try_out(
            conn,
            narrow(query),
            match,
            workspace=tenant,
            days=days,
            now=now,
        )
        feeds = await self._feeds.all_feeds(conn, workspace=tenant)
        return Tested(
            canonical=query.canonical,
            reading=query.reading,
            tried=tried,
            warnings=unheard(query, (state.feed for state in feeds)),
        )

    async def _find(
        self, conn: AsyncConnection, place: Place, actor: Actor, which: str
    ) -> tuple[Workspace, Watch]:
        """The watch that was named by `w12` or its name, if the person may change it."""
        here = await self._places.find(conn, place)
        known = await self._rows.watches_of(conn, here.workspace.id) if here.workspace else []
        watch = chosen(which, known, here.destination, actor)
        assert here.workspace is not None
        return here.workspace, watch

    def _reading(self, watch: Watch, added: Sequence[Entity]) -> str:
        """What a stored query asks for, by the names that things have now."""
        for names in (self._names(added), None):
            try:
                return parse(watch.query, names).reading
            except WatchSyntaxError:
                continue
        # Saved by an older grammar: still shown, so that it can be edited or removed.
        return watch.query

    def _check_limit(
        self, known: Sequence[Watch], destination: Destination, actor: Actor, *, own: bool
    ) -> None:
        if own:
            count, most = sum(w.owner == actor.id for w in known), self._limits.per_person
            whose = "You have"
        else:
            count = sum(w.destination == destination.id for w in known)
            most, whose = self._limits.per_channel, "This channel has"
        if count >= most:
            raise UsageError(
                f"{whose} {count} watches, and {most} are the limit. Remove one with "
                "/watch remove, or join two in one query with OR."
            )


def _role(mention: str | None, *, own: bool) -> str | None:
    """The id or name of the one role that a watch pings."""
    if not mention:
        return None
    role = mention.strip().strip("<>").lstrip("@&!").removeprefix("subteam^").partition("|")[0]
    if own:
        raise UsageError("A watch of your own pings nobody but you. Leave out `mention`.")
    if not role or role.lower() in _EVERYONE:
        raise UsageError("A watch can ping one role, never everyone. Name a role, such as @policy.")
    return role


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _same(known: Sequence[Watch], destination: Destination, query: Query) -> Watch | None:
    alike = (w for w in known if w.destination == destination.id and w.query == query.canonical)
    return next(alike, None)
