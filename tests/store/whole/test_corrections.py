"""A correction by hand in the whole program: the lane's memory follows, a restart keeps it."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.model import StoryId, story_label
from bot.store.tables import articles
from tests.support.line import Item
from tests.support.whole import Whole, whole

NPR, REUTERS, AP = (f"https://{name}.example/feed" for name in ("npr", "reuters", "ap"))
HOUR = timedelta(hours=1)
SUED = "Anthropic sues the Pentagon over its supply chain risk label in federal court"
FINED = "EU Commission fines xAI 40 million euros over training data under the AI Act"


def item(wire: Whole, title: str, outlet: str) -> Item:
    slug = "-".join(title.lower().split())
    text = f"{title}, officials said on Monday. The AI policy case is the first of its kind."
    link = f"https://{outlet}.example/{slug}"
    return Item(title=title, text=text, guid=link, link=link, at=wire.clock.now())


async def bring(wire: Whole, url: str, title: str) -> str:
    """A report comes in; the label of its story."""
    wire.publish(url, item(wire, title, url.split("/")[2].split(".", maxsplit=1)[0]))
    await wire.poll(HOUR)
    await wire.deliver()
    async with wire.parts.store.read() as conn:
        newest = sa.select(articles.c.story_id).order_by(articles.c.id.desc()).limit(1)
        return story_label(StoryId(await conn.scalar(newest) or 0))


async def test_what_joins_later_joins_the_merged_story(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, REUTERS, AP) as wire:
        await wire.poll()
        first = await bring(wire, NPR, SUED)
        second = await bring(wire, REUTERS, FINED)
        assert first != second
        await wire.say(f"/story merge {first} {second}")
        third = await bring(wire, AP, FINED.replace("fines", "fines Musk's"))
        assert third == first
        assert f"{second} was merged into {first}" in await wire.say(f"/story show {second}")


async def test_a_part_that_is_to_alert_is_looked_through_for_watches(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, REUTERS) as wire:
        await wire.poll()
        first = await bring(wire, NPR, SUED)
        second = await bring(wire, REUTERS, FINED)
        await wire.say(f"/story merge {first} {second}")
        await wire.say("/watch add xAI anyway:yes")
        assert wire.shown() == []
        await wire.say(f"/story split {first} 2 alert:yes")
        await wire.deliver()
        [alert] = wire.shown()
        assert alert.message.title == FINED


async def test_another_process_corrects_and_the_running_one_follows(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, REUTERS, AP) as running:
        await running.poll()
        first = await bring(running, NPR, SUED)
        assert await bring(running, REUTERS, SUED.replace("over", "again over")) == first
        async with whole(tmp_path) as beside:
            beside.clock.move_to(running.clock.now())
            done = await beside.say(f"/story split {first} 2")
            part = done.split(" split off as ")[1].split()[0]
        running.publish(NPR)
        joined = await bring(running, AP, SUED.replace("over", "once again over"))
        assert joined in {first, part}
        shown = await running.say(f"/story show {first}") + await running.say(f"/story show {part}")
        assert shown.count("joined by “an operator's correction”") == 1


async def test_a_restart_keeps_the_correction(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, REUTERS, AP) as wire:
        await wire.poll()
        first = await bring(wire, NPR, SUED)
        second = await bring(wire, REUTERS, FINED)
        await wire.say(f"/story merge {first} {second}")
        now = wire.clock.now()
    async with whole(tmp_path, NPR, REUTERS, AP) as wire:
        wire.clock.move_to(now)
        assert await bring(wire, AP, FINED.replace("fines", "fines Musk's")) == first
