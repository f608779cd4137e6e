"""`policywire run` as a process: from a feed to a posted embed, killed and started again."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from bot.app.config import configured_feeds
from bot.settings import Settings
from tests.support.discord.loopback import LoopbackDiscord, Trouble
from tests.support.feedserver import FeedServer
from tests.support.line import Item, rss
from tests.support.slack.server import LoopbackSlack
from tests.support.slack.workspace import APP_TOKEN, BOT_TOKEN

ROOT = Path(__file__).parents[3]
FIRST = "Pentagon designates Anthropic a supply chain risk over AI red lines"
SECOND = "OpenAI asks Congress to preempt state laws on artificial intelligence"
RULES = """
[poll]
tick_seconds = 0.1
[fetch]
spacing_seconds = 0
"""


class Home:
    """A folder with config and database, in which the program runs; it polls one feed."""

    def __init__(self, folder: Path, there: LoopbackDiscord, feed: str) -> None:
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
        (folder / "policywire.toml").write_text(RULES, encoding="utf-8")
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


async def _until(home: Home, query: str, wanted: object) -> None:
    async with asyncio.timeout(20):
        while home.value(query) != wanted:  # noqa: ASYNC110 (another process writes it)
            await asyncio.sleep(0.05)


def item(title: str, guid: str) -> Item:
    return Item(title=title, text=f"{title}, officials said.", guid=guid, at=datetime.now(UTC))


async def test_from_a_feed_to_an_embed_through_a_kill(
    there: LoopbackDiscord, tmp_path: Path
) -> None:
    here = there.channel()
    async with FeedServer() as server:
        old = Item(title="White House weighs AI order", guid="0", at=datetime.now(UTC))
        home = Home(tmp_path, there, server.put("/npr", rss([old])))
        async with home.running() as process:
            await there.until(lambda: there.sessions, seconds=30)
            await _until(home, "SELECT count(*) FROM feeds WHERE good_at IS NOT NULL", 1)
            reply = await there.use(here, "subscribe", to="all")
            assert "Subscribed to all AI policy" in reply["data"]["embeds"][0]["title"]

            server.put("/npr", rss([item(FIRST, "1"), old]))
            home.poll_now()
            await there.until(lambda: there.messages[here], seconds=20)
            assert there.titles(here) == [FIRST]

            # The next is stored, its answer lost; and then the process is gone.
            there.troubles.append(Trouble(stored=True))
            server.put("/npr", rss([item(SECOND, "2"), item(FIRST, "1"), old]))
            home.poll_now()
            await there.until(lambda: len(there.messages[here]) > 1, seconds=20)
            process.kill()
            await process.wait()
        async with home.running() as process:
            await _until(home, "SELECT count(*) FROM deliveries WHERE state = 'sent'", 2)
            assert there.titles(here) == [FIRST, SECOND]
            await there.until(lambda: len(there.sessions) > 1, seconds=30)
            why = there.messages[here][0]["components"][0]["components"][0]["custom_id"]
            answer = await there.press(here, there.messages[here][0], why)
            assert FIRST in answer["data"]["embeds"][0]["title"]
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 20) == 0
    assert "Traceback" not in home.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "environment", [pytest.param({"DISCORD_TOKEN": "another"}, id="sole-platform")]
)
async def test_a_refused_token_ends_the_only_platform(
    there: LoopbackDiscord, tmp_path: Path, environment: dict[str, str]
) -> None:
    async with FeedServer() as server:
        home = Home(tmp_path, there, server.put("/npr", rss([])))
        async with home.running(**environment) as process:
            assert await asyncio.wait_for(process.wait(), 30) == 1
    said = home.log.read_text(encoding="utf-8")
    assert "Discord refused the token in DISCORD_TOKEN" in said
    assert "Traceback" not in said


async def test_a_refused_token_leaves_another_platform_running(
    there: LoopbackDiscord, tmp_path: Path
) -> None:
    async with FeedServer() as server, LoopbackSlack().open() as slack:
        home = Home(tmp_path, there, server.put("/npr", rss([])))
        environment = {
            "DISCORD_TOKEN": "another",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": slack.api_url,
        }
        async with home.running(**environment) as process:
            await slack.until(lambda: slack.links)
            async with asyncio.timeout(20):
                while "platform_refused" not in home.log.read_text(encoding="utf-8"):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            assert process.returncode is None
            assert slack.links
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 20) == 0
    said = home.log.read_text(encoding="utf-8")
    assert "Discord refused the token in DISCORD_TOKEN" in said
    assert "Traceback" not in said
