"""A newsroom in a Slack workspace on loopback, with the whole app answering."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot.app.slack import Teams
from bot.chat.commands import build
from bot.chat.slack.people import Rights
from bot.chat.slack.platform import Keeper, SlackPlatform, SlackService, SlackSettings
from bot.clock import SteppedClock
from bot.store.database import Store
from bot.web.server import serving
from tests.support.newsroom import NOON
from tests.support.office import Office
from tests.support.slack.member import Member
from tests.support.slack.server import LoopbackSlack
from tests.support.slack.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

OUR_BUGS = {
    "invalid_arguments",
    "invalid_blocks",
    "invalid_payload",
    "msg_too_long",
    "msg_blocks_too_long",
    "test_unfurls",
    "unknown_method",
    "used_url",
}
"""Slack's words for what a right program never sends."""


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[structlog.typing.EventDict]]:
    with structlog.testing.capture_logs() as captured:
        yield captured


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with three articles in two stories; made once, then copied."""
    file = tmp_path_factory.mktemp("team") / "team.db"
    asyncio.run(_fill(file))
    return file


@dataclass(slots=True, kw_only=True)
class Team:
    """The workspace with its people; `chief` made its channel, `admin` is an admin."""

    slack: LoopbackSlack
    office: Office
    platform: SlackPlatform
    teams: Teams
    clock: SteppedClock
    stop: asyncio.Event
    gone: asyncio.Event
    """Set once the app was taken away, and that is noted."""
    ended: asyncio.Event
    """Set once it answers nobody any more."""
    chief: Member
    admin: Member
    anyone: Member


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> str:
    """How Slack's requests come."""
    return str(request.param)


@pytest.fixture
async def team(filled: Path, tmp_path: Path, mode: str) -> AsyncIterator[Team]:
    store = await Store.open(f"sqlite:///{shutil.copy(filled, tmp_path)}")
    office = Office(store, NOON)
    office.pass_time(hours=20)
    clock = SteppedClock(office.now)
    slack = LoopbackSlack(lambda: clock.now().timestamp())
    stop, teams, gone = asyncio.Event(), Teams(store, clock), asyncio.Event()

    async def removed(name: str) -> None:
        await teams.removed(name)
        gone.set()

    async with slack.open(), SlackPlatform.open(settings_of(slack, mode), clock) as platform:
        keeper = Keeper(removed=removed, returned=teams.returned)
        service = platform.serve(build(), office.services(), keeper)
        async with reached(slack, service), asyncio.TaskGroup() as group:
            ended = asyncio.Event()
            group.create_task(service.run(stop)).add_done_callback(lambda _: ended.set())
            yield Team(
                slack=slack,
                office=office,
                platform=platform,
                teams=teams,
                clock=clock,
                stop=stop,
                gone=gone,
                ended=ended,
                chief=Member(slack=slack),
                admin=Member(slack=slack, id="U0ADMIN"),
                anyone=Member(slack=slack, id="U0ANY"),
            )
            stop.set()
    await store.close()
    assert not [one for one in slack.refused if one.split(":")[0] in OUR_BUGS]


def settings_of(slack: LoopbackSlack, mode: str) -> SlackSettings:
    """One workspace by its token, in this mode."""
    return SlackSettings(
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN if mode == "socket" else None,
        signing_secret=SIGNING_SECRET,
        api_url=slack.api_url,
        rights=Rights(operators={"slack:T0HOME/U0OPER"}),
    )


@asynccontextmanager
async def reached(slack: LoopbackSlack, service: SlackService) -> AsyncIterator[None]:
    """Slack's requests find their way to the service, over HTTP where it has pages."""
    if not service.routes:
        yield
        return
    async with serving(service.routes, host="127.0.0.1", port=0) as (host, port):
        slack.web_url, slack.over_http = f"http://{host}:{port}", service.door is not None
        yield


async def _fill(file: Path) -> None:
    store = await Store.open(f"sqlite:///{file}")
    made = Office(store, NOON)
    case = await made.publish(
        "Judge weighs injunction in Anthropic case",
        about=["anthropic"],
        relevance=0.8,
        text="The company asked for an injunction on Monday. The agency said nothing.",
    )
    await made.publish(
        "Anthropic: appeals court takes the injunction",
        outlet="Ledger",
        about=["anthropic"],
        story=case,
    )
    await store.close()
