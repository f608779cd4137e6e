"""The feeds of a site, found from any address on it: what its page names, or the usual places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser
from yarl import URL

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.address import read_address, shown
from bot.feeds.fetch import Body, Fetched, FetchRequest

_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
}
_USUAL_PLACES = ("/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json", "/rss")
_LOOKS_LIKE_A_LINK = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:$|[/._-])|[?&](?:format|feed|type)=(?:rss|atom)",
    re.IGNORECASE,
)
# A site is a guest's house: so many documents of it are tried, and no more.
_MOST_NAMED = 8
_MOST_LINKED = 5

_MARKUP = re.compile(
    rb"<(?:!--.*?(?:-->|$)|!doctype|[?]|/?([a-z][\w.-]*:)?([a-z][\w.-]*))",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_JSON_TITLE = re.compile(r'"title"\s*:\s*"((?:[^"\\]|\\.)*)"')
_JSON_VERSION = re.compile(rb"jsonfeed\.org\\?/version")
_HEAD = 16 * 1024


class FoundKind(StrEnum):
    """The format of a found feed."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


_ROOTS = {b"rss": FoundKind.RSS, b"rdf": FoundKind.RSS, b"feed": FoundKind.ATOM}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that was fetched and looks like one; its title is as the feed itself says."""

    url: str
    title: str
    kind: FoundKind


class Fetches(Protocol):
    """What discovery needs of a Fetcher."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """The document; raises FeedError saying why it cannot be had."""
        ...


async def discover(typed: str, fetcher: Fetches) -> list[FoundFeed]:
    """The feeds of the site, the page's own order first; the address itself when it is a feed.

    Never empty: raises UsageError for what is no address and FeedError when no feed is found.
    """
    address = read_address(typed)
    try:
        address, page = await _first_page(address, bare="://" not in typed, fetcher=fetcher)
    except FeedError as error:
        if error.kind not in {FeedErrorKind.NOT_FOUND, FeedErrorKind.BLOCKED, FeedErrorKind.HTTP}:
            raise
        # the front page may be closed to programs while the feed is open
        found = await _first_of(_usual_places(URL(address)), fetcher)
        if not found:
            raise
        return found
    if (itself := _found(address, page)) is not None:
        return [itself]
    named, linked = _links(page)
    found = await _all_of(named[:_MOST_NAMED], fetcher)
    found = found or await _all_of(linked[:_MOST_LINKED], fetcher)
    found = found or await _first_of(_usual_places(URL(page.url)), fetcher)
    if not found:
        raise FeedError(
            FeedErrorKind.HTML,
            f"{shown(page.url)} names no feed, and none is in the usual places. "
            "Look on the site for “RSS” and give that address.",
        )
    return found


def looks_like_feed(body: bytes, content_type: str = "") -> FoundKind | None:
    """What kind of feed a document is by its first element, None when it is none."""
    head = _ascii_head(body)
    if head.lstrip()[:1] == b"{":
        declared = content_type == "application/feed+json"
        return FoundKind.JSON if declared or _JSON_VERSION.search(head) else None
    for markup in _MARKUP.finditer(head):
        if markup[2] is not None:
            return _ROOTS.get(markup[2].lower())
    return None


async def _first_page(address: str, *, bare: bool, fetcher: Fetches) -> tuple[str, Body]:
    try:
        return address, await _get(address, fetcher)
    except FeedError as error:
        # an address typed without scheme was only guessed to be https
        unsafe = {FeedErrorKind.UNREACHABLE, FeedErrorKind.CERTIFICATE, FeedErrorKind.TIMEOUT}
        if not bare or error.kind not in unsafe:
            raise
        plain = address.replace("https://", "http://", 1)
        try:
            return plain, await _get(plain, fetcher)
        except FeedError:
            raise error from None


async def _get(url: str, fetcher: Fetches) -> Body:
    answer = await fetcher.fetch(FetchRequest(url=url, unconditional=True))
    if not isinstance(answer, Body):
        raise ValueError("an unconditional request was answered as a conditional one")
    return answer


async def _all_of(urls: list[str], fetcher: Fetches) -> list[FoundFeed]:
    """Those of the addresses that are feeds, asked one after another."""
    found: dict[str, FoundFeed] = {}  # by where they are in the end, so that each comes once
    for url in urls:
        try:
            page = await _get(url, fetcher)
        except FeedError:
            continue
        if (feed := _found(url, page)) is not None:
            found.setdefault(page.url, feed)
    return list(found.values())


async def _first_of(urls: list[str], fetcher: Fetches) -> list[FoundFeed]:
    for url in urls:
        if found := await _all_of([url], fetcher):
            return found
    return []


def _usual_places(url: URL) -> list[str]:
    return [str(url.origin().with_path(path)) for path in _USUAL_PLACES]


def _links(page: Body) -> tuple[list[str], list[str]]:
    """Addresses that the page names as its feeds, and links that look like one."""
    tree = LexborHTMLParser(page.content)
    base = URL(page.url)
    for node in tree.css("base[href]"):
        base = _absolute(base, node.attributes.get("href")) or base
        break
    named: dict[str, None] = {}
    linked: dict[str, None] = {}
    for node in tree.css("link[rel][href]"):
        rels = (node.attributes.get("rel") or "").lower().split()
        kind = (node.attributes.get("type") or "").split(";")[0].strip().lower()
        target = _absolute(base, node.attributes.get("href"))
        if target is not None and "alternate" in rels and kind in _TYPES:
            named[str(target)] = None
    for node in tree.css("a[href]"):
        target = _absolute(base, node.attributes.get("href"))
        if target is not None and _LOOKS_LIKE_A_LINK.search(target.raw_path_qs):
            linked[str(target)] = None
    return list(named), [url for url in linked if url not in named]


def _absolute(base: URL, href: str | None) -> URL | None:
    try:
        target = base.join(URL((href or "").strip())).with_fragment(None)
    except ValueError:
        return None
    return target if target.scheme in {"http", "https"} and target.host and href else None


def _found(asked: str, page: Body) -> FoundFeed | None:
    """The page as a feed: at its new address when it moved, else where it was asked for."""
    kind = looks_like_feed(page.content, page.content_type)
    if kind is None:
        return None
    url = page.moved_to or asked
    return FoundFeed(url=url, title=_title(page, kind) or URL(url).host or url, kind=kind)


def _title(page: Body, kind: FoundKind) -> str:
    head = page.content[:_HEAD].decode(_encoding(page), errors="replace")
    found = (_JSON_TITLE if kind is FoundKind.JSON else _TITLE).search(head)
    return " ".join(_plain(found[1]).split()) if found else ""


def _plain(markup: str) -> str:
    text = markup.replace("<![CDATA[", "").replace("]]>", "").replace("\\/", "/")
    return unescape(re.sub(r"<[^>]*>", "", unescape(text)))


def _encoding(page: Body) -> str:
    """The first declared encoding that Python knows."""
    declared = re.search(rb"encoding=[\"']([\w.-]+)", page.content[:200])
    for name in _candidates(page, declared[1].decode("ascii") if declared else None):
        try:
            "".encode(name)
        except LookupError:
            continue
        return name
    return "utf-8"


def _candidates(page: Body, declared: str | None) -> Iterator[str]:
    if page.content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        yield "utf-16"
    if page.charset:
        yield page.charset
    if declared:
        yield declared


def _ascii_head(body: bytes) -> bytes:
    """The document's beginning in which markup can be told, without byte order mark."""
    head = body[:_HEAD]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf")
