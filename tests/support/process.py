"""policywire as its own process, `python -m bot`, with only loopback feeds to ask."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.app.parts import Openings, open_parts
from bot.chat.call import Actor, Call, Place, Who
from bot.clock import SystemClock
from bot.feeds.opml import OpmlFeed, read_opml, write_opml
from bot.model import Feed, FeedId
from bot.settings import Settings, bundled
from bot.store import feeds, lookup
from bot.store.database import Store
from tests.support.wiring import prepared

PATIENCE = 60.0
"""Seconds until a test gives up on what it waits for."""
TOML = """
[poll]
tick_seconds = 0.2
[fetch]
spacing_seconds = 0
[alerts]
posts_an_hour = 60
"""


@dataclass(slots=True, kw_only=True)
class Process:
    """One running `python -m bot`; what it prints grows in `out` and `err`."""

    running: asyncio.subprocess.Process
    out: str = ""
    err: str = ""
    _heard: asyncio.Condition = field(default_factory=asyncio.Condition)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)

    def listen(self) -> None:
        """Begin to read what it prints."""
        for name in ("out", "err"):
            self._readers.append(asyncio.create_task(self._read(name)))

    async def until(self, said: Callable[["Process"], bool]) -> None:
        """Wait until what was printed satisfies this; fails with all of it when it never does."""
        try:
            async with asyncio.timeout(PATIENCE), self._heard:
                await self._heard.wait_for(lambda: said(self) or self.ended)
        except TimeoutError:
            raise AssertionError(f"never said; stdout:\n{self.out}\nstderr:\n{self.err}") from None
        assert said(self), f"it ended; stdout:\n{self.out}\nstderr:\n{self.err}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will be printed."""
        return all(reader.done() for reader in self._readers)

    async def end(self, how: signal.Signals) -> int:
        """Send a signal and wait for the end; its exit status."""
        if self.running.returncode is None:
            self.running.send_signal(how)
        return await self.wait()

    async def wait(self) -> int:
        """Its exit status."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*self._readers)
            return await self.running.wait()

    async def _read(self, name: str) -> None:
        stream = self.running.stdout if name == "out" else self.running.stderr
        assert stream is not None
        while data := await stream.read(4096):
            async with self._heard:
                setattr(self, name, getattr(self, name) + data.decode("utf-8", "replace"))
                self._heard.notify_all()
        async with self._heard:
            self._heard.notify_all()


@dataclass(slots=True, kw_only=True)
class Home:
    """A folder with a config and a database, where one policywire lives."""

    folder: Path
    started: list[Process] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.folder / 'policywire.db'}"

    @property
    def config(self) -> Path:
        """The config's folder."""
        return self.folder / "config"

    def set_up(self, toml: str = TOML) -> None:
        """A config in which all bundled feeds are taken out."""
        self.config.mkdir()
        (self.config / "policywire.toml").write_text(toml, encoding="utf-8")
        self.list_feeds()

    def list_feeds(self, *urls: str) -> None:
        """The config names these feeds alone."""
        there = read_opml((bundled("config") / "feeds.opml").read_bytes(), "feeds.opml").feeds
        off = [replace(feed, enabled=False) for feed in there]
        ours = [OpmlFeed(url=url, title="Loopback wire", outlet="Wire") for url in urls]
        (self.config / "feeds.opml").write_bytes(write_opml([*off, *ours]))

    async def order(self, url: str) -> None:
        """The console's channel has this feed, asked each second, and hears all that it says."""
        now = datetime.now(UTC)
        home = Place(platform="console", workspace="console", channel="console")
        chief = Actor(id="operator", may=Who.OPERATOR)
        opening = Openings(sync_feeds=False, prepared=prepared())
        async with open_parts(Settings.load(self.env), SystemClock(), {}, opening) as parts:
            call = Call(services=parts.services, place=home, actor=chief, now=now)
            await parts.registry.run(call, "subscribe", {})
            await parts.registry.run(call, "watch add", {"query": "source:Wire"})
            async with parts.store.write() as conn:
                there = await lookup.workspace_at(conn, "console", "console")
                assert there is not None
                second = timedelta(seconds=1)
                feed = Feed(id=FeedId(0), url=url, title="Wire", outlet="Wire", every=second)
                await feeds.add_for_workspace(conn, there.id, feed, by="operator", now=now)

    @property
    def env(self) -> dict[str, str]:
        """What policywire reads of the environment."""
        return {
            "DATABASE_URL": self.url,
            "POLICYWIRE_CONFIG": str(self.config),
            "POLICYWIRE_ALLOW_NETS": "127.0.0.0/8",
        }

    async def start(self, *arguments: str, **environ: str) -> Process:
        """Run `policywire` with these arguments; `environ` adds to its environment."""
        inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env={
                **inherited,
                "HOME": str(self.folder),
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "COLUMNS": "200",
                **self.env,
                **environ,
            },
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        process = Process(running=running)
        process.listen()
        self.started.append(process)
        return process

    async def run(self, **environ: str) -> Process:
        """`policywire run`, once it says that it runs."""
        process = await self.start("run", **environ)
        await process.until(lambda it: "policywire runs on" in it.err)
        return process

    async def query(self, statement: str, **values: object) -> list[sa.RowMapping]:
        """The rows of an SQL statement, committed where it writes."""
        store = await Store.open(self.url)
        try:
            async with store.write() as conn:
                found = await conn.execute(sa.text(statement), values)
                return list(found.mappings().all()) if found.returns_rows else []
        finally:
            await store.close()

    async def close(self) -> None:
        """End what still runs."""
        for process in self.started:
            await process.end(signal.SIGKILL)
