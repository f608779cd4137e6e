"""Feeds in trouble are told to the operator: each trouble once, its end once, never in the news."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import FeedError, FeedErrorKind
from tests.support.line import DAY, Item, rss
from tests.support.newsroom import shown as text_of
from tests.support.whole import HOME, Whole, whole

NPR = "https://npr.example/feed"
TOML = 'report_to = "console:home/ops"\n'
BLOCKED = FeedError(FeedErrorKind.BLOCKED, "npr.example answers robots with a check.")


def told(wire: Whole) -> list[str]:
    return [text_of(one.message) for one in wire.sender.channels["ops"]]


async def days(wire: Whole, count: int) -> None:
    for _ in range(count):
        await wire.poll(DAY)
        await wire.deliver()


async def test_trouble_is_told_once_with_its_cause_and_recovery_once(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, toml=TOML) as wire:
        await wire.say("/subscribe")
        await days(wire, 1)
        wire.source.documents[NPR] = BLOCKED
        await days(wire, 2)
        assert told(wire) == []
        await days(wire, 4)
        [trouble] = told(wire)
        assert "Feed failing: Npr" in trouble
        assert "answers robots with a check" in trouble
        wire.source.documents[NPR] = rss([])
        await days(wire, 3)
        assert len(told(wire)) == 2
        assert "Feed healthy: Npr" in told(wire)[-1]
        assert wire.shown(HOME) == []


async def test_a_second_trouble_is_told_again(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, toml=TOML) as wire:
        for _ in range(2):
            await days(wire, 1)
            wire.source.documents[NPR] = BLOCKED
            await days(wire, 4)
            wire.source.documents[NPR] = rss([])
        assert ["failing" in one for one in told(wire)] == [True, False, True]


async def test_a_feed_that_brings_news_again_has_recovered_too(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, toml=TOML) as wire:
        await days(wire, 1)
        wire.source.documents[NPR] = BLOCKED
        await days(wire, 4)
        wire.publish(NPR, Item(title="Agency bans model", guid="a", at=wire.clock.now()))
        await days(wire, 2)
        assert len(told(wire)) == 2


async def test_an_unusually_quiet_feed_is_told_once(tmp_path: Path) -> None:
    async with whole(tmp_path, NPR, toml=TOML) as wire:
        now = wire.clock.now()
        news = [
            Item(title=f"Nr {n}", guid=f"g{n}", at=now - n * timedelta(hours=3)) for n in range(20)
        ]
        wire.publish(NPR, *news)
        await days(wire, 40)
        [quiet] = told(wire)
        assert "unusually quiet" in quiet


@pytest.mark.parametrize("toml", ["", TOML])
async def test_a_feed_that_ended_says_so(tmp_path: Path, toml: str) -> None:
    async with whole(tmp_path, NPR, toml=toml) as wire:
        await days(wire, 1)
        wire.source.documents[NPR] = FeedError(FeedErrorKind.GONE, "npr.example has ended it.")
        await days(wire, 3)
        assert [("gone" in one) for one in told(wire)] == ([True] if toml else [])
        assert "gone" in await wire.say("/status")
