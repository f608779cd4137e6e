"""Articles of the past: full-text search that narrows, on both databases alike."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, WorkspaceId
from bot.store.articles import Stored, read, visible
from bot.store.rows import clean
from bot.store.tables import article_words, articles

Clauses = Sequence[Sequence[str]]
"""All needed; each lists the words of which one is needed; a word ending in `*` is a prefix."""


async def search(
    conn: AsyncConnection,
    clauses: Clauses | None,
    *,
    workspace: WorkspaceId | None,
    since: datetime,
    limit: int,
    before: tuple[datetime, ArticleId] | None = None,
) -> list[Stored]:
    """Articles published after `since` that hold the words and that this workspace may see.

    Newest first; `before` is the publication and id of the last one of the page before. Without
    clauses, all of them. Words may be any text: what a database would take for syntax is none here.
    """
    conditions = [articles.c.published_at >= since, visible(workspace)]
    if clauses:
        said = [[word for word in words if _is_word(word)] for words in clauses]
        narrowed = articles.c.id.in_(_holding(conn, said)) if all(said) else sa.false()
        conditions.append(narrowed)
    if before is not None:
        place = sa.tuple_(articles.c.published_at, articles.c.id)
        conditions.append(place < sa.tuple_(sa.literal(before[0], type_=_WHEN), before[1]))
    query = (
        sa.select(articles)
        .where(*conditions)
        .order_by(articles.c.published_at.desc(), articles.c.id.desc())
        .limit(limit)
    )
    return await read(conn, (await conn.execute(query)).mappings().all())


_WHEN = articles.c.published_at.type


def _holding(conn: AsyncConnection, clauses: Clauses) -> sa.Select[int]:
    if conn.dialect.name == "sqlite":
        fts = sa.table("articles_fts", sa.column("rowid", sa.Integer))
        wanted = " AND ".join(f"({' OR '.join(map(_fts5, words))})" for words in clauses)
        return sa.select(fts.c.rowid).where(
            sa.text("articles_fts MATCH :wanted").bindparams(wanted=wanted)
        )
    wanted = " & ".join(f"({' | '.join(map(_tsquery, words))})" for words in clauses)
    return sa.select(article_words.c.article_id).where(
        sa.text("article_words.words @@ to_tsquery('simple', :wanted)").bindparams(wanted=wanted)
    )


def _is_word(word: str) -> bool:
    return any(char.isalnum() for char in word)


def _fts5(word: str) -> str:
    bare = clean(word).removesuffix("*").replace('"', '""')
    return f'"{bare}"{" *" if word.endswith("*") else ""}'


def _tsquery(word: str) -> str:
    bare = clean(word).removesuffix("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{bare}'{':*' if word.endswith('*') else ''}"
