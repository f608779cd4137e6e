"""Slack's parts over this program's: the settings it takes, and its tasks."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.app.parts import Parts
from bot.app.running import Task
from bot.chat.slack import PLATFORM
from bot.chat.slack.api import BASE_URL, REMOVED
from bot.chat.slack.people import Rights
from bot.chat.slack.platform import SlackPlatform, SlackSettings
from bot.clock import Clock
from bot.errors import ConfigError
from bot.settings import Settings
from bot.store import here, tenants, turns
from bot.store.database import Store

_LOOK_AGAIN = timedelta(hours=1)
_FORGET_AFTER = timedelta(days=30)
_FORGET_EVERY_SECONDS = 6 * 3_600.0
_log = structlog.get_logger(__name__)


def slack_settings(settings: Settings) -> SlackSettings | None:
    """What Slack needs, None where it is not configured; ConfigError names a missing token."""
    environment = settings.environment
    bot, app = environment.slack_bot_token, environment.slack_app_token
    if bot is None and app is None:
        return None
    if bot is None or app is None:
        missing = "SLACK_BOT_TOKEN (xoxb-…)" if bot is None else "SLACK_APP_TOKEN (xapp-…)"
        raise ConfigError("environment", f"{missing} is missing; Slack needs both tokens")
    return SlackSettings(
        bot_token=bot.get_secret_value(),
        app_token=app.get_secret_value(),
        api_url=environment.slack_api_url or BASE_URL,
        rights=Rights(operators=settings.behaviour.operators, managers=settings.behaviour.managers),
    )


def slack_task(parts: Parts, platform: SlackPlatform) -> Task:
    """The links to Slack, and beside them forgetting workspaces that took the app away."""
    teams = Teams(parts.store, parts.clock)

    async def serve(stop: asyncio.Event) -> None:
        tidying = asyncio.create_task(teams.tidy())
        try:
            await platform.run(parts.registry, parts.services, stop, teams.removed)
        finally:
            tidying.cancel()
            await asyncio.gather(tidying, return_exceptions=True)

    return ("slack links", serve)


@dataclass(frozen=True, slots=True)
class Teams:
    """The workspaces that took the app away, as the database keeps them."""

    store: Store
    clock: Clock

    async def removed(self, team: str) -> None:
        """Pause everything of the team; it goes on by itself once its token works again."""
        now = self.clock.now()
        async with self.store.write() as conn:
            workspace = await here.workspace_at(conn, PLATFORM, team)
            if workspace is not None:
                again = now + _LOOK_AGAIN
                await turns.pause_workspace(conn, workspace.id, REMOVED[0], now, again)

    async def forget(self) -> int:
        """Delete what belonged to teams that took the app away 30 days ago."""
        now = self.clock.now()
        async with self.store.write() as conn:
            gone = [
                workspace
                for reason in REMOVED
                for workspace in await tenants.paused_before(
                    conn, PLATFORM, reason, now - _FORGET_AFTER
                )
            ]
            for workspace in gone:
                await tenants.forget(conn, workspace, now)
        return len(gone)

    async def tidy(self) -> None:
        """Forget now and then."""
        while True:
            if forgotten := await self.forget():
                _log.info("workspaces_forgotten", count=forgotten)
            await self.clock.sleep(_FORGET_EVERY_SECONDS)
