"""Slack as a part of a process: its sender, and the task that answers its people."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.registry import Registry
from bot.chat.slack.api import BASE_URL, TIMEOUT_SECONDS, SlackApi
from bot.chat.slack.app import build_app
from bot.chat.slack.desk import Desk
from bot.chat.slack.people import People, Rights
from bot.chat.slack.send import SlackSender
from bot.chat.slack.socket import Socket
from bot.chat.slack.wording import Wording
from bot.clock import Clock
from bot.errors import PlatformRefused, WorkspaceUnavailable
from bot.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """The tokens of one workspace; `api_url` replaces Slack's own address."""

    bot_token: str
    app_token: str
    api_url: str = BASE_URL
    rights: Rights = field(default_factory=Rights)


class SlackPlatform:
    """One workspace by tokens, in Socket Mode."""

    def __init__(
        self, settings: SlackSettings, clock: Clock, session: aiohttp.ClientSession
    ) -> None:
        self._settings, self._clock, self._session = settings, clock, session
        # An empty list: the SDK would else send a post again after a reset.
        self._web = AsyncWebClient(
            settings.bot_token, base_url=settings.api_url, session=session, retry_handlers=[]
        )
        self._api = SlackApi(self._web)
        self.sender = SlackSender(self._api, clock)

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: SlackSettings, clock: Clock) -> AsyncIterator["SlackPlatform"]:
        """The platform with its connections, closed at the end."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            yield cls(settings, clock, session)

    async def run(
        self,
        registry: Registry[Services],
        services: Services,
        stop: asyncio.Event,
        removed: Callable[[str], Awaitable[None]],
    ) -> None:
        """Answer people until `stop` is set; raises PlatformRefused where a token is refused.

        `removed` is told the team that took the app away.
        """
        try:
            identity = await self._api.identity()
        except WorkspaceUnavailable as error:
            raise PlatformRefused(f"Slack: {error.reason}") from None
        desk = Desk(
            api=self._api,
            registry=registry,
            services=services,
            clock=self._clock,
            people=People(self._api, self._clock, self._settings.rights),
            wording=Wording(command.name for command in registry.commands),
            session=self._session,
            check=self.sender.open,
            removed=partial(removed, identity.team),
        )
        app = build_app(desk, self._web)
        try:
            await Socket(app, app_token=self._settings.app_token, web=self._web).run(stop)
        finally:
            await desk.finish()
