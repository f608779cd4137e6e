"""Drafts of additions to a workspace's catalog, and a person's answers to them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import EntityId, EntityKind, WorkspaceId
from bot.model.drafts import Answer, Draft, Proposed
from bot.model.ids import DraftId
from bot.store.rows import Row, clean
from bot.store.sql import reserve
from bot.store.tables import entity_drafts


async def add(
    conn: AsyncConnection,
    workspace: WorkspaceId,
    *,
    title: str,
    proposals: Sequence[Proposed],
    known: Sequence[str],
    by: str,
    now: datetime,
) -> Draft:
    """Keep a new draft."""
    (number,) = await reserve(conn, entity_drafts, 1)
    values = {
        "id": number,
        "workspace_id": workspace,
        "title": clean(title),
        "proposals": [_proposal_to(one) for one in proposals],
        "known": [clean(name) for name in known],
        "made_by": clean(by),
        "made_at": now,
    }
    await conn.execute(sa.insert(entity_drafts).values(**values))
    return _draft_from(values)


async def one(conn: AsyncConnection, workspace: WorkspaceId, draft: DraftId) -> Draft | None:
    """A draft of this workspace, held against other writers until the transaction ends."""
    query = sa.select(entity_drafts).where(
        entity_drafts.c.id == draft, entity_drafts.c.workspace_id == workspace
    )
    row = (await conn.execute(query.with_for_update())).mappings().first()
    return _draft_from(row) if row is not None else None


async def answer(conn: AsyncConnection, draft: Draft) -> None:
    """Store the answers that the draft has now."""
    changed = sa.update(entity_drafts).where(entity_drafts.c.id == draft.id)
    await conn.execute(changed.values(proposals=[_proposal_to(one) for one in draft.proposals]))


def _proposal_to(proposed: Proposed) -> dict[str, Any]:
    return {
        **asdict(proposed),
        "name": clean(proposed.name),
        "aliases": [clean(alias) for alias in proposed.aliases],
        "role": clean(proposed.role),
    }


def _draft_from(row: Row | dict[str, Any]) -> Draft:
    return Draft(
        id=DraftId(row["id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        title=row["title"],
        proposals=tuple(_proposal_from(stored) for stored in row["proposals"] or ()),
        known=tuple(row["known"] or ()),
        made_at=row["made_at"],
    )


def _proposal_from(stored: dict[str, Any]) -> Proposed:
    return Proposed(
        **{
            **stored,
            "kind": EntityKind(stored["kind"]),
            "aliases": tuple(stored["aliases"]),
            "entity": EntityId(stored["entity"]) if stored["entity"] else None,
            "answer": Answer(stored["answer"]),
        }
    )
