"""Killed at any moment and started again: nothing lost, nothing said twice (DESIGN, 4).

`make crash` kills more often; `CRASHES` says how often.
"""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.feedserver import FeedServer
from tests.support.line import Item, rss
from tests.support.process import Home, Process

SYLLABLES = ["ba", "ke", "li", "mo", "nu", "pra", "sto", "tri", "vel", "zan"]


def news(number: int) -> Item:
    """An event of which no other has a word."""
    words = ["".join(random.choices(SYLLABLES, k=4)) for _ in range(6)]
    at = datetime.now(UTC) - timedelta(seconds=30)
    link = f"https://wire.example/{number}"
    return Item(title=" ".join(words).capitalize(), guid=f"n{number}", link=link, at=at)


Moment = Callable[[Process, FeedServer, Item], Awaitable[None]]


async def when_asked(process: Process, server: FeedServer, item: Item) -> None:
    """Between fetch and commit: the document is on its way."""
    await server.asked()


async def when_shown(process: Process, server: FeedServer, item: Item) -> None:
    """Between post and mark: the message stands on standard output."""
    await process.until(lambda it: item.title in it.out)


async def when_routed(process: Process, server: FeedServer, item: Item) -> None:
    """Between commit and post: routing has spoken in the log."""
    before = process.err.count("event=routed")
    await process.until(lambda it: it.err.count("event=routed") > before)


async def at_any_time(process: Process, server: FeedServer, item: Item) -> None:
    """Some moment of the next second and a half."""
    await asyncio.sleep(random.uniform(0, 1.5))


async def endure(home: Home, server: FeedServer, moments: list[Moment]) -> str:
    """Publish an item before each crash; all that was ever printed."""
    items = [news(0)]
    await home.order(server.put("/feed", rss(items)))
    process = await home.run()
    await server.asked(more=2)
    for moment in moments:
        items.insert(0, news(len(items)))
        server.put("/feed", rss(items))
        await moment(process, server, items[0])
        await process.end(signal.SIGKILL)
        process = await home.run()
    last = news(len(items))
    server.put("/feed", rss([last, *items]))
    await process.until(lambda it: last.title in it.out)
    await process.until(lambda it: it.err.count("event=routed") > 0)
    assert await process.end(signal.SIGTERM) == 0
    return "".join(one.out for one in home.started)


async def check(home: Home, out: str, published: int) -> None:
    """Every article is stored once, every story told by one message that was sent."""
    articles = await home.query("SELECT key, story_id, backlog FROM articles")
    assert len({row["key"] for row in articles}) == len(articles) == published
    assert all(row["story_id"] for row in articles)
    stories = {row["story_id"] for row in articles if not row["backlog"]}
    alerts = await home.query("SELECT story_id, state, delivery_id FROM alerts")
    assert sorted(row["story_id"] for row in alerts) == sorted(stories)
    assert {row["state"] for row in alerts} == {"told"}
    deliveries = await home.query("SELECT id, key, state FROM deliveries")
    assert {row["state"] for row in deliveries} == {"sent"}
    assert sorted(row["key"] for row in deliveries) == sorted(f"story:{id_}" for id_ in stories)
    titles = await home.query("SELECT title FROM stories WHERE frozen_at IS NOT NULL")
    assert all(row["title"] in out for row in titles)
    assert "Traceback" not in "".join(one.err for one in home.started)


async def test_killed_between_the_steps_nothing_is_lost_or_doubled(
    home: Home, server: FeedServer
) -> None:
    moments: list[Moment] = [when_asked, when_routed, when_shown]
    out = await endure(home, server, moments)
    await check(home, out, published=len(moments) + 2)


@pytest.mark.slow
@pytest.mark.skipif("CRASHES" not in os.environ, reason="`make crash` says how often")
async def test_killed_at_random_moments_nothing_is_lost_or_doubled(
    home: Home, server: FeedServer
) -> None:
    count = int(os.environ["CRASHES"])
    kinds: list[Moment] = [when_asked, when_shown, at_any_time, at_any_time]
    moments = [random.choice(kinds) for _ in range(count)]
    out = await endure(home, server, moments)
    await check(home, out, published=count + 2)
