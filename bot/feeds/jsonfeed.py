"""JSON Feed 1.0 and 1.1, which feedparser does not read."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.errors import FeedError, FeedErrorKind
from bot.feeds.canonical import absolute
from bot.feeds.document import Document, newest, settle
from bot.feeds.entries import date_from, labels, names, richest, titled
from bot.model import Entry
from bot.text.html import one_line

_VERSION = "jsonfeed.org/version/"


def is_json(body: bytes) -> bool:
    """Whether the document looks like JSON rather than XML."""
    return body[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"{", b"[")


def read_json_feed(body: bytes, *, url: str) -> Document:
    """The document; raises FeedError where it is JSON of another sort, or none."""
    feed = _load(body, url)
    site = absolute(_str(feed.get("home_page_url")), url) or ""
    language = _str(feed.get("language")) or None
    items = [item for item in feed["items"] if isinstance(item, Mapping)]
    # The format's rule: an item without an id is left out, since nothing tells it from the next.
    named = [item for item in items if _id(item)]
    kept = newest([date_from(_str(item.get("date_published"))) for item in named])
    entries = [_entry(named[at], (url, site), language) for at in kept]
    lost = len(feed["items"]) - len(named)
    return Document(
        title=one_line(_str(feed.get("title"))),
        site=site,
        language=language,
        entries=settle(entries, feed_url=url, site=site),
        ended=feed.get("expired") is True,
        problem=f"{lost} items have no id and were left out" if lost else None,
    )


def _load(body: bytes, url: str) -> dict[str, Any]:
    try:
        # Numbers stay as written: an id may be a number, and huge ones are an attack.
        feed = json.loads(body, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise FeedError(
            FeedErrorKind.NOT_A_FEED,
            f"{url} answers with JSON that cannot be read ({one_line(str(error))[:120]}).",
        ) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise _other(url)
    if _VERSION not in _str(feed.get("version")):
        raise _other(url)
    return feed


def _other(url: str) -> FeedError:
    return FeedError(
        FeedErrorKind.NOT_A_FEED,
        f"{url} answers with JSON, but not with a JSON Feed. Look for the site's feed with "
        "`feeds discover`.",
    )


def _entry(item: Mapping[str, Any], bases: tuple[str, str], language: str | None) -> Entry:
    html, text = richest(_bodies(item))
    links = (_str(item.get("url")), _str(item.get("external_url")))
    tags = item.get("tags")
    return Entry(
        guid=_id(item),
        url=next((found for link in links if (found := absolute(link, *bases))), None),
        title=titled(_str(item.get("title")), text, language),
        html=html,
        text=text,
        published=date_from(_str(item.get("date_published"))),
        updated=date_from(_str(item.get("date_modified"))),
        authors=names(_authors(item)),
        categories=labels(_str(tag) for tag in tags) if isinstance(tags, list) else (),
        language=_str(item.get("language")) or language,
    )


def _bodies(item: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    yield _str(item.get("content_html")), True
    yield _str(item.get("content_text")), False
    yield _str(item.get("summary")), False


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    authors = item.get("authors")
    for author in [*(authors if isinstance(authors, list) else []), item.get("author")]:
        if isinstance(author, Mapping):
            yield _str(author.get("name"))


def _id(item: Mapping[str, Any]) -> str | None:
    """The item's id as a string (numbers came as strings); None where blank or no such thing."""
    return one_line(_str(item.get("id"))) or None


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""
