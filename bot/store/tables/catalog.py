"""What workspaces add to the catalog."""

import sqlalchemy as sa

from bot.store.tables.columns import Id, id_column, json, metadata, ref, text, when

entities = sa.Table(
    "entities",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column(
        "workspace_id", Id, sa.ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    ),
    text("name"),
    text("kind"),
    text("line"),
    json("marks"),
    json("aliases"),
    text("added_by"),
    when("added_at", null=False),
    comment="A workspace's additions to the catalog, aliases of its entities among them.",
)

entity_drafts = sa.Table(
    "entity_drafts",
    metadata,
    id_column(),
    ref("workspaces.id"),
    text("title"),
    json("proposals"),
    json("known"),
    text("made_by"),
    when("made_at", null=False),
    comment="What a seed article proposes for a workspace's catalog, with a person's answers.",
)
