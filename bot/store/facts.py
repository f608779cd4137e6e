"""Small facts about this database: the last heartbeat, the count of changes to stories."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.sql import insert
from bot.store.tables import facts

_HEARTBEAT = "heartbeat"
_STORIES = "stories changed"
# Asked at every tick and in every batch: to make the statement anew costs more than to run it.
_GET = sa.select(facts.c.name, facts.c.value).where(
    facts.c.name.in_(sa.bindparam("names", expanding=True))
)


async def get(conn: AsyncConnection, name: str) -> str | None:
    """A fact by its name, None where it was never set."""
    return (await get_all(conn, (name,))).get(name)


async def get_all(conn: AsyncConnection, names: Sequence[str]) -> dict[str, str]:
    """Those of these facts that were ever set."""
    rows = await conn.execute(_GET, {"names": names})
    return {row.name: row.value for row in rows}


async def put(conn: AsyncConnection, name: str, value: str) -> None:
    """Set a fact."""
    statement = insert(conn, facts).values(name=name, value=value)
    await conn.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


async def count_up(conn: AsyncConnection, name: str) -> int:
    """Add one to a count that is a fact; gives the new count, which nobody else is given.

    Others that count the same up wait until the transaction ends.
    """
    more = sa.cast(sa.cast(facts.c.value, sa.BigInteger) + 1, sa.Text)
    statement = insert(conn, facts).values(name=name, value="1")
    counted = statement.on_conflict_do_update(index_elements=["name"], set_={"value": more})
    return int(await conn.scalar(counted.returning(facts.c.value)) or 0)


async def last_heartbeat(conn: AsyncConnection) -> datetime | None:
    """When a running policywire last said that it lives; what is older than that was missed."""
    value = await get(conn, _HEARTBEAT)
    return datetime.fromisoformat(value).astimezone(UTC) if value else None


async def beat(conn: AsyncConnection, now: datetime) -> None:
    """Note that policywire lives."""
    await put(conn, _HEARTBEAT, now.astimezone(UTC).isoformat())


async def stories_version(conn: AsyncConnection) -> int:
    """How often stories were changed, so that what is held in memory is known to be stale."""
    return int(await get(conn, _STORIES) or 0)


async def stories_changed(conn: AsyncConnection) -> int:
    """Count one more change of stories; gives the new count."""
    return await count_up(conn, _STORIES)
