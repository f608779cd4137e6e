"""Discord's parts over this program's: what its gateway asks of the database, and its tasks."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
from aiohttp import web

from bot.alerts.conditions import Rules
from bot.alerts.drafting import Drafts
from bot.app.parts import Parts
from bot.app.running import Task
from bot.chat.call import Place
from bot.chat.discord.asking import Rights
from bot.chat.discord.desk import Desk
from bot.chat.discord.failures import TokenRefused, scoped
from bot.chat.discord.gateway import Gateway
from bot.chat.discord.permissions import application_of, invite_url
from bot.chat.discord.rest import prepare, rest_client
from bot.chat.discord.send import PLATFORM, REMOVED, DiscordSender
from bot.clock import Clock
from bot.message import Message
from bot.model import Workspace
from bot.settings import Settings
from bot.store import alerts, facts, lookup, outbox, stories, tenants, turns
from bot.store.database import Store

_LOOK_AGAIN = timedelta(hours=1)
_DELETED = "the channel was deleted"


@dataclass(frozen=True, slots=True)
class Discord:
    """The platform as this program runs it."""

    sender: DiscordSender
    token: str
    needs_web: bool = False
    """Its gateway is a connection of ours: no request of Discord comes to us."""

    def serve(self, parts: Parts) -> tuple[Task, Sequence[web.RouteDef]]:
        """The gateway as a long task, each run of it a new connection; it has no pages."""
        moved = parts.settings.environment.discord_api_url is not None

        async def serve(stop: asyncio.Event) -> None:
            await Gateway(desk(parts, self.sender)).serve(self.token, stop, moved=moved)

        return ("discord gateway", serve), ()


@asynccontextmanager
async def open_discord(settings: Settings, clock: Clock) -> AsyncIterator[Discord]:
    """Discord for the token that is set; points every client at the configured address."""
    token = settings.environment.discord_token
    assert token is not None, "only a configured platform is opened"
    prepare(settings.environment.discord_api_url)
    sender = DiscordSender(rest_client(), clock, token.get_secret_value())
    try:
        yield Discord(sender, token.get_secret_value())
    finally:
        await sender.close()


def discord_invitation(settings: Settings) -> str | None:
    """The link that invites the bot, as far as its token alone tells."""
    token = settings.environment.discord_token
    application = application_of(token.get_secret_value()) if token is not None else None
    return invite_url(application) if application is not None else None


async def discord_account(settings: Settings) -> tuple[str, str] | None:
    """The bot's name and the link that invites it, asked of Discord; None where no token is set.

    Raises PlatformRefused for a token that Discord does not know, SendError where it is not there.
    """
    token = settings.environment.discord_token
    if token is None:
        return None
    prepare(settings.environment.discord_api_url)
    async with rest_client() as client:
        try:
            await client.login(token.get_secret_value())
        except discord.LoginFailure as error:
            raise TokenRefused from error
        except Exception as error:
            raise scoped(error, posting=False) from error
        assert client.user is not None
        return client.user.name, invite_url(client.application_id or client.user.id)


def desk(parts: Parts, sender: DiscordSender) -> Desk:
    """What the gateway answers with."""
    behaviour = parts.settings.behaviour
    return Desk(
        registry=parts.registry,
        services=parts.services,
        clock=parts.clock,
        reach=sender,
        tenants=Servers(parts.store, parts.clock),
        notes=Facts(parts.store),
        told=Posts(
            parts.store,
            sender,
            Rules(breaking_origins=behaviour.alerts.breaking_origins),
        ),
        rights=Rights(operators=behaviour.operators, managers=behaviour.managers),
        home=parts.settings.environment.discord_dev_guild,
    )


@dataclass(frozen=True, slots=True)
class Servers:
    """Which servers the bot is in, as the database keeps them."""

    store: Store
    clock: Clock

    async def reconcile(self, servers: AbstractSet[str]) -> None:
        """Pause what the bot left while nobody listened, resume what it came back to."""
        async with self.store.read() as conn:
            known = await tenants.on_platform(conn, PLATFORM)
        for workspace in known:
            if (workspace.external_id in servers) == _removed(workspace):
                there = workspace.external_id in servers
                await (self.returned if there else self.removed)(workspace.external_id)

    async def removed(self, server: str) -> None:
        """Pause everything of the server."""
        now = self.clock.now()
        async with self.store.write() as conn:
            workspace = await lookup.workspace_at(conn, PLATFORM, server)
            if workspace is not None:
                await turns.pause_workspace(conn, workspace.id, REMOVED, now, now + _LOOK_AGAIN)

    async def returned(self, server: str) -> None:
        """Resume everything of the server."""
        async with self.store.write() as conn:
            workspace = await lookup.workspace_at(conn, PLATFORM, server)
            if workspace is not None and _removed(workspace):
                await tenants.resume(conn, workspace.id)

    async def opened(self, server: str) -> None:
        """Look at once at the places of the server that could not be reached."""
        async with self.store.write() as conn:
            workspace = await lookup.workspace_at(conn, PLATFORM, server)
            if workspace is not None and not _removed(workspace):
                await turns.look_now(conn, workspace.id, self.clock.now())

    async def closed(self, server: str, channel: str) -> None:
        """Pause the place; where nothing goes to it, there is nothing to do."""
        now = self.clock.now()
        async with self.store.write() as conn:
            workspace = await lookup.workspace_at(conn, PLATFORM, server)
            if workspace is None:
                return
            place = await lookup.destination_at(conn, workspace.id, channel)
            if place is not None:
                await turns.pause(conn, place, _DELETED, now, now + _LOOK_AGAIN)

    async def forget(self, after: timedelta) -> int:
        """Delete what belonged to servers that the bot left so long ago."""
        now: datetime = self.clock.now()
        async with self.store.write() as conn:
            gone = await tenants.paused_before(conn, PLATFORM, REMOVED, now - after)
            for workspace in gone:
                await tenants.forget(conn, workspace, now)
        return len(gone)


@dataclass(frozen=True, slots=True)
class Facts:
    """Small facts in the database."""

    store: Store

    async def get(self, name: str) -> str | None:
        """The fact, None where it was never put."""
        async with self.store.read() as conn:
            return await facts.get(conn, name)

    async def put(self, name: str, value: str) -> None:
        """Keep the fact."""
        async with self.store.write() as conn:
            await facts.put(conn, name, value)


@dataclass(frozen=True, slots=True)
class Posts:
    """Posted messages, written again as the outbox would write them."""

    store: Store
    sender: DiscordSender
    rules: Rules

    async def again(self, place: Place, ref: str) -> Message | None:
        """The message that stands there, None where it is no longer kept."""
        drafts = Drafts(stories=stories, alerts=alerts, deliveries=outbox, rules=self.rules)
        async with self.store.read() as conn:
            workspace = await lookup.workspace_at(conn, place.platform, place.workspace)
            if workspace is None:
                return None
            destination = await lookup.destination_at(conn, workspace.id, place.channel)
            if destination is None:
                return None
            delivery = await tenants.delivery_at(conn, destination.id, ref)
            if delivery is None:
                return None
            draft = await drafts.write(conn, destination, delivery, self.sender.link)
        return draft.message if draft is not None else None


def _removed(workspace: Workspace) -> bool:
    return workspace.paused_reason == REMOVED
