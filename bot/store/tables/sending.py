"""What is sent where: deliveries, and the alerts in them."""

import sqlalchemy as sa

from bot.store.tables.columns import count, id_column, json, metadata, ref, text, when

deliveries = sa.Table(
    "deliveries",
    metadata,
    id_column(),
    ref("destinations.id"),
    sa.Column("key", sa.Text, nullable=False),
    text("state", "queued"),
    sa.Column("ref", sa.Text, nullable=True),
    sa.Column("reply_to_key", sa.Text, nullable=True),
    json("payload"),
    count("attempts"),
    when("created_at", null=False),
    when("due_at", null=False),
    when("claimed_at"),
    when("sent_at"),
    when("edited_at"),
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
    id_column(),
    ref("destinations.id"),
    ref("stories.id", "story_id"),
    text("state", "waiting"),
    json("because"),
    ref("subscriptions.id", "subscription_id", null=True, on_delete="SET NULL"),
    ref("watches.id", "watch_id", null=True, on_delete="SET NULL"),
    ref("deliveries.id", "delivery_id", null=True, on_delete="SET NULL"),
    when("created_at", null=False),
    when("judged_at", null=False),
    when("told_at"),
    sa.UniqueConstraint("destination_id", "story_id"),
    sa.Index("ix_alerts_story", "story_id"),
    sa.Index("ix_alerts_delivery", "delivery_id"),
    sa.Index("ix_alerts_state", "destination_id", "state"),
)
