"""Totals over a whole database: for the demo's closing summary and `stats`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import (
    alerts,
    article_entities,
    articles,
    deliveries,
    destinations,
    revisions,
    stories,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What is stored. `held` counts alerts by the first rule against them, `keys` deliveries by
    the kind of their key; `names` are the entities that most articles name.
    """

    articles: int
    backlog: int
    relevant: int
    stories: int
    revisions: int
    outlets: int
    names: tuple[tuple[str, int], ...]
    states: Mapping[str, int]
    held: Mapping[str, int]
    keys: Mapping[tuple[str, str, str], int]
    """Channel, kind of key and state → deliveries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Largest:
    """A story with many reports; `origins` are independent sources."""

    title: str
    reports: int
    outlets: int
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Irrelevant:
    """An article that is no AI policy."""

    title: str
    outlet: str
    relevance: float


async def totals(conn: AsyncConnection, *, threshold: float, most_names: int = 8) -> Totals:
    """Count everything; `threshold` is the relevance from which an article counts."""
    news = articles.c.backlog.is_(False)
    counted = (
        await conn.execute(
            sa.select(
                sa.func.count(),
                sa.func.count().filter(articles.c.backlog.is_(True)),
                sa.func.count().filter(news, articles.c.relevance >= threshold),
                sa.func.count(articles.c.story_id.distinct()).filter(news),
                sa.func.count(articles.c.outlet.distinct()),
            )
        )
    ).one()
    named = sa.func.count().label("named")
    names = await conn.execute(
        sa.select(article_entities.c.entity_id, named)
        .where(article_entities.c.workspace_id == 0)
        .group_by(article_entities.c.entity_id)
        .order_by(named.desc(), article_entities.c.entity_id)
        .limit(most_names)
    )
    states = await conn.execute(sa.select(alerts.c.state, sa.func.count()).group_by(alerts.c.state))
    return Totals(
        articles=counted[0],
        backlog=counted[1],
        relevant=counted[2],
        stories=counted[3],
        outlets=counted[4],
        revisions=await conn.scalar(sa.select(sa.func.count()).select_from(revisions)) or 0,
        names=tuple((row[0], row[1]) for row in names),
        states={row[0]: row[1] for row in states},
        held=await _held(conn),
        keys=await _keys(conn),
    )


async def largest(conn: AsyncConnection, most: int) -> list[Largest]:
    """The stories with the most reports."""
    reports = sa.func.count(articles.c.id).label("reports")
    found = await conn.execute(
        sa.select(stories.c.title, reports, stories.c.outlets, stories.c.origins)
        .join(articles, articles.c.story_id == stories.c.id)
        .group_by(stories.c.id)
        .order_by(reports.desc(), stories.c.id)
        .limit(most)
    )
    return [Largest(title=r[0], reports=r[1], outlets=r[2], origins=r[3]) for r in found]


async def irrelevant(conn: AsyncConnection, *, threshold: float, most: int) -> list[Irrelevant]:
    """News below the threshold, the most relevant first: near misses."""
    found = await conn.execute(
        sa.select(articles.c.title, articles.c.outlet, articles.c.relevance)
        .where(articles.c.backlog.is_(False), articles.c.relevance < threshold)
        .order_by(articles.c.relevance.desc(), articles.c.id)
        .limit(most)
    )
    return [Irrelevant(title=r[0], outlet=r[1], relevance=r[2]) for r in found]


async def _held(conn: AsyncConnection) -> dict[str, int]:
    """Alerts that were not told, by the first rule against them."""
    found = await conn.execute(sa.select(alerts.c.because).where(alerts.c.told_at.is_(None)))
    return dict(Counter(stored["held"][0][0] for (stored,) in found if stored["held"]))


async def _keys(conn: AsyncConnection) -> dict[tuple[str, str, str], int]:
    query = sa.select(destinations.c.channel, deliveries.c.key, deliveries.c.state).join(
        destinations, destinations.c.id == deliveries.c.destination_id
    )
    found = await conn.execute(query)
    return dict(Counter((row[0], row[1].partition(":")[0], row[2]) for row in found))
