"""What services ask of the database; modules of `bot.store` satisfy the row ports."""

from dataclasses import dataclass

from bot.services.ports.database import Database
from bot.services.ports.history import ArticleRows, Failed, Search, StoredArticle, Trace, TraceRows
from bot.services.ports.news import Before, DeadlineRows, Due, NewsRows, Said, StoryRows, TrendRows
from bot.services.ports.orders import Feedback, OrderRows
from bot.services.ports.places import FeedRows, FindPlaces, MakePlaces, OwnEntities, PlaceRows
from bot.services.ports.sending import AlertRows, OutboxRows

__all__ = [
    "AlertRows",
    "ArticleRows",
    "Before",
    "Database",
    "DeadlineRows",
    "Due",
    "Failed",
    "FeedRows",
    "Feedback",
    "FindPlaces",
    "MakePlaces",
    "NewsRows",
    "OrderRows",
    "OutboxRows",
    "OwnEntities",
    "PlaceRows",
    "Rows",
    "Said",
    "Search",
    "StoredArticle",
    "StoryRows",
    "Trace",
    "TraceRows",
    "TrendRows",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All that news, why, orders and buttons read and write; `bot.app` fills it with modules."""

    find: FindPlaces
    make: MakePlaces
    places: PlaceRows
    entities: OwnEntities
    feeds: FeedRows
    stories: StoryRows
    news: NewsRows
    deadlines: DeadlineRows
    trend: TrendRows
    articles: ArticleRows
    search: Search
    traces: TraceRows
    alerts: AlertRows
    outbox: OutboxRows
    orders: OrderRows
    feedback: Feedback
