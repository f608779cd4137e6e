"""Servers on loopback that answer as publishers do: well, conditionally, badly, not at all."""

import asyncio
import hashlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import web

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Example Wire</title><link>https://example.org/</link>
<item><title>Agency drops a supplier</title><guid>1</guid></item></channel></rss>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer as it is to be sent."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as it came in; `path` has its query."""

    method: str
    path: str
    headers: Mapping[str, str]


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FeedServer:
    """A server at an address of 127.0.0.0/8; an async context manager.

    Paths that nothing was put at answer 404; every request is kept in `seen`.
    """

    def __init__(self, host: str = "127.0.0.1", secure: ssl.SSLContext | None = None) -> None:
        self.seen: list[Seen] = []
        self._host, self._secure = host, secure
        self._handlers: dict[str, Handler] = {}
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None))
        self._port = 0
        self._asked = asyncio.Condition()

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(
            self._runner, self._host, 0, ssl_context=self._secure, reuse_address=True
        )
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [seen.path for seen in self.seen]

    async def asked(self, path: str = "/feed", *, more: int = 1) -> None:
        """Wait until the path was asked for so many times more."""
        wanted = self.paths.count(path) + more
        async with asyncio.timeout(15), self._asked:
            await self._asked.wait_for(lambda: self.paths.count(path) >= wanted)

    def url(self, path: str = "/feed", *, host: str | None = None, user: str = "") -> str:
        """The address of a path here."""
        scheme = "https" if self._secure else "http"
        return f"{scheme}://{user}{host or self._host}:{self._port}{path}"

    def put(
        self,
        path: str = "/feed",
        body: bytes = RSS,
        *,
        content_type: str = "application/rss+xml",
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Serve a document with an ETag, answering 304 to who has it; returns its address."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        full = {"Content-Type": content_type, "ETag": etag, **(headers or {})}

        async def document(request: web.Request) -> web.StreamResponse:
            if request.headers.get("If-None-Match") == full["ETag"]:
                kept = {k: v for k, v in full.items() if k != "Content-Type"}
                return web.Response(status=304, headers=kept)
            return web.Response(body=body, headers=full)

        return self.handle(path, document)

    def reply(self, path: str, *replies: Reply) -> str:
        """Answer with these in turn, the last again and again; returns the path's address."""
        waiting: Sequence[Reply] = replies
        count = 0

        async def next_reply(_: web.Request) -> web.StreamResponse:
            nonlocal count
            reply = waiting[min(count, len(waiting) - 1)]
            count += 1
            return web.Response(status=reply.status, body=reply.body, headers=dict(reply.headers))

        return self.handle(path, next_reply)

    def redirect(self, path: str, target: str, status: int = 302, **headers: str) -> str:
        """Redirect a path; keywords are further headers, `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.reply(path, Reply(status=status, headers={"Location": target, **named}))

    def handle(self, path: str, handler: Handler) -> str:
        """Answer a path with a handler of aiohttp's; returns its address."""
        self._handlers[path] = handler
        return self.url(path)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.seen.append(
            Seen(method=request.method, path=request.path_qs, headers=request.headers.copy())
        )
        async with self._asked:
            self._asked.notify_all()
        handler = self._handlers.get(request.path)
        if handler is None:
            return web.Response(status=404, text="not here")
        return await handler(request)  # type: ignore[arg-type] # handlers use only what both have


@asynccontextmanager
async def raw_server(*parts: bytes, pause: float = 0, hang: bool = False) -> AsyncIterator[str]:
    """A server that reads one request, sends these bytes `pause` seconds apart and hangs up.

    With `hang` it keeps the connection open instead. Yields its address.
    """
    under_way: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        under_way.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await reader.readuntil(b"\r\n\r\n")
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(pause)
                if hang:
                    await reader.read()
        finally:
            writer.close()
            under_way.discard(task)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
    finally:
        server.close()
        await server.wait_closed()
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
