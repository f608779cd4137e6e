"""Watches: queries that a channel or a person has saved, tried on history before they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UsageError
from bot.model import DestinationId, Watch, Workspace
from bot.services.asking import Actor, Place
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.ports.upkeep import Live, WatchRows
from bot.services.watches.choice import check_right, chosen, label, own_place, shown
from bot.services.watches.limits import Limits, role_pinged
from bot.services.watches.results import Kept, Tested
from bot.services.watches.trying import DAYS, Trying
from bot.watches import Query

BY_HAND = "paused by hand"
_LONGEST_NAME = 80


class Watches:
    """Adds, tries, lists and changes watches, within one workspace at a time."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        rows: WatchRows,
        trying: Trying,
        live: Live,
        limits: Limits,
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._trying, self._live, self._limits = trying, live, limits

    async def test(self, place: Place, typed: str, *, now: datetime, days: int = DAYS) -> Tested:
        """Hold a query against history; saves nothing. Raises WatchSyntaxError."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            words = await self._trying.vocabulary(conn, here.workspace)
            query = words.parse(typed)
            return await self._trying.test(conn, query, here.workspace, words, now=now, days=days)

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
        role = role_pinged(mention, own=own)
        name = _shortened(" ".join(name.split()))
        target = own_place(place, actor) if own else place
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            words = await self._trying.vocabulary(conn, here.workspace)
            query = words.parse(typed)
            tested = await self._trying.test(conn, query, here.workspace, words, now=now)
        if tested.is_flood and not anyway:
            return tested
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            destination = await self._places.destination(conn, target, now)
            known = await self._rows.watches_of(conn, workspace.id)
            same = _same(known, destination.id, query)
            if same is None:
                self._limits.check(known, destination, actor, own=own)
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
            words = await self._trying.vocabulary(conn, here.workspace)
        mine = shown(known, here.destination, actor)
        return [Kept(watch=watch, reading=words.reading(watch)) for watch in mine]

    async def everywhere(self, place: Place, actor: Actor) -> list[Kept]:
        """The watches of all channels of the workspace, and the person's own."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            if here.workspace is None:
                return []
            known = await self._rows.watches_of(conn, here.workspace.id)
            places = await self._places.all(conn, here.workspace)
            words = await self._trying.vocabulary(conn, here.workspace)
        seen = [watch for watch in known if watch.owner in {None, actor.id}]
        return [
            Kept(
                watch=watch,
                reading=words.reading(watch),
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
            words = await self._trying.vocabulary(conn, workspace)
            query = words.parse(typed)
            tested = await self._trying.test(conn, query, workspace, words, now=now)
        if tested.is_flood and not anyway:
            return tested
        async with self._database.write() as conn:
            workspace, watch = await self._find(conn, place, actor, which)
            known = await self._rows.watches_of(conn, workspace.id)
            same = _same(known, watch.destination, query)
            if same is not None and same.id != watch.id:
                raise UsageError(
                    f"{label(same.id)} “{same.name}” asks for that already. "
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
            words = await self._trying.vocabulary(conn, workspace)
            reason = BY_HAND if watch.paused_reason is None else None
            await self._rows.pause_watch(conn, watch.id, reason, now)
        await self._live.refresh()
        return Kept(
            watch=replace(watch, paused_reason=reason),
            reading=words.reading(watch),
            there=True,
        )

    async def remove(self, place: Place, actor: Actor, which: str) -> Kept:
        """Forget a watch; gives what it was."""
        async with self._database.write() as conn:
            workspace, watch = await self._find(conn, place, actor, which)
            words = await self._trying.vocabulary(conn, workspace)
            await self._rows.remove_watch(conn, watch.id)
        await self._live.refresh()
        return Kept(watch=watch, reading=words.reading(watch), there=True)

    async def _find(
        self, conn: AsyncConnection, place: Place, actor: Actor, which: str
    ) -> tuple[Workspace, Watch]:
        """The watch that was named by `w12` or its name, if the person may change it."""
        here = await self._places.find(conn, place)
        known = await self._rows.watches_of(conn, here.workspace.id) if here.workspace else []
        watch = chosen(which, known, here.destination, actor)
        assert here.workspace is not None
        return here.workspace, watch


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _same(known: Sequence[Watch], destination: DestinationId, query: Query) -> Watch | None:
    """The watch of the place that asks for the same."""
    alike = (w for w in known if w.destination == destination and w.query == query.canonical)
    return next(alike, None)
