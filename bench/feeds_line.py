"""What the whole line costs: 1,000 loopback feeds polled by policywire and by a bare aiohttp loop.

    python -m bench.feeds_line [--feeds 1000] [--rounds 3]

Both fetch the same URLs, spread over 127.0.0.0/8, from a server in a third process, with as many
requests at once. Ours is all of `policywire run` but its ticks: SQLite, catalog, a subscription;
a poll is `Running.poll` with the clock moved on. The first poll brings 20 entries a feed; in the
later ones every answer is 304. Each side has a process of its own, so time and memory are its own.
"""

import argparse
import asyncio
import gc
import io
import logging
import multiprocessing
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from ipaddress import ip_network
from pathlib import Path

import structlog
from pydantic import SecretStr
from rich.console import Console

from bench.feeds_poll import AT_ONCE, UNTIL, addresses, bare, served
from bot.app.parts import Openings, Parts, open_parts
from bot.app.running import Running
from bot.chat.console.screen import Screen
from bot.chat.console.send import ConsoleSender
from bot.chat.console.session import Session
from bot.clock import SteppedClock
from bot.feeds.fetch import Validators
from bot.model import Feed, FeedId
from bot.pipeline.report import PollOutcome
from bot.settings import Settings, bundled, read_behaviour

PAUSE = timedelta(minutes=61)
"""Between two polls: then every feed is due."""


@dataclass(kw_only=True)
class Costs:
    """What one side took: seconds of time and of its processor, MiB of memory at each stage."""

    name: str
    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    async def poll(self, kind: str, run: Callable[[], Awaitable[object]]) -> None:
        """Measure one poll of all feeds."""
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        await run()
        self.wall.setdefault(kind, []).append(time.perf_counter() - wall)
        self.cpu.setdefault(kind, []).append(time.process_time() - cpu)
        self.memory[f"after {kind}"] = memory("VmRSS")


def memory(kind: str) -> float:
    """MiB that this process holds (VmRSS) or ever held (VmHWM)."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:  # no Linux: the peak stands for both
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = re.search(rf"{kind}:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def bare_side(urls: list[str], rounds: int) -> Costs:
    """A loop over one aiohttp session."""
    costs = Costs(name="bare")

    async def run() -> None:
        known: list[Validators] = [Validators()] * len(urls)

        async def poll() -> None:
            nonlocal known
            known = await bare(urls, known)

        await costs.poll("first", poll)
        for _ in range(rounds):
            await costs.poll("304", poll)

    asyncio.run(run())
    costs.memory["peak"] = memory("VmHWM")
    return costs


def our_side(urls: list[str], rounds: int) -> Costs:
    """The whole line over a database that is thrown away."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    costs = Costs(name="ours")

    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            clock = SteppedClock(UNTIL)
            screen = Screen(Console(file=io.StringIO()), zone=UTC)
            sender = ConsoleSender(screen, clock)
            wanted = Openings(exclusive=True, feeds=[_feed(url) for url in urls])
            settings = _settings(Path(folder) / "bench.db")
            async with open_parts(settings, clock, {"console": sender}, wanted) as parts:
                costs.memory["open"] = memory("VmRSS")
                await _subscribe(parts, screen)
                await _poll_all(parts, clock, costs, rounds)

    asyncio.run(run())
    costs.memory["peak"] = memory("VmHWM")
    return costs


async def _poll_all(parts: Parts, clock: SteppedClock, costs: Costs, rounds: int) -> None:
    running = Running(parts)
    polled: dict[PollOutcome, int] = {}
    entries = relevant = 0

    async def poll() -> None:
        nonlocal polled, entries, relevant
        report = await running.poll(clock.now())
        polled = {outcome: report.count(outcome) for outcome in PollOutcome}
        entries += report.total().new
        relevant += report.total().relevant

    await costs.poll("first", poll)
    costs.notes.append(f"{entries} articles, {relevant} of them AI policy")
    for _ in range(rounds):
        clock.advance(PAUSE)
        await costs.poll("304", poll)
        if polled[PollOutcome.UNCHANGED] != sum(polled.values()):
            raise ValueError(f"304 was due from every feed: {polled}")


async def _subscribe(parts: Parts, screen: Screen) -> None:
    session = Session(
        registry=parts.registry,
        services=parts.services,
        clock=parts.clock,
        screen=screen,
        folder=Path(),
    )
    await session.answer_aloud("#news /subscribe")


def _settings(database: Path) -> Settings:
    config = bundled("config")
    settings = Settings.load({})
    environment = settings.environment.model_copy(
        update={
            "database_url": SecretStr(f"sqlite:///{database}"),
            "policywire_allow_nets": (ip_network("127.0.0.0/8"),),
        }
    )
    behaviour = read_behaviour([config / "policywire.toml"])
    fetch = behaviour.fetch.model_copy(update={"at_once": AT_ONCE})
    return Settings(
        environment=environment,
        behaviour=behaviour.model_copy(update={"fetch": fetch}),
        folders=(config,),
        seeds=bundled("seeds"),
    )


def _feed(url: str) -> Feed:
    return Feed(id=FeedId(0), url=url, title=f"News {url}", outlet=f"Outlet {url}")


def run(feeds: int, rounds: int, port: int) -> None:
    """Measure both sides, each in a process of its own, and print them."""
    urls = addresses(feeds, port)
    spawn = multiprocessing.get_context("spawn")
    sides: list[Costs] = []
    for measure in (bare_side, our_side):
        with spawn.Pool(1) as pool:
            sides.append(pool.apply(measure, (urls, rounds)))
    print(f"{feeds} feeds of 20 entries, {AT_ONCE} at once; 304: median of {rounds} polls")
    print(f"{'poll':8}{'who':6}{'feeds/s':>10}{'wall s':>9}{'CPU s':>9}{'ms/feed':>9}{'ratio':>7}")
    for kind in ("first", "304"):
        base = statistics.median(sides[0].cpu[kind])
        for side in sides:
            wall, cpu = (statistics.median(spent[kind]) for spent in (side.wall, side.cpu))
            print(
                f"{kind:8}{side.name:6}{feeds / wall:10.0f}{wall:9.2f}{cpu:9.2f}"
                f"{1000 * cpu / feeds:9.3f}{cpu / base:7.2f}"
            )
    for side in sides:
        held = ", ".join(f"{stage} {size:.0f}" for stage, size in side.memory.items())
        print(f"memory of {side.name}, MiB: {held}{''.join(f'; {note}' for note in side.notes)}")


def main() -> None:
    """Start the server, measure both, stop it."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--feeds", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    with served(chosen.feeds) as port:
        run(chosen.feeds, chosen.rounds, port)


if __name__ == "__main__":
    main()
