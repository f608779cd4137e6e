"""Who asks, and where: the channel that alerts go to, and the rights of the person."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.call import Actor, Place, Who
from bot.chat.discord.components import Mark
from bot.chat.discord.send import PLATFORM
from bot.errors import UsageError
from bot.model import Destination, DestinationId, DestinationKind, WorkspaceId

_THREADS, _FORUMS = frozenset({10, 11, 12}), frozenset({15, 16})
KindOf = Callable[[int], int | None]
"""The type of a channel by its id, None where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The place and the person of one interaction."""

    place: Place
    actor: Actor


def asking(
    interaction: discord.Interaction[Any], kind_of: KindOf, operators: Collection[str], mark: Mark
) -> Asking:
    """Where and by whom; in direct messages the mark of what was pressed names the workspace."""
    person = interaction.user
    if interaction.guild_id is None:
        if not mark.workspace:
            raise UsageError("This works in a server's channel, not in direct messages.")
        place = Place(
            platform=PLATFORM,
            workspace=mark.workspace,
            channel=f"@{person.id}",
            channel_name=person.name,
            kind=DestinationKind.DIRECT.value,
            owner=str(person.id),
        )
        # Everyone manages their own messages.
        return Asking(place=place, actor=_actor(person, Who.CHANNEL_MANAGER, operators))
    raw: Mapping[str, Any] = _raw_channel(interaction)
    guild = interaction.guild
    place = place_of(raw, str(interaction.guild_id), guild.name if guild else "", kind_of)
    may = right(interaction.permissions)
    return Asking(place=place, actor=_actor(person, may, operators))


def elsewhere(
    here: Asking, channel: Mapping[str, Any], kind_of: KindOf, operators: Collection[str]
) -> Asking:
    """The same person in another channel of the server, with their rights there."""
    place = place_of(channel, here.place.workspace, here.place.workspace_name, kind_of)
    permissions = discord.Permissions(int(channel.get("permissions", 0)))
    may = right(permissions)
    if here.actor.may is Who.OPERATOR or str(here.actor.id) in operators:
        may = Who.OPERATOR
    return Asking(place=place, actor=Actor(id=here.actor.id, name=here.actor.name, may=may))


def place_of(channel: Mapping[str, Any], guild: str, guild_name: str, kind_of: KindOf) -> Place:
    """The channel that messages are sent to: a forum for its posts, else the channel itself."""
    number, kind = int(channel["id"]), int(channel["type"])
    name, parent = str(channel.get("name") or ""), channel.get("parent_id")
    sort = DestinationKind.CHANNEL
    if kind in _THREADS:
        sort = DestinationKind.THREAD
        if parent is not None and kind_of(int(parent)) in _FORUMS:
            number, sort, name = int(parent), DestinationKind.FORUM, ""
    elif kind in _FORUMS:
        sort = DestinationKind.FORUM
    return Place(
        platform=PLATFORM,
        workspace=guild,
        workspace_name=guild_name,
        channel=str(number),
        channel_name=name,
        kind=sort.value,
    )


def right(permissions: discord.Permissions) -> Who:
    """What a person with these permissions in a channel may do there."""
    if permissions.administrator or permissions.manage_guild:
        return Who.WORKSPACE_MANAGER
    return Who.CHANNEL_MANAGER if permissions.manage_channels else Who.ANYONE


def destination(place: Place) -> Destination:
    """The place as the sender's port names it, before it is stored."""
    return Destination(
        id=DestinationId(0),
        workspace=WorkspaceId(0),
        platform=PLATFORM,
        channel=place.channel,
        kind=DestinationKind(place.kind),
        owner=place.owner,
        workspace_external=place.workspace,
    )


def _actor(person: discord.User | discord.Member, may: Who, operators: Collection[str]) -> Actor:
    known = {str(person.id), f"{PLATFORM}:{person.id}"} & set(operators)
    name = person.display_name
    return Actor(id=str(person.id), name=name, may=Who.OPERATOR if known else may)


def _raw_channel(interaction: discord.Interaction[Any]) -> Mapping[str, Any]:
    channel = interaction.channel
    number = interaction.channel_id or 0
    if channel is None:
        return {"id": number, "type": 0}
    return {
        "id": number,
        "type": channel.type.value,
        "name": getattr(channel, "name", ""),
        "parent_id": getattr(channel, "parent_id", None),
    }
