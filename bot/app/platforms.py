"""The chat platforms that are configured: their senders and their long tasks."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.alerts.senders import Sender
from bot.app.discord import discord_sender, discord_task
from bot.app.parts import Parts
from bot.app.running import Task
from bot.chat.discord.send import DiscordSender
from bot.clock import Clock
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """What is configured; none of it means that alerts go to the terminal."""

    discord: DiscordSender | None = None

    @property
    def senders(self) -> Mapping[str, Sender]:
        """Senders by their platform's name."""
        return {self.discord.platform: self.discord} if self.discord is not None else {}

    def tasks(self, parts: Parts) -> list[Task]:
        """What runs beside polling and the outbox."""
        return [discord_task(parts, self.discord)] if self.discord is not None else []


@asynccontextmanager
async def open_platforms(settings: Settings, clock: Clock) -> AsyncIterator[Platforms]:
    """The platforms, their connections closed at the end."""
    platforms = Platforms(discord=discord_sender(settings, clock))
    try:
        yield platforms
    finally:
        if platforms.discord is not None:
            await platforms.discord.close()
