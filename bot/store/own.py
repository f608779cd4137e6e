"""What workspaces' own additions to the catalog find in articles."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, Own, RecognisedEntity, WorkspaceId
from bot.store.rows import EVERYONE, recognised_from_row, recognised_to_row
from bot.store.sql import chunks, insert_all
from bot.store.tables import article_entities


async def store(conn: AsyncConnection, own: Mapping[ArticleId, Own]) -> None:
    """Store what workspaces' own additions find in these articles, in place of what they found."""
    for some in chunks(sorted(own)):
        before = article_entities.c.article_id.in_(some) & (
            article_entities.c.workspace_id != EVERYONE
        )
        await conn.execute(sa.delete(article_entities).where(before))
    rows = [
        recognised_to_row(article, entity, workspace)
        for article, found in own.items()
        for workspace, entities in found.items()
        for entity in entities
    ]
    await insert_all(conn, article_entities, rows)


async def of_articles(conn: AsyncConnection, ids: Iterable[ArticleId]) -> dict[ArticleId, Own]:
    """What workspaces' own additions found in these articles; those with nothing are left out."""
    found: dict[ArticleId, dict[WorkspaceId, tuple[RecognisedEntity, ...]]] = {}
    for some in chunks(sorted(set(ids))):
        query = (
            sa.select(article_entities)
            .where(
                article_entities.c.article_id.in_(some),
                article_entities.c.workspace_id != EVERYONE,
            )
            .order_by(article_entities.c.article_id, article_entities.c.entity_id)
        )
        for row in (await conn.execute(query)).mappings():
            of_article = found.setdefault(ArticleId(row["article_id"]), {})
            workspace = WorkspaceId(row["workspace_id"])
            of_article[workspace] = (*of_article.get(workspace, ()), recognised_from_row(row))
    return dict(found)
