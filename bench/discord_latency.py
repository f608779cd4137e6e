"""How long it takes from a feed's new entry to the message in a channel, the poll being due.

    python -m bench.discord_latency [--entries 30]

`policywire run` as its own process, with the shipped settings but for the limit against floods,
polls one feed on loopback and posts to a small Discord on loopback. Each round publishes one entry
and makes the feed due at the same instant, at any point between two ticks; the time ends when the
message stands there. What the tick adds is said apart: it is between nothing and `tick_seconds`.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings
from tests.support.discord.home import Home
from tests.support.discord.loopback import loopback
from tests.support.feedserver import FeedServer
from tests.support.line import Item, rss

RULES = """
[alerts]
posts_an_hour = 60
"""
_SYLLABLES = ("ba", "ke", "li", "mo", "nu", "pra", "ste", "tri", "vel", "zan", "dor", "fim")


def item(number: int) -> Item:
    """An entry that shares no word with any other, so that each is a story of its own."""
    title = " ".join(_word(6 * number + place) for place in range(6)).capitalize()
    return Item(title=title, text=f"{title}.", guid=str(number), at=datetime.now(UTC))


def _word(number: int) -> str:
    """A word of four syllables, another for each of 20,736 numbers."""
    left = number * 7919 % len(_SYLLABLES) ** 4
    syllables = []
    for _ in range(4):
        left, one = divmod(left, len(_SYLLABLES))
        syllables.append(_SYLLABLES[one])
    return "".join(syllables)


async def measure(entries: int) -> list[float]:
    """Seconds from each entry to its message."""
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        async with loopback() as there, FeedServer() as server:
            here = there.channel()
            home = Home(Path(folder), there, server.put("/npr", rss([item(0)])), toml=RULES)
            async with home.running() as process:
                await there.until(lambda: there.sessions, seconds=60)
                await home.until("SELECT count(*) FROM feeds WHERE good_at IS NOT NULL", 1)
                await there.use(here, "watch add", query="source:NPR")
                listed = [item(0)]
                for number in range(1, entries + 1):
                    await asyncio.sleep(random.uniform(0.5, 1.5))
                    listed = [item(number), *listed[:9]]
                    server.put("/npr", rss(listed))
                    began = time.perf_counter()
                    home.poll_now()
                    # The message that stands below the reply to the command.
                    await there.until(lambda n=number: len(there.messages[here]) >= n, seconds=30)
                    seconds.append(time.perf_counter() - began)
                process.terminate()
                await process.wait()
    return seconds


def _print(seconds: Sequence[float]) -> None:
    tick = Settings.load({}).behaviour.poll.tick_seconds
    median, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    print(f"{len(seconds)} entries, a tick each {tick:g} s")
    print(f"entry to message: median {median:.2f} s (aim: under 1), least {min(seconds):.2f}, 95 "
          f"of 100 under {late:.2f}, most {max(seconds):.2f}")  # fmt: skip
    print(f"of the median about {tick / 2:g} s is the wait for the tick")


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=30)
    _print(asyncio.run(measure(parser.parse_args().entries)))


if __name__ == "__main__":
    main()
