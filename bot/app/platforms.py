"""The chat platforms that are configured: their senders, their long tasks, their web pages."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.alerts.senders import Sender
from bot.app.discord import discord_sender, discord_task
from bot.app.installs import StoredInstalls
from bot.app.parts import Parts
from bot.app.running import Task
from bot.app.slack import Slack, slack_settings
from bot.chat.discord.send import DiscordSender
from bot.chat.slack.platform import SlackPlatform
from bot.clock import Clock
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """What is configured; none of it means that alerts go to the terminal."""

    discord: DiscordSender | None = None
    slack: Slack | None = None

    @property
    def senders(self) -> Mapping[str, Sender]:
        """Senders by their platform's name."""
        slack = self.slack.platform.sender if self.slack is not None else None
        return {one.platform: one for one in (self.discord, slack) if one is not None}

    @property
    def need_web(self) -> bool:
        """Whether a platform's requests come to our web server."""
        return self.slack is not None and self.slack.platform.settings.needs_web

    def serve(self, parts: Parts) -> tuple[list[Task], Sequence[web.RouteDef]]:
        """What runs beside polling and the outbox, and what the web server is to serve for it."""
        tasks, routes = list[Task](), list[web.RouteDef]()
        if self.discord is not None:
            tasks.append(discord_task(parts, self.discord))
        if self.slack is not None:
            task, pages = self.slack.serve(parts)
            tasks.append(task)
            routes.extend(pages)
        return tasks, routes


@asynccontextmanager
async def open_platforms(settings: Settings, clock: Clock) -> AsyncIterator[Platforms]:
    """The platforms, their connections closed at the end."""
    async with AsyncExitStack() as stack:
        wanted = slack_settings(settings)
        discord = discord_sender(settings, clock)
        if discord is not None:
            stack.push_async_callback(discord.close)
        slack = None
        if wanted is not None:
            credentials = wanted.credentials
            installs = StoredInstalls(credentials.client_id) if credentials is not None else None
            opening = SlackPlatform.open(wanted, clock, installs)
            slack = Slack(await stack.enter_async_context(opening), installs)
        yield Platforms(discord=discord, slack=slack)
