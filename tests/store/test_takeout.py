"""Exporting and forgetting, in both databases: no secret goes out, nothing of others is lost."""

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Workspace, WorkspaceId
from bot.store import erase, export, facts
from bot.store.database import Store
from bot.store.tables import (
    article_entities,
    articles,
    feeds,
    installations,
    metadata,
    seen,
    stories,
    workspaces,
)
from tests.support.newsroom import HOME, NOON, OTHER, Newsroom


async def exported(conn: AsyncConnection, workspace: WorkspaceId | None = None) -> Counter[str]:
    return Counter([table async for table, _ in export.rows(conn, workspace)])


async def two_workspaces(store: Store) -> tuple[Newsroom, Workspace, Workspace]:
    """Each has a feed, an order and a story of its own; they share one story."""
    room = Newsroom(store)
    home, other = await room.workspace(HOME), await room.workspace(OTHER)
    await room.say("/subscribe", place=HOME)
    await room.say("/subscribe", place=OTHER)
    shared = await room.publish("Shared news", about=["openai"])
    await room.publish("Home's view", outlet="Home Wire", of=home.id, story=shared)
    await room.publish("Home's own", outlet="Home Wire", of=home.id, about=["openai"])
    await room.publish("Other's own", outlet="Other Wire", of=other.id)
    return room, home, other


async def test_no_table_that_is_exported_can_hold_a_token(store: Store) -> None:
    async with store.write() as conn:
        await conn.execute(
            sa.insert(installations).values(
                client_id="c", app_id="a", team_id="t", user_id="u", bot_token="xoxb-secret",
                is_enterprise_install=False, installed_at=NOON.replace(tzinfo=None),
            )
        )  # fmt: skip
        everything = [repr(row) async for row in export.rows(conn)]
    assert "xoxb-secret" not in "".join(everything)
    open_tables = [t for t in metadata.sorted_tables if t.name not in export.WITHHELD]
    columns = [column.name for table in open_tables for column in table.columns]
    assert not [name for name in columns if "token" in name or "secret" in name]


async def test_everything_is_exported_once_page_by_page(store: Store) -> None:
    await two_workspaces(store)
    async with store.write() as conn:
        number = await conn.scalar(sa.select(sa.func.min(feeds.c.id)))
        await conn.execute(
            sa.insert(seen),
            [
                {"id": 1000 + n, "feed_id": number, "first_seen_at": NOON, "listed_at": NOON}
                for n in range(1_201)
            ],
        )
        counts = await exported(conn)
        for table in metadata.sorted_tables:
            if table.name in counts:
                there = await conn.scalar(sa.select(sa.func.count()).select_from(table))
                assert counts[table.name] == there, table.name
    assert counts["seen"] > 1_200
    assert {"workspaces", "articles", "alerts", "article_entities"} <= counts.keys()


async def test_a_workspaces_part_has_nothing_of_others(store: Store) -> None:
    _, home, _ = await two_workspaces(store)
    async with store.read() as conn:
        found = [(table, row) async for table, row in export.rows(conn, home.id)]
    counts = Counter(table for table, _ in found)
    assert (counts["workspaces"], counts["subscriptions"], counts["feeds"]) == (1, 1, 1)
    titles = {row["title"] for table, row in found if table == "articles"}
    assert titles == {"Home's view", "Home's own"}
    assert "Other" not in repr(found)


async def test_forgetting_takes_all_that_is_its_own_and_leaves_the_rest(store: Store) -> None:
    room, home, _ = await two_workspaces(store)
    async with store.write() as conn:
        before = await facts.stories_version(conn)
        await conn.execute(
            sa.insert(installations).values(
                client_id="c", app_id="a", team_id=home.external_id, user_id="u", bot_token="x",
                is_enterprise_install=False, installed_at=NOON.replace(tzinfo=None),
            )
        )  # fmt: skip
    async with store.lane() as conn:
        taken = await erase.erase(conn, home, room.now)
    assert (taken.channels, taken.subscriptions, taken.feeds, taken.articles) == (1, 1, 1, 2)
    async with store.read() as conn:
        titles = set((await conn.execute(sa.select(articles.c.title))).scalars())
        assert titles == {"Shared news", "Other's own"}
        assert await conn.scalar(sa.select(sa.func.count()).select_from(stories)) == 2
        names = set((await conn.execute(sa.select(feeds.c.outlet))).scalars())
        assert names == {"NPR", "Other Wire"}
        assert await conn.scalar(sa.select(sa.func.count()).select_from(workspaces)) == 1
        assert await conn.scalar(sa.select(sa.func.count()).select_from(installations)) == 0
        stray = article_entities.c.workspace_id == home.id
        assert not (await conn.execute(sa.select(article_entities).where(stray))).all()
        assert await exported(conn, home.id) == Counter()
        assert await facts.stories_version(conn) > before
    assert "Shared news" in await room.say("/latest", place=OTHER)
    assert "Other's own" in await room.say("/latest", place=OTHER)


async def test_what_two_workspaces_read_stays_for_the_other(store: Store) -> None:
    room, home, other = await two_workspaces(store)
    async with store.write() as conn:
        number = await conn.scalar(sa.select(feeds.c.id).where(feeds.c.outlet == "Home Wire"))
        link = metadata.tables["feed_workspaces"]
        await conn.execute(
            sa.insert(link).values(feed_id=number, workspace_id=other.id, added_at=NOON)
        )
    async with store.lane() as conn:
        assert (await erase.erase(conn, home, room.now)).articles == 0
    assert "Home's own" in await room.say("/latest", place=OTHER)
