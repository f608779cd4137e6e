"""What one changed order costs who holds all of them in memory: routing, and the watches' index.

    python -m bench.orders [--watches 10000] [--places 400] [--changes 30]

So many watches in so many channels of a SQLite database; one watch after another is edited, and
after each edit routing and the index look. `whole` reads all orders anew, as at the start, turn
about with what reads only where they changed. Times are of the processor, of this process.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.prose import name
from bot.alerts.order_book import OrderBook
from bot.app.live import Live
from bot.app.parts import prepare
from bot.model import DestinationId, WatchId
from bot.settings import Settings
from bot.store import order_changes, orders, places
from bot.store.database import Store
from bot.store.tables import watches

NOW = datetime(2026, 3, 2, tzinfo=UTC)


async def fill(store: Store, count: int, channels: int) -> None:
    """Channels of one workspace, and watches for made-up names spread over them."""
    rng = random.Random(7)
    async with store.write() as conn:
        home = await places.get_or_create_workspace(conn, "discord", "home", now=NOW)
        here: list[DestinationId] = []
        for number in range(channels):
            place = await places.get_or_create_destination(
                conn, home.id, f"channel-{number}", now=NOW
            )
            here.append(place.id)
        rows = [
            {
                "destination_id": here[at % channels],
                "query": query,
                "name": query,
                "created_at": NOW,
            }
            for at, query in enumerate(
                f"{name(rng)} {name(rng)} {at}".lower() for at in range(count)
            )
        ]
        await conn.execute(sa.insert(watches), rows)


async def spent(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of processor time."""
    started = time.process_time()
    await work()
    return (time.process_time() - started) * 1e3


async def measure(store: Store, count: int, changes: int) -> dict[str, list[float]]:
    """The times of each, one for each change."""
    book = OrderBook(orders, order_changes)
    live = Live(store, *prepare(Settings.load({})))
    await live.refresh()
    rng = random.Random(9)
    times: dict[str, list[float]] = {"routing": [], "routing, whole": [], "index": []}
    times["index, whole read"] = []

    async def routed(by: OrderBook) -> None:
        async with store.read() as conn:
            await by.orders(conn)

    async def read_whole() -> None:
        async with store.read() as conn:
            await orders.active_queries(conn)

    await routed(book)
    for _ in range(changes):
        async with store.write() as conn:
            await edit(conn, WatchId(rng.randrange(1, count + 1)), f"{name(rng)} {name(rng)}")
        times["routing"].append(await spent(lambda: routed(book)))
        times["routing, whole"].append(
            await spent(lambda: routed(OrderBook(orders, order_changes)))
        )
        times["index"].append(await spent(live.refresh))
        times["index, whole read"].append(await spent(read_whole))
    await live.close()
    return times


async def edit(conn: AsyncConnection, watch: WatchId, query: str) -> None:
    """Give a watch another query."""
    await orders.edit_watch(conn, watch, query=query.lower(), typed=query, name=query)


async def run(count: int, channels: int, changes: int) -> None:
    """Measure in a database of its own and print a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{Path(folder, 'orders.db')}")
        await fill(store, count, channels)
        for what, each in (await measure(store, count, changes)).items():
            print(f"{what:18} {statistics.median(each):8.2f} ms of processor time a change")
        await store.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--watches", type=int, default=10_000)
    parser.add_argument("--places", type=int, default=400)
    parser.add_argument("--changes", type=int, default=30)
    asked = parser.parse_args()
    asyncio.run(run(asked.watches, asked.places, asked.changes))


if __name__ == "__main__":
    main()
