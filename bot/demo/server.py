"""Serves the sample wire on loopback, each feed as it stands at the clock's present instant."""

import hashlib
from bisect import bisect_right
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from aiohttp import web

from bot.clock import Clock
from bot.demo.documents import FOUNDED, content_type, document, last_change
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


class _Page:
    """A feed's document, rebuilt only when something in it has changed: most polls find nothing."""

    def __init__(self, wire: Wire, feed: WireFeed) -> None:
        self._feed, self._items = feed, wire.items_of(feed)
        self._instants = sorted({at for item in self._items for at in item.changes()})
        self._version = -1
        self.body, self.etag, self.changed = b"", "", FOUNDED

    def turn_to(self, at: datetime) -> None:
        """Show the document of an instant."""
        version = bisect_right(self._instants, at)
        if version != self._version:
            self._version = version
            self.body = document(self._feed, self._items, at)
            self.etag = f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'
            self.changed = last_change(self._items, at)


def _handler(wire: Wire, feed: WireFeed, clock: Clock) -> Handler:
    page = _Page(wire, feed)

    async def answer(request: web.Request) -> web.StreamResponse:
        page.turn_to(clock.now())
        headers = _validators(feed, page.etag, page.changed)
        if _unchanged(request, headers, page.changed):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = content_type(feed)
        return web.Response(body=page.body, headers=headers)

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
