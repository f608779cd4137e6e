"""Feeds, what they listed, and what of it failed."""

import sqlalchemy as sa

from bot.store.tables.columns import Id, count, flag, id_column, json, metadata, ref, text, when

feeds = sa.Table(
    "feeds",
    metadata,
    id_column(),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    text("title"),
    text("outlet"),
    text("site"),
    count("tier", 3),
    text("folder"),
    sa.Column("language", sa.Text, nullable=True),
    sa.Column("every_seconds", sa.Integer, nullable=True),
    flag("shared", default=True),
    flag("configured"),
    when("added_at", null=False),
    when("paused_at"),
    # What the last polls brought; batched updates touch only these.
    when("next_poll_at", null=False),
    when("polled_at"),
    when("good_at"),
    when("changed_at"),
    when("entry_at"),
    sa.Column("etag", sa.Text, nullable=True),
    sa.Column("last_modified", sa.Text, nullable=True),
    sa.Column("body_hash", sa.Text, nullable=True),
    when("full_fetch_at"),
    json("hints"),
    json("rhythm"),
    count("failures"),
    sa.Column("error_kind", sa.Text, nullable=True),
    sa.Column("error", sa.Text, nullable=True),
    when("failing_since"),
    when("gone_at"),
    sa.Column("moved_to", sa.Text, nullable=True),
    count("moved_seen"),
    sa.Column("told_health", sa.Text, nullable=True),
    count("churn"),
    sa.Index("ix_feeds_due", "next_poll_at", "id"),
)

feed_workspaces = sa.Table(
    "feed_workspaces",
    metadata,
    sa.Column("feed_id", Id, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "workspace_id", Id, sa.ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    ),
    text("added_by"),
    when("added_at", null=False),
)

seen = sa.Table(
    "seen",
    metadata,
    id_column(),
    sa.Column("feed_id", Id, sa.ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    sa.Column("guid_hash", sa.Text, nullable=True),
    sa.Column("url_hash", sa.Text, nullable=True),
    sa.Column("title_hash", sa.Text, nullable=True),
    sa.Column("content_hash", sa.Text, nullable=True),
    text("title"),
    when("stated_at"),
    ref("articles.id", "article_id", null=True, on_delete="SET NULL"),
    when("first_seen_at", null=False),
    when("listed_at", null=False),
    sa.Index("ix_seen_guid", "feed_id", "guid_hash"),
    sa.Index("ix_seen_title", "feed_id", "title_hash"),
    sa.Index("ix_seen_url", "url_hash"),
    sa.Index("ix_seen_article", "article_id"),
    comment="What a feed has listed: never pruned while it still lists it.",
)

failed_entries = sa.Table(
    "failed_entries",
    metadata,
    id_column(),
    ref("feeds.id", "feed_id"),
    sa.Column("key", sa.Text, nullable=False),
    text("title"),
    sa.Column("url", sa.Text, nullable=True),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    when("seen_at", null=False),
    sa.UniqueConstraint("feed_id", "key"),
    comment="Entries on which a stage raised: kept, tried again with each document.",
)
