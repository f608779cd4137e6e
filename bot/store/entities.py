"""What workspaces added to the catalog: entities of their own, and aliases of everyone's.

Every change counts up one version, by which recognition knows that what it holds is stale.
"""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Alias, Entity, EntityId, EntityKind, Mark, WorkspaceId
from bot.store import facts
from bot.store.articles import visible
from bot.store.rows import Row, clean
from bot.store.sql import insert
from bot.store.tables import article_entities, articles, entities

VERSION = "entities changed"
"""The fact that counts changes of additions."""


async def version(conn: AsyncConnection) -> int:
    """How often additions were changed."""
    return int(await facts.get(conn, VERSION) or 0)


async def of_everyone(conn: AsyncConnection) -> list[Entity]:
    """The additions of every workspace: the recogniser's overlay."""
    query = sa.select(entities).order_by(entities.c.workspace_id, entities.c.name, entities.c.id)
    return [entity_from(row) for row in (await conn.execute(query)).mappings()]


async def of_workspace(conn: AsyncConnection, workspace: WorkspaceId) -> list[Entity]:
    """The entities that a workspace added, by name."""
    query = (
        sa.select(entities)
        .where(entities.c.workspace_id == workspace)
        .order_by(entities.c.name, entities.c.id)
    )
    return [entity_from(row) for row in (await conn.execute(query)).mappings()]


async def put(conn: AsyncConnection, entity: Entity, *, by: str, now: datetime) -> None:
    """Store a workspace's addition as it is, in place of the one with its id."""
    if entity.workspace is None:
        raise ValueError(f"{entity.id} belongs to the catalog, not to a workspace")
    columns = {
        "name": clean(entity.name),
        "kind": entity.kind.value,
        "line": clean(entity.line),
        "marks": sorted(entity.marks),
        "aliases": [_alias_to(alias) for alias in entity.aliases],
    }
    statement = insert(conn, entities).values(
        id=entity.id, workspace_id=entity.workspace, added_by=clean(by), added_at=now, **columns
    )
    await conn.execute(
        statement.on_conflict_do_update(index_elements=["id", "workspace_id"], set_=columns)
    )
    await _changed(conn)


async def remove(conn: AsyncConnection, workspace: WorkspaceId, entity: EntityId) -> bool:
    """Forget a workspace's addition; False where there was none."""
    gone = await conn.execute(
        sa.delete(entities).where(entities.c.workspace_id == workspace, entities.c.id == entity)
    )
    await _changed(conn)
    return gone.rowcount > 0


async def named_since(
    conn: AsyncConnection, entity: EntityId, workspace: WorkspaceId | None, since: datetime
) -> int:
    """How many articles seen since then, that this workspace may see, name the entity."""
    whose = [0] if workspace is None else [0, workspace]
    query = (
        sa.select(sa.func.count(articles.c.id.distinct()))
        .join(article_entities, article_entities.c.article_id == articles.c.id)
        .where(
            article_entities.c.entity_id == entity,
            article_entities.c.workspace_id.in_(whose),
            articles.c.seen_at >= since,
            visible(workspace),
        )
    )
    return int(await conn.scalar(query) or 0)


async def _changed(conn: AsyncConnection) -> None:
    await facts.count_up(conn, VERSION)


def _alias_to(alias: Alias) -> dict[str, object]:
    return {**asdict(alias), "text": clean(alias.text)}


_TERMS = ("near", "also_near", "after", "not_near")


def entity_from(row: Row) -> Entity:
    """The entity of a row; an alias is stored as its fields by name."""
    return Entity(
        id=EntityId(row["id"]),
        name=row["name"],
        kind=EntityKind(row["kind"]),
        line=row["line"],
        aliases=tuple(
            Alias(**{**alias, **{terms: tuple(alias.get(terms, ())) for terms in _TERMS}})
            for alias in row["aliases"] or ()
        ),
        marks=frozenset(Mark(mark) for mark in row["marks"] or ()),
        workspace=WorkspaceId(row["workspace_id"]),
    )
