"""What people ordered, and what they thought of it."""

import sqlalchemy as sa

from bot.store.tables.columns import Id, count, flag, id_column, json, metadata, ref, text, when

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    id_column(),
    ref("destinations.id"),
    text("target_kind", "all"),
    text("target"),
    text("mode", "instant"),
    count("min_sources", 1),
    sa.Column("threshold", sa.Float, nullable=False, server_default="0.5"),
    flag("any_depth"),
    json("kinds"),
    sa.Column("mention", sa.Text, nullable=True),
    text("at", "08:00"),
    count("weekday"),
    when("created_at", null=False),
    text("created_by"),
    # Read by nobody: what cannot be reached is paused as a whole, at its destination. Dropped a
    # release later.
    when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    when("last_alert_at"),
    # End of the last digest window that was looked at, empty ones too.
    when("digested_at"),
    sa.UniqueConstraint("destination_id", "target_kind", "target", "mode"),
)

watches = sa.Table(
    "watches",
    metadata,
    id_column(),
    ref("destinations.id"),
    text("name"),
    text("query"),
    text("typed"),
    sa.Column("owner", sa.Text, nullable=True),
    sa.Column("mention", sa.Text, nullable=True),
    when("created_at", null=False),
    text("created_by"),
    when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    when("last_alert_at"),
    sa.UniqueConstraint("destination_id", "query"),
)

order_changes = sa.Table(
    "order_changes",
    metadata,
    sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
    # Where it was; no references, for what is gone changed too.
    sa.Column("workspace_id", sa.BigInteger, nullable=True),
    sa.Column("destination_id", sa.BigInteger, nullable=True),
)

story_mutes = sa.Table(
    "story_mutes",
    metadata,
    sa.Column(
        "destination_id",
        Id,
        sa.ForeignKey("destinations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("story_id", Id, sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    text("muted_by"),
    when("muted_at", null=False),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column(
        "destination_id",
        Id,
        sa.ForeignKey("destinations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("story_id", Id, sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    when("given_at", null=False),
)
