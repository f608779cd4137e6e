"""Where orders changed, so that what holds them in memory reads no more than that anew."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "order_changes",
        sa.Column("version", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("workspace_id", sa.BigInteger),
        sa.Column("destination_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("version", name="pk_order_changes"),
    )
