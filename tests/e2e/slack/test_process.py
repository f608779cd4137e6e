"""`policywire run` as its own process, from a feed to a Slack on loopback; killed, restarted."""

import asyncio
import signal
import statistics
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.parts import open_parts
from bot.chat.call import Place
from bot.clock import SystemClock
from bot.model import Feed, FeedId
from bot.services.asking import Actor, Who
from bot.settings import Settings
from bot.store import feeds, here
from tests.support.feedserver import FeedServer
from tests.support.line import Item, rss
from tests.support.process import Home, Process
from tests.support.slack.blocks import shown
from tests.support.slack.member import Member
from tests.support.slack.server import LoopbackSlack, Trouble
from tests.support.slack.workspace import APP_TOKEN, BOT_TOKEN, TEAM

PLACE = Place(platform="slack", workspace=TEAM, channel="C0NEWS", channel_name="news")
CHIEF = Actor(id="U0CHIEF", may=Who.CHANNEL_MANAGER)
TITLES = (
    "Bakeli mostotri velzanu praba kestomo",
    "Nuprali sanketri mobavel stozana likenu",
    "Trimolo vezapra kubasti nolimeke zantriba",
    "Pravelo dustoke minaltri bozalinu kestiva",
    "Stozumi larekova tripanel bekosavi nudralo",
)
"""Events of which no two share a word."""


@dataclass(slots=True, kw_only=True)
class SlackHome(Home):
    """A policywire whose alerts go to this Slack."""

    slack: LoopbackSlack

    @property
    def env(self) -> dict[str, str]:
        return {
            **Home.env.fget(self),  # type: ignore[attr-defined]
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": self.slack.api_url,
        }

    async def order(self, url: str) -> None:
        """The channel hears all that this feed says, which is asked each second."""
        now = datetime.now(UTC)
        async with open_parts(Settings.load(self.env), SystemClock(), {}) as parts:
            await parts.services.watches.add(PLACE, CHIEF, "source:Wire", now=now)
            async with parts.store.write() as conn:
                there = await here.workspace_at(conn, "slack", TEAM)
                assert there is not None
                second = timedelta(seconds=1)
                feed = Feed(id=FeedId(0), url=url, title="Wire", outlet="Wire", every=second)
                await feeds.add_for_workspace(conn, there.id, feed, by="U0CHIEF", now=now)


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


def news(title: str) -> Item:
    slug = title.lower().replace(" ", "-")
    at = datetime.now(UTC) - timedelta(minutes=1)
    return Item(title=title, guid=slug, link=f"https://wire.example/{slug}", at=at)


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
    assert "Why: source:wire" in await reply.said()
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


@pytest.mark.slow
async def test_how_soon_a_message_stands(
    home: SlackHome, server: FeedServer, slack: LoopbackSlack
) -> None:
    process = await begin(home, server)
    took = []
    items: list[Item] = []
    for count, title in enumerate(TITLES, start=1):
        items.insert(0, news(title))
        asked = time.monotonic()
        server.put("/feed", rss(items))
        await server.asked()
        due = time.monotonic()
        await slack.until(lambda count=count: len(slack.said()) == count)  # type: ignore[misc]
        took.append(time.monotonic() - due)
        assert due - asked < 5
    print(f"asked to message: median {statistics.median(took):.2f} s, most {max(took):.2f} s")  # noqa: T201
    assert statistics.median(took) < 1
    assert await process.end(signal.SIGTERM) == 0
