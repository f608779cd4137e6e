"""What each feed has listed: the memory by which an old entry is told from a new one."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, FeedId
from bot.model.seen import Fingerprint, SeenEntry
from bot.store.rows import Row, clean
from bot.store.sql import chunks, insert_all, reserve, update_all
from bot.store.tables import seen

LISTED_LAG = timedelta(days=1)
"""`listed_at` is at most this much behind the last document that listed the entry."""


async def reserve_ids(conn: AsyncConnection, count: int) -> list[int]:
    """Ids for rows to be stored in this transaction."""
    return await reserve(conn, seen, count)


async def touching(
    conn: AsyncConnection, feed: FeedId, marks: Sequence[Fingerprint]
) -> list[SeenEntry]:
    """Rows that share a URL with these entries, or in this feed a guid, title or article."""
    own = seen.c.feed_id == feed
    urls = sorted({mark.url_hash for mark in marks if mark.url_hash})
    guids = sorted({mark.guid_hash for mark in marks if mark.guid_hash})
    titles = sorted({mark.title_hash for mark in marks if mark.title_hash})
    rows: dict[int, SeenEntry] = {}
    conditions: tuple[tuple[Sequence[str], sa.ColumnElement[bool]], ...] = (
        (urls, seen.c.url_hash.in_(urls)),
        (guids, own & seen.c.guid_hash.in_(guids)),
        (titles, own & seen.c.title_hash.in_(titles)),
    )
    for hashes, condition in conditions:
        if hashes:
            rows.update(await _rows(conn, condition))
    of_articles = sorted({row.article for row in rows.values() if row.article is not None})
    for some in chunks(of_articles):
        rows.update(await _rows(conn, own & seen.c.article_id.in_(some)))
    return [rows[number] for number in sorted(rows)]


async def add(conn: AsyncConnection, rows: Sequence[SeenEntry], now: datetime) -> None:
    """Remember entries listed for the first time."""
    await insert_all(
        conn,
        seen,
        [{**_row(row), "feed_id": row.feed, "first_seen_at": now} | _listed(now) for row in rows],
    )


async def overwrite(conn: AsyncConnection, rows: Sequence[SeenEntry], now: datetime) -> None:
    """Remember these entries as they are listed now."""
    await update_all(conn, seen, [_row(row) | _listed(now) for row in rows])


async def still_listed(conn: AsyncConnection, ids: Iterable[int], now: datetime) -> None:
    """Note that entries are listed yet; written only where the note is older than a day."""
    for some in chunks(sorted(set(ids))):
        await conn.execute(
            sa.update(seen)
            .where(seen.c.id.in_(some), seen.c.listed_at < now - LISTED_LAG)
            .values(listed_at=now)
        )


async def _rows(conn: AsyncConnection, condition: sa.ColumnElement[bool]) -> dict[int, SeenEntry]:
    found = (await conn.execute(sa.select(seen).where(condition))).mappings()
    return {row["id"]: _entry(row) for row in found}


def _entry(row: Row) -> SeenEntry:
    return SeenEntry(
        id=row["id"],
        feed=FeedId(row["feed_id"]),
        article=ArticleId(row["article_id"]) if row["article_id"] is not None else None,
        mark=Fingerprint(
            guid_hash=row["guid_hash"],
            url_hash=row["url_hash"],
            title_hash=row["title_hash"],
            content_hash=row["content_hash"] or "",
            title=row["title"],
            stated=row["stated_at"],
        ),
    )


def _row(entry: SeenEntry) -> dict[str, Any]:
    mark = entry.mark
    return {
        "id": entry.id,
        "article_id": entry.article,
        "guid_hash": mark.guid_hash,
        "url_hash": mark.url_hash,
        "title_hash": mark.title_hash,
        "content_hash": mark.content_hash,
        "title": clean(mark.title),
        "stated_at": mark.stated,
    }


def _listed(now: datetime) -> dict[str, datetime]:
    return {"listed_at": now}
