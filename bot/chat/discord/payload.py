"""What a post consists of as the API takes it, and how it is known again."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import discord
from discord.http import MultipartParameters, handle_message_parameters

from bot.chat.discord.components import Mark, read, view
from bot.chat.discord.render import Page
from bot.model import Destination, DestinationKind

_FOOTMARK = "policywire · "
_MARK_LENGTH = 10


def parameters(
    destination: Destination,
    pages: tuple[Page, ...],
    *,
    nonce: str,
    answers: int | None = None,
    forum: Mapping[str, Any] | None = None,
) -> MultipartParameters:
    """A new message: its first page, the one role that it may ping, and what marks it.

    `forum` is the post around it, which takes no nonce.
    """
    first, more = pages[0], dict[str, Any]()
    role = first.mention
    if role is None or str(role) == destination.workspace_external:
        # The role with the server's own id is everybody.
        content, mentions = None, discord.AllowedMentions.none()
    else:
        content = f"<@&{role}>"
        mentions = discord.AllowedMentions(
            everyone=False, users=False, roles=[discord.Object(role)], replied_user=False
        )
    if answers is not None:
        more["message_reference"] = {"message_id": answers, "fail_if_not_exists": False}
    if content is not None:
        more["content"] = content
    if not first.buttons and len(pages) == 1 and not first.embed.footer.text:
        first.embed.set_footer(text=_footmark(nonce))
    if forum is not None:
        more["channel_payload"] = dict(forum)
    else:
        more["nonce"] = nonce
    if made := files(first):
        more["files"] = made
    return handle_message_parameters(
        embeds=[first.embed],
        view=view(first.buttons, mark=_mark_of(destination, nonce), pages=len(pages)),
        allowed_mentions=mentions,
        **more,
    )


def edited(destination: Destination, pages: tuple[Page, ...]) -> MultipartParameters:
    """A message's new embed and buttons; whoever an embed names is not pinged."""
    mark = _mark_of(destination, nonce="")
    return handle_message_parameters(
        embeds=[pages[0].embed],
        view=view(pages[0].buttons, mark=mark, pages=len(pages)),
        allowed_mentions=discord.AllowedMentions.none(),
    )


def files(page: Page) -> list[discord.File]:
    """The page's picture and attachments as uploads."""
    made = []
    if page.picture is not None:
        picture = page.picture
        made.append(
            discord.File(BytesIO(picture.png), picture.name, description=picture.alt[:1024])
        )
    made += [discord.File(BytesIO(each.content), each.name) for each in page.attachments[:9]]
    return made


def _mark_of(destination: Destination, nonce: str) -> Mark:
    """What the ids of a post's buttons carry."""
    direct = destination.kind is DestinationKind.DIRECT
    return Mark(nonce=nonce, workspace=destination.workspace_external if direct else "")


def _footmark(nonce: str) -> str:
    """What a message without buttons bears, so that it is known again."""
    return _FOOTMARK + nonce[:_MARK_LENGTH]


def bears(message: Mapping[str, Any], nonce: str) -> bool:
    """Whether a message that stands there is the delivery of this nonce."""
    if message.get("nonce") == nonce:
        return True
    for row in message.get("components", ()):
        for item in row.get("components", ()):
            known = read(str(item.get("custom_id", "")))
            if known is not None and getattr(known, "mark", Mark()).nonce == nonce:
                return True
    footers = (embed.get("footer", {}).get("text") for embed in message.get("embeds", ()))
    return _footmark(nonce) in footers
