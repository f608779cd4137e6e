"""The whole line on a real database with a stepped clock: one fake source of feeds, one router that
only notes what would alert.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SteppedClock
from bot.errors import FeedError
from bot.feeds.fetch import Body, Fetched, FetchRequest, NotModified, Validators
from bot.feeds.health import Health
from bot.model import AlertState, Article, Feed, FeedId, Joined, PollState, RecognisedEntity
from bot.pipeline.lane import Lane
from bot.pipeline.polling import Poller
from bot.pipeline.ports import Rows
from bot.pipeline.report import TickReport
from bot.pipeline.stages import Stages
from bot.relevance.score import Score
from bot.store import articles, deadlines, facts, failures, feeds, own, seen, stories
from bot.store.database import Store
from bot.stories.clustering import Clusterer
from bot.stories.summary import Extractive
from bot.stories.weights import load_weights
from bot.text.scan import Literal, Scanned

WEIGHTS = Path(__file__).parents[2] / "config" / "story-weights.yaml"
ROWS = Rows(
    feeds=feeds,
    seen=seen,
    articles=articles,
    own=own,
    deadlines=deadlines,
    stories=stories,
    failures=failures,
    facts=facts,
)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a feed; what is None is left out."""

    title: str = "Agency bans model"
    text: str = ""
    guid: str | None = None
    link: str | None = None
    at: datetime | None = None


def rss(items: Iterable[Item], title: str = "Feed") -> bytes:
    """An RSS document of these items, in this order."""
    told = "".join(f"<item>{''.join(_parts(item))}</item>" for item in items)
    return f"<rss version='2.0'><channel><title>{title}</title>{told}</channel></rss>".encode()


def _parts(item: Item) -> Iterable[str]:
    yield f"<title>{escape(item.title)}</title>"
    if item.text:
        yield f"<description>{escape(item.text)}</description>"
    if item.guid is not None:
        yield f"<guid isPermaLink='false'>{escape(item.guid)}</guid>"
    if item.link is not None:
        yield f"<link>{escape(item.link)}</link>"
    if item.at is not None:
        yield f"<pubDate>{format_datetime(item.at)}</pubDate>"


class Source:
    """Feeds by address, as a server would give them; asked for validators, it honours them."""

    def __init__(self) -> None:
        self.documents: dict[str, bytes | FeedError] = {}
        self.requests: list[FetchRequest] = []

    async def fetch(self, request: FetchRequest) -> Fetched:
        self.requests.append(request)
        document = self.documents[request.url]
        if isinstance(document, FeedError):
            raise document
        digest = hashlib.sha256(document).hexdigest()
        named = Validators(etag=f'"{digest[:8]}"')
        if not request.unconditional and request.validators.etag == named.etag:
            return NotModified(validators=named, fresh_for=None, moved_to=None)
        return Body(
            content=document,
            hash=digest,
            url=request.url,
            content_type="application/rss+xml",
            charset="utf-8",
            validators=named,
            fresh_for=None,
            moved_to=None,
        )


@dataclass
class NotingRouter:
    """Notes all that it is handed; a title in `breaks_on` makes it raise."""

    max_age: timedelta = DAY
    joined: list[Joined] = field(default_factory=list)
    breaks_on: set[str] = field(default_factory=set)

    @dataclass(frozen=True)
    class Noted:
        states: Mapping[AlertState, int]

    async def route(
        self, conn: AsyncConnection, joined: Sequence[Joined], now: datetime
    ) -> "NotingRouter.Noted":
        for one in joined:
            if one.report.judged.article.title in self.breaks_on:
                raise RuntimeError("the router broke")
        self.joined += joined
        told = sum(self.would_alert(one, now) for one in joined)
        return self.Noted({AlertState.QUEUED: told})

    def would_alert(self, joined: Joined, now: datetime) -> bool:
        article = joined.report.judged.article
        new = not (joined.revised or article.backlog)
        return new and now - article.published.at <= self.max_age

    def told(self) -> list[str]:
        """Titles of news that came in, in order."""
        return [
            one.report.judged.article.title
            for one in self.joined
            if not one.revised and not one.report.judged.article.backlog
        ]


@dataclass
class NotingReporter:
    """Notes what managers are told of feeds."""

    told: list[tuple[str, Health]] = field(default_factory=list)

    async def report(
        self, conn: AsyncConnection, state: PollState, health: Health, now: datetime
    ) -> None:
        self.told.append((state.feed.title, health))


@dataclass
class Recognises:
    """Recognises nothing; a title in `breaks_on` makes it raise."""

    breaks_on: set[str] = field(default_factory=set)

    def literals(self) -> Sequence[Literal]:
        return ()

    def recognise(self, scanned: Scanned) -> tuple[RecognisedEntity, ...]:
        if scanned.title.plain in self.breaks_on:
            raise RuntimeError("recognition broke")
        return ()


class Scores:
    """Finds everything relevant."""

    def literals(self) -> Sequence[Literal]:
        return ()

    def score(self, scanned: Scanned, entities: Iterable[RecognisedEntity]) -> Score:
        return Score(value=0.75)


class Line:
    """A running policywire, but for sending."""

    def __init__(self, store: Store, start: datetime) -> None:
        self.store, self.clock, self.source = store, SteppedClock(start), Source()
        self.router, self.reporter = NotingRouter(), NotingReporter()
        self.recognises = Recognises()
        self.restart()

    def restart(self) -> None:
        """What a process holds in memory is gone."""
        stages = Stages.build(
            recogniser=self.recognises, relevance=Scores(), summariser=Extractive()
        )
        clusterer = Clusterer(*load_weights(WEIGHTS))
        self.lane = Lane(self.store, ROWS, stages, clusterer, self.router)
        self.poller = Poller(
            database=self.store,
            feeds=feeds,
            fetcher=self.source,
            lane=self.lane,
            reporter=self.reporter,
            clock=self.clock,
            at_once=1,
        )

    async def subscribe(self, *urls: str, every: timedelta | None = None) -> None:
        """The config names exactly these feeds; nothing is at them yet."""
        wanted = [
            Feed(id=FeedId(0), url=url, title=name, outlet=name, every=every)
            for url in urls
            for name in [url.split("/")[2].split(".")[0].title()]
        ]
        async with self.store.write() as conn:
            await feeds.sync_configured(conn, wanted, self.clock.now())
        for url in urls:
            self.source.documents.setdefault(url, rss([]))

    def publish(self, url: str, *items: Item) -> None:
        """The feed lists these items now, newest first."""
        self.source.documents[url] = rss(items)

    async def poll(self) -> TickReport:
        """Move on to when every feed is due, a day at most, and poll them."""
        self.clock.advance(DAY)
        return await self.poller.poll_due(self.clock.now())

    async def stored(self) -> list[Article]:
        """All articles, in order of arrival."""
        async with self.store.read() as conn:
            ids = (await conn.execute(text("SELECT id FROM articles"))).scalars().all()
            found = await articles.load(conn, ids)
        return [found[number].report.judged.article for number in sorted(found)]

    async def told_stories(self) -> dict[str, int]:
        """Which story each article is in, by title."""
        async with self.store.read() as conn:
            ids = (await conn.execute(text("SELECT id FROM articles"))).scalars().all()
            found = await articles.load(conn, ids)
        return {
            one.report.judged.article.title: one.story
            for one in found.values()
            if one.story is not None
        }
