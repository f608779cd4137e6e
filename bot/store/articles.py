"""Articles: what was seen of them, their words and findings, and who may see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Article,
    ArticleId,
    ArticleKind,
    FeedId,
    Judged,
    Published,
    RecognisedEntity,
    Report,
    StoryId,
    Tier,
    WorkspaceId,
)
from bot.model.seen import Filing
from bot.store.rows import (
    EVERYONE,
    Row,
    clean,
    clean_or_none,
    reasons_from_json,
    reasons_to_json,
    recognised_from_row,
    recognised_to_row,
    references_from_json,
    references_to_json,
    strings_from_json,
    topics_from_json,
)
from bot.store.sql import chunks, insert, insert_all, reserve, update_all
from bot.store.tables import (
    article_entities,
    article_feeds,
    article_words,
    articles,
    feed_workspaces,
    revisions,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article as the database has it, with the story that it belongs to."""

    report: Report
    story: StoryId | None


async def reserve_ids(conn: AsyncConnection, count: int) -> list[ArticleId]:
    """Ids for articles to be stored in this transaction."""
    return [ArticleId(number) for number in await reserve(conn, articles, count)]


async def with_keys(conn: AsyncConnection, keys: Sequence[str]) -> dict[str, ArticleId]:
    """The articles that have these identities already."""
    query = sa.select(articles.c.key, articles.c.id).where(articles.c.key.in_(map(clean, keys)))
    return {row.key: ArticleId(row.id) for row in await conn.execute(query)}


async def store(
    conn: AsyncConnection,
    reports: Sequence[tuple[Report, StoryId]],
    filings: Mapping[ArticleId, Filing],
) -> None:
    """Store new articles with all that was found in them, each in its story."""
    await insert_all(
        conn,
        articles,
        [{**_row(report, filings), "story_id": story} for report, story in reports],
    )
    await insert_all(conn, article_entities, _entity_rows(report for report, _ in reports))
    await insert_all(conn, article_words, [_words_row(r.id, filings) for r, _ in reports])


async def revise(
    conn: AsyncConnection,
    reports: Sequence[Report],
    filings: Mapping[ArticleId, Filing],
    now: datetime,
) -> None:
    """Replace these articles' words and findings; what they said before is kept as a revision."""
    ids = [report.id for report in reports]
    if not ids:
        return
    before = (
        sa.select(
            articles.c.id,
            sa.literal(now, type_=revisions.c.seen_at.type),
            articles.c.title,
            articles.c.text,
            articles.c.content_hash,
        )
        .where(articles.c.id.in_(ids))
        .order_by(articles.c.id)
    )
    kept = ["article_id", "seen_at", "title", "text", "content_hash"]
    await conn.execute(sa.insert(revisions).from_select(kept, before))
    await update_all(conn, articles, [_found_row(report, filings) for report in reports])
    shared = article_entities.c.workspace_id == EVERYONE
    await conn.execute(
        sa.delete(article_entities).where(article_entities.c.article_id.in_(ids), shared)
    )
    await insert_all(conn, article_entities, _entity_rows(reports))
    words = sa.delete(article_words).where(article_words.c.article_id.in_(ids))
    await conn.execute(words)
    await insert_all(conn, article_words, [_words_row(r.id, filings) for r in reports])


async def link_feed(
    conn: AsyncConnection, feed: FeedId, ids: Iterable[ArticleId], now: datetime
) -> None:
    """Note that this feed carries these articles too; those that are gone are passed over."""
    for some in chunks(sorted(set(ids))):
        there = sa.select(
            articles.c.id, sa.literal(feed), sa.literal(now, type_=article_feeds.c.seen_at.type)
        ).where(articles.c.id.in_(some))
        statement = insert(conn, article_feeds).from_select(
            ["article_id", "feed_id", "seen_at"], there
        )
        await conn.execute(
            statement.on_conflict_do_nothing(index_elements=["article_id", "feed_id"])
        )


async def open_up(
    conn: AsyncConnection, ids: Sequence[ArticleId], *, shared: bool, news: bool
) -> None:
    """Show these articles to everyone (`shared`); take them for news that may alert (`news`)."""
    columns = {**({"backlog": False} if news else {}), **({"shared": True} if shared else {})}
    await conn.execute(sa.update(articles).where(articles.c.id.in_(ids)).values(columns))


async def load(conn: AsyncConnection, ids: Iterable[ArticleId]) -> dict[ArticleId, Stored]:
    """These articles with all that was found in them."""
    found: dict[ArticleId, Stored] = {}
    for some in chunks(sorted(set(ids))):
        query = sa.select(articles).where(articles.c.id.in_(some)).order_by(articles.c.id)
        for stored in await read(conn, (await conn.execute(query)).mappings().all()):
            found[stored.report.id] = stored
    return found


async def by_address(
    conn: AsyncConnection, canonical_url: str, workspace: WorkspaceId | None
) -> Stored | None:
    """The article with this canonical URL, if this workspace may see it."""
    query = sa.select(articles).where(articles.c.canonical_url == canonical_url)
    rows = (await conn.execute(query.order_by(articles.c.id).limit(1))).mappings().all()
    stored = await read(conn, rows)
    visible = stored and stored[0].report.judged.article.visible_to(workspace)
    return stored[0] if visible else None


async def read(conn: AsyncConnection, rows: Sequence[Row]) -> list[Stored]:
    """The articles of these whole rows, in their order."""
    ids = [row["id"] for row in rows]
    entities = await _entities(conn, ids)
    owners = await _owners(conn, [row["id"] for row in rows if not row["shared"]])
    return [
        Stored(
            report=_report(row, entities.get(row["id"], ()), frozenset(owners.get(row["id"], ()))),
            story=StoryId(row["story_id"]) if row["story_id"] is not None else None,
        )
        for row in rows
    ]


def visible(workspace: WorkspaceId | None) -> sa.ColumnElement[bool]:
    """The condition that a row of `articles` is for this workspace (None: only what is shared)."""
    if workspace is None:
        return articles.c.shared.is_(sa.true())
    return sa.or_(
        articles.c.shared.is_(sa.true()),
        sa.exists()
        .where(article_feeds.c.article_id == articles.c.id)
        .where(feed_workspaces.c.feed_id == article_feeds.c.feed_id)
        .where(feed_workspaces.c.workspace_id == workspace),
    )


async def _entities(conn: AsyncConnection, ids: Sequence[int]) -> dict[int, list[RecognisedEntity]]:
    found: dict[int, list[RecognisedEntity]] = defaultdict(list)
    for some in chunks(ids):
        query = sa.select(article_entities).where(
            article_entities.c.article_id.in_(some), article_entities.c.workspace_id == EVERYONE
        )
        for row in (await conn.execute(query)).mappings():
            found[row["article_id"]].append(recognised_from_row(row))
    for some_found in found.values():
        # In the order in which a reader meets them: recognition gives them so.
        some_found.sort(key=_first_place)
    return found


def _first_place(entity: RecognisedEntity) -> tuple[bool, int, str]:
    first = min(entity.mentions, key=lambda m: (m.field == "text", m.start))
    return first.field == "text", first.start, entity.id


async def _owners(conn: AsyncConnection, ids: Sequence[int]) -> dict[int, set[WorkspaceId]]:
    found: dict[int, set[WorkspaceId]] = defaultdict(set)
    for some in chunks(ids):
        query = (
            sa.select(article_feeds.c.article_id, feed_workspaces.c.workspace_id)
            .join(feed_workspaces, feed_workspaces.c.feed_id == article_feeds.c.feed_id)
            .where(article_feeds.c.article_id.in_(some))
        )
        for row in await conn.execute(query):
            found[row.article_id].add(WorkspaceId(row.workspace_id))
    return found


def _report(
    row: Row, entities: Sequence[RecognisedEntity], workspaces: frozenset[WorkspaceId]
) -> Report:
    article = Article(
        key=row["key"],
        title=row["title"],
        text=row["text"],
        url=row["url"],
        canonical_url=row["canonical_url"],
        guid=row["guid"],
        outlet=row["outlet"],
        tier=Tier(row["tier"]),
        feed=FeedId(row["feed_id"]) if row["feed_id"] is not None else None,
        published=Published(at=row["published_at"], stated=row["published_stated"]),
        seen_at=row["seen_at"],
        language=row["language"],
        kind=ArticleKind(row["kind"]),
        credit=row["credit"],
        authors=strings_from_json(row["authors"]),
        shared=row["shared"],
        workspaces=workspaces,
        backlog=row["backlog"],
    )
    judged = Judged(
        article=article,
        entities=tuple(entities),
        relevance=row["relevance"],
        reasons=reasons_from_json(row["reasons"]),
        topics=topics_from_json(row["topics"]),
        references=references_from_json(row["references"]),
        summary=strings_from_json(row["summary"]),
    )
    return Report(
        id=ArticleId(row["id"]),
        judged=judged,
        joined=reasons_from_json(row["joined"]),
        origin=row["origin"],
    )


def _row(report: Report, filings: Mapping[ArticleId, Filing]) -> dict[str, Any]:
    article = report.judged.article
    return {
        **_found_row(report, filings),
        "key": clean(article.key),
        "url": clean_or_none(article.url),
        "canonical_url": clean_or_none(article.canonical_url),
        "guid": clean_or_none(article.guid),
        "published_at": article.published.at,
        "published_stated": article.published.stated,
        "seen_at": article.seen_at,
        "outlet": clean(article.outlet),
        "tier": int(article.tier),
        "feed_id": article.feed,
        "shared": article.shared,
        "backlog": article.backlog,
        "joined": reasons_to_json(report.joined),
        "origin": report.origin,
    }


def _found_row(report: Report, filings: Mapping[ArticleId, Filing]) -> dict[str, Any]:
    """The columns that a revision changes."""
    judged, article = report.judged, report.judged.article
    return {
        "id": report.id,
        "title": clean(article.title),
        "text": clean(article.text),
        "content_hash": filings[report.id].content_hash,
        "language": article.language,
        "kind": article.kind.value,
        "credit": clean_or_none(article.credit),
        "authors": [clean(author) for author in article.authors],
        "relevance": judged.relevance,
        "reasons": reasons_to_json(judged.reasons),
        "topics": sorted(judged.topics),
        "references": references_to_json(judged.references),
        "summary": [clean(sentence) for sentence in judged.summary],
    }


def _entity_rows(reports: Iterable[Report]) -> list[dict[str, Any]]:
    return [
        recognised_to_row(report.id, entity, EVERYONE)
        for report in reports
        for entity in report.judged.entities
    ]


def _words_row(article: ArticleId, filings: Mapping[ArticleId, Filing]) -> dict[str, Any]:
    filing = filings[article]
    return {
        "article_id": article,
        "title": clean(filing.title_words),
        "text": clean(filing.text_words),
    }
