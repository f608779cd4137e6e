"""Slack as a part of a process: its sender, the task that answers its people, its web pages."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.registry import Registry
from bot.chat.slack.api import BASE_URL, TIMEOUT_SECONDS, SlackApi
from bot.chat.slack.app import build_app
from bot.chat.slack.desks import Desks, Office
from bot.chat.slack.http import Door
from bot.chat.slack.install import Credentials, Installer, Kept
from bot.chat.slack.people import Rights
from bot.chat.slack.send import SlackSender
from bot.chat.slack.socket import Socket
from bot.chat.slack.teams import InstalledTeams, OwnTeam, Teams, Tokens
from bot.clock import Clock
from bot.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """How Slack is reached; `api_url` replaces Slack's own address.

    `bot_token` serves one workspace, `credentials` serve all that install by OAuth. `app_token`
    opens Socket Mode; without it requests come over HTTP, signed with `signing_secret`.
    """

    bot_token: str | None = None
    credentials: Credentials | None = None
    app_token: str | None = None
    signing_secret: str | None = None
    api_url: str = BASE_URL
    rights: Rights = field(default_factory=Rights)

    @property
    def needs_web(self) -> bool:
        """Whether Slack, or who installs, comes to our web server."""
        return self.app_token is None or self.credentials is not None


class Installs(Tokens, Protocol):
    """What is kept of installs by OAuth."""

    def kept(self, installed: Callable[[str], Awaitable[None]]) -> Kept:
        """Where the pages of OAuth keep them; `installed` is told each team that installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Told what becomes of workspaces."""

    removed: Callable[[str], Awaitable[None]]
    """The team took the app away."""
    returned: Callable[[str], Awaitable[None]]
    """The team installed it, perhaps again."""


class SlackPlatform:
    """Slack's connections, open from the start to the end of the process."""

    def __init__(
        self,
        settings: SlackSettings,
        clock: Clock,
        session: aiohttp.ClientSession,
        installs: Installs | None,
    ) -> None:
        self.settings, self._clock, self._session = settings, clock, session
        self._installs = installs
        self._teams: Teams = (
            InstalledTeams(installs, lambda token: SlackApi(self._client(token)))
            if installs is not None
            else OwnTeam(SlackApi(self._client(settings.bot_token)))
        )
        self.sender = SlackSender(self._teams, clock)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, settings: SlackSettings, clock: Clock, installs: Installs | None = None
    ) -> AsyncIterator["SlackPlatform"]:
        """The platform with its connections, closed at the end; `installs` goes with OAuth."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            yield cls(settings, clock, session, installs)

    def serve(
        self, registry: Registry[Services], services: Services, keeper: Keeper
    ) -> "SlackService":
        """What answers people with these services."""
        office = Office(
            registry=registry,
            services=services,
            clock=self._clock,
            rights=self.settings.rights,
            session=self._session,
            removed=keeper.removed,
        )
        desks = Desks(teams=self._teams, office=office, sender=self.sender)
        client = self._client(None)
        app = build_app(desks, client)
        settings, routes = self.settings, list[web.RouteDef]()
        socket = door = None
        if settings.app_token is not None:
            socket = Socket(app, app_token=settings.app_token, web=client)
        elif settings.signing_secret is not None:
            door = Door(app, signing_secret=settings.signing_secret, clock=self._clock)
            routes += door.routes()
        if settings.credentials is not None and self._installs is not None:
            kept = self._installs.kept(self._installed(keeper))
            routes += Installer(settings.credentials, kept, client).routes()
        return SlackService(desks=desks, socket=socket, routes=routes, door=door)

    def _installed(self, keeper: Keeper) -> Callable[[str], Awaitable[None]]:
        async def installed(team: str) -> None:
            # Its token is a new one.
            self._teams.doubt(team)
            await keeper.returned(team)

        return installed

    def _client(self, token: str | None) -> AsyncWebClient:
        # An empty list: the SDK would else send a post again after a reset.
        return AsyncWebClient(
            token, base_url=self.settings.api_url, session=self._session, retry_handlers=[]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackService:
    """Answers people; `routes` are for the web server, and take requests while `run` goes on."""

    desks: Desks
    socket: Socket | None
    door: Door | None
    routes: Sequence[web.RouteDef]

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; raises PlatformRefused where a token is refused."""
        if self.door is not None:
            self.door.open = True
        try:
            await self.desks.teams.greet()
            if self.socket is not None:
                await self.socket.run(stop)
            else:
                await stop.wait()
        finally:
            if self.door is not None:
                self.door.open = False
            await self.desks.finish()
