"""A seed article as a person gives it: an address, or its text as it was copied."""

import re

from bot.errors import FeedError, UsageError
from bot.feeds.address import read_address, shown
from bot.feeds.fetch import Body
from bot.services.feeds.preview import get
from bot.services.ports.upkeep import Fetches

FEWEST_WORDS = 8
"""Pasted words from which on there is something to read."""
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)
_MARKED_HEAD = 4_096
_NO_TEXT = re.compile(
    r"(?:image|video|audio|font)/|application/(?:pdf|zip|octet-stream|msword|vnd)"
)


def is_address(typed: str) -> bool:
    """Whether an address was typed, and not an article's words."""
    words = typed.split()
    return len(words) == 1 and ("://" in typed or ("." in typed and "/" in typed))


async def fetched(fetcher: Fetches, typed: str) -> str:
    """The page at an address; raises UsageError or FeedError with words for the person."""
    address = read_address(typed)
    try:
        body = await get(fetcher, address)
    except FeedError as error:
        raise FeedError(
            error.kind,
            f"{error} If you can read the article in a browser, give its text instead of its "
            "address.",
        ) from error
    if _NO_TEXT.match(body.content_type.strip().lower()) or body.content.startswith(b"%PDF"):
        kind = body.content_type.partition(";")[0].strip() or "application/pdf"
        raise UsageError(
            f"{shown(address)} is no page but a file ({kind}). Give the article's text instead."
        )
    return decoded(body)


def decoded(body: Body) -> str:
    """A page's characters: UTF-8 where the bytes are, else as the server or the page says."""
    content = body.content
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        stated = _META.search(content[:_MARKED_HEAD])
        name = body.charset or (stated[1].decode("ascii") if stated else "cp1252")
    try:
        return content.decode(name, "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def pasted(typed: str) -> str:
    """An article's words as they were pasted; raises UsageError where there are too few to read."""
    if len(typed.split()) < FEWEST_WORDS:
        raise UsageError(
            f"“{typed[:60]}” is neither an article's address nor enough of its text. Give a link "
            "such as https://example.org/story, or paste the article."
        )
    return typed
