"""A workspace's own feeds: added by a site's address, listed, removed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rapidfuzz import process
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound, UsageError
from bot.feeds.address import read_address, shown
from bot.feeds.canonical import host_of, outlet_of
from bot.feeds.discover import FoundFeed
from bot.feeds.health import Health, health_of
from bot.model import Feed, FeedHealth, FeedId, PollState, Tier, WorkspaceId
from bot.services.asking import Actor, Place, Who
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.ports.upkeep import Discover, FeedRows

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=1)
SHORTEST_OF_OPERATOR = timedelta(seconds=1)
_LONGEST_OUTLET = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed as lists show it; `address` has no secrets. `own` says that the workspace added it."""

    id: FeedId
    title: str
    address: str
    outlet: str
    own: bool
    health: Health
    polled_at: datetime | None
    next_poll_at: datetime | None
    every: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """A site has more than one feed: a person must say which."""

    site: str
    found: tuple[FoundFeed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAdded:
    """A feed that the workspace has now; `there` where it had it before.

    `shared` where everyone's feeds have it.
    """

    title: str
    address: str
    shared: bool = False
    there: bool = False


class Feeds:
    """Adds, lists and removes feeds, within one workspace at a time."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        rows: FeedRows,
        discover: Discover,
        limit: int = 100,
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._discover, self._limit = discover, limit

    async def add(
        self,
        place: Place,
        actor: Actor,
        typed: str,
        *,
        now: datetime,
        every: timedelta | None = None,
        outlet: str = "",
        tier: Tier = Tier.OTHER,
    ) -> FeedAdded | Several:
        """Let the workspace have the feed of a site; asks back where there are several.

        The operator is bound by no limit, and alone says of which `tier` an outlet is. Raises
        FeedError saying why none can be had, UsageError for what is no address.
        """
        operator = actor.may >= Who.OPERATOR
        _check_every(every, SHORTEST_OF_OPERATOR if operator else SHORTEST)
        found = await self._discover(typed)
        if len(found) > 1:
            return Several(site=shown(read_address(typed)), found=tuple(found))
        feed = new_feed(found[0].url, found[0].title, every=every)
        feed = replace(feed, outlet=outlet or feed.outlet, tier=tier if operator else Tier.OTHER)
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            own = await self._rows.own_feeds(conn, workspace.id)
            title, address = feed.title, shown(feed.url)
            if any(state.feed.url == feed.url for state in own):
                return FeedAdded(title=title, address=address, there=True)
            if await self._is_shared(conn, feed.url):
                return FeedAdded(title=title, address=address, shared=True)
            if not operator:
                self._check_limit(len(own))
            await self._rows.add_for_workspace(conn, workspace.id, feed, by=actor.id, now=now)
        return FeedAdded(title=title, address=address)

    async def listing(self, place: Place, *, now: datetime) -> list[FeedLine]:
        """The workspace's own feeds, then everyone's; each by title."""
        async with self._database.read() as conn:
            tenant = (await self._places.find(conn, place)).tenant
            states = await self._rows.all_feeds(conn, workspace=tenant)
            own = await self._own(conn, tenant)
        mine = {state.feed.id for state in own}
        lines = [_line(state, now, own=state.feed.id in mine) for state in states]
        return sorted(lines, key=lambda line: (not line.own, line.title.casefold(), line.id))

    async def remove(self, place: Place, typed: str, *, now: datetime) -> FeedLine:
        """Take a feed from the workspace; what it brought stays for those who may see it."""
        async with self._database.write() as conn:
            tenant = (await self._places.find(conn, place)).tenant
            own = await self._own(conn, tenant)
            state = _named(typed, own)
            if state is None or tenant is None:
                shared = _named(typed, await self._rows.all_feeds(conn))
                if shared is not None:
                    raise UsageError(
                        f"“{shared.feed.title}” is read for everyone, by the operator's list of "
                        "feeds. To hear less of it, leave it out in watches: -source:"
                        f"{host_of(shared.feed.url)}"
                    )
                raise NotFound(
                    "feed of this workspace",
                    typed,
                    _suggested(typed, own),
                    instead="See those there are with /feed list.",
                )
            await self._rows.remove_from_workspace(conn, tenant, state.feed.id, now)
        return _line(state, now, own=True)

    async def _own(self, conn: AsyncConnection, tenant: WorkspaceId | None) -> list[PollState]:
        return await self._rows.own_feeds(conn, tenant) if tenant is not None else []

    async def _is_shared(self, conn: AsyncConnection, url: str) -> bool:
        return any(state.feed.url == url for state in await self._rows.all_feeds(conn))

    def _check_limit(self, count: int) -> None:
        if count >= self._limit:
            raise UsageError(
                f"This workspace has {count} feeds of its own, and {self._limit} are the limit. "
                "Remove one with /feed remove."
            )


def _check_every(every: timedelta | None, shortest: timedelta) -> None:
    if every is not None and not shortest <= every <= LONGEST:
        least = "1 minute" if shortest >= timedelta(minutes=1) else "1 second"
        raise UsageError(f"`every` is from {least} to 1 day, such as 15m or 2h.")


def new_feed(url: str, title: str, *, every: timedelta | None = None) -> Feed:
    """A feed that the database has not numbered; a short title names its outlet, else the site."""
    title = " ".join(title.split()) or outlet_of(url)
    return Feed(
        id=FeedId(0),
        url=url,
        title=title,
        outlet=title if len(title) <= _LONGEST_OUTLET else outlet_of(url),
        every=every,
        shared=False,
    )


def _line(state: PollState, now: datetime, *, own: bool) -> FeedLine:
    feed = state.feed
    return FeedLine(
        id=feed.id,
        title=feed.title or shown(feed.url),
        address=shown(feed.url),
        outlet=feed.outlet,
        own=own,
        health=health_of(state, now),
        polled_at=state.polled_at,
        next_poll_at=state.next_poll_at,
        every=feed.every,
    )


def label(feed: FeedId) -> str:
    """The feed's name for commands: `f12`."""
    return f"f{feed}"


def _named(typed: str, states: Sequence[PollState]) -> PollState | None:
    """The feed that was typed as `f12`, by its address or its title."""
    wanted = typed.strip()
    number = wanted.lower().removeprefix("f")
    same = wanted.casefold()
    for state in states:
        feed = state.feed
        bare = feed.url.partition("://")[2]
        if number == str(feed.id) or wanted in {feed.url, bare, shown(feed.url)}:
            return state
        if same == feed.title.casefold():
            return state
    return None


def _suggested(typed: str, states: Sequence[PollState]) -> tuple[str, ...]:
    names = {label(state.feed.id): state.feed.title for state in states}
    near = process.extract(typed, names, limit=3, score_cutoff=50)
    return tuple(f"{key} {name}" for name, _, key in near)


def failing(line: FeedLine) -> bool:
    """Whether something is wrong with the feed that a manager can look into."""
    return line.health.state in {FeedHealth.FAILING, FeedHealth.GONE, FeedHealth.QUIET}
