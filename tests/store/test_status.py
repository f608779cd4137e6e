"""Counts of how it goes, and additions to the catalog, on both databases."""

from datetime import timedelta

from bot.model import Alias, Entity, EntityId, EntityKind, WorkspaceId
from bot.store import entities, places, status
from bot.store.database import Store
from tests.support.newsroom import HOME, NOON, OTHER
from tests.support.office import Office

DAY = timedelta(days=1)


async def test_counts_are_of_one_workspace(store: Store) -> None:
    office = Office(store)
    await office.say("subscribe anthropic")
    await office.say("subscribe anthropic", place=OTHER)
    mine, other = await office.workspace(HOME), await office.workspace(OTHER)
    story = await office.publish("Anthropic sues", about=["anthropic"])
    await office.publish("Anthropic appeals", about=["anthropic"], story=story, relevance=0.2)
    await office.publish("Private filing", outlet="Private", of=other.id)
    await office.press("not-relevant", 1)
    async with store.read() as conn:
        news = await status.news(conn, mine.id, since=NOON - DAY, threshold=0.5)
        outbox = await status.outbox(conn, mine.id, since=NOON - DAY)
        whole = await status.whole(conn)
        rejected = await status.rejected(conn, mine.id, since=NOON - DAY)
        elsewhere = await status.rejected(conn, other.id, since=NOON - DAY)
    assert (news.articles, news.relevant, news.stories) == (2, 1, 1)
    assert (outbox.told, outbox.waiting, outbox.parked) == (0, 1, 0)
    assert outbox.oldest_due is not None
    assert (whole.workspaces, whole.subscriptions, whole.waiting) == (2, 2, 2)
    assert (rejected, elsewhere) == ([(story.id, 1)], [])


async def test_an_addition_is_stored_as_it_is_and_counted(store: Store) -> None:
    async with store.write() as conn:
        workspace = await places.get_or_create_workspace(conn, "console", "home", now=NOON)
        entity = Entity(
            id=EntityId("example-labs"),
            name="Example Labs",
            kind=EntityKind.COMPANY,
            aliases=(Alias(text="ExLabs", exact=True, near=("lab",)),),
            workspace=workspace.id,
        )
        await entities.put(conn, entity, by="me", now=NOON)
        assert await entities.of_everyone(conn) == [entity]
        assert await entities.version(conn) == 1
        assert not await entities.remove(conn, WorkspaceId(99), entity.id)
        assert await entities.remove(conn, workspace.id, entity.id)
        assert await entities.of_everyone(conn) == []
        assert await entities.version(conn) == 3
