"""Finding a site's feeds from any address on it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from bot.clock import SteppedClock
from bot.errors import FeedError, FeedErrorKind, UsageError
from bot.feeds.discover import FoundFeed, FoundKind, discover
from bot.feeds.fetch import Fetcher, FetchRules
from tests.support.feedserver import RSS, FeedServer, Reply

RULES = FetchRules(user_agent="policywire/1", spacing=0, allow_nets=(ip_network("127.0.0.0/8"),))
ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title type="html"><![CDATA[R&amp;D <b>notes</b>]]></title></feed>"""
JSON = b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1", "title": "Notes", "items": []}'


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    clock = SteppedClock(datetime(2026, 2, 27, tzinfo=UTC))
    async with Fetcher(RULES, clock) as fetcher:
        yield fetcher


@pytest.fixture
async def site() -> AsyncIterator[FeedServer]:
    async with FeedServer() as site:
        yield site


def page(markup: str) -> Reply:
    body = f"<!doctype html><html><head>{markup}</head></html>".encode()
    return Reply(body=body, headers={"Content-Type": "text/html; charset=utf-8"})


async def found(fetcher: Fetcher, typed: str) -> list[FoundFeed]:
    return await discover(typed, fetcher)


async def test_a_feeds_own_address_is_its_feed(fetcher: Fetcher, site: FeedServer) -> None:
    url = site.put("/feed", RSS, content_type="text/html")
    assert await found(fetcher, url) == [
        FoundFeed(url=url, title="The Example Wire", kind=FoundKind.RSS)
    ]


async def test_the_feeds_that_a_page_names(fetcher: Fetcher, site: FeedServer) -> None:
    site.put("/blog/atom", ATOM)
    site.put("/rss", RSS)
    site.put("/json", JSON)
    site.reply("/comments", Reply(status=500))
    site.put("/style.xml", b"<xsl/>")
    site.reply(
        "/",
        page(
            '<base href="/blog/">'
            '<link rel="alternate" type="application/atom+xml" href="atom" title="Ours">'
            '<LINK REL="feed alternate" TYPE="application/rss+xml; charset=utf-8" HREF="/rss#x">'
            '<link rel="alternate" type="application/rss+xml" href="/rss">'
            '<link rel="alternate" type="application/feed+json" href="/json">'
            '<link rel="alternate" type="application/rss+xml" href="/comments">'
            '<link rel="alternate" type="text/xml" href="/style.xml">'
            '<link rel="alternate" type="application/rss+xml" href="http://[::1">'
            '<link rel="alternate" type="application/rss+xml" href="http://10.0.0.1/feed">'
            '<link rel="alternate" hreflang="el" href="/el">'
            '<link rel="stylesheet" type="text/xml" href="/other"><a href="/more/feed/">More</a>'
        ),
    )
    assert await found(fetcher, site.url("/")) == [
        FoundFeed(url=site.url("/blog/atom"), title="R&D notes", kind=FoundKind.ATOM),
        FoundFeed(url=site.url("/rss"), title="The Example Wire", kind=FoundKind.RSS),
        FoundFeed(url=site.url("/json"), title="Notes", kind=FoundKind.JSON),
    ]
    assert set(site.paths) == {"/", "/blog/atom", "/rss", "/json", "/comments", "/style.xml"}


async def test_links_that_look_like_a_feed_where_none_is_named(
    fetcher: Fetcher, site: FeedServer
) -> None:
    site.put("/news/rss.xml")
    site.reply("/about/feeds", page("our feeds"))
    site.reply(
        "/",
        page(
            '<a href="/feedback">Talk</a><a href="mailto:rss@a.example">Mail</a>'
            '<a href="/about/feeds">Feeds</a><a href="news/rss.xml">RSS</a>'
        ),
    )
    assert [f.url for f in await found(fetcher, site.url("/"))] == [site.url("/news/rss.xml")]
    assert site.paths == ["/", "/about/feeds", "/news/rss.xml"]


async def test_the_usual_places_one_after_another(fetcher: Fetcher, site: FeedServer) -> None:
    site.put("/atom.xml", ATOM)
    site.reply("/deep/page", page("nothing here"))
    assert [f.url for f in await found(fetcher, site.url("/deep/page"))] == [site.url("/atom.xml")]
    assert site.paths == ["/deep/page", "/feed", "/rss.xml", "/atom.xml"]


async def test_a_closed_front_page_hides_no_feed(fetcher: Fetcher, site: FeedServer) -> None:
    site.reply("/", Reply(status=403))
    site.put("/feed")
    assert [f.url for f in await found(fetcher, site.url("/"))] == [site.url("/feed")]


async def test_a_bare_host_is_tried_securely_first(fetcher: Fetcher, site: FeedServer) -> None:
    site.put("/feed")
    bare = site.url("/feed").removeprefix("http://")
    assert [f.url for f in await found(fetcher, bare)] == [site.url("/feed")]


async def test_a_moved_feed_is_found_at_its_new_address(fetcher: Fetcher, site: FeedServer) -> None:
    site.put("/new")
    site.redirect("/old", "/new", 301)
    site.redirect("/front", "/new", 302)
    assert [f.url for f in await found(fetcher, site.url("/old"))] == [site.url("/new")]
    assert [f.url for f in await found(fetcher, site.url("/front"))] == [site.url("/front")]


async def test_a_page_of_links_is_not_followed_without_end(
    fetcher: Fetcher, site: FeedServer
) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{n}"><a href="/feed/{n}">x</a>'
        for n in range(500)
    )
    site.reply("/", page(links))
    with pytest.raises(FeedError):
        await found(fetcher, site.url("/"))
    assert len(site.seen) < 25


async def test_a_site_without_feeds_is_said(fetcher: Fetcher, site: FeedServer) -> None:
    site.reply("/", page("plain"))
    with pytest.raises(FeedError, match="names no feed") as caught:
        await found(fetcher, site.url("/"))
    assert caught.value.kind is FeedErrorKind.HTML


async def test_a_missing_page_keeps_its_reason(fetcher: Fetcher, site: FeedServer) -> None:
    with pytest.raises(FeedError, match="/nothing answered 404"):
        await found(fetcher, site.url("/nothing"))


@pytest.mark.parametrize("typed", ["/etc/passwd", "javascript:alert(1)", "file:///etc/passwd", ""])
async def test_what_is_no_address_is_said(fetcher: Fetcher, typed: str) -> None:
    with pytest.raises(UsageError):
        await found(fetcher, typed)


@pytest.mark.parametrize("typed", ["10.0.0.1", "http://169.254.169.254/", "http://[::1]:80/"])
async def test_private_addresses_are_refused(fetcher: Fetcher, typed: str) -> None:
    with pytest.raises(FeedError) as caught:
        await found(fetcher, typed)
    assert caught.value.kind is FeedErrorKind.REFUSED
