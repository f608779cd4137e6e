"""Small facts about this database."""

import sqlalchemy as sa

from bot.store.tables.columns import metadata

facts = sa.Table(
    "facts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    comment="Small facts about this database: last heartbeat, config hashes.",
)
