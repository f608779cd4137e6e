"""Stories of the past as people ask for them, on both databases."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, EntityId, StoryId
from bot.services.asking import Place
from bot.store import feedback, news, places, stories, traces
from bot.store.database import Store
from tests.support.newsroom import HOME, NOON, OTHER, Newsroom

SINCE = NOON - timedelta(days=1)


async def titles(store: Store, place: Place | None = None, **asked: object) -> list[str]:
    room = Newsroom(store)
    workspace = (await room.workspace(place)).id if place else None
    async with store.read() as conn:
        given = {"since": SINCE, "limit": 10, **asked}
        found = await news.about(conn, workspace=workspace, **given)  # type: ignore[arg-type]
    return [story.title for story in found]


async def test_stories_are_found_by_what_their_reports_name(store: Store) -> None:
    room = Newsroom(store)
    await room.publish("Old", about=["openai"], topics=["courts"])
    room.pass_time(hours=1)
    await room.publish("Passing", passing=["openai"], relevance=0.2, outlet="Gazette")
    room.pass_time(hours=1)
    both = await room.publish("Both", about=["openai"], relevance=0.3)
    await room.publish("Both, more", passing=["anthropic"], story=both, relevance=0.9)
    openai, anthropic = EntityId("openai"), EntityId("anthropic")
    assert await titles(store) == ["Both, more", "Passing", "Old"]
    assert await titles(store, entities={openai}) == ["Both, more", "Passing", "Old"]
    assert await titles(store, entities={openai}, salient=True) == ["Both, more", "Old"]
    # One report names both, or it is not the seed's.
    assert await titles(store, entities={openai, anthropic}, least=2) == []
    assert await titles(store, topic="courts") == ["Old"]
    assert await titles(store, topic="court") == []
    assert await titles(store, outlets={"Gazette"}) == ["Passing"]
    # Relevance is the story's: another report than the one that names the entity may bring it.
    assert await titles(store, entities={openai}, relevance=0.5) == ["Both, more", "Old"]
    assert await titles(store, since=NOON + timedelta(minutes=90)) == ["Both, more"]
    assert await titles(store, limit=1) == ["Both, more"]


async def test_another_workspaces_articles_are_not_there(store: Store) -> None:
    room = Newsroom(store)
    theirs = (await room.workspace(OTHER)).id
    await room.publish("Secret", outlet="Intranet", of=theirs, about=["openai"])
    assert await titles(store, OTHER) == ["Secret"]
    assert await titles(store, HOME) == []
    assert await titles(store) == []
    assert await titles(store, HOME, entities={EntityId("openai")}, relevance=0.1) == []


async def test_traces_and_failures_of_an_address(store: Store) -> None:
    room = Newsroom(store)
    await room.publish("A story")
    async with store.read() as conn:
        assert await traces.at_addresses(conn, ["no-such-hash"]) == []
        assert await traces.failed_at(conn, ["https://x.example/"]) == []


async def test_what_was_found_not_relevant_is_counted_by_person(store: Store) -> None:
    room = Newsroom(store)
    story = await room.publish("A story")
    async with store.write() as conn:
        home = await room_destination(conn)
        for person, new in (("a", True), ("a", False), ("b", True)):
            given = await feedback.not_relevant(conn, home.id, story.id, person=person, now=NOON)
            assert given is new
        assert await feedback.count(conn, home.workspace, story.id) == 2
        assert await feedback.count(conn, home.workspace, StoryId(99)) == 0


async def room_destination(conn: AsyncConnection) -> Destination:
    workspace = await places.get_or_create_workspace(conn, "console", "home", now=NOON)
    return await places.get_or_create_destination(conn, workspace.id, "policy", now=NOON)


async def test_what_was_said_then_and_what_had_begun_by_then(store: Store) -> None:
    room = Newsroom(store)
    first = await room.publish("First words", text="It is five.")
    room.pass_time(hours=1)
    await room.revise(first, "Second words", "It is six.")
    room.pass_time(hours=1)
    await room.revise(first, "Third words", "It is seven.")
    later = await room.publish("Later")
    ids = [first.reports[0].id, later.reports[0].id]
    said = []
    async with store.read() as conn:
        for minutes in (30, 90, 150):
            then = await news.said_at(conn, ids, NOON + timedelta(minutes=minutes))
            said.append([(one.title, one.text) for one in then.values()])
    assert said == [[("First words", "It is five.")], [("Second words", "It is six.")], []]
    assert await titles(store, until=NOON + timedelta(hours=1)) == ["Third words"]


async def test_the_oldest_story_of_each_chain(store: Store) -> None:
    room = Newsroom(store)
    first = await room.publish("First")
    second = await room.publish("Second", after=first)
    third = await room.publish("Third", after=second)
    alone = await room.publish("Alone")
    async with store.read() as conn:
        found = await stories.roots(conn, [third.id, alone.id])
    assert found == {third.id: first.id, alone.id: alone.id}
