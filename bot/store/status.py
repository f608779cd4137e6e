"""How it goes, in numbers: what came in, what went out, what waits, what was refused."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import DeliveryState, DestinationId, StoryId, WorkspaceId
from bot.store.articles import visible
from bot.store.outbox import OPEN
from bot.store.tables import (
    alerts,
    articles,
    deliveries,
    destinations,
    failed_entries,
    feedback,
    subscriptions,
    watches,
    workspaces,
)

_MOST_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came in since an instant, for one workspace to see; `relevant` from the threshold on."""

    articles: int
    relevant: int
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A message that the platform did not take, with the platform's word."""

    destination: DestinationId
    channel: str
    key: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """What a workspace was told since an instant, and what waits: messages, oldest due at."""

    told: int
    waiting: int
    oldest_due: datetime | None
    parked: int
    examples: tuple[Parked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The installation: for its operator."""

    workspaces: int
    paused: tuple[tuple[str, str], ...]
    """Names of workspaces that cannot be reached, with the reason."""
    destinations: int
    subscriptions: int
    watches: int
    waiting: int
    parked: int
    failed_entries: int


async def news(
    conn: AsyncConnection, workspace: WorkspaceId | None, *, since: datetime, threshold: float
) -> News:
    """What was seen since then."""
    query = sa.select(
        sa.func.count(),
        sa.func.count().filter(articles.c.relevance >= threshold),
        sa.func.count(articles.c.story_id.distinct()),
    ).where(articles.c.seen_at >= since, visible(workspace))
    row = (await conn.execute(query)).one()
    return News(articles=row[0], relevant=row[1], stories=row[2])


async def outbox(conn: AsyncConnection, workspace: WorkspaceId, *, since: datetime) -> Outbox:
    """The workspace's messages."""
    mine = deliveries.c.destination_id.in_(
        sa.select(destinations.c.id).where(destinations.c.workspace_id == workspace)
    )
    told = sa.select(sa.func.count()).where(
        alerts.c.told_at >= since,
        alerts.c.destination_id == destinations.c.id,
        destinations.c.workspace_id == workspace,
    )
    waiting = sa.select(sa.func.count(), sa.func.min(deliveries.c.due_at)).where(
        mine, deliveries.c.state.in_(OPEN)
    )
    parked = sa.and_(mine, deliveries.c.state == DeliveryState.PARKED.value)
    count = await conn.scalar(sa.select(sa.func.count()).where(parked))
    query = (
        sa.select(deliveries, destinations.c.name, destinations.c.channel)
        .join(destinations, destinations.c.id == deliveries.c.destination_id)
        .where(parked)
        .order_by(deliveries.c.id.desc())
        .limit(_MOST_LISTED)
    )
    rows = (await conn.execute(query)).mappings().all()
    number, oldest = (await conn.execute(waiting)).one()
    return Outbox(
        told=int(await conn.scalar(told) or 0),
        waiting=number,
        oldest_due=oldest,
        parked=int(count or 0),
        examples=tuple(
            Parked(
                destination=DestinationId(row["destination_id"]),
                channel=row["name"] or row["channel"],
                key=row["key"],
                error=row["error"] or "no reason given",
            )
            for row in rows
        ),
    )


async def rejected(
    conn: AsyncConnection, workspace: WorkspaceId, *, since: datetime
) -> list[tuple[StoryId, int]]:
    """Stories that people of the workspace found not relevant since then, most presses first."""
    people = sa.func.count(feedback.c.person.distinct())
    query = (
        sa.select(feedback.c.story_id, people)
        .join(destinations, destinations.c.id == feedback.c.destination_id)
        .where(destinations.c.workspace_id == workspace, feedback.c.given_at >= since)
        .group_by(feedback.c.story_id)
        .order_by(people.desc(), feedback.c.story_id)
    )
    return [(StoryId(row[0]), row[1]) for row in await conn.execute(query)]


async def whole(conn: AsyncConnection) -> Whole:
    """The counts of the whole installation."""

    async def count(table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(*where)
        return int(await conn.scalar(query) or 0)

    paused = (
        sa.select(workspaces.c.name, workspaces.c.external_id, workspaces.c.paused_reason)
        .where(workspaces.c.paused_reason.is_not(None))
        .order_by(workspaces.c.id)
        .limit(_MOST_LISTED)
    )
    return Whole(
        workspaces=await count(workspaces),
        paused=tuple((row[0] or row[1], row[2]) for row in await conn.execute(paused)),
        destinations=await count(destinations),
        subscriptions=await count(subscriptions),
        watches=await count(watches),
        waiting=await count(deliveries, deliveries.c.state.in_(OPEN)),
        parked=await count(deliveries, deliveries.c.state == DeliveryState.PARKED.value),
        failed_entries=await count(failed_entries),
    )
