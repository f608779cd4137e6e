"""What is forgotten, and when: texts first, then articles, last the memory of what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.seen import LISTED_LAG
from bot.store.tables import (
    alerts,
    article_words,
    articles,
    deliveries,
    entity_drafts,
    failed_entries,
    feeds,
    revisions,
    seen,
    stories,
)

# Deliveries in these states are done with.
_SETTLED = ("sent", "parked", "gone", "stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long things are kept."""

    text: timedelta = timedelta(days=90)
    articles: timedelta = timedelta(days=365)
    seen: timedelta = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How much one round of forgetting took; `more` when it stopped at its limit."""

    texts: int = 0
    articles: int = 0
    stories: int = 0
    seen: int = 0
    deliveries: int = 0
    more: bool = False


async def prune(
    conn: AsyncConnection, *, now: datetime, terms: Terms = Terms(), limit: int = 500
) -> Pruned:
    """Forget what is past its term, at most `limit` rows of a kind: no writer waits long."""
    old_texts = await _ids(
        conn,
        sa.select(articles.c.id).where(
            articles.c.seen_at < now - terms.text, articles.c.text_dropped_at.is_(None)
        ),
        limit,
    )
    await _drop_texts(conn, old_texts, now)
    old_articles = await _ids(
        conn, sa.select(articles.c.id).where(articles.c.seen_at < now - terms.articles), limit
    )
    await _delete(conn, articles, old_articles)
    kept = sa.exists().where(articles.c.story_id == stories.c.id)
    old_stories = await _ids(
        conn, sa.select(stories.c.id).where(stories.c.last_at < now - terms.articles, ~kept), limit
    )
    await _delete(conn, stories, old_stories)
    old_seen = await _ids(conn, _unlisted(now - terms.seen), limit)
    await _delete(conn, seen, old_seen)
    carried = sa.exists().where(alerts.c.delivery_id == deliveries.c.id)
    old_deliveries = await _ids(
        conn,
        sa.select(deliveries.c.id).where(
            deliveries.c.created_at < now - terms.articles,
            deliveries.c.state.in_(_SETTLED),
            ~carried,
        ),
        limit,
    )
    await _delete(conn, deliveries, old_deliveries)
    await conn.execute(sa.delete(failed_entries).where(failed_entries.c.seen_at < now - terms.text))
    await conn.execute(sa.delete(entity_drafts).where(entity_drafts.c.made_at < now - terms.text))
    taken = (old_texts, old_articles, old_stories, old_seen, old_deliveries)
    return Pruned(
        texts=len(old_texts),
        articles=len(old_articles),
        stories=len(old_stories),
        seen=len(old_seen),
        deliveries=len(old_deliveries),
        more=any(len(ids) == limit for ids in taken),
    )


def _unlisted(before: datetime) -> sa.Select[int]:
    """Rows not listed since `before`, nor by the document that their feed last brought.

    A feed that has not changed for years lists what it listed then.
    """
    lag = int(LISTED_LAG.total_seconds() * 1_000_000)
    read_at = sa.type_coerce(feeds.c.changed_at, sa.BigInteger)
    return (
        sa.select(seen.c.id)
        .join(feeds, feeds.c.id == seen.c.feed_id)
        .where(
            seen.c.listed_at < before,
            sa.type_coerce(seen.c.listed_at, sa.BigInteger) < read_at - lag,
        )
    )


async def _drop_texts(conn: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    if not ids:
        return
    await conn.execute(
        sa.update(articles).where(articles.c.id.in_(ids)).values(text="", text_dropped_at=now)
    )
    await conn.execute(
        sa.update(article_words).where(article_words.c.article_id.in_(ids)).values(text="")
    )
    await conn.execute(sa.update(revisions).where(revisions.c.article_id.in_(ids)).values(text=""))


async def _ids(conn: AsyncConnection, query: sa.Select[int], limit: int) -> list[int]:
    return list((await conn.execute(query.limit(limit))).scalars())


async def _delete(conn: AsyncConnection, table: sa.Table, ids: Sequence[int]) -> None:
    if ids:
        await conn.execute(sa.delete(table).where(table.c.id.in_(ids)))
