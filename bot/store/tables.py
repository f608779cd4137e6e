"""Every table, in DESIGN's words. Migrations end in exactly this schema; a test compares them."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware UTC instant; kept as microseconds since 1970, which sort and compare anywhere."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored instant must be aware: {value!r}")
        delta = value.astimezone(UTC) - _EPOCH
        return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        seconds, micros = divmod(value, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micros)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# SQLite numbers rows by itself only for a column declared INTEGER; PostgreSQL wants 64 bits.
_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", _Id, primary_key=True, autoincrement=True)


def _ref(
    target: str, name: str = "", *, null: bool = False, on_delete: str = "CASCADE"
) -> sa.Column[int]:
    return sa.Column(
        name or target.split(".", maxsplit=1)[0].rstrip("s") + "_id",
        _Id,
        sa.ForeignKey(target, ondelete=on_delete),
        nullable=null,
    )


def _text(name: str, default: str | None = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _flag(name: str, *, default: bool = False) -> sa.Column[bool]:
    return sa.Column(
        name, sa.Boolean, nullable=False, server_default=sa.true() if default else sa.false()
    )


def _count(name: str, default: int = 0) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=str(default))


def _when(name: str, *, null: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=null)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=True)


facts = sa.Table(
    "facts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    comment="Small facts about this database: last heartbeat, config hashes.",
)

workspaces = sa.Table(
    "workspaces",
    metadata,
    _id(),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    _text("name"),
    _text("zone", "UTC"),
    _count("flood_limit", 12),
    sa.Column("breaking", sa.Float, nullable=False, server_default="0.9"),
    _json("manager_roles"),
    _when("created_at", null=False),
    _when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    sa.UniqueConstraint("platform", "external_id"),
)

destinations = sa.Table(
    "destinations",
    metadata,
    _id(),
    _ref("workspaces.id"),
    sa.Column("channel", sa.Text, nullable=False),
    _text("kind", "channel"),
    _text("name"),
    sa.Column("owner", sa.Text, nullable=True),
    sa.Column("quiet_start", sa.Text, nullable=True),
    sa.Column("quiet_end", sa.Text, nullable=True),
    _flag("quiet_lets_breaking"),
    _when("muted_until"),
    _when("blocked_until"),
    _when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    _when("created_at", null=False),
    sa.UniqueConstraint("workspace_id", "channel"),
)

feeds = sa.Table(
    "feeds",
    metadata,
    _id(),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    _text("title"),
    _text("outlet"),
    _text("site"),
    _count("tier", 3),
    _text("folder"),
    sa.Column("language", sa.Text, nullable=True),
    sa.Column("every_seconds", sa.Integer, nullable=True),
    _flag("shared", default=True),
    _flag("configured"),
    _when("added_at", null=False),
    _when("paused_at"),
    # What the last polls brought; batched updates touch only these.
    _when("next_poll_at", null=False),
    _when("polled_at"),
    _when("good_at"),
    _when("changed_at"),
    _when("entry_at"),
    sa.Column("etag", sa.Text, nullable=True),
    sa.Column("last_modified", sa.Text, nullable=True),
    sa.Column("body_hash", sa.Text, nullable=True),
    _when("full_fetch_at"),
    _json("hints"),
    _json("rhythm"),
    _count("failures"),
    sa.Column("error_kind", sa.Text, nullable=True),
    sa.Column("error", sa.Text, nullable=True),
    _when("failing_since"),
    _when("gone_at"),
    sa.Column("moved_to", sa.Text, nullable=True),
    _count("moved_seen"),
    sa.Column("told_health", sa.Text, nullable=True),
    _count("churn"),
    sa.Index("ix_feeds_due", "next_poll_at", "id"),
)

feed_workspaces = sa.Table(
    "feed_workspaces",
    metadata,
    sa.Column("feed_id", _Id, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "workspace_id", _Id, sa.ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    ),
    _text("added_by"),
    _when("added_at", null=False),
)

stories = sa.Table(
    "stories",
    metadata,
    _id(),
    _text("title"),
    _json("summary"),
    _when("first_at", null=False),
    _when("last_at", null=False),
    sa.Column("relevance", sa.Float, nullable=False, server_default="0"),
    sa.Column("best_article_id", _Id, nullable=True),
    _ref("stories.id", "predecessor_id", null=True, on_delete="SET NULL"),
    _ref("stories.id", "merged_into_id", null=True, on_delete="SET NULL"),
    _when("frozen_at"),
    _flag("shared", default=True),
    _count("origins"),
    _count("outlets"),
    sa.Column("face", sa.Text, nullable=True),
    sa.Index("ix_stories_last_at", "last_at"),
    # A story's number is typed by people and must never come back after a deletion.
    sqlite_autoincrement=True,
)

articles = sa.Table(
    "articles",
    metadata,
    _id(),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=True),
    sa.Column("canonical_url", sa.Text, nullable=True),
    sa.Column("guid", sa.Text, nullable=True),
    _text("title"),
    _text("text"),
    sa.Column("content_hash", sa.Text, nullable=True),
    _when("published_at", null=False),
    _flag("published_stated", default=True),
    _when("seen_at", null=False),
    _text("outlet"),
    _count("tier", 3),
    _text("language", "en"),
    _text("kind", "news"),
    sa.Column("credit", sa.Text, nullable=True),
    _json("authors"),
    _ref("feeds.id", "feed_id", null=True, on_delete="SET NULL"),
    _flag("shared", default=True),
    _flag("backlog"),
    sa.Column("relevance", sa.Float, nullable=False, server_default="0"),
    _json("reasons"),
    _json("topics"),
    _json("references"),
    _json("summary"),
    _ref("stories.id", "story_id", null=True, on_delete="SET NULL"),
    _json("joined"),
    _count("origin"),
    _when("text_dropped_at"),
    sa.Index("ix_articles_story_id", "story_id", "id"),
    sa.Index("ix_articles_seen_at", "seen_at"),
    sa.Index("ix_articles_published_at", "published_at", "id"),
    sa.Index("ix_articles_canonical_url", "canonical_url"),
)

article_words = sa.Table(
    "article_words",
    metadata,
    sa.Column(
        "article_id",
        _Id,
        sa.ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    _text("title"),
    _text("text"),
    comment="Words as full-text search indexes them: folded, apart by single spaces.",
)

article_feeds = sa.Table(
    "article_feeds",
    metadata,
    sa.Column(
        "article_id", _Id, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("feed_id", _Id, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    _when("seen_at", null=False),
)

seen = sa.Table(
    "seen",
    metadata,
    _id(),
    sa.Column("feed_id", _Id, sa.ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    sa.Column("guid_hash", sa.Text, nullable=True),
    sa.Column("url_hash", sa.Text, nullable=True),
    sa.Column("title_hash", sa.Text, nullable=True),
    sa.Column("content_hash", sa.Text, nullable=True),
    _text("title"),
    _when("stated_at"),
    _ref("articles.id", "article_id", null=True, on_delete="SET NULL"),
    _when("first_seen_at", null=False),
    _when("listed_at", null=False),
    sa.Index("ix_seen_guid", "feed_id", "guid_hash"),
    sa.Index("ix_seen_title", "feed_id", "title_hash"),
    sa.Index("ix_seen_url", "url_hash"),
    sa.Index("ix_seen_article", "article_id"),
    comment="What a feed has listed: never pruned while it still lists it.",
)

revisions = sa.Table(
    "revisions",
    metadata,
    _id(),
    _ref("articles.id"),
    _when("seen_at", null=False),
    _text("title"),
    _text("text"),
    sa.Column("content_hash", sa.Text, nullable=True),
    sa.Index("ix_revisions_article_id", "article_id", "id"),
)

deadlines = sa.Table(
    "deadlines",
    metadata,
    sa.Column(
        "article_id", _Id, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    ),
    # The day at the outlet; the instant beside it only where an hour is named.
    sa.Column("day", sa.Date, primary_key=True),
    _when("at"),
    _flag("about"),
    _text("sentence"),
    _count("start"),
    _count("end"),
    sa.Index("ix_deadlines_day", "day"),
    comment="What articles say is due, and when.",
)

article_entities = sa.Table(
    "article_entities",
    metadata,
    sa.Column(
        "article_id", _Id, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("entity_id", sa.Text, primary_key=True),
    # 0 stands for the shared catalog: a primary key has no NULL.
    sa.Column("workspace_id", _Id, primary_key=True, autoincrement=False, server_default="0"),
    _flag("salient"),
    _json("mentions"),
    sa.Index("ix_article_entities_entity", "entity_id", "article_id"),
)

failed_entries = sa.Table(
    "failed_entries",
    metadata,
    _id(),
    _ref("feeds.id", "feed_id"),
    sa.Column("key", sa.Text, nullable=False),
    _text("title"),
    sa.Column("url", sa.Text, nullable=True),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    _when("seen_at", null=False),
    sa.UniqueConstraint("feed_id", "key"),
    comment="Entries on which a stage raised: kept, tried again with each document.",
)

entities = sa.Table(
    "entities",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column(
        "workspace_id", _Id, sa.ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    ),
    _text("name"),
    _text("kind"),
    _text("line"),
    _json("marks"),
    _json("aliases"),
    _text("added_by"),
    _when("added_at", null=False),
    comment="A workspace's additions to the catalog, aliases of its entities among them.",
)

entity_drafts = sa.Table(
    "entity_drafts",
    metadata,
    _id(),
    _ref("workspaces.id"),
    _text("title"),
    _json("proposals"),
    _json("known"),
    _text("made_by"),
    _when("made_at", null=False),
    comment="What a seed article proposes for a workspace's catalog, with a person's answers.",
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    _id(),
    _ref("destinations.id"),
    _text("target_kind", "all"),
    _text("target"),
    _text("mode", "instant"),
    _count("min_sources", 1),
    sa.Column("threshold", sa.Float, nullable=False, server_default="0.5"),
    _flag("any_depth"),
    _json("kinds"),
    sa.Column("mention", sa.Text, nullable=True),
    _text("at", "08:00"),
    _count("weekday"),
    _when("created_at", null=False),
    _text("created_by"),
    _when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    _when("last_alert_at"),
    # End of the last digest window that was looked at, empty ones too.
    _when("digested_at"),
    sa.UniqueConstraint("destination_id", "target_kind", "target", "mode"),
)

watches = sa.Table(
    "watches",
    metadata,
    _id(),
    _ref("destinations.id"),
    _text("name"),
    _text("query"),
    _text("typed"),
    sa.Column("owner", sa.Text, nullable=True),
    sa.Column("mention", sa.Text, nullable=True),
    _when("created_at", null=False),
    _text("created_by"),
    _when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    _when("last_alert_at"),
    sa.UniqueConstraint("destination_id", "query"),
)

story_mutes = sa.Table(
    "story_mutes",
    metadata,
    sa.Column(
        "destination_id",
        _Id,
        sa.ForeignKey("destinations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("story_id", _Id, sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    _text("muted_by"),
    _when("muted_at", null=False),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column(
        "destination_id",
        _Id,
        sa.ForeignKey("destinations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("story_id", _Id, sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    _when("given_at", null=False),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    _id(),
    _ref("destinations.id"),
    sa.Column("key", sa.Text, nullable=False),
    _text("state", "queued"),
    sa.Column("ref", sa.Text, nullable=True),
    sa.Column("reply_to_key", sa.Text, nullable=True),
    _json("payload"),
    _count("attempts"),
    _when("created_at", null=False),
    _when("due_at", null=False),
    _when("claimed_at"),
    _when("sent_at"),
    _when("edited_at"),
    sa.Column("wanted", sa.Text, nullable=True),
    sa.Column("shown", sa.Text, nullable=True),
    sa.Column("error", sa.Text, nullable=True),
    # Which failure parked it: "message" stays parked, "channel" and "workspace" may come back.
    sa.Column("scope", sa.Text, nullable=True),
    sa.UniqueConstraint("destination_id", "key"),
    sa.Index("ix_deliveries_open", "state", "due_at", "id"),
    # Few rows at any time: sent messages that show less than they should.
    sa.Index(
        "ix_deliveries_dirty",
        "destination_id",
        "sent_at",
        sqlite_where=sa.text("wanted <> coalesce(shown, '')"),
        postgresql_where=sa.text("wanted <> coalesce(shown, '')"),
    ),
)

alerts = sa.Table(
    "alerts",
    metadata,
    _id(),
    _ref("destinations.id"),
    _ref("stories.id", "story_id"),
    _text("state", "waiting"),
    _json("because"),
    _ref("subscriptions.id", "subscription_id", null=True, on_delete="SET NULL"),
    _ref("watches.id", "watch_id", null=True, on_delete="SET NULL"),
    _ref("deliveries.id", "delivery_id", null=True, on_delete="SET NULL"),
    _when("created_at", null=False),
    _when("judged_at", null=False),
    _when("told_at"),
    sa.UniqueConstraint("destination_id", "story_id"),
    sa.Index("ix_alerts_story", "story_id"),
    sa.Index("ix_alerts_delivery", "delivery_id"),
    sa.Index("ix_alerts_state", "destination_id", "state"),
)

# What a platform's own library keeps of installs by OAuth, through `Store.engine`: its columns, not
# ours (a test compares them). The first two hold tokens: they are never exported or shown.
installations = sa.Table(
    "installations",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("client_id", sa.String(32), nullable=False),
    sa.Column("app_id", sa.String(32), nullable=False),
    sa.Column("enterprise_id", sa.String(32)),
    sa.Column("enterprise_name", sa.String(200)),
    sa.Column("enterprise_url", sa.String(200)),
    sa.Column("team_id", sa.String(32)),
    sa.Column("team_name", sa.String(200)),
    sa.Column("bot_token", sa.String(200)),
    sa.Column("bot_id", sa.String(32)),
    sa.Column("bot_user_id", sa.String(32)),
    sa.Column("bot_scopes", sa.String(1000)),
    sa.Column("bot_refresh_token", sa.String(200)),
    sa.Column("bot_token_expires_at", sa.DateTime),
    sa.Column("user_id", sa.String(32), nullable=False),
    sa.Column("user_token", sa.String(200)),
    sa.Column("user_scopes", sa.String(1000)),
    sa.Column("user_refresh_token", sa.String(200)),
    sa.Column("user_token_expires_at", sa.DateTime),
    sa.Column("incoming_webhook_url", sa.String(200)),
    sa.Column("incoming_webhook_channel", sa.String(200)),
    sa.Column("incoming_webhook_channel_id", sa.String(200)),
    sa.Column("incoming_webhook_configuration_url", sa.String(200)),
    sa.Column("is_enterprise_install", sa.Boolean, nullable=False),
    sa.Column("token_type", sa.String(32)),
    sa.Column("installed_at", sa.DateTime, nullable=False),
    sa.Index(
        "installations_idx", "client_id", "enterprise_id", "team_id", "user_id", "installed_at"
    ),
)

installed_bots = sa.Table(
    "installed_bots",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("client_id", sa.String(32), nullable=False),
    sa.Column("app_id", sa.String(32), nullable=False),
    sa.Column("enterprise_id", sa.String(32)),
    sa.Column("enterprise_name", sa.String(200)),
    sa.Column("team_id", sa.String(32)),
    sa.Column("team_name", sa.String(200)),
    sa.Column("bot_token", sa.String(200)),
    sa.Column("bot_id", sa.String(32)),
    sa.Column("bot_user_id", sa.String(32)),
    sa.Column("bot_scopes", sa.String(1000)),
    sa.Column("bot_refresh_token", sa.String(200)),
    sa.Column("bot_token_expires_at", sa.DateTime),
    sa.Column("is_enterprise_install", sa.Boolean, nullable=False),
    sa.Column("installed_at", sa.DateTime, nullable=False),
    sa.Index("installed_bots_idx", "client_id", "enterprise_id", "team_id", "installed_at"),
)

install_states = sa.Table(
    "install_states",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("state", sa.String(200), nullable=False),
    sa.Column("expire_at", sa.DateTime, nullable=False),
)
