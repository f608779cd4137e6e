"""The few things that SQLite and PostgreSQL say differently."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = sqlite.Insert | postgresql.Insert


def insert(conn: AsyncConnection, table: sa.Table) -> Insert:
    """An INSERT that knows ON CONFLICT."""
    if conn.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


async def reserve(conn: AsyncConnection, table: sa.Table, count: int) -> list[int]:
    """Numbers for rows to be inserted in this write transaction, ascending.

    With them a batch is inserted at one stroke though its rows point to one another.
    """
    if not count:
        return []
    if conn.dialect.name == "postgresql":
        numbers = await conn.execute(
            sa.text(
                "SELECT nextval(pg_get_serial_sequence(:table, 'id')) "
                "FROM generate_series(1, :count)"
            ),
            {"table": table.name, "count": count},
        )
        return sorted(numbers.scalars())
    last = await conn.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)))
    if table.dialect_options["sqlite"]["autoincrement"]:
        used = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        last = max(last or 0, await conn.scalar(used, {"table": table.name}) or 0)
    return list(range((last or 0) + 1, (last or 0) + count + 1))


async def insert_all(
    conn: AsyncConnection, table: sa.Table, rows: Sequence[dict[str, Any]]
) -> None:
    """Insert rows with the same columns, none being nothing to do."""
    if rows:
        await conn.execute(sa.insert(table), rows)


async def update_all(
    conn: AsyncConnection, table: sa.Table, rows: Sequence[dict[str, Any]]
) -> None:
    """Set the same columns in the rows with these `id`s."""
    if not rows:
        return
    columns = tuple(name for name in rows[0] if name != "id")
    parameters = [
        {"row_id": row["id"], **{f"to_{name}": row[name] for name in columns}} for row in rows
    ]
    await conn.execute(_update(table, columns), parameters)


@cache
def _update(table: sa.Table, columns: tuple[str, ...]) -> sa.Update:
    values: dict[str, Any] = {name: sa.bindparam(f"to_{name}") for name in columns}
    return sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(values)


def chunks(values: Iterable[Any], size: int = 500) -> Iterable[list[Any]]:
    """The values in lists short enough for one `IN`."""
    held = list(values)
    return (held[at : at + size] for at in range(0, len(held), size))
