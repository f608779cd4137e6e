"""What polling costs: 1,000 loopback feeds through our Fetcher against a bare aiohttp loop.

    python -m bench.feeds_poll [--feeds 1000] [--rounds 5]

Both fetch the same URLs, spread over 127.0.0.0/8, from a server in another process, with as many
requests at once. A first poll brings every body; in the next one every answer is 304. Rounds
alternate, and the median counts. CPU is of this process alone, the server's not included.
"""

import argparse
import asyncio
import gc
import hashlib
import multiprocessing
import os
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from multiprocessing.connection import Connection

import aiohttp
from aiohttp import web

from bench.prose import document
from bot.clock import SystemClock
from bot.feeds.fetch import Body, Fetcher, FetchRequest, FetchRules, Validators

AT_ONCE = 24
UNTIL = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""The instant of the documents."""
RULES = FetchRules(
    user_agent="policywire/bench", at_once=AT_ONCE, allow_nets=(ip_network("127.0.0.0/8"),)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one poll of all feeds: wall and CPU seconds."""

    wall: float
    cpu: float


async def _serve(feeds: int, ready: Connection) -> None:
    bodies = {f"/{number}": document(number, UNTIL) for number in range(feeds)}
    etags = {path: f'"{hashlib.sha256(body).hexdigest()[:16]}"' for path, body in bodies.items()}

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        etag = etags[request.path]
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        headers = {"ETag": etag, "Content-Type": "application/rss+xml"}
        return web.Response(body=bodies[request.path], headers=headers)

    runner = web.ServerRunner(web.Server(answer, access_log=None))
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", 0, backlog=1024)
    await site.start()
    ready.send(runner.addresses[0][1])
    await asyncio.to_thread(ready.recv)  # until the parent says so or is gone
    await runner.cleanup()


def serve(feeds: int, ready: Connection) -> None:
    """The server's process: sends its port, ends when told."""
    try:
        asyncio.run(_serve(feeds, ready))
    except (EOFError, KeyboardInterrupt):
        os._exit(0)


def addresses(feeds: int, port: int) -> list[str]:
    """The feeds' URLs, each at a loopback address of its own."""
    return [f"http://127.{1 + n // 250}.0.{1 + n % 250}:{port}/{n}" for n in range(feeds)]


Poll = Callable[[Sequence[str], Sequence[Validators]], Awaitable[list[Validators]]]


async def bare(urls: Sequence[str], known: Sequence[Validators]) -> list[Validators]:
    """What any program would do: one session, so many at once, the body read."""
    places = asyncio.Semaphore(AT_ONCE)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one(url: str, validators: Validators) -> Validators:
            headers = {"If-None-Match": validators.etag} if validators.etag else None
            async with places, session.get(url, headers=headers) as response:
                await response.read()
                return Validators(etag=response.headers.get("ETag"))

        return await asyncio.gather(*map(one, urls, known))


async def ours(urls: Sequence[str], known: Sequence[Validators]) -> list[Validators]:
    """The same through the Fetcher."""
    async with Fetcher(RULES, SystemClock()) as fetcher:

        async def one(url: str, validators: Validators) -> Validators:
            fetched = await fetcher.fetch(FetchRequest(url=url, validators=validators))
            if validators.etag and isinstance(fetched, Body):
                raise ValueError(f"{url} sent a body where 304 was due")
            return fetched.validators

        return await asyncio.gather(*map(one, urls, known))


async def measure(
    poll: Poll, urls: Sequence[str], known: Sequence[Validators]
) -> tuple[Cost, list[Validators]]:
    """One poll of all feeds and what it cost, opening and closing of connections included."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    learnt = await poll(urls, known)
    return Cost(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu), learnt


async def run(feeds: int, rounds: int, port: int) -> None:
    """Poll in turn and print medians."""
    urls = addresses(feeds, port)
    costs: dict[tuple[str, str], list[Cost]] = {}
    for _ in range(rounds):
        for name, poll in (("bare", bare), ("ours", ours)):
            first, learnt = await measure(poll, urls, [Validators()] * feeds)
            unchanged, _ = await measure(poll, urls, learnt)
            costs.setdefault((name, "first"), []).append(first)
            costs.setdefault((name, "304"), []).append(unchanged)
    print(
        f"{feeds} feeds, {len(document(0, UNTIL))} bytes each, {AT_ONCE} at once, {rounds} rounds"
    )
    print(f"{'poll':8}{'who':6}{'feeds/s':>10}{'wall s':>9}{'CPU s':>9}{'ms/feed':>9}{'ratio':>7}")
    for kind in ("first", "304"):
        base = statistics.median(cost.cpu for cost in costs["bare", kind])
        for name in ("bare", "ours"):
            wall = statistics.median(cost.wall for cost in costs[name, kind])
            cpu = statistics.median(cost.cpu for cost in costs[name, kind])
            per_feed = 1000 * cpu / feeds
            print(
                f"{kind:8}{name:6}{feeds / wall:10.0f}{wall:9.2f}{cpu:9.2f}{per_feed:9.3f}"
                f"{cpu / base:7.2f}"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MiB")


@contextmanager
def served(feeds: int) -> Iterator[int]:
    """The port of a server of so many feeds, in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(feeds, there), daemon=True
    )
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("done")
        process.join(timeout=10)


def main() -> None:
    """Start the server, measure, stop it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--feeds", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    with served(chosen.feeds) as port:
        asyncio.run(run(chosen.feeds, chosen.rounds, port))


if __name__ == "__main__":
    main()
