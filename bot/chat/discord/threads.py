"""Posts of forums and threads under alerts: making them, and what stands in their way."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import discord
from discord.http import HTTPClient, MultipartParameters

from bot.chat.discord.render import thread_name
from bot.message import Message

_DAY: Literal[1440] = 1440
_WEEK: Literal[10080] = 10080
"""Minutes without a word after which a thread is put away."""
_THREAD_EXISTS, _TAG_WANTED = 160004, 40067
_NO_ANSWER_THERE = frozenset({10003, 10008, 50001})
_REQUIRES_TAG = 1 << 4
"""Of a forum's flags (CONTRACTS.md, section 1, Permissions)."""

Written = Callable[[Mapping[str, Any]], MultipartParameters]
"""Gives the request for a forum's post with these properties."""


async def post_in_forum(
    http: HTTPClient, forum: int, message: Message, written: Written
) -> tuple[int, int]:
    """Make a post, under a tag where the forum insists; the ids of its thread and first message."""
    post: dict[str, Any] = {"name": thread_name(message), "auto_archive_duration": _WEEK}
    try:
        made = await _made(http, forum, written(post))
    except discord.HTTPException as error:
        if error.code != _TAG_WANTED:
            raise
        # Refused, so nothing stands there: it can be asked again.
        tag = open_tag(await http.get_channel(forum), message.topic)
        if tag is None:
            raise
        made = await _made(http, forum, written({**post, "applied_tags": [tag]}))
    return int(made["id"]), int(made.get("message", {}).get("id", made["id"]))


def open_tag(forum: Mapping[str, Any], topic: str) -> str | None:
    """The id of the tag for a story of this topic: of its name, or else the first for everyone."""
    free = [tag for tag in forum.get("available_tags", ()) if not tag.get("moderated")]
    fitting = [tag for tag in free if _folded(tag["name"]) == _folded(topic)]
    return next((str(tag["id"]) for tag in (*fitting, *free)), None)


def wants_tag_in_vain(forum: Mapping[str, Any]) -> bool:
    """Whether each post needs a tag and there is none that the bot may give."""
    return bool(int(forum.get("flags") or 0) & _REQUIRES_TAG) and open_tag(forum, "") is None


async def open_under(http: HTTPClient, channel: int, parent: int, message: Message) -> bool:
    """Whether the message above has a thread, which has its own id; makes it where it may."""
    try:
        await http.start_thread_with_message(
            channel,
            parent,
            name=await _named(http, channel, parent, message),
            auto_archive_duration=_DAY,
        )
    except discord.HTTPException as error:
        if error.code in _NO_ANSWER_THERE or error.status >= 500 or error.status == 429:
            raise
        # No right to make threads, or a channel without them: an answer does as well.
        return error.code == _THREAD_EXISTS
    return True


async def _made(http: HTTPClient, forum: int, params: MultipartParameters) -> Mapping[str, Any]:
    with params:
        made: Mapping[str, Any] = await http.start_thread_in_forum(forum, params=params)
        return made


async def _named(http: HTTPClient, channel: int, parent: int, message: Message) -> str:
    """A thread bears its alert's title."""
    above = await http.get_message(channel, parent)
    titles = [str(embed.get("title", "")) for embed in above.get("embeds", ())]
    title = next(filter(None, titles), message.title)
    return thread_name(Message(title=title.replace("\\", "")))


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
