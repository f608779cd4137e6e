"""`policywire run` as a process whose alerts go to a Discord on loopback."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

from bot.app.config import configured_feeds
from bot.settings import Settings
from tests.support.discord.loopback import LoopbackDiscord

ROOT = Path(__file__).parents[3]
RULES = """
[poll]
tick_seconds = 0.1
[fetch]
spacing_seconds = 0
"""


class Home:
    """A folder with config and database, in which the program runs; it polls one feed."""

    def __init__(
        self, folder: Path, there: LoopbackDiscord, feed: str, *, toml: str = RULES
    ) -> None:
        self.database = folder / "policywire.db"
        self.log = folder / "log.txt"
        self._folder = folder
        others = "".join(
            f'<outline type="rss" text="x" xmlUrl={quoteattr(f.url)} policywireEnabled="false"/>'
            for f in configured_feeds(Settings.load({}))
        )
        ours = f'<outline type="rss" text="NPR" xmlUrl={quoteattr(feed)}/>'
        opml = f'<opml version="2.0"><head/><body>{others}{ours}</body></opml>'
        (folder / "feeds.opml").write_text(opml, encoding="utf-8")
        (folder / "policywire.toml").write_text(toml, encoding="utf-8")
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "DISCORD_TOKEN": there.token,
            "DISCORD_API_URL": there.url,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "POLICYWIRE_CONFIG": str(folder),
            "POLICYWIRE_ALLOW_NETS": "127.0.0.0/8",
        }

    @asynccontextmanager
    async def running(self, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """The program; killed at the end where it still runs."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self._folder,
                env={**self._environment, **environment},
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    def poll_now(self) -> None:
        """The feed is due."""
        with sqlite3.connect(self.database, timeout=10) as conn:
            now = int(datetime.now(UTC).timestamp() * 1_000_000)
            conn.execute("UPDATE feeds SET next_poll_at = ?", (now,))

    def value(self, query: str) -> object:
        """One value from the database."""
        with sqlite3.connect(self.database, timeout=10) as conn:
            return conn.execute(query).fetchone()[0]

    async def until(self, query: str, wanted: object) -> None:
        """Wait until the database gives this value."""
        async with asyncio.timeout(20):
            while self.value(query) != wanted:  # noqa: ASYNC110 (another process writes it)
                await asyncio.sleep(0.05)
