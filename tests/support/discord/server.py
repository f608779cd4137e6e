"""A simulated server with the real client in it, answering from a real database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend.models.channel import Overwrite
from simcord.builders import ChannelHandle, GuildHandle
from simcord.enums import OverwriteType
from simcord.results import InteractionResult, ResponseMessage

from bot.alerts.conditions import Rules
from bot.alerts.delivery import Tally
from bot.alerts.planner import Digests
from bot.app.discord import Facts, Posts, Servers
from bot.chat.commands import build
from bot.chat.discord.asking import Rights
from bot.chat.discord.desk import Desk
from bot.chat.discord.gateway import Gateway
from bot.chat.discord.send import DiscordSender
from bot.clock import SteppedClock
from bot.model import Destination, Story, WatchHits
from bot.store import alerts, digests, lookup, orders, outbox
from tests.support.delivering import deliver
from tests.support.office import Office

OPERATOR = 42


@dataclass(slots=True, kw_only=True)
class Server:
    """The simulated server: a channel, a reader, and who manages the channel or all of it."""

    env: simcord.Env
    office: Office
    clock: SteppedClock
    client: Gateway
    sender: DiscordSender
    guild: GuildHandle
    policy: ChannelHandle
    reader: MemberActor
    manager: MemberActor
    chief: MemberActor
    managers: tuple[str, ...] = ()
    """Whom the operator's config names, from the next start on."""

    async def restart(self) -> None:
        """The process is gone; another connects."""
        self.client = client_for(self.office, self.clock, managers=self.managers)
        self.sender = DiscordSender(self.client, self.clock)
        await self.env.restart_bot(self.client)

    async def place(self, channel: ChannelHandle | None = None) -> Destination:
        """The channel as it is stored; it must be."""
        async with self.office.store.read() as conn:
            home = await lookup.workspace_at(conn, "discord", str(self.guild.id))
            assert home is not None
            found = await lookup.destination_at(conn, home.id, str((channel or self.policy).id))
        assert found is not None
        return found

    async def deliver(self) -> Tally:
        """Post and edit all that is due, as the outbox does."""
        return await deliver(self.office, self.sender, self.clock)

    async def publish(self, title: str, **given: Any) -> Story:
        """A story comes in by the server's clock, and a minute goes by."""
        self.office.now = self.clock.now()
        story = await self.office.publish(title, **given)
        self.clock.advance(timedelta(minutes=1))
        return story

    def deny(self, *permissions: str) -> None:
        """In the channel everybody, the bot too, lacks these permissions and no others."""
        denied = discord.Permissions(**dict.fromkeys(permissions, True))
        everyone = Overwrite(
            target_id=self.guild.default_role.id, type=OverwriteType.ROLE, deny=denied.value
        )
        self.env.backend.set_overwrite(self.policy.id, everyone)

    async def own(self, person: MemberActor) -> Destination:
        """The person's direct messages as they are stored."""
        async with self.office.store.read() as conn:
            home = await lookup.workspace_at(conn, "discord", str(self.guild.id))
            assert home is not None
            found = await lookup.destination_at(conn, home.id, f"@{person.id}")
        assert found is not None
        return found

    def direct(self, person: MemberActor) -> int:
        """The id of the person's direct messages with the bot."""
        return int(self.env.backend.get_dm_channel(person.id).id)

    async def hits(self) -> WatchHits:
        """An article that every watch matches."""
        async with self.office.store.read() as conn:
            standing = await orders.standing(conn)
        return {watch.id: () for watch in standing.watches}

    def thread(self, name: str) -> ChannelHandle:
        """A thread in the channel."""
        self.env.backend.create_thread(self.policy.id, name, owner_id=self.chief.id)
        return self.policy.threads[-1]

    async def digest(self, span: timedelta) -> None:
        """Time goes by, and the digests that are due are queued."""
        self.clock.advance(span)
        planner = Digests(
            store=self.office.store, digests=digests, alerts=alerts, deliveries=outbox
        )
        await planner.run_once(self.clock.now())

    def channel(self, name: str = "hidden", **denied: bool) -> ChannelHandle:
        """A channel in which the bot, being nobody special, is denied these permissions."""
        overwrite = discord.PermissionOverwrite(**dict.fromkeys(denied, False))
        return self.guild.create_text_channel(name, overwrites={self.guild.default_role: overwrite})


async def alerted(server: Server) -> discord.Message:
    """The channel is subscribed, a story comes, and its alert stands there."""
    await server.manager.slash(server.policy, "subscribe", to="all")
    await server.publish(
        "Pentagon drops Claude", about=["claude"], text="The Pentagon dropped Claude on Friday."
    )
    await server.deliver()
    message = server.policy.last_message
    assert message is not None
    return message


def shown(result: InteractionResult | ResponseMessage | discord.Message | None) -> str:
    """All words of a reply."""
    message = result.response if isinstance(result, InteractionResult) else result
    assert message is not None, "nothing was answered"
    parts = [message.content or ""]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or "", embed.footer.text or ""]
        parts += [f"{field.name}: {field.value}" for field in embed.fields]
    return "\n".join(part for part in parts if part)


def choices(found: list[dict[str, Any]]) -> Mapping[str, str]:
    """What a completion offers: label → value."""
    return {str(each["name"]): str(each["value"]) for each in found}


def client_for(
    office: Office,
    clock: SteppedClock,
    *,
    shard_count: int | None = 1,
    managers: tuple[str, ...] = (),
) -> Gateway:
    """A gateway over this database; its sender speaks through the same simulated client."""
    reach = _Reach()
    desk = Desk(
        registry=build(),
        services=office.services(),
        clock=clock,
        reach=reach,
        tenants=Servers(office.store, clock),
        notes=Facts(office.store),
        told=Posts(office.store, reach, Rules()),  # type: ignore[arg-type]
        rights=Rights(operators=(f"discord:{OPERATOR}",), managers=managers),
    )
    client = Gateway(desk, shard_count=shard_count)
    reach.sender = DiscordSender(client, clock)
    return client


@dataclass(slots=True)
class _Reach:
    """The sender of a client that is being made."""

    sender: DiscordSender | None = None

    async def check(self, destination: Destination) -> None:
        assert self.sender is not None
        await self.sender.check(destination)

    def link(self, destination: Destination, ref: str) -> str | None:
        assert self.sender is not None
        return self.sender.link(destination, ref)


async def opened(env: simcord.Env, client: Gateway, office: Office, clock: SteppedClock) -> Server:
    """A server with the bot in it, its people and one channel."""
    guild = env.create_guild("Policy Desk")
    channels = guild.create_role("editors", permissions=discord.Permissions(manage_channels=True))
    everything = guild.create_role("chiefs", permissions=discord.Permissions(manage_guild=True))
    policy = guild.create_text_channel("policy")
    await env.settle()
    return Server(
        env=env,
        office=office,
        clock=clock,
        client=client,
        sender=DiscordSender(client, clock),
        guild=guild,
        policy=policy,
        reader=guild.add_member(env.create_user("reader")),
        manager=guild.add_member(env.create_user("manager"), roles=[channels]),
        chief=guild.add_member(env.create_user("chief"), roles=[everything]),
    )
