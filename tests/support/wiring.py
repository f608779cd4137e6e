"""The services over a test's database, wired as the program wires them.

The web is a table of documents, and what judges live articles only counts that it was told.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from yarl import URL

from bot.alerts.conditions import Rules
from bot.alerts.router import Router
from bot.app.config import Reading
from bot.app.engine import Engine
from bot.app.parts import prepare
from bot.app.services import Supplies, build_services
from bot.entities import Recogniser
from bot.entities.catalog import load_catalog
from bot.errors import FeedError, FeedErrorKind
from bot.feeds.fetch import Body, FetchRequest, Validators
from bot.feeds.guard import check_hop
from bot.model import Article, EntityId, Judged
from bot.pipeline.stages import Findings
from bot.relevance import Relevance, load_learned
from bot.relevance.topics import load_topics
from bot.services import Services
from bot.services.known import Known, Seed
from bot.settings import Behaviour, LimitSettings, Settings
from bot.store import alerts, order_changes, orders, outbox
from bot.store.database import Store
from bot.text.scan import Scanner

CONFIG = Path(__file__).parents[2] / "config"
SEED = Seed(
    id="pentagon-dispute",
    title="The Pentagon dispute",
    entities=frozenset(map(EntityId, ("anthropic", "department-of-defense", "claude"))),
)
RULES = Rules(seeds={SEED.id: SEED.entities})


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
    """Judges by the bundled catalog, and counts how often it was asked to take up changes."""

    refreshed: int = 0

    async def refresh(self) -> None:
        self.refreshed += 1

    def known(self) -> Known:
        return known()

    def judge(self, article: Article) -> Judged:
        """With the catalog's entities and its relevance."""
        recogniser, relevance, scanner = _stages()
        scanned = scanner.scan(article.title, article.text)
        found = recogniser.recognise(scanned)
        return Judged(
            article=article, entities=found, relevance=relevance.score(scanned, found).value
        )

    def examine(self, article: Article) -> Findings:
        """With nothing in it."""
        return Findings(judged=Judged(article=article))


def services_over(
    store: Store, *, web: Web | None = None, live: Live | None = None, limit: int = 25
) -> Services:
    """All services; `limit` is how much a channel or a workspace may keep."""
    limits = LimitSettings(
        subscriptions_per_channel=limit,
        watches_per_channel=limit,
        watches_per_person=min(10, limit),
        feeds_per_workspace=limit,
        entities_per_workspace=limit,
    )
    return build_services(
        Supplies(
            behaviour=Behaviour(limits=limits),
            store=store,
            fetcher=web or Web(),
            live=live or Live(),
            rules=RULES,
            router=router(),
        )
    )


@cache
def prepared() -> tuple[Reading, Engine]:
    """The bundled lists: to read and compile them takes longer than most tests."""
    return prepare(Settings.load({}))


def router() -> Router:
    """Routing as it runs in the lane."""
    return Router(
        orders=orders, changes=order_changes, alerts=alerts, deliveries=outbox, rules=RULES
    )


@cache
def known() -> Known:
    """The bundled catalog and topics, and one seed."""
    return Known(
        catalog=load_catalog(CONFIG / "entities.yaml"),
        topics=load_topics(CONFIG / "topics.yaml"),
        seeds=(SEED,),
    )


@cache
def _stages() -> tuple[Recogniser, Relevance, Scanner]:
    learned = load_learned(CONFIG / "relevance-weights.yaml")
    recogniser, relevance = Recogniser(known().catalog), Relevance(known().topics, learned)
    groups = {"alias": recogniser.literals(), "topic": relevance.literals()}
    return recogniser, relevance, Scanner.build(groups)
