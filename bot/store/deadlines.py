"""What articles say is due, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, ArticleKind, Deadline, StoryId, Tier, WorkspaceId
from bot.store.articles import visible
from bot.store.rows import clean
from bot.store.sql import chunks, insert_all
from bot.store.tables import articles, deadlines, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline with the article that says so and the story that it is in."""

    deadline: Deadline
    story: StoryId
    outlet: str
    tier: Tier
    title: str
    url: str | None
    published_at: datetime
    kind: ArticleKind


async def store(conn: AsyncConnection, found: Mapping[ArticleId, tuple[Deadline, ...]]) -> None:
    """Store what these articles say is due, in place of what they said before."""
    for some in chunks(sorted(found)):
        await conn.execute(sa.delete(deadlines).where(deadlines.c.article_id.in_(some)))
    rows = [
        {
            "article_id": article,
            "day": one.day,
            "at": one.at,
            "about": one.about,
            "sentence": clean(one.sentence),
            "start": one.start,
            "end": one.end,
        }
        for article, dues in found.items()
        for one in dues
    ]
    await insert_all(conn, deadlines, rows)


async def coming(
    conn: AsyncConnection,
    *,
    workspace: WorkspaceId | None,
    since: date,
    relevance: float,
    limit: int,
) -> list[Due]:
    """What is due on that day or later by articles that this workspace may see, soonest first.

    Asked of stories of that relevance. One day in different words comes once for each article.
    """
    query = (
        sa.select(
            deadlines,
            stories.c.id.label("story"),
            articles.c.outlet,
            articles.c.tier,
            articles.c.title,
            articles.c.url,
            articles.c.published_at,
            articles.c.kind,
        )
        .join(articles, articles.c.id == deadlines.c.article_id)
        .join(stories, stories.c.id == articles.c.story_id)
        .where(deadlines.c.day >= since, stories.c.relevance >= relevance, visible(workspace))
        .order_by(deadlines.c.day, deadlines.c.article_id)
        .limit(limit)
    )
    return [_due(row) for row in (await conn.execute(query)).mappings()]


def _due(row: sa.RowMapping) -> Due:
    return Due(
        deadline=Deadline(
            day=row["day"],
            at=row["at"],
            about=row["about"],
            sentence=row["sentence"],
            start=row["start"],
            end=row["end"],
        ),
        story=StoryId(row["story"]),
        outlet=row["outlet"],
        tier=Tier(row["tier"]),
        title=row["title"],
        url=row["url"],
        published_at=row["published_at"],
        kind=ArticleKind(row["kind"]),
    )
