"""The tables of the first release, with full-text search over articles."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# SQLite: an index over the rows of article_words, kept by triggers.
_FTS5 = (
    """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        title, text, content='article_words', content_rowid='article_id',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER articles_fts_insert AFTER INSERT ON article_words BEGIN
        INSERT INTO articles_fts(rowid, title, text)
        VALUES (new.article_id, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER articles_fts_delete AFTER DELETE ON article_words BEGIN
        INSERT INTO articles_fts(articles_fts, rowid, title, text)
        VALUES ('delete', old.article_id, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER articles_fts_update AFTER UPDATE ON article_words BEGIN
        INSERT INTO articles_fts(articles_fts, rowid, title, text)
        VALUES ('delete', old.article_id, old.title, old.text);
        INSERT INTO articles_fts(rowid, title, text)
        VALUES (new.article_id, new.title, new.text);
    END
    """,
)

# PostgreSQL: a column of the same words; a tsvector holds no more than 1 MB of them.
_WORDS = """
    ALTER TABLE article_words ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('simple', left(title || ' ' || text, 200000))
    ) STORED
"""


def upgrade() -> None:
    _facts()
    _feeds()
    _stories()
    _workspaces()
    _articles()
    _destinations()
    _entities()
    _failed_entries()
    _feed_workspaces()
    _article_entities()
    _article_feeds()
    _article_words()
    _deliveries()
    _feedback()
    _revisions()
    _seen()
    _story_mutes()
    _subscriptions()
    _watches()
    _alerts()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _FTS5 if on_sqlite else (_WORDS,):
        op.get_bind().exec_driver_sql(statement)
    if not on_sqlite:
        op.create_index(
            "ix_article_words_words", "article_words", ["words"], postgresql_using="gin"
        )


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
        comment="Small facts about this database: last heartbeat, config hashes.",
    )


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("outlet", sa.Text(), server_default="", nullable=False),
        sa.Column("site", sa.Text(), server_default="", nullable=False),
        sa.Column("tier", sa.Integer(), server_default="3", nullable=False),
        sa.Column("folder", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("every_seconds", sa.Integer(), nullable=True),
        sa.Column("shared", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("configured", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("next_poll_at", sa.BigInteger(), nullable=False),
        sa.Column("polled_at", sa.BigInteger(), nullable=True),
        sa.Column("good_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.Column("entry_at", sa.BigInteger(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("full_fetch_at", sa.BigInteger(), nullable=True),
        sa.Column("hints", sa.JSON(), nullable=True),
        sa.Column("rhythm", sa.JSON(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error_kind", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("moved_seen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told_health", sa.Text(), nullable=True),
        sa.Column("churn", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
    )
    op.create_index("ix_feeds_due", "feeds", ["next_poll_at", "id"], unique=False)


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("summary", sa.JSON(), nullable=True),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("relevance", sa.Float(), server_default="0", nullable=False),
        sa.Column("best_article_id", ID, nullable=True),
        sa.Column("predecessor_id", ID, nullable=True),
        sa.Column("merged_into_id", ID, nullable=True),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.Column("shared", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("origins", sa.Integer(), server_default="0", nullable=False),
        sa.Column("outlets", sa.Integer(), server_default="0", nullable=False),
        sa.Column("face", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["stories.id"],
            name="fk_stories_merged_into_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"],
            ["stories.id"],
            name="fk_stories_predecessor_id",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stories_last_at", "stories", ["last_at"], unique=False)


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("flood_limit", sa.Integer(), server_default="12", nullable=False),
        sa.Column("breaking", sa.Float(), server_default="0.9", nullable=False),
        sa.Column("manager_roles", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.UniqueConstraint("platform", "external_id", name="uq_workspaces_platform_external_id"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_stated", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("outlet", sa.Text(), server_default="", nullable=False),
        sa.Column("tier", sa.Integer(), server_default="3", nullable=False),
        sa.Column("language", sa.Text(), server_default="en", nullable=False),
        sa.Column("kind", sa.Text(), server_default="news", nullable=False),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=True),
        sa.Column("feed_id", ID, nullable=True),
        sa.Column("shared", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("backlog", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("relevance", sa.Float(), server_default="0", nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=True),
        sa.Column("references", sa.JSON(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=True),
        sa.Column("story_id", ID, nullable=True),
        sa.Column("joined", sa.JSON(), nullable=True),
        sa.Column("origin", sa.Integer(), server_default="0", nullable=False),
        sa.Column("text_dropped_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name="fk_articles_feed_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_articles_story_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("key", name="uq_articles_key"),
    )
    op.create_index("ix_articles_canonical_url", "articles", ["canonical_url"], unique=False)
    op.create_index("ix_articles_published_at", "articles", ["published_at", "id"], unique=False)
    op.create_index("ix_articles_seen_at", "articles", ["seen_at"], unique=False)
    op.create_index("ix_articles_story_id", "articles", ["story_id", "id"], unique=False)


def _destinations() -> None:
    op.create_table(
        "destinations",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="channel", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("quiet_start", sa.Text(), nullable=True),
        sa.Column("quiet_end", sa.Text(), nullable=True),
        sa.Column("quiet_lets_breaking", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("muted_until", sa.BigInteger(), nullable=True),
        sa.Column("blocked_until", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_destinations_workspace_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_destinations"),
        sa.UniqueConstraint("workspace_id", "channel", name="uq_destinations_workspace_id_channel"),
    )


def _entities() -> None:
    op.create_table(
        "entities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("line", sa.Text(), server_default="", nullable=False),
        sa.Column("marks", sa.JSON(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=True),
        sa.Column("added_by", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_entities_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", "workspace_id", name="pk_entities"),
        comment="A workspace's additions to the catalog, aliases of its entities among them.",
    )


def _failed_entries() -> None:
    op.create_table(
        "failed_entries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name="fk_failed_entries_feed_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_failed_entries"),
        sa.UniqueConstraint("feed_id", "key", name="uq_failed_entries_feed_id_key"),
        comment="Entries on which a stage raised: kept, tried again with each document.",
    )


def _feed_workspaces() -> None:
    op.create_table(
        "feed_workspaces",
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("added_by", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name="fk_feed_workspaces_feed_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_feed_workspaces_workspace_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("feed_id", "workspace_id", name="pk_feed_workspaces"),
    )


def _article_entities() -> None:
    op.create_table(
        "article_entities",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("workspace_id", ID, server_default="0", autoincrement=False, nullable=False),
        sa.Column("salient", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_article_entities_article_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "entity_id", "workspace_id", name="pk_article_entities"
        ),
    )
    op.create_index(
        "ix_article_entities_entity", "article_entities", ["entity_id", "article_id"], unique=False
    )


def _article_feeds() -> None:
    op.create_table(
        "article_feeds",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_feeds_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name="fk_article_feeds_feed_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "feed_id", name="pk_article_feeds"),
    )


def _article_words() -> None:
    op.create_table(
        "article_words",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_words_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_words"),
        comment="Words as full-text search indexes them: folded, apart by single spaces.",
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("destination_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("reply_to_key", sa.Text(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("wanted", sa.Text(), nullable=True),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name="fk_deliveries_destination_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("destination_id", "key", name="uq_deliveries_destination_id_key"),
    )
    op.create_index(
        "ix_deliveries_dirty",
        "deliveries",
        ["destination_id", "sent_at"],
        unique=False,
        sqlite_where=sa.text("wanted <> coalesce(shown, '')"),
        postgresql_where=sa.text("wanted <> coalesce(shown, '')"),
    )
    op.create_index("ix_deliveries_open", "deliveries", ["state", "due_at", "id"], unique=False)


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("destination_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name="fk_feedback_destination_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_feedback_story_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("destination_id", "story_id", "person", name="pk_feedback"),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_revisions_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
    )
    op.create_index("ix_revisions_article_id", "revisions", ["article_id", "id"], unique=False)


def _seen() -> None:
    op.create_table(
        "seen",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("guid_hash", sa.Text(), nullable=True),
        sa.Column("url_hash", sa.Text(), nullable=True),
        sa.Column("title_hash", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("stated_at", sa.BigInteger(), nullable=True),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("listed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_seen_article_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name="fk_seen_feed_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_seen"),
        comment="What a feed has listed: never pruned while it still lists it.",
    )
    op.create_index("ix_seen_article", "seen", ["article_id"], unique=False)
    op.create_index("ix_seen_guid", "seen", ["feed_id", "guid_hash"], unique=False)
    op.create_index("ix_seen_title", "seen", ["feed_id", "title_hash"], unique=False)
    op.create_index("ix_seen_url", "seen", ["url_hash"], unique=False)


def _story_mutes() -> None:
    op.create_table(
        "story_mutes",
        sa.Column("destination_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("muted_by", sa.Text(), server_default="", nullable=False),
        sa.Column("muted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name="fk_story_mutes_destination_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_mutes_story_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("destination_id", "story_id", name="pk_story_mutes"),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("destination_id", ID, nullable=False),
        sa.Column("target_kind", sa.Text(), server_default="all", nullable=False),
        sa.Column("target", sa.Text(), server_default="", nullable=False),
        sa.Column("mode", sa.Text(), server_default="instant", nullable=False),
        sa.Column("min_sources", sa.Integer(), server_default="1", nullable=False),
        sa.Column("threshold", sa.Float(), server_default="0.5", nullable=False),
        sa.Column("any_depth", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=True),
        sa.Column("mention", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), server_default="08:00", nullable=False),
        sa.Column("weekday", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), server_default="", nullable=False),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.Column("last_alert_at", sa.BigInteger(), nullable=True),
        sa.Column("digested_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name="fk_subscriptions_destination_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint(
            "destination_id",
            "target_kind",
            "target",
            "mode",
            name="uq_subscriptions_destination_id_target_kind_target_mode",
        ),
    )


def _watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("destination_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("typed", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("mention", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), server_default="", nullable=False),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.Column("last_alert_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name="fk_watches_destination_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint("destination_id", "query", name="uq_watches_destination_id_query"),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("destination_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("because", sa.JSON(), nullable=True),
        sa.Column("subscription_id", ID, nullable=True),
        sa.Column("watch_id", ID, nullable=True),
        sa.Column("delivery_id", ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("judged_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_alerts_delivery_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name="fk_alerts_destination_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_alerts_story_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name="fk_alerts_subscription_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watches.id"], name="fk_alerts_watch_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("destination_id", "story_id", name="uq_alerts_destination_id_story_id"),
    )
    op.create_index("ix_alerts_delivery", "alerts", ["delivery_id"], unique=False)
    op.create_index("ix_alerts_state", "alerts", ["destination_id", "state"], unique=False)
    op.create_index("ix_alerts_story", "alerts", ["story_id"], unique=False)
