"""The services, each given its modules of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from yarl import URL

from bot.alerts.conditions import Rules
from bot.alerts.router import Router
from bot.feeds.discover import Fetches, discover
from bot.feeds.guard import Network, check_hop
from bot.model import Article, Judged
from bot.pipeline.stages import Findings
from bot.services import Services
from bot.services.brief import Briefs
from bot.services.complete import Completer
from bot.services.corrections import Corrections
from bot.services.deadlines import Deadlines
from bot.services.entities import Entities
from bot.services.feeds.kept import Feeds
from bot.services.feeds.lists import FeedLists
from bot.services.feeds.preview import FeedPreview
from bot.services.history import History
from bot.services.imports.drafts import Imports
from bot.services.known import Known
from bot.services.lessons import Lessons
from bot.services.means import Means
from bot.services.news import News
from bot.services.orders import Orders
from bot.services.places import Beginning
from bot.services.ports import Rows
from bot.services.ports.correcting import Desk
from bot.services.pressed import Pressed
from bot.services.silence import Silence
from bot.services.status import Statuses
from bot.services.trend import Trends
from bot.services.watches.kept import Watches
from bot.services.watches.limits import Limits
from bot.services.watches.trying import Trying
from bot.services.why import Why
from bot.services.workspace import Defaults, Workspaces
from bot.settings import Behaviour
from bot.store import (
    alerts,
    articles,
    corrections,
    deadlines,
    drafts,
    entities,
    facts,
    feedback,
    feeds,
    lookup,
    news,
    orders,
    outbox,
    places,
    search,
    status,
    stories,
    traces,
    trend,
)
from bot.store.database import Store


class Judges(Protocol):
    """What judges articles as they come (`bot.app.live`)."""

    def known(self) -> Known:
        """The names that people may use."""
        ...

    def judge(self, article: Article) -> Judged:
        """What the stages, as they stand now, find in an article."""
        ...

    def examine(self, article: Article) -> Findings:
        """The same, with what watches and workspaces' own entities are in it."""
        ...

    async def refresh(self) -> None:
        """Take up the watches and the workspaces' entities as the database has them now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplies:
    """What the services are made of; feeds may live in `allow_nets` besides the public network."""

    behaviour: Behaviour
    allow_nets: Sequence[Network] = ()
    store: Store
    fetcher: Fetches
    live: Judges
    rules: Rules
    router: Router


def build_services(supplies: Supplies) -> Services:
    """All services over one database."""
    store, behaviour = supplies.store, supplies.behaviour
    limits, alerting = behaviour.limits, behaviour.alerts
    means = Means(
        database=store,
        rows=rows(),
        known=supplies.live.known,
        rules=supplies.rules,
        threshold=alerting.threshold,
        subscriptions_per_channel=limits.subscriptions_per_channel,
        beginning=Beginning(flood_limit=alerting.posts_an_hour, breaking=alerting.breaking),
    )
    where, history = means.places, History(search.search)
    found = partial(discover, fetcher=supplies.fetcher)
    kept_orders = Orders(means)
    kept_watches = Watches(
        database=store,
        places=where,
        rows=orders,
        trying=Trying(entities=entities, feeds=feeds, history=history, known=means.known),
        live=supplies.live,
        limits=Limits(per_channel=limits.watches_per_channel, per_person=limits.watches_per_person),
    )
    kept_entities = Entities(
        database=store,
        places=where,
        rows=entities,
        orders=orders,
        history=history,
        known=means.known,
        live=supplies.live,
        limit=limits.entities_per_workspace,
    )
    kept_feeds = Feeds(
        database=store,
        places=where,
        rows=feeds,
        discover=found,
        limit=limits.feeds_per_workspace,
    )
    return Services(
        news=News(means),
        deadlines=Deadlines(means),
        briefs=Briefs(means),
        trends=Trends(means),
        corrections=Corrections(means, _desk(supplies)),
        why=Why(means),
        orders=kept_orders,
        silence=Silence(means),
        alerts=Pressed(means),
        lessons=Lessons(means, kept_watches.edit),
        watches=kept_watches,
        entities=kept_entities,
        imports=Imports(
            database=store,
            places=where,
            rows=drafts,
            own=entities,
            entities=kept_entities,
            fetcher=supplies.fetcher,
            known=means.known,
        ),
        feeds=kept_feeds,
        feed_preview=FeedPreview(
            fetcher=supplies.fetcher,
            discover=found,
            judge=supplies.live.judge,
        ),
        feed_lists=FeedLists(
            database=store,
            places=where,
            rows=feeds,
            fetcher=supplies.fetcher,
            vet=lambda url: check_hop(URL(url), supplies.allow_nets),
            limit=limits.feeds_per_workspace,
        ),
        workspace=Workspaces(
            database=store,
            places=where,
            rows=places,
            defaults=Defaults(flood_limit=alerting.posts_an_hour, breaking=alerting.breaking),
        ),
        status=Statuses(
            database=store,
            places=where,
            rows=status,
            feeds=feeds,
            subscriptions=orders,
            watches=orders,
            threshold=alerting.threshold,
        ),
        complete=Completer(
            database=store,
            places=where,
            known=means.known,
            entities=entities,
            news=news,
            orders=kept_orders,
            watches=kept_watches,
            feeds=kept_feeds,
        ),
    )


def _desk(supplies: Supplies) -> Desk:
    return Desk(
        database=supplies.store,
        stories=stories,
        corrections=corrections,
        alerts=alerts,
        deliveries=outbox,
        workspaces=places,
        facts=facts,
        router=supplies.router,
        examine=supplies.live.examine,
    )


def rows() -> Rows:
    """The store's modules, as the services know them."""
    return Rows(
        find=lookup,
        make=places,
        places=places,
        entities=entities,
        feeds=feeds,
        stories=stories,
        news=news,
        deadlines=deadlines,
        trend=trend,
        articles=articles,
        search=search.search,
        traces=traces,
        alerts=alerts,
        outbox=outbox,
        orders=orders,
        feedback=feedback,
    )
