"""One process with every role: ticks, the outbox, and the platforms, each supervised."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.app.config import Reading
from bot.app.parts import Parts
from bot.errors import ConfigError, PlatformRefused
from bot.jobs.embedded import Ticker
from bot.jobs.supervision import supervise
from bot.pipeline.polling import Progress
from bot.pipeline.report import TickReport
from bot.settings import Settings
from bot.store import feeds

_BEAT_SECONDS = 60.0
_TIDY_SECONDS = 3_600.0
_log = structlog.get_logger(__name__)

Task = tuple[str, Callable[[asyncio.Event], Awaitable[None]]]
"""A platform's long task by name; it returns once the event is set."""


@dataclass(slots=True)
class Running:
    """What a process does at its ticks; the demo and the tests call the same methods."""

    parts: Parts
    on_tick: Callable[[TickReport], None] | None = None
    on_poll: Progress | None = None

    async def poll(self, now: datetime) -> TickReport:
        """Take up changes of watches and entities, then poll what is due."""
        parts = self.parts
        await parts.live.refresh()
        report = await parts.poller.poll_due(now, self.on_poll)
        parts.outbox.wake()
        if self.on_tick is not None and report.polls:
            self.on_tick(report)
        return report

    async def digest(self, now: datetime) -> int:
        """Queue the digests whose time has come."""
        queued = await self.parts.digests.run_once(now)
        if queued:
            self.parts.outbox.wake()
        return queued

    async def reload(self) -> None:
        """Read the config's lists again; a bad file keeps the old ones and is named."""
        parts = self.parts
        try:
            settings = Settings.load()
            reading = await asyncio.to_thread(Reading.load, settings)
        except ConfigError as error:
            _log.error("config_kept", error=str(error))
            return
        async with parts.store.write() as conn:
            await feeds.sync_configured(conn, reading.feeds, parts.clock.now())
        await parts.live.replace(reading)
        restart = settings.behaviour != parts.settings.behaviour
        _log.info("config_read", feeds=len(reading.feeds), numbers_need_a_restart=restart)

    async def run(self, stop: asyncio.Event, tasks: Iterable[Task] = ()) -> None:
        """Tick and deliver until `stop` is set; every failure is reported and started again."""
        parts = self.parts
        ticker = Ticker(parts.clock)
        tick = parts.settings.behaviour.poll.tick_seconds
        ticker.every(tick, "poll", self.poll)
        ticker.every(tick, "digests", self.digest)
        ticker.every(_BEAT_SECONDS, "heartbeat", parts.housekeeper.heartbeat)
        ticker.every(_TIDY_SECONDS, "tidy", parts.housekeeper.tidy)
        platforms = _Platforms(parts, list(tasks), stop)
        async with asyncio.TaskGroup() as group:
            group.create_task(ticker.run(stop))
            group.create_task(
                supervise("outbox", lambda: parts.outbox.run(stop), parts.clock, stop=stop),
                name="outbox",
            )
            for name, task in platforms.tasks:
                group.create_task(platforms.keep(name, task), name=name)
        if platforms.refused is not None:
            raise platforms.refused


@dataclass(slots=True)
class _Platforms:
    """Keeps platforms running; where the last of them is refused, all ends with its words."""

    parts: Parts
    tasks: list[Task]
    stop: asyncio.Event
    refused: PlatformRefused | None = None
    gone: int = 0

    async def keep(self, name: str, task: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        try:
            await supervise(
                name,
                lambda: task(self.stop),
                self.parts.clock,
                fatal=(PlatformRefused,),
                stop=self.stop,
            )
        except PlatformRefused as error:
            self.gone += 1
            if self.gone == len(self.tasks):
                self.refused = error
                self.stop.set()
            else:
                _log.error("platform_refused", task=name, error=str(error))


def stop_on_signals(stop: asyncio.Event, on_hangup: Callable[[], None] | None = None) -> None:
    """Let SIGINT and SIGTERM set `stop`, and SIGHUP call `on_hangup`, where there are signals."""
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        loop.add_signal_handler(getattr(signal, name), stop.set)
    if on_hangup is not None:
        loop.add_signal_handler(signal.SIGHUP, on_hangup)
