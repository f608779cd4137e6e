"""What all tables are made of: their metadata, the type of an instant, and the usual columns."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware UTC instant; kept as microseconds since 1970, which sort and compare anywhere."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored instant must be aware: {value!r}")
        delta = value.astimezone(UTC) - _EPOCH
        return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        seconds, micros = divmod(value, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micros)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# SQLite numbers rows by itself only for a column declared INTEGER; PostgreSQL wants 64 bits.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def id_column() -> sa.Column[int]:
    """The number that the database gives a row."""
    return sa.Column("id", Id, primary_key=True, autoincrement=True)


def ref(
    target: str, name: str = "", *, null: bool = False, on_delete: str = "CASCADE"
) -> sa.Column[int]:
    """A row of another table: `target` is "table.column"; the name follows from it if not given."""
    return sa.Column(
        name or target.split(".", maxsplit=1)[0].rstrip("s") + "_id",
        Id,
        sa.ForeignKey(target, ondelete=on_delete),
        nullable=null,
    )


def text(name: str, default: str | None = "") -> sa.Column[str]:
    """Never NULL; `default` None leaves no default either."""
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def flag(name: str, *, default: bool = False) -> sa.Column[bool]:
    return sa.Column(
        name, sa.Boolean, nullable=False, server_default=sa.true() if default else sa.false()
    )


def count(name: str, default: int = 0) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=str(default))


def when(name: str, *, null: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=null)


def json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=True)
