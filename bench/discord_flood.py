"""A flood of alerts under Discord's limits: how long it takes, and how many 429s it meets.

    python -m bench.discord_flood [--channels 1000] [--stories 10]

Every channel is subscribed to all AI policy; the stories come at once, are routed, and the outbox
posts their alerts to a small Discord on loopback, in a process of its own, that limits rates as
Discord does: 5 posts in 5 seconds a channel, told by headers, and 50 requests in any second in all,
told by nothing but a 429. The floor is what these two limits leave at best: of N posts the first 50
go at once and every further 50 a second later; of K posts to one channel, 5 in each 5 seconds.
"""

import argparse
import asyncio
import logging
import math
import multiprocessing
import resource
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from bot.alerts.conditions import Rules
from bot.alerts.delivery import Kit
from bot.alerts.drafting import Drafts
from bot.alerts.outbox import Outbox
from bot.chat.call import Actor, Place, Who
from bot.chat.discord.rest import prepare, rest_client
from bot.chat.discord.send import DiscordSender
from bot.clock import SystemClock
from bot.services.wishes import Wish
from bot.store import alerts, outbox, stories, turns
from bot.store.database import Store
from tests.support.discord.limits import Limits
from tests.support.discord.loopback import GUILD, TOKEN, loopback
from tests.support.newsroom import Newsroom

CHIEF = Actor(id="chief", may=Who.WORKSPACE_MANAGER)
TOPICS = ("licences", "chips", "schools", "courts", "audits", "ballots", "drones", "hospitals",
          "insurers", "ports", "grids", "banks")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What the small Discord saw."""

    posts: int
    doubled: int
    channel_429s: int
    everywhere_429s: int
    seconds: float
    """From the first post to the last."""


def floor(channels: int, each: int) -> float:
    """The least seconds that the limits allow from the first post to the last."""
    everywhere = math.ceil(channels * each / 50) - 1
    in_a_channel = (math.ceil(each / 5) - 1) * 5
    return float(max(everywhere, in_a_channel))


def serve(channels: int, pipe: Connection) -> None:
    """The small Discord, in a process of its own; says what it met once it is asked."""

    async def served() -> None:
        async with loopback() as there:
            there.strict, there.limits = False, Limits()
            times: list[float] = []
            there.when_posted = lambda _: times.append(time.monotonic())
            pipe.send((there.url, [there.channel() for _ in range(channels)]))
            await asyncio.to_thread(pipe.recv)
            titles = [(c, title) for c in list(there.messages) for title in there.titles(c)]
            pipe.send(
                Met(
                    posts=len(titles),
                    doubled=len(titles) - len(set(titles)),
                    channel_429s=there.limits.refused,
                    everywhere_429s=there.limits.refused_everywhere,
                    seconds=times[-1] - times[0],
                )
            )

    asyncio.run(served())


async def queued(store: Store, channels: list[int], count: int) -> None:
    """Subscribe every channel, then let the stories come in."""
    room = Newsroom(store, datetime.now(UTC))
    orders = room.services().orders
    for number in channels:
        place = Place(
            platform="discord",
            workspace=str(GUILD),
            channel=str(number),
            channel_name=f"policy-{number}",
            kind="channel",
        )
        await orders.subscribe(place, CHIEF, Wish(), room.now)
    for number in range(count):
        topic = TOPICS[number % len(TOPICS)]
        text = f"Regulators opened a case on {topic} run by algorithms, number {number}."
        await room.publish(f"Regulators look into {topic}, case {number}", text=text)


async def delivered(kit: Kit, wanted: int) -> None:
    """Run the outbox until so many alerts were posted."""
    stop = asyncio.Event()
    running = asyncio.create_task(Outbox(kit).run(stop))
    said = 0
    while kit.tally.posted < wanted and not running.done():
        await asyncio.sleep(0.1)
        if kit.tally.posted - said >= 1000:
            said = kit.tally.posted
            print(f"  {said:,} posted", flush=True)
    stop.set()
    await running


async def flood(channels: int, count: int) -> None:
    """Queue the flood, deliver it, and print what it took."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(channels, theirs), daemon=True
    )
    server.start()
    url, numbers = await asyncio.to_thread(ours.recv)
    prepare(url)
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{Path(folder) / 'flood.db'}")
        began = time.perf_counter()
        await queued(store, numbers, count)
        print(f"{channels:,} channels subscribed, {count} stories routed to each: "
              f"{time.perf_counter() - began:.1f} s")  # fmt: skip
        sender = DiscordSender(rest_client(), clock, TOKEN)
        kit = Kit(
            store=store,
            alerts=alerts,
            deliveries=outbox,
            turns=turns,
            drafts=Drafts(stories=stories, alerts=alerts, deliveries=outbox, rules=Rules()),
            senders={sender.platform: sender},
            clock=clock,
        )
        cpu, began = _cpu(), time.perf_counter()
        await delivered(kit, channels * count)
        wall, cpu = time.perf_counter() - began, _cpu() - cpu
        await sender.close()
        await store.close()
    ours.send("end")
    met: Met = await asyncio.to_thread(ours.recv)
    server.join(10)
    _print(met, floor(channels, count), wall, cpu)


def _print(met: Met, least: float, wall: float, cpu: float) -> None:
    over = (met.seconds / least - 1) * 100 if least else 0.0
    print(f"posts {met.posts:,}, doubled {met.doubled}")
    print(f"429s that headers announced {met.channel_429s}, of the limit in all "
          f"{met.everywhere_429s}")  # fmt: skip
    print(f"first to last post {met.seconds:.1f} s, floor {least:.1f} s: {over:+.1f} %")
    print(f"until all was marked {wall:.1f} s; {1000 * cpu / met.posts:.1f} ms CPU a post")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--channels", type=int, default=1000)
    parser.add_argument("--stories", type=int, default=10, help="alerts to each channel")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(flood(asked.channels, asked.stories))


if __name__ == "__main__":
    main()
