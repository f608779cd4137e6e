"""Socket Mode on loopback: links renewed, lost and refused; the app taken away."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.app.slack import Teams, slack_settings
from bot.chat.commands import build
from bot.chat.slack import PLATFORM
from bot.chat.slack.platform import Keeper, SlackPlatform, SlackSettings
from bot.clock import SystemClock
from bot.errors import ConfigError, PlatformRefused
from bot.settings import Settings
from bot.store import lookup
from tests.e2e.slack.conftest import Team
from tests.support.slack.server import LoopbackSlack, Trouble
from tests.support.slack.workspace import APP_TOKEN, BOT_TOKEN

SOCKET = pytest.mark.parametrize("mode", ["socket"], indirect=True)


@SOCKET
async def test_two_links_listen(team: Team) -> None:
    await team.slack.until(lambda: len(team.slack.links) == 2)


@SOCKET
@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_link_that_is_to_be_renewed_is(team: Team, reason: str) -> None:
    await team.slack.until(lambda: len(team.slack.links) == 2)
    old = team.slack.links[0]
    await old.send_json({"type": "disconnect", "reason": reason})
    await team.slack.until(lambda: old.closed and len(team.slack.links) == 2)
    assert "Status" in await (await team.anyone.type("status")).said()


@SOCKET
async def test_a_link_that_drops_leaves_the_other(team: Team) -> None:
    await team.slack.until(lambda: len(team.slack.links) == 2)
    reply = await team.chief.type("subscribe anthropic")
    await reply.messages()
    await team.slack.links[-1].close()
    await team.slack.until(lambda: any(not link.closed for link in team.slack.links))
    await team.chief.again(reply)
    assert "Status" in await (await team.anyone.type("status")).said()
    assert len(team.slack.responses[reply.address]) == 1


@SOCKET
async def test_what_was_acknowledged_is_answered_before_the_end(team: Team) -> None:
    late = asyncio.Event()
    team.slack.trouble("users.info", Trouble(stores=True, until=late))
    reply = await team.anyone.type("status")
    await team.slack.until(lambda: not team.slack.troubles["users.info"])
    team.stop.set()
    await team.slack.until(lambda: not team.slack.links)
    late.set()
    assert "Status" in await reply.said()


async def test_a_request_is_acknowledged_before_any_work_is_done(team: Team) -> None:
    late = asyncio.Event()
    team.slack.trouble("users.info", Trouble(stores=True, until=late))
    reply = await team.anyone.type("status")
    assert reply.envelope in team.slack.acks
    assert not team.slack.responses[reply.address]
    late.set()
    assert "Status" in await reply.said()


async def nobody(team: str) -> None:
    raise AssertionError(team)


async def run(slack: LoopbackSlack, **tokens: str) -> None:
    """The platform until it ends by itself."""
    settings = SlackSettings(
        bot_token=tokens.get("bot_token", BOT_TOKEN),
        app_token=tokens.get("app_token", APP_TOKEN),
        api_url=slack.api_url,
    )
    async with SlackPlatform.open(settings, SystemClock()) as platform, asyncio.timeout(15):
        keeper = Keeper(removed=nobody, returned=nobody)
        services: Any = None
        await platform.serve(build(), services, keeper).run(asyncio.Event())


async def test_link_disabled_ends_it_and_says_what_to_do() -> None:
    async with LoopbackSlack().open() as slack, asyncio.TaskGroup() as group:
        ended = group.create_task(_ends(slack))
        await slack.until(lambda: len(slack.links) == 2)
        await slack.links[0].send_json({"type": "disconnect", "reason": "link_disabled"})
        assert "Socket Mode is switched off" in await ended


async def _ends(slack: LoopbackSlack, **tokens: str) -> str:
    with pytest.raises(PlatformRefused) as raised:
        await run(slack, **tokens)
    return str(raised.value)


@pytest.mark.parametrize(
    ("tokens", "setting"),
    [
        pytest.param({"bot_token": "xoxb-old"}, "SLACK_BOT_TOKEN", id="bot"),
        pytest.param({"app_token": "xapp-old"}, "SLACK_APP_TOKEN", id="app"),
    ],
)
async def test_a_refused_token_names_its_setting(tokens: dict[str, str], setting: str) -> None:
    async with LoopbackSlack().open() as slack:
        assert setting in await _ends(slack, **tokens)


async def test_an_outage_while_connecting_is_no_end() -> None:
    async with LoopbackSlack().open() as slack:
        slack.trouble("apps.connections.open", Trouble(word="ratelimited", retry_after="0"))
        task = asyncio.ensure_future(run(slack))
        await slack.until(lambda: len(slack.links) == 2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def paused_for(team: Team) -> str | None:
    async with team.office.store.read() as conn:
        workspace = await lookup.workspace_at(conn, PLATFORM, "T0HOME")
    return workspace.paused_reason if workspace is not None else None


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({"type": "app_uninstalled"}, id="uninstalled"),
        pytest.param({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, id="revoked"),
    ],
)
async def test_a_workspace_that_takes_the_app_away_is_paused_then_forgotten(
    team: Team, event: dict[str, object]
) -> None:
    await (await team.chief.type("subscribe anthropic")).messages()
    team.slack.trouble("auth.test", *[Trouble(word="account_inactive")] * 9)
    await team.chief.event(event)
    async with asyncio.timeout(15):
        await team.gone.wait()
    assert "SLACK_BOT_TOKEN" in (await paused_for(team) or "")
    team.clock.advance(timedelta(days=29))
    assert await Teams(team.office.store, team.clock).forget() == 0
    team.clock.advance(timedelta(days=2))
    assert await Teams(team.office.store, team.clock).forget() == 1


BOT, APP, SIGNING = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
ID, SECRET = "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        pytest.param({BOT}, "SLACK_APP_TOKEN .*SLACK_SIGNING_SECRET", id="no-way-in"),
        pytest.param({APP}, "SLACK_BOT_TOKEN .*SLACK_CLIENT_ID", id="nobody-served"),
        pytest.param({APP, ID}, "SLACK_CLIENT_SECRET is missing", id="half-a-pair"),
        pytest.param({APP, SECRET}, "SLACK_CLIENT_ID is missing", id="other-half"),
        pytest.param({BOT, APP, ID, SECRET}, "unset one of them", id="one-and-many"),
        pytest.param({ID, SECRET}, "SLACK_APP_TOKEN .*SLACK_SIGNING_SECRET", id="many-no-way-in"),
    ],
)
def test_what_is_missing_is_named(names: set[str], problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        slack_settings(Settings.load(dict.fromkeys(names, "x")))


@pytest.mark.parametrize(
    ("names", "needs_web"),
    [
        pytest.param({BOT, APP}, False, id="socket"),
        pytest.param({BOT, APP, SIGNING}, False, id="socket-first"),
        pytest.param({BOT, SIGNING}, True, id="http"),
        pytest.param({ID, SECRET, APP}, True, id="many-by-socket"),
        pytest.param({ID, SECRET, SIGNING}, True, id="many-by-http"),
    ],
)
def test_each_way_in_is_known_by_its_settings(names: set[str], needs_web: bool) -> None:
    settings = slack_settings(Settings.load(dict.fromkeys(names, "x")))
    assert settings.needs_web is needs_web
