"""Many workspaces, which install by OAuth on loopback; nothing of one is reached from another."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import sqlalchemy as sa
import structlog

from bot.app.installs import StoredInstalls
from bot.app.slack import Teams
from bot.chat.commands import build
from bot.chat.slack import PLATFORM
from bot.chat.slack.install import SCOPES, Credentials
from bot.chat.slack.platform import Keeper, SlackPlatform, SlackSettings
from bot.errors import WorkspaceUnavailable
from bot.message import Message
from bot.model import Destination, DestinationId, WorkspaceId
from bot.store import lookup
from bot.store.database import Store
from bot.store.tables import installations, installed_bots
from tests.e2e.slack.conftest import reached
from tests.support.eager import Eager
from tests.support.newsroom import NOON
from tests.support.office import Office
from tests.support.slack.blocks import shown
from tests.support.slack.member import Member
from tests.support.slack.server import LoopbackSlack, Trouble
from tests.support.slack.workspace import (
    APP_TOKEN,
    BOT_USER,
    CLIENT_ID,
    CLIENT_SECRET,
    SIGNING_SECRET,
    Workspace,
)


@dataclass(slots=True, kw_only=True)
class Estate:
    """An app that any workspace may install."""

    slack: LoopbackSlack
    office: Office
    platform: SlackPlatform
    installs: StoredInstalls
    teams: Teams
    clock: Eager
    gone: asyncio.Event
    codes: int = 0
    browser: dict[str, str] = field(default_factory=dict)

    async def page(self, path: str, **cookies: str) -> tuple[int, str, dict[str, str]]:
        """A page of the web server: its status, text and headers."""
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        async with (
            aiohttp.ClientSession() as session,
            session.get(
                self.slack.web_url + path, headers={"Cookie": cookie}, allow_redirects=False
            ) as answer,
        ):
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, await answer.text(), headers

    async def begin(self) -> str:
        """Open the install page; the state that Slack would carry back, its cookie kept."""
        status, _, headers = await self.page("/slack/install")
        assert status == 302
        name, _, value = headers["set-cookie"].partition(";")[0].partition("=")
        self.browser = {name: value}
        query = parse_qs(urlsplit(headers["location"]).query)
        assert query["client_id"] == [CLIENT_ID]
        assert query["scope"] == [",".join(SCOPES)]
        assert CLIENT_SECRET not in headers["location"]
        return query["state"][0]

    async def install(self, team: str, name: str, token: str) -> Member:
        """A workspace installs the app; its admin."""
        self.codes += 1
        code = f"code-{self.codes}"
        workspace = Workspace(team, name)
        workspace.channels["C0NEWS"].members.add(BOT_USER)
        self.slack.codes[code] = (token, workspace)
        path = f"/slack/oauth_redirect?code={code}&state={await self.begin()}"
        status, text, _ = await self.page(path, **self.browser)
        assert (status, f"policywire is in {name}." in text) == (200, True)
        return Member(slack=self.slack, id="U0ADMIN", team=team)

    async def rows(self) -> int:
        """How many rows of installs there are."""
        async with self.office.store.read() as conn:
            counts = [
                await conn.scalar(sa.select(sa.func.count()).select_from(table))
                for table in (installations, installed_bots)
            ]
        return sum(int(count or 0) for count in counts)

    async def paused(self, team: str) -> str | None:
        """Why the workspace is paused."""
        async with self.office.store.read() as conn:
            workspace = await lookup.workspace_at(conn, PLATFORM, team)
        return workspace.paused_reason if workspace is not None else None


@pytest.fixture
async def estate(filled: Path, tmp_path: Path, mode: str) -> AsyncIterator[Estate]:
    store = await Store.open(f"sqlite:///{tmp_path / 'many.db'}")
    office = Office(store, NOON)
    clock = Eager(office.now)
    slack = LoopbackSlack(lambda: clock.now().timestamp())
    slack.teams.clear()
    stop, gone = asyncio.Event(), asyncio.Event()
    installs = StoredInstalls(CLIENT_ID)
    installs.open(store)
    teams = Teams(store, clock, installs)

    async def removed(name: str) -> None:
        await teams.removed(name)
        gone.set()

    async with slack.open():
        settings = SlackSettings(
            credentials=Credentials(client_id=CLIENT_ID, client_secret=CLIENT_SECRET),
            app_token=APP_TOKEN if mode == "socket" else None,
            signing_secret=SIGNING_SECRET,
            api_url=slack.api_url,
        )
        async with SlackPlatform.open(settings, clock, installs) as platform:
            keeper = Keeper(removed=removed, returned=teams.returned)
            service = platform.serve(build(), office.services(), keeper)
            async with reached(slack, service), asyncio.TaskGroup() as group:
                group.create_task(service.run(stop))
                yield Estate(
                    slack=slack,
                    office=office,
                    platform=platform,
                    installs=installs,
                    teams=teams,
                    clock=clock,
                    gone=gone,
                )
                stop.set()
    await store.close()


def place(team: str) -> Destination:
    return Destination(
        id=DestinationId(1),
        workspace=WorkspaceId(1),
        platform=PLATFORM,
        channel="C0NEWS",
        workspace_external=team,
    )


async def test_two_workspaces_install_and_know_nothing_of_each_other(
    estate: Estate, logs: list[structlog.typing.EventDict]
) -> None:
    first = await estate.install("T1", "First", "xoxb-first")
    second = await estate.install("T2", "Second", "xoxb-second")
    assert "Subscribed to Anthropic" in await (await first.type("subscribe anthropic")).said()
    assert "Subscribed to OpenAI" in await (await second.type("subscribe openai")).said()
    await (await first.type("watch add injunction name:Ours")).messages()
    listed = await (await second.type("subscriptions")).said()
    assert ("OpenAI" in listed, "Anthropic" in listed) == (True, False)
    assert "Ours" not in await (await second.type("watch list")).said()
    settings = await (await second.type("settings")).said()
    assert "Anthropic" not in settings
    await second.event({"type": "app_home_opened", "user": second.id, "tab": "home"})
    assert "Ours" not in shown((await second.home("OpenAI"))["blocks"])
    said = repr(logs)
    assert "xoxb-" not in said
    assert CLIENT_SECRET not in said


async def test_each_workspace_is_posted_to_with_its_own_token(estate: Estate) -> None:
    await estate.install("T1", "First", "xoxb-first")
    await estate.install("T2", "Second", "xoxb-second")
    sender = estate.platform.sender
    for team in ("T1", "T2"):
        story = Message(title=f"For {team}")
        posted = await sender.post(place(team), story, key="k", nonce=team, reply_to=None)
        assert [one["text"] for one in estate.slack.said(team=team)] == [f"For {team}"]
        name = {"T1": "first", "T2": "second"}[team]
        assert (sender.link(place(team), posted.ref) or "").startswith(f"https://{name}.slack.test")
    with pytest.raises(WorkspaceUnavailable, match="not_installed"):
        await sender.post(place("T3"), Message(title="x"), key="k", nonce="n", reply_to=None)


async def test_a_refused_token_is_looked_up_anew(estate: Estate) -> None:
    await estate.install("T1", "First", "xoxb-old")
    sender, message = estate.platform.sender, Message(title="x")
    await sender.check(place("T1"))
    workspace = estate.slack.teams.pop("xoxb-old")
    with pytest.raises(WorkspaceUnavailable):
        await sender.post(place("T1"), message, key="k", nonce="n", reply_to=None)
    # Another process took the new token in.
    estate.slack.teams["xoxb-new"] = workspace
    async with estate.office.store.write() as conn:
        await conn.execute(sa.update(installed_bots).values(bot_token="xoxb-new"))
    await sender.post(place("T1"), message, key="k", nonce="n", reply_to=None)
    assert len(estate.slack.said(team="T1")) == 1


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({"type": "app_uninstalled"}, id="uninstalled"),
        pytest.param({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}, id="revoked"),
    ],
)
async def test_a_workspace_that_leaves_stops_and_is_forgotten_and_no_other(
    estate: Estate, event: dict[str, object]
) -> None:
    first = await estate.install("T1", "First", "xoxb-first")
    second = await estate.install("T2", "Second", "xoxb-second")
    for member in (first, second):
        await (await member.type("subscribe anthropic")).messages()
    await first.event(event)
    async with asyncio.timeout(15):
        await estate.gone.wait()
    assert await estate.paused("T1") is not None
    assert await estate.paused("T2") is None
    assert await estate.installs.teams() == ["T2"]
    [refused] = await (await first.type("latest")).messages()
    assert refused["text"] == "policywire is not installed in your workspace."
    assert "Anthropic" in await (await second.type("subscriptions")).said()
    estate.clock.advance(timedelta(days=31))
    assert await estate.teams.forget() == 1
    async with estate.office.store.read() as conn:
        assert await lookup.workspace_at(conn, PLATFORM, "T1") is None
        assert await lookup.workspace_at(conn, PLATFORM, "T2") is not None


async def test_a_workspace_that_comes_back_goes_on(estate: Estate) -> None:
    first = await estate.install("T1", "First", "xoxb-first")
    await (await first.type("subscribe anthropic")).messages()
    await first.event({"type": "app_uninstalled"})
    async with asyncio.timeout(15):
        await estate.gone.wait()
    again = await estate.install("T1", "First", "xoxb-again")
    assert await estate.paused("T1") is None
    assert "Anthropic" in await (await again.type("subscriptions")).said()


async def test_what_is_revoked_for_a_person_pauses_nothing(estate: Estate) -> None:
    first = await estate.install("T1", "First", "xoxb-first")
    await first.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0ADMIN"]}})
    assert "Status" in await (await first.type("status")).said()


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        pytest.param("code=code-9&state=forged", 400, "Begin again", id="forged-state"),
        pytest.param("code=code-9", 400, "Begin again", id="no-state"),
        pytest.param("state={state}", 401, "Begin again", id="no-code"),
        pytest.param("code=never&state={state}", 401, "Begin again", id="unknown-code"),
        pytest.param("error=access_denied&state={state}", 200, "declined", id="declined"),
        pytest.param("error=<script>&state={state}", 200, "Begin again", id="hostile-reason"),
    ],
)
async def test_an_attempt_that_is_not_ours_installs_nothing(
    estate: Estate, query: str, status: int, words: str
) -> None:
    state = await estate.begin()
    path = "/slack/oauth_redirect?" + query.replace("{state}", state)
    got, text, _ = await estate.page(path, **estate.browser)
    assert (got, words in text, "<script>" in text) == (status, True, False)
    assert await estate.rows() == 0


async def test_a_state_serves_one_browser_once(estate: Estate) -> None:
    estate.slack.codes["code-1"] = ("xoxb-1", Workspace("T1", "First"))
    path = f"/slack/oauth_redirect?code=code-1&state={await estate.begin()}"
    other, _, _ = await estate.page(path)
    assert other == 400
    first, _, _ = await estate.page(path, **estate.browser)
    again, _, _ = await estate.page(path, **estate.browser)
    assert (first, again) == (200, 401)
    assert await estate.installs.teams() == ["T1"]


async def test_an_outage_of_slack_is_said(estate: Estate) -> None:
    estate.slack.trouble("oauth.v2.access", Trouble(drops=True))
    path = f"/slack/oauth_redirect?code=code-1&state={await estate.begin()}"
    status, text, _ = await estate.page(path, **estate.browser)
    assert (status, "could not be reached" in text) == (502, True)
