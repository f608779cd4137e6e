"""What the bot wrote in a place: where a post whose outcome is unknown may stand."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from discord.http import HTTPClient

from bot.model import Destination, DestinationKind

_LOOKED_BACK = 500


async def channels_of(http: HTTPClient, destination: Destination, after: int) -> AsyncIterator[int]:
    """The server's channels in which a message to this destination may stand, if after that id."""
    here = int(destination.channel)
    if destination.kind is not DestinationKind.FORUM:
        yield here
    if destination.kind is DestinationKind.THREAD:
        return
    active = await http.get_active_threads(int(destination.workspace_external))
    for thread in _fresh(active["threads"], here, after):
        yield thread
    archived = await http.get_public_archived_threads(here, limit=50)
    for thread in _fresh(archived["threads"], here, after):
        yield thread


async def written(
    http: HTTPClient, channel: int, author: int, after: int
) -> AsyncIterator[Mapping[str, Any]]:
    """The author's messages after that id, oldest first."""
    for _ in range(_LOOKED_BACK // 100):
        found = await http.logs_from(channel, 100, after=after)
        page = sorted(found, key=lambda message: int(message["id"]))
        for message in page:
            if int(message["author"]["id"]) == author:
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
