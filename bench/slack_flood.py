"""A flood of alerts under Slack's limits: no request too many, and little slower than they allow.

    python -m bench.slack_flood [--channels 100] [--stories 10]

`policywire run` is a process of its own, on SQLite. One poll brings stories that every channel
watches; the Slack on loopback counts one post a second a channel and 300 in any minute a workspace,
and answers what is too much with 429. The floor is what those limits allow at best: the posts of a
channel a second apart, and after each 300 the rest of the minute; `even` is 300 a minute from the
first post on. Aim: no 429, and at most 5 % over the even rate.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.slack_latency import title
from tests.support.feedserver import FeedServer
from tests.support.line import rss
from tests.support.slack.home import SlackHome, news
from tests.support.slack.server import LoopbackSlack
from tests.support.slack.workspace import BOT_USER

A_MINUTE = 300
SLACK = 1.05
"""How much longer than the limits allow it may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """What became of it: seconds from the first post to the last, posts, and refusals."""

    seconds: float
    posts: int
    refused: int


def floor(channels: int, stories: int) -> tuple[float, float]:
    """The least seconds that the limits allow, and those of 300 a minute evenly."""
    posts = channels * stories
    waits, rest = divmod(posts - 1, A_MINUTE)
    at_least = waits * 60.0 + (rest // channels if waits else 0)
    return max(at_least, stories - 1.0), max(posts / A_MINUTE * 60, stories - 1.0)


async def measure(channels: int, stories: int) -> Flood:
    """Let the flood come."""
    posts = channels * stories
    async with LoopbackSlack().open() as slack, FeedServer() as server:
        slack.paced = True
        names = [f"C0FLOOD{number}" for number in range(channels)]
        for name in names:
            slack.home.channel(name, name.lower(), members={BOT_USER})
        with tempfile.TemporaryDirectory() as folder:
            home = SlackHome(folder=Path(folder), slack=slack)
            home.set_up()
            try:
                url = server.put("/feed", rss([news("Volcano closes airports")]))
                await home.order(url, channels=names)
                await home.run()
                await server.asked(more=2)
                server.put("/feed", rss([news(title(number)) for number in range(stories)]))

                def said() -> int:
                    return sum(len(slack.said(name)) for name in names)

                await slack.until(said, 60)
                began = time.monotonic()
                await slack.until(lambda: said() == posts, posts * 2.0 + 60)
                seconds = time.monotonic() - began
            finally:
                await home.close()
        limited = [one for one in slack.refused if one.startswith("ratelimited")]
        return Flood(seconds=seconds, posts=posts, refused=len(limited))


def main() -> int:
    """Print the figures; 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--channels", type=int, default=100)
    parser.add_argument("--stories", type=int, default=10)
    asked = parser.parse_args()
    flood = asyncio.run(measure(asked.channels, asked.stories))
    at_least, even = floor(asked.channels, asked.stories)
    print(
        f"{flood.posts} alerts to {asked.channels} channels: {flood.seconds:.1f} s, "
        f"{flood.refused} times 429; the limits allow {at_least:.0f} s at best, "
        f"{even:.0f} s evenly (aim: no 429, at most {even * SLACK:.0f} s)"
    )
    return 0 if not flood.refused and flood.seconds <= even * SLACK else 1


if __name__ == "__main__":
    sys.exit(main())
