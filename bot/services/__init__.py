"""What chat, command line and web ask for: questions answered, orders taken; no platform, no SQL.

Services give back values and raise UsageError, NotFound or NotAllowed with words for the person.
Whoever asks, a workspace sees shared articles and those of its own feeds, and only its own orders.
"""

from dataclasses import dataclass

from bot.services.brief import Briefs
from bot.services.complete import Completer
from bot.services.corrections import Corrections
from bot.services.deadlines import Deadlines
from bot.services.entities import Entities
from bot.services.feeds.kept import Feeds
from bot.services.feeds.lists import FeedLists
from bot.services.feeds.preview import FeedPreview
from bot.services.imports.drafts import Imports
from bot.services.lessons import Lessons
from bot.services.news import News
from bot.services.orders import Orders
from bot.services.pressed import Pressed
from bot.services.silence import Silence
from bot.services.status import Statuses
from bot.services.trend import Trends
from bot.services.watches.kept import Watches
from bot.services.why import Why
from bot.services.workspace import Workspaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All services, one field a subject; `bot.app` makes it, commands and buttons use it."""

    news: News
    deadlines: Deadlines
    briefs: Briefs
    trends: Trends
    corrections: Corrections
    why: Why
    orders: Orders
    silence: Silence
    alerts: Pressed
    """The buttons of alerts."""
    lessons: Lessons
    watches: Watches
    entities: Entities
    imports: Imports
    """Entities proposed by a seed article."""
    feeds: Feeds
    feed_preview: FeedPreview
    feed_lists: FeedLists
    workspace: Workspaces
    status: Statuses
    complete: Completer
