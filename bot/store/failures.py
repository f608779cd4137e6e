"""Entries on which a stage raised: kept with the error until they succeed."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import FeedId
from bot.store.rows import clean, clean_or_none
from bot.store.sql import chunks, insert
from bot.store.tables import failed_entries

_LONGEST_ERROR = 2_000


async def note(
    conn: AsyncConnection,
    feed: FeedId,
    key: str,
    *,
    title: str,
    url: str | None,
    stage: str,
    error: str,
    now: datetime,
) -> None:
    """Keep an entry's failure; the last one counts."""
    columns = {
        "title": clean(title),
        "url": clean_or_none(url),
        "stage": stage,
        "error": clean(error)[:_LONGEST_ERROR],
        "seen_at": now,
    }
    statement = insert(conn, failed_entries).values(feed_id=feed, key=clean(key), **columns)
    await conn.execute(
        statement.on_conflict_do_update(index_elements=["feed_id", "key"], set_=columns)
    )


async def clear(conn: AsyncConnection, feed: FeedId, keys: Iterable[str]) -> None:
    """Forget failures of entries that went well now."""
    for some in chunks(keys):
        await conn.execute(
            sa.delete(failed_entries).where(
                failed_entries.c.feed_id == feed, failed_entries.c.key.in_(map(clean, some))
            )
        )
