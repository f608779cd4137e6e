"""Fetching from servers that do as they should: conditions, compression, redirects, manners."""

import gzip
import hashlib
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import brotli  # type: ignore[import-untyped] # it has no stubs
import pytest

from bot.clock import SteppedClock
from bot.errors import FeedError, FeedErrorKind
from bot.feeds.fetch import Body, Fetcher, FetchRequest, FetchRules, NotModified, Validators
from tests.support.feedserver import RSS, FeedServer, Reply, raw_server

LOOPBACK = (ip_network("127.0.0.0/8"),)
RULES = FetchRules(user_agent="policywire/1 (+https://a.example/)", spacing=0, allow_nets=LOOPBACK)
DATE = "Fri, 27 Feb 2026 22:01:00 GMT"


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(datetime(2026, 2, 27, 22, 1, tzinfo=UTC))


@pytest.fixture
async def fetcher(clock: SteppedClock) -> AsyncIterator[Fetcher]:
    async with Fetcher(RULES, clock) as fetcher:
        yield fetcher


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        yield server


@pytest.fixture
async def other() -> AsyncIterator[FeedServer]:
    async with FeedServer("127.0.0.2") as server:
        yield server


async def body_of(fetcher: Fetcher, url: str) -> Body:
    fetched = await fetcher.fetch(FetchRequest(url=url))
    assert isinstance(fetched, Body)
    return fetched


async def test_a_document_comes_with_all_that_is_said_of_it(
    fetcher: Fetcher, server: FeedServer
) -> None:
    said = {"ETag": 'W/"a b"', "Last-Modified": DATE, "Cache-Control": "max-age=900"}
    url = server.put(headers=said, content_type="application/rss+xml; charset=ISO-8859-7")
    assert await body_of(fetcher, url) == Body(
        content=RSS,
        hash=hashlib.sha256(RSS).hexdigest(),
        url=url,
        content_type="application/rss+xml",
        charset="ISO-8859-7",
        validators=Validators(etag='W/"a b"', last_modified=DATE),
        fresh_for=timedelta(minutes=15),
        moved_to=None,
    )


async def test_we_say_who_we_are_and_nothing_of_whence_we_come(
    fetcher: Fetcher, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.reply(
        "/start", Reply(status=302, headers={"Location": "/feed", "Set-Cookie": "track=me"})
    )
    server.put("/feed")
    await body_of(fetcher, server.url("/start"))
    await body_of(fetcher, server.url("/feed"))
    for seen in server.seen:
        assert seen.headers["User-Agent"] == "policywire/1 (+https://a.example/)"
        assert seen.headers["Accept-Encoding"] == "gzip, deflate, br"
        assert not {"Cookie", "Referer", "If-None-Match"} & set(seen.headers)


async def test_validators_are_sent_byte_for_byte_and_renewed(
    fetcher: Fetcher, server: FeedServer
) -> None:
    renewed = {"ETag": '"new"', "Expires": "Fri, 27 Feb 2026 22:31:00 GMT", "Date": DATE}
    url = server.reply("/feed", Reply(status=304, headers=renewed))
    known = Validators(etag="unquoted,  odd", last_modified="yesterday or so")
    fetched = await fetcher.fetch(FetchRequest(url=url, validators=known))
    assert server.seen[0].headers["If-None-Match"] == "unquoted,  odd"
    assert server.seen[0].headers["If-Modified-Since"] == "yesterday or so"
    assert fetched == NotModified(
        validators=Validators(etag='"new"', last_modified="yesterday or so"),
        fresh_for=timedelta(minutes=30),
        moved_to=None,
    )


async def test_an_unconditional_request_brings_the_body_again(
    fetcher: Fetcher, server: FeedServer
) -> None:
    url = server.put()
    known = (await body_of(fetcher, url)).validators
    again = await fetcher.fetch(FetchRequest(url=url, validators=known))
    assert isinstance(again, NotModified)
    full = await fetcher.fetch(FetchRequest(url=url, validators=known, unconditional=True))
    assert isinstance(full, Body)


async def test_validators_that_cannot_be_sent_back_are_not_kept(fetcher: Fetcher) -> None:
    answer = b'HTTP/1.1 200 OK\r\nETag: "caf\xe9"\r\nContent-Length: 6\r\n\r\n<rss/>'
    async with raw_server(answer) as url:
        assert (await body_of(fetcher, url)).validators == Validators()


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        pytest.param("gzip", gzip.compress(RSS), id="gzip"),
        pytest.param("gzip", gzip.compress(RSS[:50]) + gzip.compress(RSS[50:]), id="two-members"),
        pytest.param("deflate", zlib.compress(RSS), id="deflate"),
        pytest.param("deflate", zlib.compress(RSS)[2:-4], id="deflate-without-frame"),
        pytest.param("br", brotli.compress(RSS), id="brotli"),
        pytest.param("identity", RSS, id="identity"),
    ],
)
async def test_compressed_documents_are_read(
    fetcher: Fetcher, server: FeedServer, encoding: str, sent: bytes
) -> None:
    url = server.reply("/feed", Reply(body=sent, headers={"Content-Encoding": encoding}))
    assert (await body_of(fetcher, url)).content == RSS


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"3\r\n<rs\r\n3\r\ns/>\r\n0\r\n\r\n",
            id="chunked",
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n<rss/>", id="until-it-hangs-up"),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\n<rss/>", id="http-1.0"),
        pytest.param(b"HTTP/1.1 203 X\r\nContent-Length: 6\r\n\r\n<rss/>", id="from-a-proxy"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nX-Policy: "
            + b"x" * 30_000
            + b"\r\nContent-Length: 6\r\n\r\n<rss/>",
            id="long-header",
        ),
    ],
)
async def test_every_way_to_send_a_body_is_read(fetcher: Fetcher, answer: bytes) -> None:
    async with raw_server(answer) as url:
        fetched = await body_of(fetcher, url)
    assert (fetched.content, fetched.content_type) == (b"<rss/>", "")


@pytest.mark.parametrize(
    ("statuses", "moves"),
    [
        pytest.param([301], 1, id="301"),
        pytest.param([308], 1, id="308"),
        pytest.param([302], 0, id="302"),
        pytest.param([303], 0, id="303"),
        pytest.param([307], 0, id="307"),
        pytest.param([301, 308], 2, id="all-permanent"),
        pytest.param([301, 302, 301], 1, id="permanent-up-to-the-first-temporary"),
        pytest.param([302, 301], 0, id="temporary-first"),
        pytest.param([301] * 5, 5, id="five"),
    ],
)
async def test_permanent_redirects_are_told_and_temporary_ones_not(
    fetcher: Fetcher, server: FeedServer, statuses: list[int], moves: int
) -> None:
    for number, status in enumerate(statuses):
        server.redirect(f"/{number}", f"/{number + 1}#part", status)
    server.put(f"/{len(statuses)}")
    fetched = await body_of(fetcher, server.url("/0"))
    assert fetched.url == server.url(f"/{len(statuses)}")
    assert fetched.moved_to == (server.url(f"/{moves}") if moves else None)


async def test_a_move_is_told_with_304_too(fetcher: Fetcher, server: FeedServer) -> None:
    server.put("/new")
    url = server.redirect("/old", "/new", 301)
    known = (await body_of(fetcher, url)).validators
    again = await fetcher.fetch(FetchRequest(url=url, validators=known))
    assert isinstance(again, NotModified)
    assert again.moved_to == server.url("/new")


async def test_userinfo_is_sent_kept_on_its_site_and_told_to_no_other(
    fetcher: Fetcher, server: FeedServer, other: FeedServer
) -> None:
    server.redirect("/old", "/new", 301)
    server.redirect("/new", other.put("/feed"), 302)
    fetched = await body_of(fetcher, server.url("/old", user="me:s3cret@"))
    assert [("Authorization" in seen.headers) for seen in server.seen] == [True, True]
    assert "Authorization" not in other.seen[0].headers
    assert fetched.moved_to == server.url("/new", user="me:s3cret@")
    assert fetched.url == other.url("/feed")


async def test_the_base_of_links_has_no_userinfo(fetcher: Fetcher, server: FeedServer) -> None:
    server.put()
    fetched = await body_of(fetcher, server.url(user="me:s3cret@"))
    assert (fetched.url, fetched.moved_to) == (server.url(), None)


async def test_a_redirect_may_ask_for_a_little_patience(
    server: FeedServer, clock: SteppedClock
) -> None:
    class Patient(SteppedClock):
        async def sleep(self, seconds: float) -> None:
            self.advance(timedelta(seconds=seconds))

    server.redirect("/old", server.put("/new"), 302, Retry_After="3")
    patient = Patient(clock.now())
    async with Fetcher(RULES, patient) as fetcher:
        await body_of(fetcher, server.url("/old"))
    assert patient.now() - clock.now() == timedelta(seconds=3)


async def test_a_host_that_asks_to_wait_is_left_alone_until_then(
    fetcher: Fetcher, server: FeedServer, other: FeedServer, clock: SteppedClock
) -> None:
    url = server.reply("/busy", Reply(status=429, headers={"Retry-After": "60"}))
    with pytest.raises(FeedError):
        await body_of(fetcher, url)
    with pytest.raises(FeedError) as caught:
        await body_of(fetcher, server.put("/feed"))
    assert (caught.value.kind, caught.value.retry_after) == (FeedErrorKind.THROTTLED, 60)
    assert server.paths == ["/busy"]
    await body_of(fetcher, other.put())
    clock.advance(timedelta(seconds=60))
    await body_of(fetcher, server.url("/feed"))


async def test_addresses_with_addresses_inside_stay_as_they_are(
    fetcher: Fetcher, server: FeedServer
) -> None:
    path = "/publish/https://a.example//spotlight/rss.xml"
    await body_of(fetcher, server.put(path) + "?sig=a%2Bb%3D&q=a+b#top")
    assert server.paths == [f"{path}?sig=a%2Bb%3D&q=a+b"]
