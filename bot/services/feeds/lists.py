"""Lists of feeds in OPML: a workspace takes them in from an address, and gives its own out."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.errors import ConfigError, FeedError, UsageError
from bot.feeds.address import holds_secret, read_address, shown
from bot.feeds.opml import OpmlFeed, read_opml, write_opml
from bot.model import Feed, FeedId, Tier
from bot.services.asking import Actor, Place, Who
from bot.services.feeds.preview import get
from bot.services.places import Places
from bot.services.ports import Database
from bot.services.ports.upkeep import FeedRows, Fetches, Vet


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a list's feeds, by title or address; refused ones with the reason."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The workspace's own feeds as OPML; `withheld` are those whose address holds a secret."""

    opml: bytes
    count: int
    withheld: tuple[str, ...]


class FeedLists:
    """Imports and exports, for one workspace at a time."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        rows: FeedRows,
        fetcher: Fetches,
        vet: Vet,
        limit: int = 100,
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._fetcher, self._vet, self._limit = fetcher, vet, limit

    async def import_list(
        self, place: Place, actor: Actor, typed: str, *, now: datetime
    ) -> Imported:
        """Add the feeds of an OPML list at an address; one bad feed costs only itself."""
        address = read_address(typed)
        body = await get(self._fetcher, address)
        try:
            return await self.take_in(place, actor, body.content, "the list", now=now)
        except ConfigError as error:
            raise UsageError(f"{shown(address)} cannot be imported: {error}.") from error

    async def take_in(
        self, place: Place, actor: Actor, opml: bytes, source: str, *, now: datetime
    ) -> Imported:
        """Add the feeds of an OPML document; `source` is its name in errors.

        The operator is bound by no limit, and keeps the tiers that the list gives. Raises
        ConfigError with its line for what is no OPML.
        """
        listed = await asyncio.to_thread(read_opml, opml, source)
        operator = actor.may >= Who.OPERATOR
        refused = [(f"line {problem.line}", problem.problem) for problem in listed.problems]
        added: list[str] = []
        known: list[str] = []
        async with self._database.write() as conn:
            workspace = await self._places.workspace(conn, place, now)
            states = await self._rows.all_feeds(conn, workspace=workspace.id)
            had = {state.feed.url for state in states}
            count = len(await self._rows.own_feeds(conn, workspace.id))
            for feed in listed.feeds:
                if feed.url in had:
                    known.append(feed.title)
                elif why := self._why_not(feed, 0 if operator else count):
                    refused.append((feed.title, why))
                else:
                    new = _of_list(feed, feed.tier if operator else Tier.OTHER)
                    await self._rows.add_for_workspace(
                        conn, workspace.id, new, by=actor.id, now=now
                    )
                    count += 1
                    added.append(feed.title)
        return Imported(added=tuple(added), known=tuple(known), refused=tuple(refused))

    async def export(self, place: Place, *, everyones: bool = False) -> Exported:
        """The workspace's own feeds, with `everyones` all that are read for it.

        An address with a password or key in it is left out.
        """
        async with self._database.read() as conn:
            tenant = (await self._places.find(conn, place)).tenant
            if everyones:
                states = await self._rows.all_feeds(conn, workspace=tenant)
            else:
                states = await self._rows.own_feeds(conn, tenant) if tenant is not None else []
        open_, withheld = [], []
        for state in states:
            feed = state.feed
            if holds_secret(feed.url):
                withheld.append(feed.title)
            else:
                open_.append(feed)
        opml = write_opml(_to_list(feed) for feed in open_)
        return Exported(opml=opml, count=len(open_), withheld=tuple(withheld))

    def _why_not(self, feed: OpmlFeed, count: int) -> str:
        """Why a listed feed is not taken, empty when it is."""
        if not feed.enabled:
            return "it is switched off in the list"
        if count >= self._limit:
            return f"{self._limit} own feeds are the limit of a workspace"
        try:
            self._vet(feed.url)
        except FeedError as error:
            return str(error)
        return ""


def _of_list(feed: OpmlFeed, tier: Tier) -> Feed:
    # A tier is the operator's word on an outlet: a workspace's list cannot make a primary source.
    return Feed(
        id=FeedId(0),
        url=feed.url,
        title=feed.title,
        outlet=feed.outlet,
        tier=tier,
        folder=feed.folder,
        site=feed.site,
        language=feed.language,
        shared=False,
    )


def _to_list(feed: Feed) -> OpmlFeed:
    return OpmlFeed(
        url=feed.url,
        title=feed.title,
        outlet=feed.outlet,
        tier=feed.tier,
        folder=feed.folder,
        site=feed.site,
        language=feed.language,
    )
