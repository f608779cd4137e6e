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
class Rights:
    """Whom the operator's config names as `discord:` and the id of a person.

    Managers can be named by a role's id too: whoever has the role manages the server's policywire.
    """

    operators: Collection[str] = ()
    managers: Collection[str] = ()

    def of(self, person: discord.User | discord.Member, may: Who) -> Who:
        """What the person may do who may do `may` by Discord's own permissions."""
        if f"{PLATFORM}:{person.id}" in self.operators:
            return Who.OPERATOR
        roles = person.roles if isinstance(person, discord.Member) else []
        named = {f"{PLATFORM}:{one.id}" for one in (person, *roles)}
        if named & set(self.managers):
            return max(may, Who.WORKSPACE_MANAGER)
        return may


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The place and the person of one interaction."""

    place: Place
    actor: Actor


def asking(
    interaction: discord.Interaction[Any], kind_of: KindOf, rights: Rights, mark: Mark
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
        return Asking(place=place, actor=_actor(person, rights.of(person, Who.CHANNEL_MANAGER)))
    raw: Mapping[str, Any] = _raw_channel(interaction)
    guild = interaction.guild
    place = place_of(raw, str(interaction.guild_id), guild.name if guild else "", kind_of)
    may = rights.of(person, right(interaction.permissions))
    return Asking(place=place, actor=_actor(person, may))


def elsewhere(
    interaction: discord.Interaction[Any],
    channel: Mapping[str, Any],
    kind_of: KindOf,
    rights: Rights,
) -> Asking:
    """The same person in another channel of the server, with their rights there."""
    guild = interaction.guild
    place = place_of(channel, str(interaction.guild_id), guild.name if guild else "", kind_of)
    permissions = discord.Permissions(int(channel.get("permissions", 0)))
    may = rights.of(interaction.user, right(permissions))
    return Asking(place=place, actor=_actor(interaction.user, may))


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


def _actor(person: discord.User | discord.Member, may: Who) -> Actor:
    return Actor(id=str(person.id), name=person.display_name, may=may)


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
