"""A newsroom in a Slack workspace on loopback, with the whole app answering."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot.app.slack import Teams
from bot.chat.commands import build
from bot.chat.slack.people import Rights
from bot.chat.slack.platform import Keeper, SlackPlatform, SlackSettings
from bot.clock import SteppedClock
from bot.store.database import Store
from tests.support.newsroom import NOON
from tests.support.office import Office
from tests.support.slack.member import Member
from tests.support.slack.server import LoopbackSlack
from tests.support.slack.workspace import APP_TOKEN, BOT_TOKEN

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
    chief: Member
    admin: Member
    anyone: Member


@pytest.fixture
async def team(filled: Path, tmp_path: Path) -> AsyncIterator[Team]:
    store = await Store.open(f"sqlite:///{shutil.copy(filled, tmp_path)}")
    office = Office(store, NOON)
    office.pass_time(hours=20)
    clock = SteppedClock(office.now)
    async with LoopbackSlack().open() as slack:
        settings = SlackSettings(
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            api_url=slack.api_url,
            rights=Rights(operators={"slack:T0HOME/U0OPER"}),
        )
        stop = asyncio.Event()
        async with SlackPlatform.open(settings, clock) as platform, asyncio.TaskGroup() as group:
            teams, gone = Teams(store, clock), asyncio.Event()

            async def removed(name: str) -> None:
                await teams.removed(name)
                gone.set()

            keeper = Keeper(removed=removed, returned=teams.returned)
            group.create_task(platform.serve(build(), office.services(), keeper).run(stop))
            yield Team(
                slack=slack,
                office=office,
                platform=platform,
                teams=teams,
                clock=clock,
                stop=stop,
                gone=gone,
                chief=Member(slack=slack),
                admin=Member(slack=slack, id="U0ADMIN"),
                anyone=Member(slack=slack, id="U0ANY"),
            )
            stop.set()
        await store.close()
        assert not [one for one in slack.refused if one.split(":")[0] in OUR_BUGS]


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
