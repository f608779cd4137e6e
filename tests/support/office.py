"""A newsroom in which every command works: watches, entities, feeds and settings too.

The web is a table of documents, and what judges live articles only counts that it was told.
"""

from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from yarl import URL

from bot.chat.call import Actor, Call, Place
from bot.chat.commands import build
from bot.chat.typed import read_line
from bot.entities import Recogniser
from bot.errors import FeedError, FeedErrorKind
from bot.feeds.discover import discover
from bot.feeds.fetch import Body, FetchRequest, Validators
from bot.feeds.guard import check_hop
from bot.message import Message
from bot.model import Article, Judged
from bot.relevance import Relevance, load_learned
from bot.services import Services
from bot.services.brief import Briefs
from bot.services.complete import Completer
from bot.services.corrections import Corrections
from bot.services.deadlines import Deadlines
from bot.services.entities import Entities
from bot.services.feed_lists import FeedLists
from bot.services.feed_preview import FeedPreview
from bot.services.feeds import Feeds
from bot.services.history import History
from bot.services.imports import Imports
from bot.services.lessons import Lessons
from bot.services.news import News
from bot.services.orders import Orders
from bot.services.places import Places
from bot.services.pressed import Pressed
from bot.services.silence import Silence
from bot.services.status import Statuses
from bot.services.trend import Trends
from bot.services.watches import Limits, Watches
from bot.services.why import Why
from bot.services.workspace import Defaults, Workspaces
from bot.store import drafts, entities, feeds, lookup, news, orders, places, search, status
from bot.text.scan import Scanner
from tests.support.newsroom import CHIEF, CONFIG, HOME, Newsroom, correcting, known, means


@dataclass(slots=True)
class Web:
    """Documents by address; what is not there answers 404."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, request: FetchRequest) -> Body:
        self.asked.append(request.url)
        check_hop(URL(request.url))
        content = self.pages.get(request.url)
        if content is None:
            raise FeedError(FeedErrorKind.NOT_FOUND, f"{request.url} answered 404 Not Found.")
        return Body(
            content=content,
            hash="",
            url=request.url,
            content_type="",
            charset=None,
            validators=Validators(),
            fresh_for=None,
            moved_to=None,
        )


@dataclass(slots=True)
class Live:
    """Counts how often it was asked to take up changes."""

    refreshed: int = 0

    async def refresh(self) -> None:
        self.refreshed += 1


@dataclass(slots=True)
class Office(Newsroom):
    """Fills a database and runs every command on it."""

    web: Web = field(default_factory=Web)
    live: Live = field(default_factory=Live)

    def services(self, limit: int = 25) -> Services:
        """All services over this database."""
        given = means(self.store, limit)
        where = Places(lookup, places)
        common: dict[str, Any] = {"database": self.store, "places": where}
        found = partial(discover, fetcher=self.web)
        kept_orders = Orders(given)
        kept_watches = Watches(
            **common,
            rows=orders,
            entities=entities,
            feeds=feeds,
            history=History(search.search),
            known=known,
            live=self.live,
            limits=Limits(per_channel=limit, per_person=min(10, limit)),
        )
        kept_entities = Entities(
            **common,
            rows=entities,
            orders=orders,
            history=History(search.search),
            known=known,
            live=self.live,
            limit=limit,
        )
        kept_feeds = Feeds(**common, rows=feeds, discover=found, limit=limit)
        return Services(
            news=News(given),
            deadlines=Deadlines(given),
            briefs=Briefs(given),
            trends=Trends(given),
            corrections=Corrections(given, correcting(self.store)),
            why=Why(given),
            orders=kept_orders,
            silence=Silence(given),
            alerts=Pressed(given),
            lessons=Lessons(given, kept_watches.edit),
            watches=kept_watches,
            entities=kept_entities,
            imports=Imports(
                **common,
                rows=drafts,
                own=entities,
                entities=kept_entities,
                fetcher=self.web,
                known=known,
            ),
            feeds=kept_feeds,
            feed_preview=FeedPreview(fetcher=self.web, discover=found, judge=judge),
            feed_lists=FeedLists(
                **common,
                rows=feeds,
                fetcher=self.web,
                vet=lambda url: check_hop(URL(url)),
                limit=limit,
            ),
            workspace=Workspaces(**common, rows=places, defaults=Defaults()),
            status=Statuses(
                **common, rows=status, feeds=feeds, subscriptions=orders, watches=orders
            ),
            complete=Completer(
                **common,
                known=known,
                entities=entities,
                news=news,
                orders=kept_orders,
                watches=kept_watches,
                feeds=kept_feeds,
            ),
        )

    async def reply(
        self, line: str, *, place: Place = HOME, actor: Actor = CHIEF, limit: int = 25
    ) -> Message:
        """The reply to a typed line."""
        registry = build()
        call = Call(services=self.services(limit), place=place, actor=actor, now=self.now)
        command, values = read_line(registry, line)
        return await registry.run(call, command.name, values)


def judge(article: Article) -> Judged:
    """An article with the catalog's entities and its relevance."""
    recogniser, relevance, scanner = _stages()
    scanned = scanner.scan(article.title, article.text)
    found = recogniser.recognise(scanned)
    score = relevance.score(scanned, found)
    return Judged(article=article, entities=found, relevance=score.value)


@cache
def _stages() -> tuple[Recogniser, Relevance, Scanner]:
    learned = load_learned(CONFIG / "relevance-weights.yaml")
    recogniser, relevance = Recogniser(known().catalog), Relevance(known().topics, learned)
    groups = {"alias": recogniser.literals(), "topic": relevance.literals()}
    return recogniser, relevance, Scanner.build(groups)
