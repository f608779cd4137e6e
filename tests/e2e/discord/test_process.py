"""`policywire run` as a process: from a feed to a posted embed, killed and started again."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.discord.home import Home
from tests.support.discord.loopback import LoopbackDiscord, Trouble
from tests.support.feedserver import FeedServer
from tests.support.line import Item, rss
from tests.support.slack.server import LoopbackSlack
from tests.support.slack.workspace import APP_TOKEN, BOT_TOKEN

FIRST = "Pentagon designates Anthropic a supply chain risk over AI red lines"
SECOND = "OpenAI asks Congress to preempt state laws on artificial intelligence"


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
            await home.until("SELECT count(*) FROM feeds WHERE good_at IS NOT NULL", 1)
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
            await home.until("SELECT count(*) FROM deliveries WHERE state = 'sent'", 2)
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
