"""What people of a channel thought of a story: counted, once a person."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import DestinationId, StoryId, WorkspaceId
from bot.store.rows import clean
from bot.store.sql import insert
from bot.store.tables import alerts, destinations, feedback


async def not_relevant(
    conn: AsyncConnection, destination: DestinationId, story: StoryId, *, person: str, now: datetime
) -> bool:
    """Note that a person found the story not relevant there; False where that was known."""
    given = insert(conn, feedback).values(
        destination_id=destination, story_id=story, person=clean(person), given_at=now
    )
    new = given.on_conflict_do_nothing().returning(feedback.c.person)
    return (await conn.execute(new)).first() is not None


async def take_back(
    conn: AsyncConnection, destination: DestinationId, story: StoryId, *, person: str
) -> bool:
    """Forget that the person found the story not relevant there; False where they had not."""
    gone = (
        sa.delete(feedback)
        .where(
            feedback.c.destination_id == destination,
            feedback.c.story_id == story,
            feedback.c.person == clean(person),
        )
        .returning(feedback.c.person)
    )
    return (await conn.execute(gone)).first() is not None


async def told_since(
    conn: AsyncConnection, destination: DestinationId, *, since: datetime, limit: int
) -> list[tuple[StoryId, bool]]:
    """The stories that were told there since then, the last ones first, and whether anybody there
    found them not relevant.
    """
    rejected = sa.exists().where(
        feedback.c.destination_id == destination, feedback.c.story_id == alerts.c.story_id
    )
    query = (
        sa.select(alerts.c.story_id, rejected)
        .where(alerts.c.destination_id == destination, alerts.c.told_at >= since)
        .order_by(alerts.c.told_at.desc(), alerts.c.id.desc())
        .limit(limit)
    )
    return [(StoryId(row[0]), bool(row[1])) for row in await conn.execute(query)]


async def count(conn: AsyncConnection, workspace: WorkspaceId, story: StoryId) -> int:
    """How many people of the workspace found the story not relevant."""
    people = (
        sa.select(sa.func.count(feedback.c.person.distinct()))
        .join(destinations, destinations.c.id == feedback.c.destination_id)
        .where(destinations.c.workspace_id == workspace, feedback.c.story_id == story)
    )
    return int(await conn.scalar(people) or 0)
