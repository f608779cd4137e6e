"""The rights that the bot needs in a channel, and the integer and link that ask for them."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.model import DestinationKind

_ALWAYS = ("view_channel", "read_message_history", "embed_links", "attach_files")
_SENDING = {
    DestinationKind.CHANNEL: ("send_messages",),
    DestinationKind.FORUM: ("send_messages", "send_messages_in_threads"),
    DestinationKind.THREAD: ("send_messages_in_threads",),
}
_WANTED = (
    *_ALWAYS,
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "mention_everyone",
)
_NAMES = {
    "connect": "Connect",
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}


def missing(
    has: discord.Permissions, kind: DestinationKind, *, voice: bool = False
) -> tuple[str, ...]:
    """What alerts need there and the bot has not, in Discord's words; `voice`: people speak."""
    wanted = (*_SENDING.get(kind, ()), *_ALWAYS, *(("connect",) if voice else ()))
    if has.administrator:
        return ()
    return tuple(_NAMES[name] for name in wanted if not getattr(has, name))


def rights(
    guild: Mapping[str, Any], me: Mapping[str, Any], channel: Mapping[str, Any]
) -> discord.Permissions:
    """The bot's rights in a channel, by Discord's own order: roles, then the channel's exceptions.

    From plain answers, as the client computes them only with a gateway's cache.
    """
    if str(guild.get("owner_id")) == str(me["user"]["id"]):
        return discord.Permissions.all()
    mine = {str(role) for role in me["roles"]} | {str(guild["id"])}
    base = 0
    for role in guild["roles"]:
        base |= int(role["permissions"]) if str(role["id"]) in mine else 0
    if discord.Permissions(base).administrator:
        return discord.Permissions.all()
    own = {str(each["id"]): each for each in channel.get("permission_overwrites", ())}
    base = _changed(base, [own[str(guild["id"])]] if str(guild["id"]) in own else [])
    base = _changed(base, [own[role] for role in mine - {str(guild["id"])} if role in own])
    base = _changed(base, [own[str(me["user"]["id"])]] if str(me["user"]["id"]) in own else [])
    return discord.Permissions(base)


def _changed(base: int, overwrites: Sequence[Mapping[str, Any]]) -> int:
    for each in overwrites:
        base &= ~int(each["deny"])
    for each in overwrites:
        base |= int(each["allow"])
    return base


def invite_permissions() -> discord.Permissions:
    """What an invitation asks for: the rights above, threads under alerts, pings of one role."""
    return discord.Permissions(**dict.fromkeys(_WANTED, True))


def application_of(token: str) -> int | None:
    """The application that a bot's token is of, spelled in its first part; None where it is not."""
    spelled = token.partition(".")[0]
    try:
        number = base64.b64decode(spelled + "=" * (-len(spelled) % 4), validate=True).decode(
            "ascii"
        )
    except ValueError:
        return None
    return int(number) if number.isdecimal() else None


def invite_url(application: int | str) -> str:
    """The link with which a server's manager invites the bot."""
    return (
        f"https://discord.com/oauth2/authorize?client_id={application}"
        f"&scope=bot+applications.commands&permissions={invite_permissions().value}"
    )
