"""The chat platforms that are configured: their senders and their long tasks."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.alerts.senders import Sender
from bot.app.discord import discord_sender, discord_task
from bot.app.parts import Parts
from bot.app.running import Task
from bot.app.slack import slack_settings, slack_task
from bot.chat.discord.send import DiscordSender
from bot.chat.slack.platform import SlackPlatform
from bot.clock import Clock
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """What is configured; none of it means that alerts go to the terminal."""

    discord: DiscordSender | None = None
    slack: SlackPlatform | None = None

    @property
    def senders(self) -> Mapping[str, Sender]:
        """Senders by their platform's name."""
        slack = self.slack.sender if self.slack is not None else None
        return {one.platform: one for one in (self.discord, slack) if one is not None}

    def tasks(self, parts: Parts) -> list[Task]:
        """What runs beside polling and the outbox."""
        discord = [discord_task(parts, self.discord)] if self.discord is not None else []
        slack = [slack_task(parts, self.slack)] if self.slack is not None else []
        return [*discord, *slack]


@asynccontextmanager
async def open_platforms(settings: Settings, clock: Clock) -> AsyncIterator[Platforms]:
    """The platforms, their connections closed at the end."""
    async with AsyncExitStack() as stack:
        slack = slack_settings(settings)
        discord = discord_sender(settings, clock)
        if discord is not None:
            stack.push_async_callback(discord.close)
        yield Platforms(
            discord=discord,
            slack=await stack.enter_async_context(SlackPlatform.open(slack, clock))
            if slack is not None
            else None,
        )
