"""All parts of one process, wired together, opened in the order in which they need each other."""

import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.alerts.conditions import Rules
from bot.alerts.delivery import SERVED_AT_ONCE, Kit, OutboxRules
from bot.alerts.drafting import Drafts
from bot.alerts.outbox import Outbox
from bot.alerts.planner import Digests
from bot.alerts.retelling import Limits, Reteller
from bot.alerts.router import Router
from bot.alerts.senders import Sender
from bot.app.config import Reading
from bot.app.engine import Engine
from bot.app.health import OperatorNews
from bot.app.live import Live
from bot.app.llm import language_model
from bot.app.pages import page_extractor
from bot.app.services import Supplies, build_services
from bot.chat.commands import build
from bot.chat.registry import Registry
from bot.clock import Clock
from bot.feeds.cadence import PollLimits
from bot.feeds.fetch import Fetcher, FetchRules
from bot.feeds.fulltext import ArticlePages
from bot.model import Feed
from bot.pipeline.housekeeping import Housekeeper
from bot.pipeline.lane import Lane
from bot.pipeline.polling import Poller
from bot.pipeline.ports import Rows
from bot.services import Services
from bot.settings import Settings
from bot.store import (
    alerts,
    articles,
    deadlines,
    digests,
    facts,
    failures,
    feeds,
    order_changes,
    orders,
    outbox,
    own,
    retention,
    seen,
    stories,
    turns,
)
from bot.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything that runs; nothing in it runs by itself."""

    settings: Settings
    clock: Clock
    store: Store
    fetcher: Fetcher
    live: Live
    lane: Lane
    poller: Poller
    router: Router
    digests: Digests
    outbox: Outbox
    housekeeper: Housekeeper
    services: Services
    registry: Registry[Services]


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """How the parts are opened. `exclusive`: no second process may run on the same SQLite file.

    `sync_feeds`: the database takes up the feeds that the config lists.
    """

    exclusive: bool = False
    sync_feeds: bool = True
    feeds: Sequence[Feed] | None = None
    """Feeds in place of the config's."""
    jitter: Callable[[], float] = random.random
    """From 0 to 1, spreads retries; the demo passes one that repeats."""
    served_at_once: int = SERVED_AT_ONCE
    """Destinations that are posted to at once; the demo's one gives the same order each time."""
    prepared: tuple[Reading, Engine] | None = None
    """The config's lists, read and compiled before; None: they are now."""


@asynccontextmanager
async def open_parts(
    settings: Settings,
    clock: Clock,
    senders: Mapping[str, Sender],
    openings: Openings = Openings(),
) -> AsyncIterator[Parts]:
    """Open the database, read the config, wire the parts; close all at the end."""
    reading, engine = openings.prepared or prepare(settings)
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database_url(), exclusive=openings.exclusive)
        stack.push_async_callback(store.close)
        if openings.sync_feeds:
            async with store.write() as conn:
                wanted = reading.feeds if openings.feeds is None else openings.feeds
                await feeds.sync_configured(conn, wanted, clock.now())
        fetcher = await stack.enter_async_context(Fetcher(fetch_rules(settings), clock))
        live = Live(store, reading, engine)
        stack.push_async_callback(live.close)
        rules = _rules(settings, reading)
        router = Router(
            orders=orders, changes=order_changes, alerts=alerts, deliveries=outbox, rules=rules
        )
        lane = _lane(store, live, router, rules)
        live.serve(lane)
        await live.refresh()
        kit = _kit(
            store,
            senders,
            clock,
            rules=rules,
            edit_seconds=settings.behaviour.alerts.edit_seconds,
            openings=openings,
            reteller=await stack.enter_async_context(_retelling(settings, store, clock, fetcher)),
        )
        supplies = Supplies(
            behaviour=settings.behaviour,
            allow_nets=settings.environment.policywire_allow_nets,
            store=store,
            fetcher=fetcher,
            live=live,
            rules=rules,
            router=router,
        )
        yield Parts(
            settings=settings,
            clock=clock,
            store=store,
            fetcher=fetcher,
            live=live,
            lane=lane,
            poller=_poller(settings, clock, store, fetcher, lane),
            router=router,
            digests=Digests(store=store, digests=digests, alerts=alerts, deliveries=outbox),
            outbox=Outbox(kit),
            housekeeper=_housekeeper(settings, store),
            services=build_services(supplies),
            registry=build(),
        )


def prepare(settings: Settings) -> tuple[Reading, Engine]:
    """The config's lists as they are now, read and compiled; ConfigError says file and line."""
    reading = Reading.load(settings)
    return reading, Engine.build(reading.knowledge)


def _housekeeper(settings: Settings, store: Store) -> Housekeeper:
    kept = settings.behaviour.retention
    terms = retention.Terms(
        text=timedelta(days=kept.text_days),
        articles=timedelta(days=kept.article_days),
        seen=timedelta(days=kept.seen_days),
    )
    prune = partial(retention.prune, terms=terms)
    return Housekeeper(database=store, prune=prune, beat=facts.beat)


def _rules(settings: Settings, reading: Reading) -> Rules:
    alerting = settings.behaviour.alerts
    return Rules(
        max_age=timedelta(hours=alerting.max_age_hours),
        breaking_origins=alerting.breaking_origins,
        seeds={seed.id: seed.entities for seed in reading.seeds},
    )


def _lane(store: Store, live: Live, router: Router, rules: Rules) -> Lane:
    rows = Rows(
        feeds=feeds,
        seen=seen,
        articles=articles,
        own=own,
        deadlines=deadlines,
        stories=stories,
        failures=failures,
        facts=facts,
    )
    clusterer = live.reading.knowledge.clusterer()
    return Lane(store, rows, live.stages, clusterer, router, max_alert_age=rules.max_age)


def fetch_rules(settings: Settings) -> FetchRules:
    """The settings as the fetcher wants them."""
    fetch = settings.behaviour.fetch
    return FetchRules(
        user_agent=settings.user_agent(),
        total=fetch.timeout_seconds,
        connect=fetch.connect_seconds,
        max_body=int(fetch.max_body_mib * 1024 * 1024),
        at_once=fetch.at_once,
        per_host=fetch.at_once_per_host,
        spacing=fetch.spacing_seconds,
        allow_nets=settings.environment.policywire_allow_nets,
    )


def _poller(settings: Settings, clock: Clock, store: Store, fetcher: Fetcher, lane: Lane) -> Poller:
    poll = settings.behaviour.poll
    return Poller(
        database=store,
        feeds=feeds,
        fetcher=fetcher,
        lane=lane,
        reporter=OperatorNews(settings.behaviour.report_place()),
        clock=clock,
        limits=PollLimits(
            shortest=timedelta(minutes=poll.min_minutes),
            longest=timedelta(minutes=poll.max_minutes),
        ),
        at_once=settings.behaviour.fetch.at_once,
    )


def _kit(
    store: Store,
    senders: Mapping[str, Sender],
    clock: Clock,
    *,
    rules: Rules,
    edit_seconds: float,
    openings: Openings,
    reteller: Reteller | None,
) -> Kit:
    return Kit(
        store=store,
        alerts=alerts,
        deliveries=outbox,
        turns=turns,
        drafts=Drafts(stories=stories, alerts=alerts, deliveries=outbox, rules=rules),
        senders=senders,
        clock=clock,
        rules=OutboxRules(
            max_age=rules.max_age,
            edit_every=timedelta(seconds=edit_seconds),
            at_once=openings.served_at_once,
        ),
        jitter=openings.jitter,
        reteller=reteller,
    )


@asynccontextmanager
async def _retelling(
    settings: Settings, store: Store, clock: Clock, fetcher: Fetcher
) -> AsyncIterator[Reteller | None]:
    """Retelling by articles' pages and a language model, as configured; None with neither."""
    asked, pages = settings.behaviour.llm, settings.behaviour.fulltext
    async with language_model(settings.environment, asked.seconds) as model:
        if model is None and not pages.enabled:
            yield None
            return
        yield Reteller(
            pages=ArticlePages(fetcher, clock, page_extractor()) if pages.enabled else None,
            model=model,
            store=store,
            alerts=alerts,
            stories=stories,
            clock=clock,
            limits=Limits(
                page_seconds=pages.seconds,
                seconds=asked.seconds,
                requests_a_day=asked.requests_a_day,
            ),
        )
