"""Every table, in DESIGN's words. Migrations end in exactly this schema; a test compares them."""

from bot.store.tables.catalog import entities, entity_drafts
from bot.store.tables.columns import UtcDateTime, metadata
from bot.store.tables.facts import facts
from bot.store.tables.feeds import failed_entries, feed_workspaces, feeds, seen
from bot.store.tables.installs import install_states, installations, installed_bots
from bot.store.tables.news import (
    article_entities,
    article_feeds,
    article_words,
    articles,
    deadlines,
    revisions,
    stories,
)
from bot.store.tables.orders import (
    feedback,
    order_changes,
    story_mutes,
    subscriptions,
    watches,
)
from bot.store.tables.places import destinations, workspaces
from bot.store.tables.sending import alerts, deliveries

__all__ = [
    "UtcDateTime",
    "alerts",
    "article_entities",
    "article_feeds",
    "article_words",
    "articles",
    "deadlines",
    "deliveries",
    "destinations",
    "entities",
    "entity_drafts",
    "facts",
    "failed_entries",
    "feed_workspaces",
    "feedback",
    "feeds",
    "install_states",
    "installations",
    "installed_bots",
    "metadata",
    "order_changes",
    "revisions",
    "seen",
    "stories",
    "story_mutes",
    "subscriptions",
    "watches",
    "workspaces",
]
