"""What articles say is due, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deadlines",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=True),
        sa.Column("about", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sentence", sa.Text, nullable=False, server_default=""),
        sa.Column("start", sa.Integer, nullable=False, server_default="0"),
        sa.Column("end", sa.Integer, nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_deadlines_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "day", name="pk_deadlines"),
        comment="What articles say is due, and when.",
    )
    op.create_index("ix_deadlines_day", "deadlines", ["day"], unique=False)
