"""From a feed's bytes to its Document: RSS, Atom, RDF by feedparser, JSON Feed by our reader.

Pure and hostile-proof: whatever the bytes are, a Document comes back or a FeedError is raised. It
is work for a thread, never for the event loop.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax import SAXParseException

import feedparser
import feedparser.api

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.canonical import absolute
from bot.feeds.document import Document, newest, settle
from bot.feeds.encoding import sound
from bot.feeds.entries import entry_from, stated
from bot.feeds.expat import MOST_LOOSE, TooLongToMend, UnlikeAnyFeed
from bot.feeds.hours import minutes, skip_days, skip_hours, update_interval
from bot.feeds.jsonfeed import is_json, read_json_feed
from bot.model import Entry
from bot.text.html import one_line

_DRIVER = "bot.feeds.expat"
_HEAD = 16_384
_PROLOG = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>\[]*(?:\[.*?\]\s*)?>)*+",
    re.IGNORECASE | re.DOTALL,
)
_DOCTYPE_HTML = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
_ROOT = re.compile(rb"<([a-zA-Z][\w:.-]{0,40})")
_PAGE_ROOTS = ("html", "head", "body", "title", "meta", "script", "style", "div", "center", "h1")
_OTHER_XML = {
    "opml": "an OPML list of feeds; import it with `feeds import`",
    "urlset": "a sitemap",
    "sitemapindex": "a list of sitemaps",
    "error": "an error report of the server",
}

if _DRIVER not in feedparser.api.PREFERRED_XML_PARSERS:
    feedparser.api.PREFERRED_XML_PARSERS.insert(0, _DRIVER)


def parse(body: bytes, *, url: str, content_type: str | None = None) -> Document:
    """The document in `body`, fetched from `url`; `content_type` is the header as it came.

    Raises FeedError where it is empty, a page, or no feed. A damaged feed gives the entries that
    can be read and a `problem`.
    """
    if not body.strip(b"\0 \t\r\n"):
        raise FeedError(FeedErrorKind.EMPTY, f"{url} answers with an empty document.")
    if is_json(body):
        return read_json_feed(body, url=url)
    body, content_type = sound(body, content_type)
    if _is_page(body):
        raise FeedError(
            FeedErrorKind.HTML,
            f"{url} is a web page, not a feed. Find the site's feeds with `feeds discover {url}`.",
        )
    whole = len(body)
    read, body = _read_bounded(body, url, content_type)
    if not read.get("version") and not read.entries:
        raise FeedError(
            FeedErrorKind.NOT_A_FEED,
            f"{url} is not a feed: {_what_it_is(body)}. "
            "Find the site's feeds with `feeds discover`.",
        )
    document = _document(read, body, url)
    if len(body) < whole:
        cut = f"only its first {len(body) // 1024:,} KiB were read"
        document = replace(document, problem=f"{document.problem}; {cut}")
    if document.problem and not document.entries and not document.title:
        raise FeedError(
            FeedErrorKind.NOT_A_FEED,
            f"{url} is damaged, and no entry of it can be read ({document.problem}).",
        )
    return document


def _read(body: bytes, url: str, content_type: str) -> feedparser.FeedParserDict:
    try:
        # From BytesIO only: given bytes that are a path, feedparser opens the file.
        return feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except TooLongToMend:
        raise
    except UnlikeAnyFeed as error:
        raise FeedError(
            FeedErrorKind.NOT_A_FEED, f"{url} is no feed that can be read: {error}."
        ) from error
    except Exception as error:
        raise FeedError(
            FeedErrorKind.NOT_A_FEED,
            f"{url} cannot be read as a feed ({type(error).__name__}: {str(error)[:120]}).",
        ) from error


def _read_bounded(
    body: bytes, url: str, content_type: str
) -> tuple[feedparser.FeedParserDict, bytes]:
    """What feedparser reads, and of which bytes: all, or the top of a large damaged document."""
    # feedparser turns every document into UTF-8 first, by which it may grow threefold.
    for most in (len(body), MOST_LOOSE, MOST_LOOSE // 3):
        part = _top(body, most)
        try:
            return _read(part, url, content_type), part
        except TooLongToMend:
            continue
    raise FeedError(FeedErrorKind.NOT_A_FEED, f"{url} is damaged and too large to be mended.")


def _top(body: bytes, most: int) -> bytes:
    """The document's first `most` bytes at the most, up to the end of an item."""
    if len(body) <= most:
        return body
    end = max(body.rfind(closing, 0, most) for closing in (b"</item>", b"</entry>"))
    return body[: body.index(b">", end) + 1] if end > 0 else body[:most]


def _document(read: feedparser.FeedParserDict, body: bytes, url: str) -> Document:
    feed = read.feed
    site = absolute(_str(feed.get("link")), url) or ""
    language = one_line(_str(feed.get("language"))) or None
    entries, lost = _entries(read.entries, (url, site), language)
    return Document(
        title=one_line(_str(feed.get("title"))),
        site=site,
        language=language,
        entries=settle(entries, feed_url=url, site=site),
        ttl=minutes(feed.get("ttl")),
        update_every=update_interval(feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")),
        skip_hours=skip_hours(body),
        skip_days=skip_days(body),
        problem=_problem(read, lost),
    )


def _entries(
    items: Sequence[Mapping[str, Any]], bases: tuple[str, str], language: str | None
) -> tuple[list[Entry], int]:
    """The entries and the number of items that could not be read."""
    entries: list[Entry] = []
    lost = 0
    for at in newest([stated(item) for item in items]):
        try:
            entry = entry_from(items[at], bases=bases, language=language)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            # One spoilt item must not cost the others; the document's problem tells of it.
            lost += 1
            continue
        entries.append(entry)
    return entries, lost


def _problem(read: feedparser.FeedParserDict, lost: int) -> str | None:
    problems = []
    error = read.get("bozo_exception") if read.get("bozo") else None
    if isinstance(error, SAXParseException):
        where = f" at line {error.getLineNumber()}" if error.getLineNumber() else ""
        problems.append(f"not well-formed{where}: {one_line(error.getMessage())}")
    elif error is not None:
        problems.append(one_line(str(error))[:200])
    if lost:
        problems.append(f"{lost} items could not be read")
    return "; ".join(problems) or None


def _is_page(body: bytes) -> bool:
    start = _start(body)
    return bool(_DOCTYPE_HTML.match(body, start)) or _root(body, start) in _PAGE_ROOTS


def _what_it_is(body: bytes) -> str:
    root = _root(body, _start(body))
    if not root:
        return "it is no XML"
    return f"it is {_OTHER_XML.get(root, f'XML with the root <{root}>')}"


def _start(body: bytes) -> int:
    """Where the document's own markup begins, behind declaration, comments and doctype."""
    prolog = _PROLOG.match(body, 0, _HEAD)
    return prolog.end() if prolog else 0


def _root(body: bytes, start: int) -> str:
    root = _ROOT.match(body, start)
    return root[1].decode("ascii", "replace").lower() if root else ""


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""
