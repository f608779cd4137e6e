"""A real database with stories, orders and alerts in it, and commands over it.

Articles are stored as they would be judged, in the stories that a test names; routing, origins and
what is shown are the program's own.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat.call import Actor, Call, Place, Who
from bot.chat.commands import build
from bot.chat.console.render import render
from bot.chat.typed import read_line
from bot.feeds.canonical import canonical
from bot.feeds.identity import fingerprint
from bot.message import Message
from bot.model import (
    Article,
    ArticleKind,
    DeliveryId,
    DeliveryState,
    EntityId,
    Entry,
    Feed,
    FeedId,
    Joined,
    Judged,
    Mention,
    Published,
    Reason,
    RecognisedEntity,
    Report,
    Story,
    StoryId,
    Tier,
    WatchHits,
    Workspace,
    WorkspaceId,
)
from bot.model.seen import Filing, SeenEntry
from bot.services import Services
from bot.store import (
    alerts,
    articles,
    deadlines,
    facts,
    feeds,
    outbox,
    places,
    seen,
    stories,
)
from bot.store.database import Store
from bot.stories.deadlines import read_deadlines
from bot.stories.telling import begun, joined
from bot.watches import indexed
from tests.support.kept_feeds import feed_at
from tests.support.wiring import known, router, services_over

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)

HOME = Place(platform="console", workspace="home", channel="policy", channel_name="policy")
OTHER = Place(platform="console", workspace="other", channel="news", channel_name="news")
READER = Actor(id="reader")
MANAGER = Actor(id="manager", may=Who.CHANNEL_MANAGER)
CHIEF = Actor(id="chief", may=Who.WORKSPACE_MANAGER)


registry = cache(build)


@dataclass(slots=True)
class Newsroom:
    """Fills a database at `now`, which `pass_time` moves, and runs commands on it."""

    store: Store
    now: datetime = NOON

    def pass_time(self, **span: float) -> None:
        """Let time go by, such as `hours=2`."""
        self.now += timedelta(**span)

    # What happens

    async def workspace(self, place: Place = HOME) -> Workspace:
        """The place's workspace, stored."""
        async with self.store.write() as conn:
            return await places.get_or_create_workspace(
                conn, place.platform, place.workspace, now=self.now
            )

    async def feed(self, outlet: str = "NPR", *, of: WorkspaceId | None = None) -> FeedId:
        """The outlet's feed: everyone's, or one workspace's alone."""
        name = outlet.lower().replace(" ", "")
        feed = Feed(
            id=FeedId(0),
            url=f"https://{name}.example/feed",
            title=f"{outlet} feed",
            outlet=outlet,
            site=f"https://{name}.example/",
            shared=of is None,
        )
        async with self.store.write() as conn:
            known_feed = await feed_at(conn, feed.url)
            if known_feed is not None:
                return known_feed.feed.id
            if of is not None:
                return (await feeds.add_for_workspace(conn, of, feed, by="", now=self.now))[0]
            shared = [s.feed for s in await feeds.all_feeds(conn)]
            await feeds.sync_configured(conn, [*shared, feed], self.now)
            found = await feed_at(conn, feed.url)
        assert found is not None
        return found.feed.id

    async def publish(
        self,
        title: str,
        *,
        outlet: str = "NPR",
        about: Sequence[str] = (),
        passing: Sequence[str] = (),
        story: Story | None = None,
        after: Story | None = None,
        text: str = "",
        relevance: float = 0.7,
        kind: ArticleKind = ArticleKind.NEWS,
        topics: Sequence[str] = (),
        of: WorkspaceId | None = None,
        backlog: bool = False,
        url: str | None = None,
        shared_link: bool = False,
        hits: WatchHits | None = None,
    ) -> Story:
        """An article comes in and is routed; `about` and `passing` are ids of entities.

        It joins `story`, or begins one, `after` another of the same saga. Several entries have its
        address where `shared_link`.
        """
        feed = await self.feed(outlet, of=of)
        article = self._article(
            title,
            outlet,
            url,
            shared_link=shared_link,
            text=text,
            kind=kind,
            feed=feed,
            shared=of is None,
            workspaces=frozenset({of} if of else ()),
            backlog=backlog,
        )
        found = [entity(name, salient=True) for name in about]
        found += [entity(name, salient=False) for name in passing]
        judged = Judged(
            article=article,
            entities=tuple(found),
            relevance=relevance,
            reasons=(Reason(term="injunction", where="title", weight=0.4),),
            topics=frozenset(topics),
            summary=(text,) if text else (),
        )
        async with self.store.lane() as conn:
            (number,) = await articles.reserve_ids(conn, 1)
            why = (Reason(term="injunction", where="title", weight=1.0),) if story else ()
            report = Report(id=number, judged=judged, joined=why)
            if story is None:
                (story_id,) = await stories.reserve_ids(conn, 1)
                grown = begun(story_id, report, after.id if after else None, self.now)
                await stories.begin(conn, [grown])
            else:
                before = (await stories.load(conn, [story.id]))[story.id]
                grown = joined(before, report, self.now)
                await stories.update(conn, [grown])
            report = next(r for r in grown.reports if r.id == number)
            await self._file(conn, report, grown.id, feed)
            await deadlines.store(conn, {number: read_deadlines(article)})
            one = Joined(story=grown, report=report, began=story is None, watch_hits=hits or {})
            await router().route(conn, [one], self.now)
        return grown

    async def revise(self, story: Story, title: str, text: str) -> None:
        """The story's first report says something else from now on."""
        report = story.reports[0]
        article = replace(report.judged.article, title=title, text=text)
        changed = replace(report, judged=replace(report.judged, article=article, summary=(text,)))
        async with self.store.lane() as conn:
            filing = Filing(content_hash=title, title_words=indexed(title, ""), text_words="")
            await articles.revise(conn, [changed], {report.id: filing}, self.now)
            await stories.update(conn, [joined(story, changed, self.now)])

    async def tell(self, state: DeliveryState = DeliveryState.SENT, error: str = "") -> None:
        """Every queued message is posted, or comes to this other end."""
        async with self.store.write() as conn:
            for number in range(1, 200):
                for delivery in await outbox.by_ids(conn, [DeliveryId(number)]):
                    if delivery.state is not DeliveryState.QUEUED:
                        continue
                    if state is not DeliveryState.SENT:
                        await outbox.settle(conn, delivery.id, state, error=error or None)
                        continue
                    await outbox.mark_sent(conn, delivery, f"m{number}", None, self.now)
                    carried = await alerts.carried_by(conn, delivery.id)
                    await alerts.mark_told(conn, [alert.id for alert in carried], self.now)

    # What people do

    def services(self, limit: int = 25) -> Services:
        """What commands ask."""
        return services_over(self.store, limit=limit)

    async def say(
        self, line: str, *, place: Place = HOME, actor: Actor = CHIEF, limit: int = 25
    ) -> str:
        """The reply to a typed line, as a terminal shows it."""
        return shown(await self.reply(line, place=place, actor=actor, limit=limit), self.now)

    async def reply(
        self, line: str, *, place: Place = HOME, actor: Actor = CHIEF, limit: int = 25
    ) -> Message:
        """The reply to a typed line."""
        call = Call(services=self.services(limit), place=place, actor=actor, now=self.now)
        command, values = read_line(registry(), line)
        return await registry().run(call, command.name, values)

    async def press(
        self, name: str, argument: object, *, place: Place = HOME, actor: Actor = CHIEF
    ) -> Message:
        """The reply to a button."""
        call = Call(services=self.services(), place=place, actor=actor, now=self.now)
        return await registry().press(call, name, str(argument))

    def _article(
        self, title: str, outlet: str, url: str | None, *, shared_link: bool, **given: Any
    ) -> Article:
        slug = "-".join(title.lower().split())
        url = url or f"https://{outlet.lower().replace(' ', '')}.example/{slug}"
        return Article(
            key=title if shared_link else canonical(url) or url,
            title=title,
            url=url,
            canonical_url=None if shared_link else canonical(url),
            outlet=outlet,
            tier=Tier.OTHER,
            published=Published(at=self.now - timedelta(minutes=3), stated=True),
            seen_at=self.now,
            **given,
        )

    async def _file(
        self, conn: AsyncConnection, report: Report, story: StoryId, feed: FeedId
    ) -> None:
        article = report.judged.article
        filing = Filing(
            content_hash=article.key,
            title_words=indexed(article.title, ""),
            text_words=indexed("", article.text),
        )
        await articles.store(conn, [(report, story)], {report.id: filing})
        await articles.link_feed(conn, feed, [report.id], self.now)
        entry = Entry(guid=None, url=article.url, title=article.title)
        mark = replace(fingerprint(entry, article.canonical_url), title=article.title)
        (number,) = await seen.reserve_ids(conn, 1)
        row = SeenEntry(id=number, feed=feed, article=report.id, mark=mark)
        await seen.add(conn, [row], self.now)
        await facts.stories_changed(conn)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that nobody has used: copying it takes a fraction of migrating."""
    path = tmp_path_factory.mktemp("newsroom") / "empty.db"

    async def make() -> None:
        await (await Store.open(f"sqlite:///{path}")).close()

    asyncio.run(make())
    return path


@pytest.fixture
async def room(migrated: Path, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """A newsroom on a fresh database."""
    path = shutil.copy(migrated, tmp_path / "policywire.db")
    store = await Store.open(f"sqlite:///{path}")
    yield Newsroom(store)
    await store.close()


def entity(name: str, *, salient: bool) -> RecognisedEntity:
    """An entity of the bundled catalog, found in a title or at a text's end."""
    found = known().catalog.get(EntityId(name))
    assert found is not None, name
    field = "title" if salient else "text"
    mention = Mention(entity=found.id, field=field, start=0, end=1)  # type: ignore[arg-type]
    return RecognisedEntity(
        id=found.id,
        name=found.name,
        kind=found.kind,
        marks=found.marks,
        salient=salient,
        mentions=(mention,),
    )


def shown(message: Message, now: datetime = NOON) -> str:
    """The message as a terminal shows it, without its frame."""
    console = Console(width=200, color_system=None, record=True, legacy_windows=False)
    with console.capture() as capture:
        console.print(render(message, zone=UTC, now=now))
    lines = [line.strip("│╭╮╰╯─ ").rstrip() for line in capture.get().splitlines()]
    return "\n".join(line for line in lines if line)
