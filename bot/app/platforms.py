"""The chat platforms that are configured: their senders, their long tasks, their web pages.

A platform's client library is large (docs/measurements.md), so this module, the only one that
knows which are configured, imports a platform's parts when it opens them. No other part of `run` or
`poll` may import them.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.alerts.senders import Sender
from bot.app.parts import Parts
from bot.app.running import Task
from bot.clock import Clock
from bot.settings import Settings


class Platform(Protocol):
    """One platform whose connections are open."""

    @property
    def sender(self) -> Sender:
        """What posts there."""
        ...

    @property
    def needs_web(self) -> bool:
        """Whether its requests come to our web server."""
        ...

    def serve(self, parts: Parts) -> tuple[Task, Sequence[web.RouteDef]]:
        """What answers its people, and what the web server is to serve for it."""
        ...


@dataclass(frozen=True, slots=True)
class Platforms:
    """Those that are configured; none of them means that alerts go to the terminal."""

    opened: Sequence[Platform] = ()

    @property
    def senders(self) -> Mapping[str, Sender]:
        """Senders by their platform's name."""
        return {one.sender.platform: one.sender for one in self.opened}

    @property
    def need_web(self) -> bool:
        """Whether a platform's requests come to our web server."""
        return any(one.needs_web for one in self.opened)

    def serve(self, parts: Parts) -> tuple[list[Task], Sequence[web.RouteDef]]:
        """What runs beside polling and the outbox, and what the web server is to serve for it."""
        served = [one.serve(parts) for one in self.opened]
        return [task for task, _ in served], [page for _, pages in served for page in pages]


@asynccontextmanager
async def open_platforms(settings: Settings, clock: Clock) -> AsyncIterator[Platforms]:
    """The platforms, their connections closed at the end; ConfigError names what one lacks."""
    environment, opened = settings.environment, list[Platform]()
    async with AsyncExitStack() as stack:
        if environment.names_discord:
            from bot.app.discord import open_discord  # noqa: PLC0415 - only where it is used

            opened.append(await stack.enter_async_context(open_discord(settings, clock)))
        if environment.names_slack:
            from bot.app.slack import open_slack  # noqa: PLC0415 - only where it is used

            opened.append(await stack.enter_async_context(open_slack(settings, clock)))
        yield Platforms(opened)
