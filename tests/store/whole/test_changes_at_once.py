"""A workspace's watches and entities act at once; what piled up is compiled beside the work."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.engine import Engine
from bot.app.live import Live
from bot.errors import UsageError
from bot.model import WatchId
from bot.store import orders
from bot.watches import WatchSyntaxError
from bot.watches import index as watch_index
from tests.support.values import article
from tests.support.whole import Whole, whole

TITLE = "Quorum Labs faces an injunction over its chatbot"


def matched(wire: Whole, title: str = TITLE) -> list[int]:
    """The watches that an article with this title matches now."""
    findings = wire.parts.live.stages.examine(article(title))
    return list(findings.watch_hits)


def named(wire: Whole, title: str = TITLE) -> list[str]:
    """The workspaces' own entities that it names now."""
    findings = wire.parts.live.stages.examine(article(title))
    return [entity.name for found in findings.own.values() for entity in found]


async def test_watches_are_added_edited_paused_and_removed_at_once(tmp_path: Path) -> None:
    async with whole(tmp_path) as wire:
        assert matched(wire) == []
        await wire.say("/watch add injunction")
        await wire.say("/watch add quorum NEAR/3 faces")
        assert matched(wire) == [1, 2]
        await wire.say("/watch edit w1 appeal")
        assert matched(wire) == [2]
        await wire.say("/watch pause w2")
        assert matched(wire) == []
        await wire.say("/watch pause w2")
        await wire.say("/watch edit w1 chatbot")
        assert matched(wire) == [1, 2]
        await wire.say("/watch remove w1")
        assert matched(wire) == [2]


async def test_entities_are_added_and_removed_at_once_beside_watches(tmp_path: Path) -> None:
    async with whole(tmp_path) as wire:
        await wire.say('/entity add "Quorum Labs" company')
        await wire.say("/watch add injunction")
        assert (matched(wire), named(wire)) == ([1], ["Quorum Labs"])
        await wire.say('/entity add "Injunction Watch" organisation')
        await wire.say("/watch add chatbot")
        assert (matched(wire), named(wire)) == ([1, 2], ["Quorum Labs"])
        await wire.say("/entity remove quorum-labs")
        assert (matched(wire), named(wire)) == ([1, 2], [])


async def test_a_workspaces_own_entity_acts_in_its_watches_at_once(tmp_path: Path) -> None:
    async with whole(tmp_path) as wire:
        await wire.say("/watch add court")
        await wire.say('/entity add "Quorum Labs" company')
        assert "mention Quorum Labs" in await wire.say("/watch add entity:quorum-labs injunction")
        assert matched(wire) == [2]
        await wire.say('/entity alias quorum-labs "The Quorum"')
        assert matched(wire, "The Quorum wins its injunction") == [2]
        assert matched(wire, "An injunction against others") == []
        with pytest.raises(UsageError, match=r"watch w2 .* asks for Quorum Labs"):
            await wire.say("/entity remove quorum-labs")
        await wire.say("/watch remove w2")
        await wire.say("/entity remove quorum-labs")
        with pytest.raises(WatchSyntaxError, match="no entity “quorum-labs”"):
            await wire.say("/watch test entity:quorum-labs")


async def test_an_alias_of_a_shared_entity_acts_in_the_workspaces_watches(tmp_path: Path) -> None:
    async with whole(tmp_path) as wire:
        await wire.say("/watch add entity:anthropic -entity:openai")
        assert matched(wire, "Clawed makers sue") == []
        await wire.say('/entity alias anthropic "Clawed makers"')
        assert matched(wire, "Clawed makers sue") == [1]
        await wire.say('/entity alias openai "Gadfly House"')
        assert matched(wire, "Clawed makers sue Gadfly House") == []


async def test_the_compiled_part_stays_through_changes(tmp_path: Path) -> None:
    async with whole(tmp_path) as wire:
        before = wire.parts.live._engine.base
        for number in range(20):
            await wire.say(f"/watch add injunction{number}")
        await wire.say('/entity add "Quorum Labs" company')
        assert wire.parts.live._engine.base is before
        assert len(wire.parts.live.stages.scanner._layers) == 2


async def test_what_piled_up_is_compiled_beside_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_index, "WORTH_REBUILDING", 5)
    async with whole(tmp_path) as wire:
        live = wire.parts.live
        before = live._engine.base
        for number in range(6):
            await wire.say(f"/watch add word{number}")
        compiling = live._compiling
        assert compiling is not None
        # Changes while it compiles are not lost.
        await wire.say("/watch add injunction")
        await wire.say("/watch remove w1")
        await compiling
        assert live._engine.base is not before
        assert matched(wire, "word0 word1 injunction") == [2, 7]
        assert not live.stages.watches.wants_rebuilding


async def test_what_was_compiled_with_a_former_config_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_index, "WORTH_REBUILDING", 1)
    async with whole(tmp_path) as wire:
        live = wire.parts.live
        await wire.say("/watch add injunction")
        await wire.say("/watch add chatbot")
        compiling = live._compiling
        assert compiling is not None
        await asyncio.sleep(0)  # it has begun, with the config as it was
        await live.replace(replace(live.reading))
        after = live._engine
        await compiling
        assert live._engine is after
        assert matched(wire) == [1, 2]


async def test_a_watch_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    async with whole(tmp_path) as wire:
        await wire.say("/watch add injunction")
        await wire.say("/watch add chatbot")
        async with wire.parts.store.write() as conn:
            await orders.edit_watch(conn, WatchId(1), query="newer~syntax(")
        await wire.parts.live.refresh()
        assert matched(wire) == [2]


async def test_another_processs_changes_are_taken_up_at_a_tick(tmp_path: Path) -> None:
    async with whole(tmp_path) as wire:
        await wire.say("/watch add injunction")
        reading = wire.parts.live.reading
        other = Live(wire.parts.store, reading, Engine.build(reading.knowledge))
        await other.refresh()
        hits = other.stages.examine(article(TITLE)).watch_hits
        assert list(hits) == [1]
        await other.close()


async def test_queries_are_read_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "_PAGE", 2)
    async with whole(tmp_path) as wire:
        for number in range(5):
            await wire.say(f"/watch add word{number}")
        async with wire.parts.store.read() as conn:
            assert len(await orders.active_queries(conn)) == 5
