"""The sample wire over loopback HTTP: addresses, types, conditional requests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.clock import SteppedClock
from bot.demo.files import load
from bot.demo.server import serve

WIRE = load(Path(__file__).parents[2] / "seeds" / "2026-02-anthropic-pentagon" / "wire")
PATHS = {feed.id: feed.path for feed in WIRE.feeds}


async def test_every_feed_is_served_with_its_type() -> None:
    async with serve(WIRE, SteppedClock(WIRE.starts)) as base, aiohttp.ClientSession() as http:
        for feed in WIRE.feeds:
            async with http.get(base + feed.path) as answer:
                assert answer.status == 200
                assert ("html" in answer.headers["Content-Type"]) == (
                    feed.id == "quayside-telegraph"
                )
                assert await answer.read()


@pytest.mark.parametrize(
    ("feed", "sends"),
    [
        pytest.param("northline", {"ETag", "Last-Modified"}, id="both"),
        pytest.param("sentry-signal", {"ETag"}, id="entity-tag-only"),
        pytest.param("potomac-politics", {"Last-Modified"}, id="date-only"),
        pytest.param("alder-falls-gazette", set(), id="neither"),
    ],
)
async def test_an_unchanged_feed_is_a_304_until_it_changes(feed: str, sends: set[str]) -> None:
    clock = SteppedClock(WIRE.starts)
    items = WIRE.items_of(next(row for row in WIRE.feeds if row.id == feed))
    change = min(at for item in items for at in item.changes() if at > WIRE.starts)
    async with serve(WIRE, clock) as base, aiohttp.ClientSession() as http:
        async with http.get(base + PATHS[feed]) as first:
            assert {h for h in ("ETag", "Last-Modified") if h in first.headers} == sends
            asks = {
                asked: first.headers[header]
                for header, asked in (
                    ("ETag", "If-None-Match"),
                    ("Last-Modified", "If-Modified-Since"),
                )
                if header in first.headers
            }
        clock.move_to(change - timedelta(seconds=1))
        async with http.get(base + PATHS[feed], headers=asks) as second:
            assert second.status == (304 if sends else 200)
        clock.move_to(change)
        async with http.get(base + PATHS[feed], headers=asks) as third:
            assert third.status == 200


async def test_the_quiet_feed_answers_304_to_the_end() -> None:
    clock = SteppedClock(WIRE.starts)
    path = PATHS["machine-standards"]
    async with serve(WIRE, clock) as base, aiohttp.ClientSession() as http:
        async with http.get(base + path) as first:
            asks = {"If-None-Match": first.headers["ETag"]}
        clock.move_to(WIRE.ends)
        async with http.get(base + path, headers=asks) as last:
            assert last.status == 304


@pytest.mark.parametrize("sent", ["yesterday", "Mon, 99 Mar 2026 25:00:00 GMT"])
async def test_a_senseless_date_is_no_condition(sent: str) -> None:
    clock = SteppedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    async with (
        serve(WIRE, clock) as base,
        aiohttp.ClientSession() as http,
        http.get(base + PATHS["potomac-politics"], headers={"If-Modified-Since": sent}) as answer,
    ):
        assert answer.status == 200
