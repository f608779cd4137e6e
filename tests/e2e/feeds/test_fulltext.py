"""Articles on their own pages, from a server on loopback: politely, and only where allowed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from ipaddress import ip_network

import pytest

from bot.app.pages import page_extractor
from bot.clock import SteppedClock
from bot.errors import FeedError
from bot.feeds.fetch import Fetcher, FetchRules
from bot.feeds.fulltext import ArticlePages
from tests.support.feedserver import FeedServer, Reply
from tests.support.values import NOON

pytest.importorskip("trafilatura")

LEAD = "Council members in Calder voted 9-4 on Tuesday to forbid face recognition on city buses."
MORE = "Mayor Ines Quarles has ten days to sign the ordinance or to send it back to the chamber."
PAGE = f"""<html><head><title>Ban</title></head><body><nav><a href="/">Home</a></nav>
<div class="cookie">We use cookies to improve this site. Accept all cookies.</div>
<article><h1>Calder bans face scans</h1><p>{LEAD}</p><p>{MORE}</p>
<p>Riders at Foundry Hill cheered, and the operator said that its scanners stop on Friday.</p>
<p>The ordinance was proposed in December by Deke Marsh, a councillor from the ninth ward.</p>
</article><aside><a href="/2">Most read: bus fares</a></aside><footer>© The Courier</footer></body>
</html>
""".encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        server.reply("/a", Reply(body=PAGE, headers=HTML))
        yield server


async def read(
    server: FeedServer,
    *paths: str,
    clock: SteppedClock | None = None,
    later: timedelta | None = None,
) -> list[str]:
    clock = clock or SteppedClock(NOON)
    rules = FetchRules(
        user_agent="policywire-test", spacing=0, allow_nets=(ip_network("127.0.0.0/8"),)
    )
    async with Fetcher(rules, clock) as fetcher:
        pages = ArticlePages(fetcher, clock, page_extractor())
        found = []
        for path in paths:
            found.append(await pages.text_of(server.url(path)))
            if later is not None:
                clock.advance(later)
        return found


async def test_reads_the_article_and_nothing_of_the_page_around_it(server: FeedServer) -> None:
    server.reply("/robots.txt", Reply(status=404))
    [text] = await read(server, "/a")
    assert f"{LEAD}\n\n{MORE}" in text
    assert "cookies" not in text
    assert "Most read" not in text


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        pytest.param(Reply(body=b"User-agent: *\nDisallow: /private"), True, id="other-part"),
        pytest.param(Reply(body=b"User-agent: *\nDisallow: /"), False, id="all"),
        pytest.param(Reply(body=b"User-agent: policywire\nDisallow: /"), False, id="by-name"),
        pytest.param(Reply(status=404), True, id="there-is-none"),
        pytest.param(Reply(body=b""), True, id="empty"),
        pytest.param(Reply(status=503), False, id="cannot-be-read"),
        pytest.param(Reply(body=b"\xff\x00 no rules"), True, id="garbage"),
    ],
)
async def test_robots_txt_decides(server: FeedServer, robots: Reply, allowed: bool) -> None:
    server.reply("/robots.txt", robots)
    [text] = await read(server, "/a")
    assert bool(text) is allowed
    assert ("/a" in server.paths) is allowed


async def test_robots_txt_is_read_once_a_day(server: FeedServer) -> None:
    server.reply("/robots.txt", Reply(status=404))
    await read(server, "/a", "/a", "/a", later=timedelta(hours=20))
    assert server.paths.count("/robots.txt") == 2


async def test_what_is_no_page_is_no_article(server: FeedServer) -> None:
    server.reply("/robots.txt", Reply(status=404))
    server.reply("/pdf", Reply(body=b"%PDF-1.7", headers={"Content-Type": "application/pdf"}))
    server.reply("/bare", Reply(body=b"<html></html>", headers=HTML))
    assert await read(server, "/pdf", "/bare") == ["", ""]


async def test_a_page_that_cannot_be_had_is_said(server: FeedServer) -> None:
    server.reply("/robots.txt", Reply(status=404))
    with pytest.raises(FeedError):
        await read(server, "/gone")
