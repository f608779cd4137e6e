"""The whole program as `run` wires it, on SQLite: only the feeds, the channels and the clock are
the test's own.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.app.parts import Openings, Parts, open_parts
from bot.app.running import Running
from bot.chat.call import Actor, Call, Place, Who
from bot.chat.typed import read_line
from bot.clock import SteppedClock
from bot.model import Feed, FeedId
from bot.pipeline.report import TickReport
from bot.settings import Settings
from tests.support.line import DAY, Item, Source, rss
from tests.support.newsroom import shown as text_of
from tests.support.sending import FakeSender, Shown
from tests.support.values import NOON
from tests.support.wiring import prepared

HOME = Place(platform="console", workspace="home", channel="policy", channel_name="policy")
OTHER = Place(platform="console", workspace="other", channel="news", channel_name="news")
CHIEF = Actor(id="chief", may=Who.OPERATOR)


@dataclass(slots=True, kw_only=True)
class Whole:
    """A running policywire; `poll` and `deliver` are its ticks."""

    parts: Parts
    clock: SteppedClock
    source: Source
    sender: FakeSender

    def publish(self, url: str, *items: Item) -> None:
        """The feed lists these items now, newest first."""
        self.source.documents[url] = rss(items)

    async def say(self, line: str, place: Place = HOME, actor: Actor = CHIEF) -> str:
        """The reply to a typed command, as plain text."""
        call = Call(services=self.parts.services, place=place, actor=actor, now=self.clock.now())
        command, values = read_line(self.parts.registry, line)
        reply = await self.parts.registry.run(call, command.name, values)
        return text_of(reply, self.clock.now())

    async def poll(self, after: timedelta = DAY) -> TickReport:
        """Move on, a day unless told otherwise, and poll what is due."""
        self.clock.advance(after)
        return await Running(self.parts).poll(self.clock.now())

    async def deliver(self) -> None:
        """Post and edit what is due."""
        await self.parts.outbox.run_once()

    def shown(self, place: Place = HOME) -> list[Shown]:
        """The messages that stand in a channel."""
        return self.sender.channels[place.channel]


@asynccontextmanager
async def whole(
    tmp_path: Path, *feeds: str, toml: str = "", environ: Mapping[str, str] | None = None
) -> AsyncIterator[Whole]:
    """Open all parts over these shared feeds; `toml` is the operator's config, `environ` adds to
    the environment.
    """
    config = tmp_path / "config"
    config.mkdir(exist_ok=True)
    (config / "policywire.toml").write_text(toml, encoding="utf-8")
    settings = Settings.load(
        {
            "POLICYWIRE_CONFIG": str(config),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'policywire.db'}",
            **(environ or {}),
        }
    )
    clock, source = SteppedClock(NOON), Source()
    source.documents = {url: rss([]) for url in feeds}
    sender = FakeSender(clock)
    openings = Openings(
        feeds=[Feed(id=FeedId(0), url=url, title=_name(url), outlet=_name(url)) for url in feeds],
        jitter=lambda: 0.5,
        prepared=prepared(),
    )
    async with open_parts(settings, clock, {sender.platform: sender}, openings) as parts:
        poller = replace(parts.poller, fetcher=source, at_once=1)
        yield Whole(parts=replace(parts, poller=poller), clock=clock, source=source, sender=sender)


def _name(url: str) -> str:
    return url.split("/")[2].split(".", maxsplit=1)[0].title()
