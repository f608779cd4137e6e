"""From an entry to an Article: the last step before recognition, pure like those after it."""

import re
from collections.abc import Iterable
from datetime import datetime

from bot.feeds.canonical import canonical, host_of, outlet_of, shared_link
from bot.feeds.credit import credit_of
from bot.feeds.dates import published
from bot.feeds.document import UNTITLED
from bot.feeds.identity import fingerprint, key
from bot.feeds.kind import kind_of
from bot.feeds.language import language_of
from bot.model import Article, Entry, Feed, WorkspaceId

AGGREGATORS = frozenset(
    {"news.google.com", "www.google.com", "www.bing.com", "news.yahoo.com", "hnrss.org"}
)
"""Hosts whose feeds carry other outlets' pieces: the outlet is the entry's source."""
# What content systems put behind a text; it names the site and the title, and is no part of either.
_TRAILER = re.compile(
    r"\s*(?:The post .{1,300}? (?:first )?appeared (?:first )?on .{1,120}"
    r"|(?:Continue reading|Read more|Read the full (?:story|article))\b.{0,120}"
    r"|\[(?:…|\.\.\.|&hellip;)\])\s*$",
    re.DOTALL,
)
_TRAILERS = 2
_TRAILER_LENGTH = 450
_SUFFIX = re.compile(r"\s+[-–—|·]\s+(?P<name>[^-–—|·]{2,60})$")


def to_article(
    entry: Entry,
    feed: Feed,
    *,
    now: datetime,
    last_good_poll: datetime | None,
    backlog: bool = False,
    workspaces: Iterable[WorkspaceId] = (),
) -> Article:
    """The entry as an article of this feed; `workspaces` are those that added a feed of their own.

    `last_good_poll` is None on the feed's first poll; `backlog` marks what that poll brings.
    """
    link = entry.url or entry.shared_url
    url = shared_link(link, hosts=(host_of(feed.url), host_of(feed.site))) if link else None
    canonical_url = canonical_of(entry, feed)
    outlet = _outlet(entry, feed, url)
    title = _own_title(entry.title, {outlet, feed.title, entry.source or outlet})
    text = _own_text(entry.text)
    return Article(
        key=key(fingerprint(entry, canonical_url), feed.id, canonical_url),
        title=title,
        text=text,
        url=url,
        canonical_url=canonical_url,
        guid=entry.guid,
        outlet=outlet,
        tier=feed.tier,
        feed=feed.id,
        published=published(entry, now, last_good_poll),
        seen_at=now,
        language=language_of(
            entry.language or feed.language, "" if title == UNTITLED else title, text
        ),
        kind=kind_of(title, canonical_url or url, entry.categories),
        credit=credit_of(text, entry.authors, _source(entry), outlet),
        authors=entry.authors,
        shared=feed.shared,
        workspaces=frozenset() if feed.shared else frozenset(workspaces),
        backlog=backlog,
    )


def canonical_of(entry: Entry, feed: Feed) -> str | None:
    """The address that identifies the entry, None where it has none of its own."""
    if entry.url is None:
        return None
    return canonical(entry.url, hosts=(host_of(feed.url), host_of(feed.site)))


def _source(entry: Entry) -> str | None:
    """The source named, but for forums, which name the piece itself."""
    return None if entry.source == entry.title else entry.source


def _outlet(entry: Entry, feed: Feed, url: str | None) -> str:
    """Who speaks: the feed's outlet, but an aggregator's source, or the site that it leads to."""
    if host_of(feed.url) not in AGGREGATORS:
        return feed.outlet or feed.title or outlet_of(feed.url)
    return entry.source or (outlet_at(url) if url else "") or feed.outlet or feed.title


def outlet_at(url: str) -> str:
    """The outlet whose site an address leads to; empty for an aggregator's link."""
    return "" if host_of(url) in AGGREGATORS else outlet_of(url)


def _own_title(title: str, names: set[str]) -> str:
    """The title without “ - Outlet” behind it, where that is the name of who speaks."""
    suffix = _SUFFIX.search(title)
    known = {name.casefold() for name in names}
    if suffix and suffix["name"].casefold() in known and " " in title[: suffix.start()].strip():
        return title[: suffix.start()].rstrip()
    return title


def _own_text(text: str) -> str:
    for _ in range(_TRAILERS):
        cut = max(0, len(text) - _TRAILER_LENGTH)
        trailer = _TRAILER.search(text, cut)
        if not trailer:
            break
        text = text[: trailer.start()]
    return text
