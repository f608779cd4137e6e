"""How soon Slack is answered while the process is busy: commands at a rate, feeds polled beside.

    python -m bench.slack_ack [--seconds 60] [--rate 50] [--feeds 500] [--mode socket|http]

`policywire run` is a process of its own, on SQLite, between a server of feeds (in another process;
each feed is asked every ten seconds) and a Slack on loopback. Commands come at even distances, of
four kinds. Counted is from sending an envelope to its acknowledgement; Slack gives up after 3 s.
Every command must also be answered in the end. Aim: 99 of 100 under 0.5 s.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bench.feeds_poll import addresses, serve
from tests.support.slack.home import SlackHome
from tests.support.slack.member import Member, Reply
from tests.support.slack.server import LoopbackSlack

AIM = 0.5
COMMANDS = ("status", "latest", "subscriptions", "watch list")
_EVERY = timedelta(seconds=10)
_ANSWERED_WITHIN = 120.0


@contextmanager
def feed_server(feeds: int) -> Iterator[list[str]]:
    """The addresses of feeds that another process serves."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(feeds, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield addresses(feeds, ours.recv())
    finally:
        ours.close()
        process.join(10)


async def measure(seconds: int, rate: int, urls: list[str], mode: str) -> list[float]:
    """Seconds to each acknowledgement, shortest first."""
    async with LoopbackSlack().open() as slack:
        with tempfile.TemporaryDirectory() as folder:
            home = SlackHome(folder=Path(folder), slack=slack, mode=mode)
            home.set_up()
            try:
                await home.order(*urls, every=_EVERY)
                process = await home.run()
                if mode == "socket":
                    await slack.until(lambda: len(slack.links) > 1, 60)
                replies = await _ask(slack, seconds, rate)
                for reply in replies:
                    await slack.until(
                        lambda reply=reply: slack.responses[reply.address],  # type: ignore[misc]
                        _ANSWERED_WITHIN,
                    )
                assert "Traceback" not in process.err, process.err
            finally:
                await home.close()
        return sorted(slack.took[reply.envelope] for reply in replies)


async def _ask(slack: LoopbackSlack, seconds: int, rate: int) -> list[Reply]:
    """Send commands at even distances, without waiting for what they bring."""
    loop = asyncio.get_running_loop()
    began, asked = loop.time(), list[asyncio.Task[Reply]]()
    for number in range(seconds * rate):
        await asyncio.sleep(max(began + number / rate - loop.time(), 0))
        member = Member(slack=slack, id="U0ADMIN")
        asked.append(asyncio.create_task(member.type(COMMANDS[number % len(COMMANDS)])))
    return await asyncio.gather(*asked)


def main() -> int:
    """Print the figures; 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--mode", choices=("socket", "http"), default="socket")
    asked = parser.parse_args()
    with feed_server(asked.feeds) as urls:
        took = asyncio.run(measure(asked.seconds, asked.rate, urls, asked.mode))
    ninety_nine = took[int(len(took) * 0.99)]
    print(
        f"{len(took)} commands, {asked.rate} a second, {asked.feeds} feeds, {asked.mode}: "
        f"acknowledged after {statistics.median(took):.3f} s at the median, "
        f"99th percentile {ninety_nine:.3f} s, most {took[-1]:.3f} s (aim: {AIM:g} s)"
    )
    return 0 if ninety_nine < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
