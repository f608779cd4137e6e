"""What workspaces added to the catalog."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Alias, Entity, EntityId, EntityKind, Mark, WorkspaceId
from bot.store.rows import Row
from bot.store.tables import entities


async def of_workspace(conn: AsyncConnection, workspace: WorkspaceId) -> list[Entity]:
    """The entities that a workspace added, by name."""
    query = (
        sa.select(entities)
        .where(entities.c.workspace_id == workspace)
        .order_by(entities.c.name, entities.c.id)
    )
    return [entity_from(row) for row in (await conn.execute(query)).mappings()]


def entity_from(row: Row) -> Entity:
    """The entity of a row; an alias is stored as its fields by name."""
    return Entity(
        id=EntityId(row["id"]),
        name=row["name"],
        kind=EntityKind(row["kind"]),
        line=row["line"],
        aliases=tuple(
            Alias(
                **{
                    **alias,
                    "near": tuple(alias.get("near", ())),
                    "not_near": tuple(alias.get("not_near", ())),
                }
            )
            for alias in row["aliases"] or ()
        ),
        marks=frozenset(Mark(mark) for mark in row["marks"] or ()),
        workspace=WorkspaceId(row["workspace_id"]),
    )
