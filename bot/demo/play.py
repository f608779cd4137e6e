"""The demo: the whole of policywire on a sample wire, three simulated days, one terminal.

Only the network's far end and the clock are stand-ins. The clock stands still while anything is in
flight, then steps to the next instant at which something is due, so each run shows the same.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.app.parts import Openings, Parts, open_parts
from bot.app.running import Running
from bot.chat.console.screen import Screen
from bot.chat.console.send import ConsoleSender
from bot.chat.console.session import Session
from bot.clock import SteppedClock
from bot.demo.files import load
from bot.demo.server import serve
from bot.demo.summary import Seen, summary
from bot.demo.wire import Wire
from bot.model import Feed, FeedId
from bot.pipeline.report import PollOutcome
from bot.settings import Settings, bundled, read_behaviour
from bot.store import feeds

ZONE = ZoneInfo("America/New_York")
_SETTINGS = f"""\
#ai-policy /settings zone {ZONE.key}
#ai-policy /settings flood-limit 6
#ai-policy /quiet 22:00-07:00
#ai-policy /subscribe
#anthropic /subscribe anthropic min-sources:2
#morning-brief /subscribe daily at:08:00
#chips /watch add "export controls" OR "advanced chips" name:chips
"""
_QUESTIONS = (
    "/latest anthropic 6",
    "/watch test anthropic AND (injunction OR appeal)",
)
_STEP = timedelta(seconds=1)


@dataclass(slots=True)
class Demo:
    """One run of the demo on a screen of its own."""

    console: Console
    wire: Wire
    clock: SteppedClock
    seen: Seen = field(default_factory=Seen)
    _day: str = ""

    async def play(self) -> None:
        """Everything from the empty database to the closing summary."""
        screen = Screen(self.console, zone=ZONE)
        sender = ConsoleSender(screen, self.clock)
        async with _opened(self.wire, self.clock, sender) as parts:
            running = Running(parts)
            session = _session(parts, screen)
            self._say("The feeds as they stand become history: nothing in them is news.")
            await self._poll(running, self.clock.now())
            self._say("A channel's people type:")
            for line in _SETTINGS.splitlines():
                await session.answer_aloud(line)
            self._say("Three days pass. What the channels are shown:")
            await self._days(running)
            self._say("Anyone can ask:")
            for line in (*_QUESTIONS, f"/why {self._namesake()}"):
                await session.answer_aloud(f"#ai-policy {line}")
            self.console.print()
            self.console.print(await summary(parts, self.wire, self.seen))

    async def _days(self, running: Running) -> None:
        due = await _due(running.parts)
        while (at := due.earliest()) is not None and at <= self.wire.ends:
            self.clock.move_to(max(at, self.clock.now() + _STEP))
            now, busy = self.clock.now(), False
            if due.poll is not None and due.poll <= now:
                busy = await self._poll(running, now)
            if busy or due.passed(now):
                await self._tell(running, now)
                due = await _due(running.parts)
            else:
                # Nothing came in: what digests and the outbox wait for is as it was.
                due = replace(due, poll=await _next_poll(running.parts))

    async def _poll(self, running: Running, now: datetime) -> bool:
        """Poll what is due; whether any document was read."""
        self._head(now)
        report = await running.poll(now)
        self.seen.polls(report)
        return report.count(PollOutcome.READ) > 0

    async def _tell(self, running: Running, now: datetime) -> None:
        self._head(now)
        self.seen.digests += await running.digest(now)
        self.seen.deliveries(await running.parts.outbox.run_once())

    def _head(self, now: datetime) -> None:
        day = now.astimezone(ZONE).strftime("%A %-d %B %Y")
        if day != self._day:
            self._day = day
            self.console.print(Rule(day, style="bold"))

    def _say(self, words: str) -> None:
        self.console.print(Text(f"\n{words}", style="bold yellow"))

    def _namesake(self) -> str:
        """The address of a piece that only looks like news of a tracked name."""
        item = next(item for item in self.wire.items if item.id == _NAMESAKE)
        return item.outlet.site + item.path


_NAMESAKE = "pl-gemini-capsule"


async def run_demo(console: Console) -> None:
    """Play the bundled sample wire on this console."""
    wire = load(bundled("seeds") / "2026-02-anthropic-pentagon" / "wire")
    await Demo(console=console, wire=wire, clock=SteppedClock(wire.starts)).play()


@asynccontextmanager
async def _opened(wire: Wire, clock: SteppedClock, sender: ConsoleSender) -> AsyncIterator[Parts]:
    """The parts over a database that is thrown away, reading the wire on loopback."""
    async with AsyncExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="policywire-demo-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        base = await stack.enter_async_context(serve(wire, clock))
        openings = Openings(
            exclusive=True, feeds=_feeds(wire, base), jitter=lambda: 0.5, served_at_once=1
        )
        settings = _settings(folder / "demo.sqlite3")
        yield await stack.enter_async_context(
            open_parts(settings, clock, {sender.platform: sender}, openings)
        )


def _settings(database: Path) -> Settings:
    """The bundled config alone, whatever the user has; one poll at a time: a run repeats."""
    config = bundled("config")
    behaviour = read_behaviour([config / "policywire.toml"])
    fetch = behaviour.fetch.model_copy(
        update={"at_once": 1, "at_once_per_host": 8, "spacing_seconds": 0.0}
    )
    settings = Settings.load({})
    environment = settings.environment.model_copy(
        update={
            "database_url": SecretStr(f"sqlite:///{database}"),
            "policywire_allow_nets": (ip_network("127.0.0.0/8"),),
        }
    )
    return Settings(
        environment=environment,
        behaviour=behaviour.model_copy(update={"fetch": fetch}),
        folders=(config,),
        seeds=bundled("seeds"),
    )


def _feeds(wire: Wire, base: str) -> list[Feed]:
    return [
        Feed(
            id=FeedId(0),
            url=base + feed.path,
            title=feed.title,
            outlet=feed.outlet.name,
            tier=feed.outlet.tier,
            site=feed.outlet.site,
        )
        for feed in wire.feeds
    ]


def _session(parts: Parts, screen: Screen) -> Session:
    return Session(
        registry=parts.registry,
        services=parts.services,
        clock=parts.clock,
        screen=screen,
        folder=Path.cwd(),
        echo=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """When something is due next: a poll, a digest, a message."""

    poll: datetime | None
    digest: datetime | None
    message: datetime | None

    def earliest(self) -> datetime | None:
        instants = (self.poll, self.digest, self.message)
        return min((due for due in instants if due is not None), default=None)

    def passed(self, now: datetime) -> bool:
        """Whether there is something to tell."""
        return any(due is not None and due <= now for due in (self.digest, self.message))


async def _due(parts: Parts) -> _Due:
    return _Due(
        poll=await _next_poll(parts),
        digest=await parts.digests.next_due(parts.clock.now()),
        message=await parts.outbox.next_due(),
    )


async def _next_poll(parts: Parts) -> datetime | None:
    async with parts.store.read() as conn:
        return await feeds.next_due(conn)
