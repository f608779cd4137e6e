"""Tenants and the places that messages go to."""

import sqlalchemy as sa

from bot.store.tables.columns import count, flag, id_column, json, metadata, ref, text, when

workspaces = sa.Table(
    "workspaces",
    metadata,
    id_column(),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    text("name"),
    text("zone", "UTC"),
    count("flood_limit", 12),
    sa.Column("breaking", sa.Float, nullable=False, server_default="0.9"),
    json("manager_roles"),
    when("created_at", null=False),
    when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    sa.UniqueConstraint("platform", "external_id"),
)

destinations = sa.Table(
    "destinations",
    metadata,
    id_column(),
    ref("workspaces.id"),
    sa.Column("channel", sa.Text, nullable=False),
    text("kind", "channel"),
    text("name"),
    sa.Column("owner", sa.Text, nullable=True),
    sa.Column("quiet_start", sa.Text, nullable=True),
    sa.Column("quiet_end", sa.Text, nullable=True),
    flag("quiet_lets_breaking"),
    when("muted_until"),
    when("blocked_until"),
    when("paused_at"),
    sa.Column("paused_reason", sa.Text, nullable=True),
    when("created_at", null=False),
    sa.UniqueConstraint("workspace_id", "channel"),
)
