"""What is left of an address in the memory of feeds: for saying why an article did not come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, FeedId, WorkspaceId
from bot.store.articles import Stored, read, visible
from bot.store.tables import articles, failed_entries, seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """That a feed has listed an entry, under which title; `article` None once that was pruned."""

    feed: FeedId
    article: ArticleId | None
    title: str
    first_seen_at: datetime
    listed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedEntry:
    """An entry on which a stage raised, the last time at `seen_at`."""

    feed: FeedId
    title: str
    stage: str
    error: str
    seen_at: datetime


async def at_addresses(conn: AsyncConnection, url_hashes: Sequence[str]) -> list[Trace]:
    """Every feed's memory of these addresses: of the first that any has listed, oldest first."""
    query = sa.select(seen).where(seen.c.url_hash.in_(url_hashes)).order_by(seen.c.id)
    rows = (await conn.execute(query)).mappings().all()
    nearest = min((url_hashes.index(row["url_hash"]) for row in rows), default=0)
    return [
        Trace(
            feed=FeedId(row["feed_id"]),
            article=ArticleId(row["article_id"]) if row["article_id"] is not None else None,
            title=row["title"],
            first_seen_at=row["first_seen_at"],
            listed_at=row["listed_at"],
        )
        for row in rows
        if row["url_hash"] == url_hashes[nearest]
    ]


async def failed_at(conn: AsyncConnection, urls: Collection[str]) -> list[FailedEntry]:
    """The failed entries whose link or identity is one of these addresses, the last one first."""
    wanted = sorted(urls)
    query = (
        sa.select(failed_entries)
        .where(failed_entries.c.url.in_(wanted) | failed_entries.c.key.in_(wanted))
        .order_by(failed_entries.c.seen_at.desc(), failed_entries.c.id.desc())
    )
    return [
        FailedEntry(
            feed=FeedId(row["feed_id"]),
            title=row["title"],
            stage=row["stage"],
            error=row["error"],
            seen_at=row["seen_at"],
        )
        for row in (await conn.execute(query)).mappings()
    ]


async def sharing_address(
    conn: AsyncConnection, urls: Collection[str], workspace: WorkspaceId | None, *, most: int = 5
) -> list[Stored]:
    """The newest articles that this workspace may see of those whose link several entries share.

    Such a link identifies none of them, so they have no canonical URL.
    """
    query = (
        sa.select(articles)
        .where(
            articles.c.canonical_url.is_(None),
            articles.c.url.in_(sorted(urls)),
            visible(workspace),
        )
        .order_by(articles.c.id.desc())
        .limit(most)
    )
    return await read(conn, (await conn.execute(query)).mappings().all())
