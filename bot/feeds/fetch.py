"""Documents fetched over HTTP with manners: conditional, bounded, guarded at every hop."""

import asyncio
import hashlib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.clock import Clock
from bot.errors import FeedError, FeedErrorKind
from bot.feeds.failures import failure, from_error, from_status
from bot.feeds.guard import Network, VettingResolver, check_hop
from bot.feeds.headers import fresh_for, retry_after
from bot.feeds.throttle import Throttle

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1"
)
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A redirect that asks for patience (RFC 9110, 10.2.3) gets this much of it, in seconds, at once.
_REDIRECT_PATIENCE = 10.0
# Sites with long security policies send headers beyond aiohttp's 8 KiB.
_MAX_HEADER = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """Limits and manners of fetching: times in seconds, `max_body` in bytes after decompression."""

    user_agent: str
    total: float = 20.0
    connect: float = 10.0
    max_body: int = 15 * 2**20
    max_redirects: int = 5
    at_once: int = 24
    per_host: int = 2
    spacing: float = 1.0
    allow_nets: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server calls the version that it sent, byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """One document wanted, unless it is still the version that the validators name.

    An unconditional request does without them: servers err, so each feed gets one a day.
    """

    url: str
    validators: Validators = Validators()
    unconditional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server still has the version that was asked about."""

    validators: Validators
    fresh_for: timedelta | None
    """How long the server says it stays so; None where it does not say."""
    moved_to: str | None
    """Where the document has permanently moved, None where it has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A document as sent, decompressed; `hash` is the SHA-256 of its bytes in hexadecimal."""

    content: bytes
    hash: str
    url: str
    """Where it was found after all redirects, without userinfo: the base of its links."""
    content_type: str
    charset: str | None
    validators: Validators
    fresh_for: timedelta | None
    moved_to: str | None


Fetched = NotModified | Body


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: URL
    permanent: bool
    wait: float


class Fetcher:
    """Fetches documents; an async context manager that owns its connections.

    Takes no cookies, sends no Referer and asks no proxy that the environment names.
    """

    def __init__(
        self, rules: FetchRules, clock: Clock, trusted: ssl.SSLContext | None = None
    ) -> None:
        """`trusted` says whose certificates are taken; None: those that this machine trusts."""
        self._rules, self._clock, self._trusted = rules, clock, trusted
        self._throttle = Throttle(
            clock, at_once=rules.at_once, per_host=rules.per_host, spacing=rules.spacing
        )
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        rules = self._rules
        connector = aiohttp.TCPConnector(
            limit=0,  # the throttle counts
            # True is the context that aiohttp made at its import: another one costs 2 MiB.
            ssl=self._trusted or True,
            resolver=VettingResolver(ThreadedResolver(), rules.allow_nets),
            ttl_dns_cache=60,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={
                "User-Agent": rules.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate, br",
            },
            max_line_size=_MAX_HEADER,
            max_field_size=_MAX_HEADER,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(self, request: FetchRequest) -> Fetched:
        """The document, or that it has not changed; raises FeedError saying why it cannot be had.

        `total` seconds bound all hops together; waiting for the host's turn does not count.
        """
        url, asked = _first_hop(request)
        moved: URL | None = None
        permanent, left = True, self._rules.total
        been: set[URL] = set()
        while True:
            check_hop(url, self._rules.allow_nets)
            answer, took = await self._ask(url, asked, moved, left)
            if not isinstance(answer, _Redirect):
                return answer
            been.add(url)
            left -= took
            self._check_redirect(url, answer, been, left)
            downgrade = url.scheme == "https" and answer.target.scheme == "http"
            permanent = permanent and answer.permanent and not downgrade
            url = answer.target
            moved = url if permanent else moved
            if answer.wait:
                await self._clock.sleep(answer.wait)

    async def _ask(
        self, url: URL, asked: Validators, moved: URL | None, left: float
    ) -> tuple[Fetched | _Redirect, float]:
        """One hop, and the seconds it took."""
        rules, session = self._rules, self._session
        if session is None:
            raise ValueError("a Fetcher is used inside its `async with`")
        loop = asyncio.get_running_loop()
        async with self._throttle.turn(url.raw_host or ""):
            began = loop.time()
            try:
                async with session.get(
                    url,
                    headers=_conditions(asked),
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=left, connect=rules.connect),
                ) as response:
                    answer = await self._read(response, url, asked, moved)
            except (aiohttp.ClientError, OSError, UnicodeError) as error:
                raise from_error(url, error, connect=rules.connect, total=rules.total) from error
            return answer, loop.time() - began

    async def _read(
        self, response: aiohttp.ClientResponse, url: URL, asked: Validators, moved: URL | None
    ) -> Fetched | _Redirect:
        status, headers = response.status, response.headers
        moved_to = str(moved) if moved is not None else None
        if status == 304 and (asked.etag or asked.last_modified):
            sent = _validators(headers)
            return NotModified(
                validators=Validators(
                    etag=sent.etag or asked.etag,
                    last_modified=sent.last_modified or asked.last_modified,
                ),
                fresh_for=fresh_for(headers, self._clock.now()),
                moved_to=moved_to,
            )
        if status in {200, 203}:
            content = await _content(response, url, self._rules.max_body)
            return Body(
                content=content,
                hash=hashlib.sha256(content).hexdigest(),
                url=str(url.with_user(None)),
                content_type=response.content_type if "Content-Type" in headers else "",
                charset=response.charset,
                validators=_validators(headers),
                fresh_for=fresh_for(headers, self._clock.now()),
                moved_to=moved_to,
            )
        wait = retry_after(headers, self._clock.now())
        if status in _REDIRECTS:
            return _Redirect(_target(url, headers), status in _PERMANENT, wait or 0.0)
        if status in {429, 503} and wait:
            self._throttle.hold(url.raw_host or "", wait)
        challenged = headers.get("cf-mitigated", "").strip().lower() == "challenge"
        raise from_status(url, status, challenged=challenged, wait=wait)

    def _check_redirect(self, url: URL, redirect: _Redirect, been: set[URL], left: float) -> None:
        rules, loop, target = self._rules, FeedErrorKind.REDIRECTS, redirect.target
        if target in been:
            raise failure(
                loop, url, "redirects in a circle. Open it in a browser and find its feed"
            )
        if len(been) > rules.max_redirects:
            words = (
                f"redirects further after {rules.max_redirects} redirects. Give the last address"
            )
            raise failure(loop, url, words)
        if redirect.wait > _REDIRECT_PATIENCE:
            words = f"asks us to come again in {redirect.wait:.0f} s, and we will"
            raise failure(FeedErrorKind.THROTTLED, url, words, redirect.wait)
        if left <= 0:
            raise from_error(url, TimeoutError(), connect=rules.connect, total=rules.total)


def _first_hop(request: FetchRequest) -> tuple[URL, Validators]:
    try:
        url = URL(request.url).with_fragment(None)
    except ValueError as error:
        words = f"An address is unreadable ({error}). Correct it or remove the feed."
        raise FeedError(FeedErrorKind.REFUSED, words) from None
    return url, Validators() if request.unconditional else request.validators


def _conditions(asked: Validators) -> dict[str, str] | None:
    conditions: dict[str, str] = {}
    if asked.etag:
        conditions["If-None-Match"] = asked.etag
    if asked.last_modified:
        conditions["If-Modified-Since"] = asked.last_modified
    return conditions or None


def _validators(headers: Mapping[str, str]) -> Validators:
    return Validators(
        etag=_sendable(headers.get("ETag")), last_modified=_sendable(headers.get("Last-Modified"))
    )


def _sendable(value: str | None) -> str | None:
    """None for what could not be sent back byte for byte: stray bytes are read as surrogates."""
    return value if value and value.isprintable() else None


def _target(url: URL, headers: Mapping[str, str]) -> URL:
    """Where a redirect leads; on the same site it keeps our userinfo."""
    location = headers.get("Location", "").strip()
    try:
        target = url.join(URL(location)).with_fragment(None) if location else None
        if target is not None and url.user and not target.user and target.origin() == url.origin():
            target = target.with_user(url.user).with_password(url.password)
    except ValueError:
        target = None
    if target is None:
        words = "redirects to nowhere. Open it in a browser and find its feed"
        raise failure(FeedErrorKind.REDIRECTS, url, words)
    return target


async def _content(response: aiohttp.ClientResponse, url: URL, limit: int) -> bytes:
    """The body, decompressed chunk by chunk and given up as soon as it exceeds the limit."""
    if (response.content_length or 0) > limit:
        raise _too_large(url, limit)
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > limit:
            raise _too_large(url, limit)
        chunks.append(chunk)
    content = b"".join(chunks)
    if not content or content.isspace():
        raise failure(
            FeedErrorKind.EMPTY,
            url,
            "sent an empty document. This often passes; what is read is tried again by itself",
        )
    return content


def _too_large(url: URL, limit: int) -> FeedError:
    words = f"is larger than {limit / 2**20:g} MiB. Look for a shorter feed of this site"
    return failure(FeedErrorKind.TOO_LARGE, url, words)
