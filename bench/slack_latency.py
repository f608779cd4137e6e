"""How soon an entry stands in Slack: from the poll that brings it to the message.

    python -m bench.slack_latency [--rounds 20] [--mode socket|http]

`policywire run` is a process of its own, on SQLite, between a feed and a Slack on loopback. A poll
is due when the entry is published (the feed is asked each second); counted is from the request of
that poll to the stored message, and beside it from publishing on. Aim: under 1 s at the median.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.support.feedserver import FeedServer
from tests.support.line import Item, rss
from tests.support.slack.home import SlackHome, news
from tests.support.slack.server import LoopbackSlack

AIM = 1.0
_SYLLABLES = ["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "wi", "ze", "fo"]


def title(number: int) -> str:
    """A title that shares no word with another's, so that each is a story of its own."""
    base = len(_SYLLABLES)
    ending = "".join(_SYLLABLES[(number // base**place) % base] for place in range(3))
    return " ".join(f"{_SYLLABLES[word]}{ending}" for word in range(5)).capitalize()


async def measure(rounds: int, mode: str) -> tuple[list[float], list[float]]:
    """Seconds from each poll, and from each publishing, to its message."""
    polled, published, items = [], [], list[Item]()
    async with LoopbackSlack().open() as slack, FeedServer() as server:
        with tempfile.TemporaryDirectory() as folder:
            home = SlackHome(folder=Path(folder), slack=slack, mode=mode)
            home.set_up()
            try:
                await home.order(server.put("/feed", rss([news("Volcano closes airports")])))
                await home.run()
                await server.asked(more=2)
                for number in range(rounds):
                    items.insert(0, news(title(number)))
                    began = time.monotonic()
                    server.put("/feed", rss(items))
                    await server.asked()
                    asked = time.monotonic()
                    await slack.until(lambda: len(slack.said()) == len(items), 30)
                    stands = time.monotonic()
                    polled.append(stands - asked)
                    published.append(stands - began)
                    await asyncio.sleep(1)  # one post a second a channel is the limit
            finally:
                await home.close()
    return polled, published


def main() -> int:
    """Print the figures; 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--mode", choices=("socket", "http"), default="socket")
    asked = parser.parse_args()
    polled, published = asyncio.run(measure(asked.rounds, asked.mode))
    median = statistics.median(polled)
    print(
        f"{asked.rounds} entries, {asked.mode}: poll to message, median {median:.3f} s, "
        f"most {max(polled):.3f} s (aim: {AIM:g} s); published to message, "
        f"median {statistics.median(published):.3f} s"
    )
    return 0 if median < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
