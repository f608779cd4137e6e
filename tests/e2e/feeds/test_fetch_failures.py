"""Fetching from servers that fail, mislead or attack: always a FeedError that says what to do."""

import asyncio
import gzip
import ssl
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import brotli  # type: ignore[import-untyped] # it has no stubs
import pytest
from aiohttp import web

from bot.clock import SteppedClock
from bot.errors import FeedError, FeedErrorKind
from bot.feeds.fetch import Fetcher, FetchRequest, FetchRules
from tests.support.feedserver import FeedServer, Reply, raw_server

# For 127.0.0.1 and localhost, signed by themselves with key.pem, which guards nothing: good.pem
# until 2126, expired.pem for the year 2020.
CERTIFICATES = Path(__file__).parents[2] / "support" / "certificates"
NOW = datetime(2026, 2, 27, 22, 1, tzinfo=UTC)
RULES = FetchRules(
    user_agent="policywire/1", spacing=0, allow_nets=(ip_network("127.0.0.0/8"),), total=5
)


def bearing(certificate: str) -> ssl.SSLContext:
    """What a server shows that has this certificate."""
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(CERTIFICATES / f"{certificate}.pem", CERTIFICATES / "key.pem")
    return secure


def trusting(certificate: str) -> ssl.SSLContext:
    """What a fetcher takes that trusts this certificate and no other."""
    return ssl.create_default_context(cafile=CERTIFICATES / f"{certificate}.pem")


async def failure(
    url: str, rules: FetchRules = RULES, trusted: ssl.SSLContext | None = None
) -> FeedError:
    async with Fetcher(rules, SteppedClock(NOW), trusted) as fetcher:
        with pytest.raises(FeedError) as caught:
            await fetcher.fetch(FetchRequest(url=url))
    return caught.value


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        yield server


@pytest.mark.parametrize(
    ("status", "headers", "kind", "wait"),
    [
        pytest.param(304, {}, FeedErrorKind.HTTP, None, id="304-unasked"),
        pytest.param(300, {}, FeedErrorKind.HTTP, None, id="300"),
        pytest.param(204, {}, FeedErrorKind.HTTP, None, id="204"),
        pytest.param(206, {}, FeedErrorKind.HTTP, None, id="206"),
        pytest.param(400, {}, FeedErrorKind.HTTP, None, id="400"),
        pytest.param(401, {}, FeedErrorKind.BLOCKED, None, id="401"),
        pytest.param(403, {}, FeedErrorKind.BLOCKED, None, id="403"),
        pytest.param(404, {}, FeedErrorKind.NOT_FOUND, None, id="404"),
        pytest.param(410, {}, FeedErrorKind.GONE, None, id="410"),
        pytest.param(429, {}, FeedErrorKind.THROTTLED, None, id="429"),
        pytest.param(429, {"Retry-After": "90"}, FeedErrorKind.THROTTLED, 90, id="429-wait"),
        pytest.param(
            503,
            {
                "Retry-After": "Fri, 27 Feb 2026 22:02:00 GMT",
                "Date": "Fri, 27 Feb 2026 22:01:00 GMT",
            },
            FeedErrorKind.THROTTLED,
            60,
            id="503-wait",
        ),
        pytest.param(503, {}, FeedErrorKind.HTTP, None, id="503"),
        pytest.param(500, {}, FeedErrorKind.HTTP, None, id="500"),
        pytest.param(599, {}, FeedErrorKind.HTTP, None, id="unknown"),
        pytest.param(
            302,
            {"Location": "/x", "Retry-After": "600"},
            FeedErrorKind.THROTTLED,
            600,
            id="redirect-wait",
        ),
    ],
)
async def test_statuses(
    server: FeedServer,
    status: int,
    headers: dict[str, str],
    kind: FeedErrorKind,
    wait: float | None,
) -> None:
    error = await failure(server.reply("/feed", Reply(status=status, headers=headers)))
    assert (error.kind, error.retry_after) == (kind, wait)
    assert server.url("/feed") in str(error)


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_a_bot_check_is_blocked_and_not_gone(server: FeedServer, status: int) -> None:
    reply = Reply(status=status, headers={"cf-mitigated": "challenge"}, body=b"<html>")
    error = await failure(server.reply("/feed", reply))
    assert error.kind is FeedErrorKind.BLOCKED
    assert "Cloudflare" in str(error)


async def test_errors_show_no_secrets(server: FeedServer) -> None:
    error = await failure(server.url("/feed?format=rss&token=s3cret", user="me:pass@"))
    assert f"{server.url('/feed')}?format=rss&token=… answered 404" in str(error)
    assert "s3cret" not in str(error)
    assert "pass" not in str(error)


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        pytest.param("/feed", FeedErrorKind.REDIRECTS, id="itself"),
        pytest.param("/other", FeedErrorKind.REDIRECTS, id="circle"),
        pytest.param("", FeedErrorKind.REDIRECTS, id="nowhere"),
        pytest.param("http://[::1", FeedErrorKind.REDIRECTS, id="unreadable"),
        pytest.param("http://10.0.0.1/", FeedErrorKind.REFUSED, id="private"),
        pytest.param("http://169.254.169.254/latest/meta-data/", FeedErrorKind.REFUSED, id="cloud"),
        pytest.param("http://[::1]/", FeedErrorKind.REFUSED, id="ipv6-loopback"),
        pytest.param("http://127.1/", FeedErrorKind.REFUSED, id="odd-form"),
        pytest.param("file:///etc/passwd", FeedErrorKind.REFUSED, id="file"),
        pytest.param("javascript:alert(1)", FeedErrorKind.REFUSED, id="script"),
    ],
)
async def test_redirects_to_where_no_feed_is(
    server: FeedServer, location: str, kind: FeedErrorKind
) -> None:
    server.redirect("/other", "/feed")
    assert (await failure(server.redirect("/feed", location))).kind is kind


async def test_no_more_than_five_redirects(server: FeedServer) -> None:
    for number in range(9):
        server.redirect(f"/{number}", f"/{number + 1}", 301)
    error = await failure(server.url("/0"))
    assert error.kind is FeedErrorKind.REDIRECTS
    assert len(server.seen) == 6


async def test_the_name_is_judged_by_where_it_leads(server: FeedServer) -> None:
    server.put()
    error = await failure(server.url(host="localhost"), replace(RULES, allow_nets=()))
    assert error.kind is FeedErrorKind.REFUSED
    assert "localhost (127.0.0.1)" in str(error) or "localhost (::1)" in str(error)
    assert not server.seen


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://10.0.0.1/", "http://[fe80::1]/"])
async def test_no_private_address_unless_named(url: str) -> None:
    error = await failure(url, replace(RULES, allow_nets=()))
    assert error.kind is FeedErrorKind.REFUSED
    assert "POLICYWIRE_ALLOW_NETS" in str(error)


@pytest.mark.parametrize("url", ["/etc/passwd", "http://", "http://x:99999/", "ftp://a.example/"])
async def test_what_is_no_address_is_refused(url: str) -> None:
    assert (await failure(url)).kind is FeedErrorKind.REFUSED


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        pytest.param([], FeedErrorKind.UNREACHABLE, id="hangs-up"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-"], FeedErrorKind.UNREACHABLE, id="half-a-head"),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>"],
            FeedErrorKind.UNREACHABLE,
            id="less-than-said",
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"],
            FeedErrorKind.UNREACHABLE,
            id="unfinished-chunks",
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
            FeedErrorKind.HTTP,
            id="bad-chunks",
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n<rss>"],
            FeedErrorKind.UNREACHABLE,
            id="not-gzip",
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>!"],
            FeedErrorKind.HTTP,
            id="more-than-said",
        ),
        pytest.param([b"SSH-2.0-OpenSSH_9.6\r\n"], FeedErrorKind.HTTP, id="not-http"),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"],
            FeedErrorKind.HTTP,
            id="endless-header",
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], FeedErrorKind.EMPTY, id="empty"
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n \r\n"], FeedErrorKind.EMPTY, id="blank"
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n<rss>"],
            FeedErrorKind.TOO_LARGE,
            id="two-gigabytes",
        ),
    ],
)
async def test_broken_answers(parts: list[bytes], kind: FeedErrorKind) -> None:
    async with raw_server(*parts) as url:
        error = await failure(url)
    assert error.kind is kind
    assert str(error).startswith(url)


QUICK = replace(RULES, total=0.1, connect=0.05)


async def test_a_slow_drip_ends_with_the_total_limit() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    async with raw_server(head, *[b"x"] * 1000, pause=0.01) as url:
        assert (await failure(url, QUICK)).kind is FeedErrorKind.TIMEOUT


async def test_silence_ends_with_the_total_limit() -> None:
    async with raw_server(hang=True) as url:
        assert (await failure(url, QUICK)).kind is FeedErrorKind.TIMEOUT


async def test_the_limit_bounds_all_redirects_together(server: FeedServer) -> None:
    async def slowly(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.06)
        step = int(request.path.removeprefix("/"))
        return web.Response(status=302, headers={"Location": f"/{step + 1}"})

    for step in range(5):
        server.handle(f"/{step}", slowly)
    assert (await failure(server.url("/0"), QUICK)).kind is FeedErrorKind.TIMEOUT
    assert len(server.seen) <= 2


async def test_nobody_listening_is_unreachable() -> None:
    async with raw_server() as url:
        pass
    assert (await failure(url)).kind is FeedErrorKind.UNREACHABLE


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        pytest.param("gzip", gzip.compress(bytes(200 * 2**20)), id="gzip"),
        pytest.param("br", brotli.compress(bytes(200 * 2**20), quality=3), id="brotli"),
    ],
)
async def test_a_bomb_never_fills_memory(server: FeedServer, encoding: str, bomb: bytes) -> None:
    url = server.reply("/feed", Reply(body=bomb, headers={"Content-Encoding": encoding}))
    tracemalloc.start()
    try:
        error = await failure(url, replace(RULES, max_body=2**20))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.kind is FeedErrorKind.TOO_LARGE
    assert peak < 16 * 2**20


async def test_a_body_of_just_the_limit_is_read(server: FeedServer) -> None:
    url = server.reply("/feed", Reply(body=b"x" * 1000))
    async with Fetcher(replace(RULES, max_body=1000), SteppedClock(NOW)) as fetcher:
        await fetcher.fetch(FetchRequest(url=url))
    assert (await failure(url, replace(RULES, max_body=999))).kind is FeedErrorKind.TOO_LARGE


@pytest.mark.parametrize(
    ("certificate", "trusted", "host", "words"),
    [
        pytest.param("expired", "expired", "127.0.0.1", "has expired", id="expired"),
        pytest.param("good", "good", "127.0.0.2", "belongs to another site", id="other-site"),
        pytest.param(
            "good", "expired", "127.0.0.1", "signed by nobody but itself", id="self-signed"
        ),
    ],
)
async def test_certificates_are_told_apart(
    certificate: str, trusted: str, host: str, words: str
) -> None:
    async with FeedServer(host, bearing(certificate)) as server:
        error = await failure(server.put(), trusted=trusting(trusted))
    assert error.kind is FeedErrorKind.CERTIFICATE
    assert words in str(error)


async def test_a_trusted_certificate_is_taken_and_no_move_leads_back_to_http(
    server: FeedServer,
) -> None:
    async with (
        FeedServer("127.0.0.1", bearing("good")) as safe,
        Fetcher(RULES, SteppedClock(NOW), trusting("good")) as fetcher,
    ):
        safe.redirect("/old", "/new", 301)
        safe.redirect("/new", server.put("/feed"), 301)
        down = await fetcher.fetch(FetchRequest(url=safe.url("/old")))
        server.redirect("/up", safe.put("/safe"), 301)
        up = await fetcher.fetch(FetchRequest(url=server.url("/up")))
    assert down.moved_to == safe.url("/new")
    assert up.moved_to == safe.url("/safe")


async def test_plain_http_on_a_secure_port_is_said(server: FeedServer) -> None:
    error = await failure(server.put().replace("http:", "https:"))
    assert error.kind is FeedErrorKind.UNREACHABLE
    assert "no encrypted connection" in str(error)


async def test_an_aborted_fetch_gives_its_turn_back(server: FeedServer) -> None:
    async with (
        raw_server(hang=True) as url,
        Fetcher(replace(RULES, at_once=1), SteppedClock(NOW)) as fetcher,
    ):
        stuck = asyncio.ensure_future(fetcher.fetch(FetchRequest(url=url)))
        await asyncio.sleep(0)
        stuck.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stuck
        await fetcher.fetch(FetchRequest(url=server.put()))
