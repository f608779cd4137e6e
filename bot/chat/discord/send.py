"""Posts to Discord by REST: channels, threads, forums and direct messages; no gateway is needed."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Literal

import discord

from bot.chat.discord.failures import scoped
from bot.chat.discord.payload import bears, edited, parameters
from bot.chat.discord.permissions import missing, rights
from bot.chat.discord.render import Page, render, thread_name
from bot.clock import Clock
from bot.errors import ChannelUnavailable, MessageGone, WorkspaceUnavailable
from bot.message import Message
from bot.model import Destination, DestinationKind
from bot.services.sending import Limits, Posted

PLATFORM = "discord"
REMOVED = "the bot was removed from the server"
_THREAD_EXISTS, _UNKNOWN_CHANNEL = 160004, 10003
_NO_ANSWER_THERE = frozenset({10003, 10008, 50001})
_DAY: Literal[1440] = 1440
_WEEK: Literal[10080] = 10080
"""Minutes without a word after which a thread is put away."""
_SLACK = timedelta(minutes=2)
"""How far Discord's clock, which stamps ids, may be from ours."""
_LOOKED_BACK = 500
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
                return await self._forum_post(destination, message, pages, nonce)
            where, answers = await self._where(destination, message, reply_to)
            params = parameters(destination, pages, nonce=nonce, answers=answers)
            with params:
                try:
                    made = await self._client.http.send_message(where, params=params)
                except discord.NotFound as error:
                    if error.code == _UNKNOWN_CHANNEL and str(where) != destination.channel:
                        raise MessageGone("the thread was deleted") from error
                    raise
        self._resting.pop(destination.channel, None)
        return Posted(ref=f"{made['channel_id']}/{made['id']}")

    async def edit(self, destination: Destination, ref: str, message: Message) -> None:
        """Replace the embed and the buttons; what stands above them, and files, stay."""
        channel, message_id = _ref(ref)
        pages = render(message)
        async with self._speaking(destination, posting=False):
            params = edited(destination, pages)
            with params:
                await self._client.http.edit_message(channel, message_id, params=params)

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
            async for channel in self._places(destination, after):
                async for found in self._written(channel, after):
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
            lacking = missing(rights(guild, me, overwrites), destination.kind)
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
        try:
            async with self._login:
                if self._client.user is None:
                    await self._client.login(self._token)
        except Exception as error:
            raise scoped(error, posting=False) from error
        try:
            yield
        except Exception as error:
            failure = scoped(error, posting=posting)
            if destination.kind is DestinationKind.DIRECT:
                self._rest(destination, failure)
            raise failure from error

    async def _forum_post(
        self, destination: Destination, message: Message, pages: tuple[Page, ...], nonce: str
    ) -> Posted:
        """A new post of a forum: its first message bears the post's own id."""
        params = parameters(
            destination,
            pages,
            nonce=nonce,
            forum={"name": thread_name(message), "auto_archive_duration": _WEEK},
        )
        with params:
            forum = int(destination.channel)
            made = await self._client.http.start_thread_in_forum(forum, params=params)
        first = made.get("message", {}).get("id", made["id"])
        return Posted(ref=f"{made['id']}/{first}")

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
        if kind is DestinationKind.CHANNEL and await self._threaded(channel, parent, message):
            return parent, None
        return channel, parent

    async def _threaded(self, channel: int, parent: int, message: Message) -> bool:
        """Whether the message above has a thread, which has its own id; makes it where it may."""
        try:
            await self._client.http.start_thread_with_message(
                channel,
                parent,
                name=await self._named(channel, parent, message),
                auto_archive_duration=_DAY,
            )
        except discord.HTTPException as error:
            if error.code in _NO_ANSWER_THERE or error.status >= 500 or error.status == 429:
                raise
            # No right to make threads, or a channel without them: an answer does as well.
            return error.code == _THREAD_EXISTS
        return True

    async def _named(self, channel: int, parent: int, message: Message) -> str:
        """A thread bears its alert's title."""
        above = await self._client.http.get_message(channel, parent)
        titles = [str(embed.get("title", "")) for embed in above.get("embeds", ())]
        title = next(filter(None, titles), message.title)
        return thread_name(Message(title=title.replace("\\", "")))

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
        here = int(destination.channel)
        if destination.kind is not DestinationKind.FORUM:
            yield here
        if destination.kind is DestinationKind.THREAD:
            return
        active = await self._client.http.get_active_threads(int(destination.workspace_external))
        for thread in _fresh(active["threads"], here, after):
            yield thread
        archived = await self._client.http.get_public_archived_threads(here, limit=50)
        for thread in _fresh(archived["threads"], here, after):
            yield thread

    async def _written(self, channel: int, after: int) -> AsyncIterator[Mapping[str, Any]]:
        """Messages after that id, oldest first."""
        for _ in range(_LOOKED_BACK // 100):
            found = await self._client.http.logs_from(channel, 100, after=after)
            page = sorted(found, key=lambda message: int(message["id"]))
            for message in page:
                if self._client.user and int(message["author"]["id"]) == self._client.user.id:
                    yield message
            if len(page) < 100:
                return
            after = int(page[-1]["id"])


def _fresh(threads: Iterable[Mapping[str, Any]], parent: int, after: int) -> list[int]:
    """Threads of that channel in which something was written after that id."""
    return [
        int(thread["id"])
        for thread in threads
        if int(thread.get("parent_id") or 0) == parent
        and max(int(thread.get("last_message_id") or 0), int(thread["id"])) >= after
    ]


def _ref(ref: str | None) -> tuple[int, int]:
    channel, _, message = (ref or "").partition("/")
    return int(channel), int(message)
