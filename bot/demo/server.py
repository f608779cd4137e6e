"""Serves the sample wire on loopback, each feed as it stands at the clock's present instant."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from aiohttp import web

from bot.clock import Clock
from bot.demo.documents import content_type, document, last_change
from bot.demo.wire import Validators, Wire, WireFeed

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serve(
    wire: Wire, clock: Clock, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[str]:
    """Serve until the block ends; gives the base address, which a feed's `path` is added to."""
    app = web.Application()
    for feed in wire.feeds:
        app.router.add_get(feed.path.partition("?")[0], _handler(wire, feed, clock))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _handler(wire: Wire, feed: WireFeed, clock: Clock) -> Handler:
    items = wire.items_of(feed)

    async def answer(request: web.Request) -> web.StreamResponse:
        at = clock.now()
        body = document(feed, items, at)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        changed = last_change(items, at)
        headers = _validators(feed, etag, changed)
        if _unchanged(request, headers, changed):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = content_type(feed)
        return web.Response(body=body, headers=headers)

    return answer


def _validators(feed: WireFeed, etag: str, changed: datetime) -> dict[str, str]:
    headers: dict[str, str] = {}
    if feed.validators in {Validators.BOTH, Validators.ETAG}:
        headers["ETag"] = etag
    if feed.validators in {Validators.BOTH, Validators.MODIFIED}:
        headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    return headers


def _unchanged(request: web.Request, headers: dict[str, str], changed: datetime) -> bool:
    """RFC 9110: If-None-Match decides alone where it is sent and the feed has entity tags."""
    if "ETag" in headers and (known := request.headers.get("If-None-Match")):
        return headers["ETag"] in known
    if "Last-Modified" in headers and (since := request.headers.get("If-Modified-Since")):
        try:
            return changed <= parsedate_to_datetime(since).astimezone(UTC)
        except ValueError:
            return False
    return False
