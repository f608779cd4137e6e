"""policywire as a process of its own whose alerts go to a Slack on loopback."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.app.parts import Openings, open_parts
from bot.chat.call import Actor, Place, Who
from bot.clock import SystemClock
from bot.model import Feed, FeedId
from bot.settings import Settings
from bot.store import feeds, lookup
from tests.support.line import Item
from tests.support.process import Home, Process
from tests.support.slack.server import LoopbackSlack
from tests.support.slack.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TEAM
from tests.support.wiring import prepared

PLACE = Place(platform="slack", workspace=TEAM, channel="C0NEWS", channel_name="news")
CHIEF = Actor(id="U0CHIEF", may=Who.CHANNEL_MANAGER)
SECOND = timedelta(seconds=1)
_LISTENS = re.compile(r"web server listens on \S+, port (\d+)")


@dataclass(slots=True, kw_only=True)
class SlackHome(Home):
    """`mode` is how Slack's requests come: by `socket` or over `http`."""

    slack: LoopbackSlack
    mode: str = "socket"
    more: Mapping[str, str] = field(default_factory=dict)
    """Further environment, such as another platform's."""

    @property
    def env(self) -> dict[str, str]:
        """What policywire reads of the environment."""
        way_in = (
            {"SLACK_APP_TOKEN": APP_TOKEN}
            if self.mode == "socket"
            else {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "PORT": "0"}
        )
        return {
            **Home.env.fget(self),  # type: ignore[attr-defined]
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": self.slack.api_url,
            **way_in,
            **self.more,
        }

    async def run(self, **environ: str) -> Process:
        """`policywire run`, once it says that it runs; over HTTP, Slack then knows where."""
        process = await Home.run(self, **environ)
        if self.mode == "http":
            found = _LISTENS.search(process.err)
            assert found is not None
            self.slack.web_url, self.slack.over_http = f"http://127.0.0.1:{found[1]}", True
        return process

    async def order(
        self, *urls: str, every: timedelta = SECOND, channels: Sequence[str] = (PLACE.channel,)
    ) -> None:
        """The channels hear all that these feeds say, which are asked so often."""
        now = datetime.now(UTC)
        opening = Openings(sync_feeds=False, prepared=prepared())
        async with open_parts(Settings.load(self.env), SystemClock(), {}, opening) as parts:
            for channel in channels:
                place = replace(PLACE, channel=channel, channel_name=channel.lower())
                await parts.services.watches.add(place, CHIEF, "source:Wire", now=now)
            async with parts.store.write() as conn:
                there = await lookup.workspace_at(conn, PLACE.platform, TEAM)
                assert there is not None
                for url in urls:
                    feed = Feed(id=FeedId(0), url=url, title="Wire", outlet="Wire", every=every)
                    await feeds.add_for_workspace(conn, there.id, feed, by=CHIEF.id, now=now)


def news(title: str) -> Item:
    """An entry of a minute ago."""
    slug = title.lower().replace(" ", "-")
    at = datetime.now(UTC) - timedelta(minutes=1)
    return Item(title=title, guid=slug, link=f"https://wire.example/{slug}", at=at)
