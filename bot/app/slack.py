"""Slack's parts over this program's: the settings it takes, its tasks, its web pages."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiohttp import web
from pydantic import SecretStr

from bot.app.installs import StoredInstalls, forget_stale_states
from bot.app.parts import Parts
from bot.app.running import Task
from bot.chat.slack import PLATFORM
from bot.chat.slack.api import BASE_URL, REMOVED
from bot.chat.slack.install import Credentials
from bot.chat.slack.people import Rights
from bot.chat.slack.platform import Keeper, SlackPlatform, SlackSettings
from bot.chat.slack.send import SlackSender
from bot.clock import Clock
from bot.errors import ConfigError
from bot.jobs.supervision import supervise
from bot.settings import Environment, Settings
from bot.store import lookup, tenants, turns
from bot.store.database import Store

_LOOK_AGAIN = timedelta(hours=1)
_FORGET_AFTER = timedelta(days=30)
_FORGET_EVERY_SECONDS = 6 * 3_600.0
_log = structlog.get_logger(__name__)


def slack_settings(settings: Settings) -> SlackSettings:
    """What Slack needs; ConfigError names what is missing."""
    environment = settings.environment
    bot, app = environment.slack_bot_token, environment.slack_app_token
    credentials = _credentials(environment)
    if bot is None and credentials is None:
        raise ConfigError(
            "environment",
            "SLACK_BOT_TOKEN (xoxb-…) is missing; or set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET "
            "to let many workspaces install the app",
        )
    if bot is not None and credentials is not None:
        raise ConfigError(
            "environment",
            "SLACK_BOT_TOKEN serves one workspace, SLACK_CLIENT_ID many: unset one of them",
        )
    signing = environment.slack_signing_secret
    if app is None and signing is None:
        raise ConfigError(
            "environment",
            "SLACK_APP_TOKEN (xapp-…, Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing; "
            "without either, nothing comes from Slack",
        )
    return SlackSettings(
        bot_token=_value(bot),
        credentials=credentials,
        app_token=_value(app),
        signing_secret=_value(signing),
        api_url=environment.slack_api_url or BASE_URL,
        rights=Rights(operators=settings.behaviour.operators, managers=settings.behaviour.managers),
    )


@dataclass(frozen=True, slots=True)
class Slack:
    """The platform as this program runs it."""

    platform: SlackPlatform
    installs: StoredInstalls | None

    @property
    def sender(self) -> SlackSender:
        """What posts there."""
        return self.platform.sender

    @property
    def needs_web(self) -> bool:
        """Whether Slack, or who installs, comes to our web server."""
        return self.platform.settings.needs_web

    def serve(self, parts: Parts) -> tuple[Task, Sequence[web.RouteDef]]:
        """What answers Slack's people, and beside it forgets workspaces; what the web serves."""
        teams = Teams(parts.store, parts.clock, self.installs)
        if self.installs is not None:
            self.installs.open(parts.store)
        keeper = Keeper(removed=teams.removed, returned=teams.returned)
        service = self.platform.serve(parts.registry, parts.services, keeper)

        async def serve(stop: asyncio.Event) -> None:
            # A database that fails once must not end the forgetting for good.
            tidying = asyncio.create_task(supervise("slack tidying", teams.tidy, teams.clock))
            try:
                await service.run(stop)
            finally:
                tidying.cancel()
                await asyncio.gather(tidying, return_exceptions=True)

        return ("slack", serve), service.routes


@asynccontextmanager
async def open_slack(settings: Settings, clock: Clock) -> AsyncIterator[Slack]:
    """Slack with its connections, closed at the end; ConfigError names what is missing."""
    wanted = slack_settings(settings)
    credentials = wanted.credentials
    installs = StoredInstalls(credentials.client_id) if credentials is not None else None
    async with SlackPlatform.open(wanted, clock, installs) as platform:
        yield Slack(platform, installs)


@dataclass(frozen=True, slots=True)
class Teams:
    """The workspaces that took the app away, or came back, as the database keeps them."""

    store: Store
    clock: Clock
    installs: StoredInstalls | None = None

    async def removed(self, team: str) -> None:
        """Pause everything of the team; it goes on by itself once its token works again."""
        now = self.clock.now()
        async with self.store.write() as conn:
            workspace = await lookup.workspace_at(conn, PLATFORM, team)
            if workspace is not None:
                again = now + _LOOK_AGAIN
                await turns.pause_workspace(conn, workspace.id, REMOVED[0], now, again)

    async def returned(self, team: str) -> None:
        """The team installed the app, perhaps again: what waited for it goes on."""
        async with self.store.write() as conn:
            workspace = await lookup.workspace_at(conn, PLATFORM, team)
            if workspace is not None and workspace.paused_reason in REMOVED:
                await tenants.resume(conn, workspace.id)

    async def forget(self) -> int:
        """Delete what belonged to teams that took the app away 30 days ago."""
        now = self.clock.now()
        async with self.store.write() as conn:
            names = {one.id: one.external_id for one in await tenants.on_platform(conn, PLATFORM)}
            gone = [
                workspace
                for reason in REMOVED
                for workspace in await tenants.paused_before(
                    conn, PLATFORM, reason, now - _FORGET_AFTER
                )
            ]
            for workspace in gone:
                await tenants.forget(conn, workspace, now)
        if self.installs is not None:
            for workspace in gone:
                await self.installs.forget(names[workspace])
            await forget_stale_states(self.store, now)
        return len(gone)

    async def tidy(self) -> None:
        """Forget now and then."""
        while True:
            if forgotten := await self.forget():
                _log.info("workspaces_forgotten", count=forgotten)
            await self.clock.sleep(_FORGET_EVERY_SECONDS)


def _credentials(environment: Environment) -> Credentials | None:
    client_id, secret = environment.slack_client_id, environment.slack_client_secret
    if client_id is None and secret is None:
        return None
    if client_id is None or secret is None:
        missing = "SLACK_CLIENT_ID" if client_id is None else "SLACK_CLIENT_SECRET"
        raise ConfigError("environment", f"{missing} is missing; the two belong together")
    return Credentials(client_id=client_id, client_secret=secret.get_secret_value())


def _value(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret is not None else None
