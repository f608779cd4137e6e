"""A desk for each workspace, made when somebody there asks for the first time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp

from bot.chat.registry import Registry
from bot.chat.slack.api import SlackApi
from bot.chat.slack.desk import Desk
from bot.chat.slack.once import Once
from bot.chat.slack.people import People, Rights
from bot.chat.slack.send import SlackSender
from bot.chat.slack.teams import Teams
from bot.chat.slack.wording import Wording
from bot.clock import Clock
from bot.services import Services

LAST_SECONDS = 8.0
"""What answers under way get at the end of the process."""


AT_ONCE = 8
"""Requests that are worked on side by side; more would only wait for the database, and with them
the acknowledgement of new ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What all desks share. `removed` is told the team that took the app away."""

    registry: Registry[Services]
    services: Services
    clock: Clock
    rights: Rights
    session: aiohttp.ClientSession
    removed: Callable[[str], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Desks:
    """Nothing of one workspace is reached from another's desk."""

    teams: Teams
    office: Office
    sender: SlackSender
    once: Once = field(default_factory=Once)
    """Slack's names for requests are unique over all workspaces."""
    _desks: dict[str, Desk] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _working: set["asyncio.Task[Any]"] = field(default_factory=set)

    async def of(self, team: str) -> Desk:
        """The team's desk; WorkspaceUnavailable where the app is not installed."""
        api = await self.teams.api(team)
        kept = self._desks.get(team)
        if kept is None or kept.api is not api:
            kept = self._desks[team] = self._made(team, api)
        return kept

    async def finish(self) -> None:
        """Let what is being answered come to its end, for a while."""
        if self._working:
            await asyncio.wait(set(self._working), timeout=LAST_SECONDS)

    def _made(self, team: str, api: SlackApi) -> Desk:
        office = self.office
        return Desk(
            api=api,
            registry=office.registry,
            services=office.services,
            clock=office.clock,
            people=People(api, office.clock, office.rights),
            wording=Wording(command.name for command in office.registry.commands),
            session=office.session,
            check=partial(self.sender.open, team),
            removed=partial(self._removed, team),
            room=self._room,
            working=self._working,
        )

    async def _removed(self, team: str) -> None:
        self._desks.pop(team, None)
        await self.teams.gone(team)
        await self.office.removed(team)
