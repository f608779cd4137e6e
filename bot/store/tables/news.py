"""Articles and the stories that they make."""

import sqlalchemy as sa

from bot.store.tables.columns import Id, count, flag, id_column, json, metadata, ref, text, when

stories = sa.Table(
    "stories",
    metadata,
    id_column(),
    text("title"),
    json("summary"),
    when("first_at", null=False),
    when("last_at", null=False),
    sa.Column("relevance", sa.Float, nullable=False, server_default="0"),
    sa.Column("best_article_id", Id, nullable=True),
    ref("stories.id", "predecessor_id", null=True, on_delete="SET NULL"),
    ref("stories.id", "merged_into_id", null=True, on_delete="SET NULL"),
    when("frozen_at"),
    flag("shared", default=True),
    count("origins"),
    count("outlets"),
    sa.Column("face", sa.Text, nullable=True),
    sa.Index("ix_stories_last_at", "last_at"),
    # A story's number is typed by people and must never come back after a deletion.
    sqlite_autoincrement=True,
)

articles = sa.Table(
    "articles",
    metadata,
    id_column(),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=True),
    sa.Column("canonical_url", sa.Text, nullable=True),
    sa.Column("guid", sa.Text, nullable=True),
    text("title"),
    text("text"),
    sa.Column("content_hash", sa.Text, nullable=True),
    when("published_at", null=False),
    flag("published_stated", default=True),
    when("seen_at", null=False),
    text("outlet"),
    count("tier", 3),
    text("language", "en"),
    text("kind", "news"),
    sa.Column("credit", sa.Text, nullable=True),
    json("authors"),
    ref("feeds.id", "feed_id", null=True, on_delete="SET NULL"),
    flag("shared", default=True),
    flag("backlog"),
    sa.Column("relevance", sa.Float, nullable=False, server_default="0"),
    json("reasons"),
    json("topics"),
    json("references"),
    json("summary"),
    ref("stories.id", "story_id", null=True, on_delete="SET NULL"),
    json("joined"),
    count("origin"),
    when("text_dropped_at"),
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
        Id,
        sa.ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    text("title"),
    text("text"),
    comment="Words as full-text search indexes them: folded, apart by single spaces.",
)

article_feeds = sa.Table(
    "article_feeds",
    metadata,
    sa.Column("article_id", Id, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("feed_id", Id, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    when("seen_at", null=False),
)

revisions = sa.Table(
    "revisions",
    metadata,
    id_column(),
    ref("articles.id"),
    when("seen_at", null=False),
    text("title"),
    text("text"),
    sa.Column("content_hash", sa.Text, nullable=True),
    sa.Index("ix_revisions_article_id", "article_id", "id"),
)

deadlines = sa.Table(
    "deadlines",
    metadata,
    sa.Column("article_id", Id, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    # The day at the outlet; the instant beside it only where an hour is named.
    sa.Column("day", sa.Date, primary_key=True),
    when("at"),
    flag("about"),
    text("sentence"),
    count("start"),
    count("end"),
    sa.Index("ix_deadlines_day", "day"),
    comment="What articles say is due, and when.",
)

article_entities = sa.Table(
    "article_entities",
    metadata,
    sa.Column("article_id", Id, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("entity_id", sa.Text, primary_key=True),
    # 0 stands for the shared catalog: a primary key has no NULL.
    sa.Column("workspace_id", Id, primary_key=True, autoincrement=False, server_default="0"),
    flag("salient"),
    json("mentions"),
    sa.Index("ix_article_entities_entity", "entity_id", "article_id"),
)
