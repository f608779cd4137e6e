"""A workspace's own entities act in its own routing and replies, and nowhere else."""

from datetime import timedelta
from pathlib import Path

from tests.support.line import DAY, Item
from tests.support.whole import HOME, OTHER, Whole, whole

NPR, BBC = "https://npr.example/feed", "https://bbc.example/feed"
HOUR = timedelta(hours=1)
TEXTS = {
    "npr": "The AI regulation bill would bind chatbot makers, senators said on Thursday night.",
    "bbc": "Makers of chatbots would have to report harm within days, under the planned AI law.",
}


def about(title: str, wire: Whole, number: int, outlet: str = "npr") -> Item:
    return Item(
        title=title,
        text=f"{title}. {TEXTS[outlet]}",
        guid=f"{outlet}-{number}",
        link=f"https://{outlet}.example/{number}",
        at=wire.clock.now() + DAY - HOUR,
    )


async def begin(wire: Whole, name: str = "Quorum Labs") -> None:
    await wire.poll()
    for place in (HOME, OTHER):
        await wire.say("/subscribe all mode:weekly", place)
    await wire.say(f'/entity add "{name}" company')
    await wire.say("/subscribe quorum-labs")


async def test_latest_finds_what_only_the_workspaces_own_entity_names(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR) as wire:
        await begin(wire)
        wire.publish(NPR, about("Quorum Labs opposes the AI act in the Senate", wire, 1))
        await wire.poll()
        assert "Quorum Labs opposes" in await wire.say("/latest quorum-labs")
        assert "about Quorum Labs" in await wire.say("/latest quorum-labs")
        assert "about Quorum Labs" not in await wire.say("/latest quorum-labs", OTHER)


async def test_an_alert_for_an_own_entity_comes_and_why_agrees(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR) as wire:
        await begin(wire)
        wire.publish(NPR, about("Quorum Labs opposes the AI act in the Senate", wire, 1))
        await wire.poll()
        await wire.deliver()
        assert len(wire.shown(HOME)) == 1
        assert wire.shown(OTHER) == []
        assert "Quorum Labs" in await wire.say("/why https://npr.example/1")
        assert "Quorum Labs" in _about(await wire.say("/story show s1"))
        assert "Quorum Labs" not in _about(await wire.say("/story show s1", OTHER))


async def test_a_second_origin_counts_though_it_does_not_name_the_own_entity(
    tmp_path: Path,
) -> None:
    async with whole(tmp_path, NPR, BBC) as wire:
        await begin(wire)
        await wire.say("/subscribe quorum-labs min-sources:2")
        wire.publish(NPR, about("Quorum Labs opposes Senate bill on chatbot safety", wire, 1))
        await wire.poll(DAY)
        await wire.deliver()
        assert wire.shown(HOME) == []
        wire.publish(
            BBC, about("AI start-up opposes Senate bill on chatbot safety", wire, 2, "bbc")
        )
        await wire.poll(HOUR)
        await wire.deliver()
        assert len(wire.shown(HOME)) == 1


def _about(reply: str) -> str:
    return next((line for line in reply.splitlines() if line.startswith("Names")), "")
