"""Real documents over loopback through the real stages to alerts, the odd ones among them."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text

from bot.alerts.conditions import Rules
from bot.alerts.router import Router
from bot.app.engine import Engine, Knowledge
from bot.clock import SteppedClock
from bot.errors import FeedErrorKind
from bot.feeds.fetch import Fetcher, FetchRules
from bot.model import AlertState, Feed, FeedId, Mode, Target
from bot.pipeline.lane import Lane
from bot.pipeline.polling import Poller
from bot.pipeline.report import PollOutcome, TickReport
from bot.settings import Settings
from bot.store import alerts, feeds, order_changes, orders, outbox, places
from bot.store.database import Store
from tests.support.feedserver import FeedServer, Reply
from tests.support.line import ROWS, Item, NotingReporter, rss

START = datetime(2026, 3, 9, 12, tzinfo=UTC)
STEP = timedelta(hours=1)
FIRST = "Pentagon designates Anthropic a supply chain risk over AI red lines"
SECOND = "Anthropic designated a supply chain risk by the Pentagon over its AI red lines"


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


class Bench:
    """The real parts, put together as `app` does."""

    def __init__(self, store: Store, fetcher: Fetcher, clock: SteppedClock) -> None:
        self.store, self.clock, self.reporter = store, clock, NotingReporter()
        knowledge = Knowledge.load(Settings.load({}))
        router = Router(
            orders=orders, changes=order_changes, alerts=alerts, deliveries=outbox, rules=Rules()
        )
        self.poller = Poller(
            database=store,
            feeds=feeds,
            fetcher=fetcher,
            lane=Lane(store, ROWS, Engine.build(knowledge).stages, knowledge.clusterer(), router),
            reporter=self.reporter,
            clock=clock,
        )

    async def configure(self, **urls: str) -> None:
        """The config names these feeds, polled hourly; a channel is subscribed to all of them."""
        async with self.store.write() as conn:
            wanted = [
                Feed(id=FeedId(0), url=url, title=name, outlet=name, every=STEP)
                for name, url in urls.items()
            ]
            await feeds.sync_configured(conn, wanted, self.clock.now())
            ours = await places.get_or_create_workspace(conn, "console", "me", now=START)
            channel = await places.get_or_create_destination(conn, ours.id, "screen", now=START)
            await orders.add_subscription(
                conn, destination=channel.id, target=Target(), mode=Mode.INSTANT, now=START
            )

    async def tick(self) -> TickReport:
        self.clock.advance(STEP)
        return await self.poller.poll_due(self.clock.now())


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    store = await Store.open(f"sqlite:///{tmp_path / 'policywire.db'}")
    clock = SteppedClock(START)
    rules = FetchRules(
        user_agent="policywire/test", spacing=0, allow_nets=(ip_network("127.0.0.0/8"),)
    )
    async with Fetcher(rules, clock) as fetcher:
        yield Bench(store, fetcher, clock)
    await store.close()


async def test_one_event_of_two_outlets_is_one_alert(bench: Bench) -> None:
    async with FeedServer() as server:
        old = Item(title="White House weighs AI order", guid="0", at=START - timedelta(days=2))
        npr, axios = server.put("/npr", rss([old])), server.put("/axios", rss([]))
        await bench.configure(npr=npr, axios=axios)
        first = await bench.tick()
        assert (first.total().backlog, first.total().alerts) == (1, {})
        server.put("/npr", rss([Item(title=FIRST, guid="1", at=bench.clock.now()), old]))
        second = await bench.tick()
        assert second.total().alerts == {AlertState.QUEUED: 1}
        server.put("/axios", rss([Item(title=SECOND, guid="a", at=bench.clock.now())]))
        third = await bench.tick()
        assert (third.total().new, third.total().stories) == (1, 0)
        fourth = await bench.tick()
        assert fourth.count(PollOutcome.UNCHANGED) == 2
    async with bench.store.read() as conn:
        keys = (await conn.execute(text("SELECT key FROM deliveries"))).scalars().all()
        assert len(keys) == 1
        held = (await conn.execute(text("SELECT count(*) FROM alerts"))).scalar()
        assert held == 1


async def test_bad_feeds_are_reported_and_the_rest_goes_on(bench: Bench) -> None:
    async with FeedServer() as server:
        page = b"<!doctype html><title>Subscribe now</title>"
        await bench.configure(
            good=server.put("/good", rss([Item(guid="1")])),
            page=server.put("/page", page, content_type="text/html"),
            broken=server.reply("/broken", Reply(status=500)),
            gone=server.reply("/gone", Reply(status=410)),
            circle=server.redirect("/circle", "/circle"),
            text=server.put("/text", b"/etc/passwd"),
            private="http://10.0.0.1/feed",
        )
        report = await bench.tick()
        kinds = {poll.state.feed.title: poll.error.kind for poll in report.errors() if poll.error}
        assert kinds == {
            "page": FeedErrorKind.HTML,
            "broken": FeedErrorKind.HTTP,
            "gone": FeedErrorKind.GONE,
            "circle": FeedErrorKind.REDIRECTS,
            "text": FeedErrorKind.NOT_A_FEED,
            "private": FeedErrorKind.REFUSED,
        }
        assert report.total().new == 1
        assert [title for title, _ in bench.reporter.told] == ["gone"]
        for _ in range(40):
            await bench.tick()
        assert sorted(title for title, _ in bench.reporter.told) == sorted(kinds)
        assert server.paths.count("/gone") == 1
        assert server.paths.count("/good") == 41
