"""Posts to Discord by REST: channels, threads, forums and direct messages; no gateway is needed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.chat.discord.failures import ShutOut, TokenUnknown, scoped
from bot.chat.discord.payload import bears, edited, parameters
from bot.chat.discord.permissions import missing, rights
from bot.chat.discord.render import Page, render
from bot.chat.discord.threads import open_under, post_in_forum, wants_tag_in_vain
from bot.chat.discord.traces import channels_of, written
from bot.clock import Clock
from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    MessageRefused,
    SendError,
    WorkspaceUnavailable,
)
from bot.message import Message
from bot.model import Destination, DestinationKind
from bot.services.sending import Limits, Posted

PLATFORM = "discord"
REMOVED = "the bot was removed from the server"
_UNKNOWN_CHANNEL, _ARCHIVED, _LOCKED = 10003, 50083, 160005
_UNUSABLE = frozenset({_UNKNOWN_CHANNEL, _ARCHIVED, _LOCKED})
"""Of a thread in a channel or a forum that may well be open itself."""
_VOICES = frozenset({2, 13})
_SLACK = timedelta(minutes=2)
"""How far Discord's clock, which stamps ids, may be from ours."""
_FIRST_REST, _LONGEST_REST = timedelta(hours=1), timedelta(days=1)


class DiscordSender:
    """Satisfies the outbox's port. A ref is `channel/message`: a thread has a channel's id too."""

    def __init__(self, client: discord.Client, clock: Clock, token: str = "") -> None:
        """`client` is logged in with `token` at its first use, unless it is already."""
        self._client, self._clock, self._token = client, clock, token
        self._login = asyncio.Lock()
        self._direct: dict[str, int] = {}
        # People who take no direct messages: there is no way to ask but to post, so looks get rare.
        self._resting: dict[str, tuple[datetime, timedelta]] = {}
        # Refusals of whatever is asked: asking on would end in a ban.
        self._shut: tuple[datetime, ShutOut | TokenUnknown] | None = None

    @property
    def platform(self) -> str:
        """The name that Discord's destinations bear."""
        return PLATFORM

    @property
    def limits(self) -> Limits:
        """Discord limits edits by channel, and its client waits for that by itself."""
        return Limits()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def post(
        self,
        destination: Destination,
        message: Message,
        *,
        key: str,  # noqa: ARG002 - the port's
        nonce: str,
        reply_to: str | None,
    ) -> Posted:
        """Post once, under `reply_to` where that is given: inside a forum's post, in a thread of
        an alert, or else as a reply.
        """
        pages = render(message)
        async with self._speaking(destination, posting=True):
            if destination.kind is DestinationKind.FORUM and reply_to is None:
                thread, first = await post_in_forum(
                    self._client.http,
                    int(destination.channel),
                    message,
                    lambda post: parameters(destination, pages, nonce=nonce, forum=post),
                )
                return Posted(ref=f"{thread}/{first}")
            where, answers = await self._where(destination, message, reply_to)
            try:
                made = await self._send(destination, pages, nonce, where, answers)
            except discord.HTTPException as error:
                here, parent = _ref(reply_to) if reply_to else (where, None)
                if error.code not in _UNUSABLE or parent is None:
                    raise
                if destination.kind is DestinationKind.FORUM:
                    raise MessageGone("what it belongs to was closed or deleted") from error
                if where == here:
                    raise
                # The thread is closed; the alert above it can still be answered.
                made = await self._send(destination, pages, nonce, here, parent)
        self._resting.pop(destination.channel, None)
        return Posted(ref=f"{made['channel_id']}/{made['id']}")

    async def edit(self, destination: Destination, ref: str, message: Message) -> None:
        """Replace the embed and the buttons; what stands above them, and files, stay."""
        channel, message_id = _ref(ref)
        pages = render(message)
        async with self._speaking(destination, posting=False):
            params = edited(destination, pages)
            try:
                with params:
                    await self._client.http.edit_message(channel, message_id, params=params)
            except discord.HTTPException as error:
                if error.code == _ARCHIVED:
                    # People put the thread away, which a new message undoes and an edit cannot.
                    raise MessageRefused("its thread is archived") from error
                raise

    async def find(
        self,
        destination: Destination,
        *,
        key: str,  # noqa: ARG002 - the port's
        nonce: str,
        since: datetime,
    ) -> Posted | None:
        """Look through what the bot wrote there since then, in its threads too."""
        async with self._speaking(destination, posting=False):
            after = discord.utils.time_snowflake(since - _SLACK)
            http, me = self._client.http, self._client.user
            assert me is not None
            async for channel in self._places(destination, after):
                async for found in written(http, channel, me.id, after):
                    if bears(found, nonce):
                        return Posted(ref=f"{channel}/{found['id']}")
        return None

    async def check(self, destination: Destination) -> None:
        """Raise what forbids to post there, naming each missing permission."""
        async with self._speaking(destination, posting=False):
            if destination.kind is DestinationKind.DIRECT:
                self._check_rest(destination)
                await self._direct_channel(destination)
                return
            guild, me = await self._guild(destination)
            channel: Any = await self._client.http.get_channel(int(destination.channel))
            overwrites = channel
            if destination.kind is DestinationKind.THREAD:
                if channel.get("thread_metadata", {}).get("locked"):
                    raise ChannelUnavailable("the thread is locked")
                parent = channel.get("parent_id")
                overwrites = await self._client.http.get_channel(int(parent or 0))
            if destination.kind is DestinationKind.FORUM and wants_tag_in_vain(channel):
                raise ChannelUnavailable("every post here needs a tag, and none is for everyone")
            voice = channel.get("type") in _VOICES
            lacking = missing(rights(guild, me, overwrites), destination.kind, voice=voice)
        if lacking:
            raise ChannelUnavailable("the bot lacks " + ", ".join(lacking))

    def link(self, destination: Destination, ref: str) -> str | None:
        """Where people read it."""
        direct = destination.kind is DestinationKind.DIRECT
        guild = "@me" if direct else destination.workspace_external
        return f"https://discord.com/channels/{guild}/{ref}"

    @asynccontextmanager
    async def _speaking(self, destination: Destination, *, posting: bool) -> AsyncIterator[None]:
        """Logged in; whatever fails inside is raised in the outbox's terms."""
        self._check_shut()
        try:
            await self._log_in()
        except Exception as error:
            raise self._noted(scoped(error, posting=False)) from error
        try:
            yield
        except Exception as error:
            failure = self._noted(scoped(error, posting=posting))
            if destination.kind is DestinationKind.DIRECT:
                self._rest(destination, failure)
            raise failure from error

    async def _log_in(self) -> None:
        async with self._login:
            if self._client.user is not None:
                return
            http = self._client.http
            try:
                await self._client.login(self._token)
            except BaseException:
                # The next try makes connections of its own.
                await http.close()
                http.connector = discord.utils.MISSING
                raise

    def _noted(self, failure: SendError) -> SendError:
        if isinstance(failure, (ShutOut, TokenUnknown)):
            self._shut = (self._clock.now() + timedelta(seconds=failure.seconds), failure)
        return failure

    def _check_shut(self) -> None:
        if self._shut is None:
            return
        until, failure = self._shut
        left = (until - self._clock.now()).total_seconds()
        if left <= 0:
            self._shut = None
        elif isinstance(failure, ShutOut):
            raise ShutOut(failure.reason, left)
        else:
            raise TokenUnknown

    async def _send(
        self,
        destination: Destination,
        pages: tuple[Page, ...],
        nonce: str,
        where: int,
        answers: int | None,
    ) -> Any:  # noqa: ANN401 (the client's)
        with parameters(destination, pages, nonce=nonce, answers=answers) as params:
            return await self._client.http.send_message(where, params=params)

    async def _where(
        self, destination: Destination, message: Message, reply_to: str | None
    ) -> tuple[int, int | None]:
        """The channel to post in, and the message that is answered where it has no thread."""
        kind = destination.kind
        if kind is DestinationKind.DIRECT:
            channel = await self._direct_channel(destination)
            return channel, _ref(reply_to)[1] if reply_to else None
        if reply_to is None:
            return int(destination.channel), None
        channel, parent = _ref(reply_to)
        if kind is DestinationKind.FORUM:
            return channel, None
        if kind is DestinationKind.CHANNEL:
            http = self._client.http
            if await open_under(http, channel, parent, message):
                return parent, None
        return channel, parent

    async def _direct_channel(self, destination: Destination) -> int:
        person = destination.owner or destination.channel.removeprefix("@")
        if person not in self._direct:
            opened = await self._client.http.start_private_message(int(person))
            self._direct[person] = int(opened["id"])
        return self._direct[person]

    def _rest(self, destination: Destination, failure: Exception) -> None:
        if isinstance(failure, ChannelUnavailable):
            now = self._clock.now()
            until, span = self._resting.get(destination.channel, (now, _FIRST_REST / 2))
            if now >= until:
                span = min(span * 2, _LONGEST_REST)
                self._resting[destination.channel] = (now + span, span)

    def _check_rest(self, destination: Destination) -> None:
        until, _ = self._resting.get(destination.channel, (self._clock.now(), None))
        if self._clock.now() < until:
            raise ChannelUnavailable("this person takes no direct messages from the bot")

    async def _guild(self, destination: Destination) -> tuple[Any, Any]:
        assert self._client.user is not None
        http, guild_id = self._client.http, int(destination.workspace_external)
        try:
            guild = await http.get_guild(guild_id, with_counts=False)
            me = await http.get_member(guild_id, self._client.user.id)
        except (discord.Forbidden, discord.NotFound) as error:
            raise WorkspaceUnavailable(REMOVED) from error
        return guild, me

    async def _places(self, destination: Destination, after: int) -> AsyncIterator[int]:
        """The channels in which a message to this destination may stand."""
        if destination.kind is DestinationKind.DIRECT:
            yield await self._direct_channel(destination)
            return
        async for channel in channels_of(self._client.http, destination, after):
            yield channel


def _ref(ref: str) -> tuple[int, int]:
    channel, _, message = ref.partition("/")
    return int(channel), int(message)
