"""The gateway: hears commands and buttons, and of servers that come and go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import discord
import structlog

from bot.chat.discord.answers import Answers
from bot.chat.discord.commands import fingerprint, payload
from bot.chat.discord.desk import Desk
from bot.chat.discord.failures import TokenRefused
from bot.chat.discord.replies import Interaction
from bot.chat.discord.rest import no_resending, use_gateway_of
from bot.errors import PolicywireError

_TOKEN_CLOSE_CODE = 4004
_LAST_WORDS_SECONDS = 5.0
_FORGET_AFTER = timedelta(days=30)
_FORGET_EVERY = timedelta(hours=6)
_log = structlog.get_logger(__name__)


class Gateway(discord.AutoShardedClient):
    """One connection with its shards; `serve` runs it until it is told to stop."""

    def __init__(self, desk: Desk, *, shard_count: int | None = None) -> None:
        """The least that is needed is heard: servers, their channels and roles."""
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=no_resending(),
            shard_count=shard_count,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self._at_work: set[asyncio.Task[object]] = set()
        self._desk, self._answers = desk, Answers(desk, self.get_channel)

    async def serve(self, token: str, stop: asyncio.Event, *, moved: bool = False) -> None:
        """Connect and answer until `stop`; raises TokenRefused. `moved`: not Discord's address."""
        tasks = [asyncio.create_task(self._close_at(stop))]
        try:
            await self.login(token)
            if moved:
                await use_gateway_of(self)
            tasks.append(asyncio.create_task(self._forget_now_and_then()))
            await self.connect()
        except discord.LoginFailure as error:
            raise TokenRefused from error
        except discord.ConnectionClosed as error:
            if error.code == _TOKEN_CLOSE_CODE:
                raise TokenRefused from error
            raise
        except Exception:
            # What was cut short by the end is no failure.
            if not stop.is_set():
                raise
        finally:
            # Nothing is cut off in the midst of a transaction.
            await self._finish()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.close()

    async def setup_hook(self) -> None:
        """Tell Discord of the commands where they are others than last time."""
        desk = self._desk
        commands = payload(desk.registry)
        where = str(desk.home or "everywhere")
        name, mark = f"discord commands {self.application_id} {where}", fingerprint(commands)
        if await desk.notes.get(name) == mark:
            return
        application = self.application_id or 0
        try:
            if desk.home is None:
                await self.http.bulk_upsert_global_commands(application, commands)
            else:
                await self.http.bulk_upsert_guild_commands(application, desk.home, commands)
        except discord.HTTPException as error:
            # Those that Discord has already go on working.
            _log.error("commands_not_told", error=str(error))
            return
        await desk.notes.put(name, mark)
        _log.info("commands_told", commands=len(commands), where=where)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (the client's)
        """Nothing begins once the end has come: that all servers are there may be told late."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_ready(self) -> None:
        """All shards are there, so all servers are known."""
        async with self._working():
            await self._desk.tenants.reconcile({str(guild.id) for guild in self.guilds})
        _log.info("gateway_ready", servers=len(self.guilds), shards=self.shard_count)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited, for the first time or again."""
        async with self._working():
            await self._desk.tenants.returned(str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed, or the server was deleted."""
        async with self._working():
            await self._desk.tenants.removed(str(guild.id))

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """With other permissions, a channel may be open again."""
        if before.overwrites != after.overwrites:
            await self._opened(after.guild)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """A role may be the bot's, or everybody's."""
        if before.permissions != after.permissions:
            await self._opened(after.guild)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Of the bot alone, as no other members are heard of."""
        if before.roles != after.roles:
            await self._opened(after.guild)

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """A thread that was locked may be open again."""
        if before.locked and not after.locked:
            await self._opened(after.guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """What would go there waits."""
        async with self._working():
            await self._desk.tenants.closed(str(channel.guild.id), str(channel.id))

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """What would go there waits."""
        async with self._working():
            await self._desk.tenants.closed(str(thread.guild_id), str(thread.thread_id))

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401, ARG002 (the client's)
        """One event that failed ends nothing."""
        _log.exception("event_failed", gateway_event=event_method)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a command, a completion, a button or a form."""
        async with self._working():
            await self._answers.take(interaction)

    async def _opened(self, guild: discord.Guild) -> None:
        async with self._working():
            await self._desk.tenants.opened(str(guild.id))

    async def _close_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        await self._finish()
        await self.close()

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        """The client lets events run by themselves; the end waits for those at work."""
        task = asyncio.current_task()
        assert task is not None
        self._at_work.add(task)
        try:
            yield
        finally:
            self._at_work.discard(task)

    async def _finish(self) -> None:
        if self._at_work:
            await asyncio.wait(list(self._at_work), timeout=_LAST_WORDS_SECONDS)

    async def _forget_now_and_then(self) -> None:
        while True:
            try:
                async with self._working():
                    forgotten = await self._desk.tenants.forget(_FORGET_AFTER)
            except PolicywireError as error:
                _log.error("servers_not_forgotten", error=str(error))
            else:
                if forgotten:
                    _log.info("servers_forgotten", servers=forgotten)
            await self._desk.clock.sleep(_FORGET_EVERY.total_seconds())
