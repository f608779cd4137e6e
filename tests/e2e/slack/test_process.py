"""`policywire run` as its own process, from a feed to a Slack on loopback; killed, restarted."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.support.discord.loopback import loopback
from tests.support.feedserver import FeedServer
from tests.support.line import rss
from tests.support.process import Process
from tests.support.slack.blocks import shown
from tests.support.slack.home import SlackHome, news
from tests.support.slack.member import Member
from tests.support.slack.server import LoopbackSlack, Trouble
from tests.support.slack.workspace import BOT_TOKEN

TITLES = (
    "Bakeli mostotri velzanu praba kestomo",
    "Nuprali sanketri mobavel stozana likenu",
    "Trimolo vezapra kubasti nolimeke zantriba",
    "Pravelo dustoke minaltri bozalinu kestiva",
    "Stozumi larekova tripanel bekosavi nudralo",
)
"""Events of which no two share a word."""


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack().open() as made:
        yield made


@pytest.fixture
async def home(tmp_path: Path, slack: LoopbackSlack) -> AsyncIterator[SlackHome]:
    made = SlackHome(folder=tmp_path, slack=slack)
    made.set_up()
    yield made
    await made.close()


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


async def begin(home: SlackHome, server: FeedServer) -> Process:
    """A running policywire whose first poll is past."""
    await home.order(server.put("/feed", rss([news("Volcano closes airports in Iceland")])))
    process = await home.run()
    await server.asked(more=2)
    return process


async def test_from_feed_to_message_killed_between_post_and_mark_and_said_once(
    home: SlackHome, server: FeedServer, slack: LoopbackSlack
) -> None:
    process = await begin(home, server)
    server.put("/feed", rss([news(TITLES[0])]))
    await slack.until(slack.said)
    [message] = slack.said()
    assert TITLES[0] in message["text"]
    why = message["blocks"][-1]["elements"][0]
    reply = await Member(slack=slack).press(why["action_id"], why["value"])
    # “Why”, or “Matched” where the press comes before the post is marked.
    assert ": source:wire" in await reply.said()
    never = asyncio.Event()
    slack.trouble("chat.postMessage", Trouble(stores=True, until_after=never))
    server.put("/feed", rss([news(TITLES[1]), news(TITLES[0])]))
    await slack.until(lambda: len(slack.said()) == 2)
    await process.end(signal.SIGKILL)
    never.set()
    process = await home.run()
    await slack.until(lambda: slack.called("conversations.history"))
    server.put("/feed", rss([news(title) for title in TITLES[:3]]))
    await slack.until(lambda: len(slack.said()) == 3)
    told = [[title in shown(one["blocks"]) for title in TITLES[:3]] for one in slack.said()]
    assert told == [[True, False, False], [False, True, False], [False, False, True]]
    assert await process.end(signal.SIGTERM) == 0
    assert "Traceback" not in process.err
    assert {row["state"] for row in await home.query("SELECT state FROM deliveries")} == {"sent"}


async def test_the_only_platforms_refused_token_ends_it_and_is_named(
    home: SlackHome, slack: LoopbackSlack
) -> None:
    slack.teams = {"xoxb-another": slack.home}
    process = await home.start("run")
    assert await process.wait() == 1
    assert "SLACK_BOT_TOKEN" in process.err
    assert BOT_TOKEN not in process.err


async def test_an_outage_of_slack_does_not_hold_up_the_end(
    home: SlackHome, slack: LoopbackSlack
) -> None:
    slack.trouble("auth.test", *[Trouble(status=503)] * 50)
    process = await home.run()
    await process.until(lambda it: "task_failed" in it.err)
    assert await process.end(signal.SIGTERM) == 0


async def test_both_platforms_in_one_process_with_slack_over_http(
    tmp_path: Path, server: FeedServer, slack: LoopbackSlack
) -> None:
    async with loopback() as discord:
        room = discord.channel()
        tokens = {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.url}
        home = SlackHome(folder=tmp_path, slack=slack, mode="http", more=tokens)
        home.set_up()
        try:
            await begin(home, server)
            await discord.until(lambda: discord.sessions, seconds=30)
            member = Member(slack=slack)
            assert "Watching" in await (await member.type("watch add volcano")).said()
            await discord.use(room, "watch add", query="source:Wire")
            # The first message's answer is lost, and then the process is gone.
            slack.trouble("chat.postMessage", Trouble(stores=True, until_after=asyncio.Event()))
            server.put("/feed", rss([news(TITLES[0])]))
            await slack.until(slack.said)
            await home.started[-1].end(signal.SIGKILL)
            process = await home.run()
            await slack.until(lambda: slack.called("conversations.history"))
            server.put("/feed", rss([news(TITLES[1]), news(TITLES[0])]))
            await slack.until(lambda: len(slack.said()) == 2)
            assert [one["text"].splitlines()[0] for one in slack.said()] == list(TITLES[:2])
            assert "Status" in await (await member.type("status")).said()
            assert (await page(slack, "/healthz"))[0] == 200
            status, text = await page(slack, "/metrics")
            assert (status, "policywire_deliveries_total" in text) == (200, True)
            assert await process.end(signal.SIGTERM) == 0
            assert "Traceback" not in process.err
        finally:
            await home.close()


async def page(slack: LoopbackSlack, path: str) -> tuple[int, str]:
    """A page of policywire's web server."""
    async with aiohttp.ClientSession() as session, session.get(slack.web_url + path) as answer:
        return answer.status, await answer.text()
