"""Every document of the feed corpora, served on loopback and polled through the whole line.

    python bench/real_feeds.py [--data ../shared/data] [--verbose]

SQLite, the real stages and router, one channel subscribed to all AI policy. Each document is a feed
of its own, at an address of 127.0.0.0/8, so that spacing per host does not rule. The poll is made
twice: the second must bring nothing new. The exit status is 1 where a poll broke, took over five
seconds of work, or the second one brought an article.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import structlog
from aiohttp import web

from bench.feeds_corpora import documents
from bot.app.parts import Openings, Parts, open_parts
from bot.clock import SteppedClock
from bot.model import AlertState, Feed, FeedId, Mode, Target
from bot.pipeline.report import FeedPolled, PollOutcome, TickReport
from bot.settings import Settings
from bot.store import feeds, orders, places

START = datetime(2026, 2, 18, 12, tzinfo=UTC)
"""When the whole feeds of the corpora were captured."""
CORPORA = ("feedparser-suite", "feed-rs", "rss-parser", "fastfeedparser")
HOSTS = 4_096
"""Addresses that the documents are spread over: one each, for the clock stands and spacing would
wait for it."""
TYPES = {".json": "application/feed+json", ".html": "text/html"}


@dataclass
class Round:
    """What one poll of a corpus gave, in seconds of wall clock and of CPU."""

    report: TickReport
    seconds: float
    cpu: float
    slowest: tuple[float, str] = (0.0, "")


@dataclass
class Corpus:
    """One corpus, polled twice."""

    name: str
    rounds: list[Round] = field(default_factory=list)


async def serve(
    stack: AsyncExitStack, paths: Sequence[Path], folder: Path
) -> list[tuple[str, str]]:
    """Serve the documents; gives (name, address) of each, in their order."""
    bodies = {f"/{at}": path.read_bytes() for at, path in enumerate(paths)}
    kinds = {f"/{at}": TYPES.get(path.suffix, "text/xml") for at, path in enumerate(paths)}

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=bodies[request.path], content_type=kinds[request.path])

    runner = web.ServerRunner(web.Server(answer, access_log=None))
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "0.0.0.0", 0).start()
    port = runner.addresses[0][1]
    base = int(ip_address("127.1.0.1"))
    return [
        (str(path.relative_to(folder)), f"http://{ip_address(base + at % HOSTS)}:{port}/{at}")
        for at, path in enumerate(paths)
    ]


async def configure(parts: Parts, addresses: Sequence[tuple[str, str]]) -> None:
    """Make these the feeds, and let one channel hear of all AI policy."""
    now = parts.clock.now()
    wanted = [Feed(id=FeedId(0), url=url, title=name, outlet=name) for name, url in addresses]
    async with parts.store.write() as conn:
        await feeds.sync_configured(conn, wanted, now)
        home = await places.get_or_create_workspace(conn, "console", "bench", now=now)
        channel = await places.get_or_create_destination(conn, home.id, "all", now=now)
        await orders.add_subscription(
            conn, destination=channel.id, target=Target(), mode=Mode.INSTANT, now=now
        )
    await parts.live.refresh()


async def poll(parts: Parts) -> Round:
    """Poll every feed once."""
    async with parts.store.read() as conn:
        states = await feeds.due_feeds(
            conn, now=parts.clock.now() + timedelta(days=3650), limit=1_000_000
        )
    began, cpu = time.perf_counter(), time.process_time()
    slowest, last = (0.0, ""), began

    def note(polled: FeedPolled) -> None:
        nonlocal slowest, last
        now = time.perf_counter()
        # Polls end one after another in the lane: the gap before an end bounds its own work.
        slowest = max(slowest, (now - last, polled.state.feed.title))
        last = now

    report = await parts.poller.poll(states, note)
    return Round(
        report=report,
        seconds=time.perf_counter() - began,
        cpu=time.process_time() - cpu,
        slowest=slowest,
    )


async def measure(name: str, folder: Path) -> Corpus:
    """Poll one corpus twice, ten minutes apart."""
    corpus, clock = Corpus(name), SteppedClock(START)
    with tempfile.TemporaryDirectory() as kept:
        settings = Settings.load(
            {
                "DATABASE_URL": f"sqlite:///{kept}/bench.db",
                "POLICYWIRE_ALLOW_NETS": "127.0.0.0/8",
            }
        )
        async with AsyncExitStack() as stack:
            addresses = await serve(stack, list(documents(folder)), folder)
            openings = Openings(sync_feeds=False)
            parts = await stack.enter_async_context(open_parts(settings, clock, {}, openings))
            await configure(parts, addresses)
            for _ in range(2):
                corpus.rounds.append(await poll(parts))
                clock.advance(timedelta(minutes=10))
    return corpus


def show(corpus: Corpus, *, verbose: bool) -> bool:
    """Print what a corpus gave; whether all went as it must."""
    print(f"{corpus.name}: {len(corpus.rounds[0].report.polls)} documents")
    well = True
    for label, one in zip(("first poll", "second poll"), corpus.rounds, strict=True):
        report, total = one.report, one.report.total()
        ended = ", ".join(f"{n} {kind}" for kind in PollOutcome if (n := report.count(kind)))
        print(f"  {label}: {ended}; {one.seconds:.1f} s, {one.cpu:.1f} s CPU")
        print(
            f"    entries {total.entries}, new {total.new} (history {total.backlog}), "
            f"known {total.known}, not taken in {total.failed}, relevant {total.relevant}, "
            f"stories {total.stories}, alerts {alerts(total.alerts)}"
        )
        kinds = Counter(poll.error.kind.value for poll in report.errors() if poll.error)
        if kinds:
            print("    refused: " + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common()))
        print(f"    longest gap between two: {one.slowest[0]:.2f} s ({one.slowest[1]})")
        faults = [p for p in report.errors() if "a fault of policywire" in str(p.error)]
        for poll in faults if not verbose else report.errors():
            print(f"    {poll.state.feed.title}: {poll.error}")
        well = well and not faults and not report.count(PollOutcome.NOT_STORED)
        well = well and one.slowest[0] < 5 and not total.failed
    return well and corpus.rounds[1].report.total().new == 0


def alerts(states: Mapping[AlertState, int]) -> str:
    """Alerts by state."""
    return ", ".join(f"{n} {state}" for state, n in sorted(states.items())) or "none"


def main() -> int:
    """Measure every corpus that is there."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--verbose", action="store_true", help="list every refused document")
    chosen = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    well = True
    for name in CORPORA:
        folder = chosen.data / f"feeds-{name}"
        if not folder.is_dir():
            print(f"{name}: not there, nothing to measure")
            continue
        well &= show(asyncio.run(measure(name, folder)), verbose=chosen.verbose)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory, the server's included: {peak:.0f} MiB")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
