"""A small Discord on loopback: REST and gateway, as much as policywire uses, kept in memory.

It remembers nonces, limits rates, refuses what Discord refuses, and fails on demand.
"""

import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.discord.limits import Limits
from tests.support.discord.line import Line
from tests.support.discord.openapi import problems
from tests.support.discord.world import (
    APPLICATION,
    DIRECT,
    FORUM,
    GUILD,
    NEWS,
    TEXT,
    THREAD,
    TOKEN,
    Json,
    application,
)

__all__ = ["APPLICATION", "FORUM", "GUILD", "NEWS", "TEXT", "THREAD", "TOKEN", "LoopbackDiscord",
           "Trouble", "limited", "loopback"]  # fmt: skip
_UNCOUNTED = {"interactions", "webhooks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What happens to the next request that makes a message.

    `stored`: the message is kept all the same. `status` None: the connection is cut.
    """

    status: int | None = None
    stored: bool = False
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def limited(seconds: float, *, everywhere: bool = False) -> Trouble:
    """A 429 that names its time."""
    headers = {"Via": "1.1 loopback", "Retry-After": str(seconds)}
    body: Json = {"message": "limited", "retry_after": seconds, "global": everywhere}
    return Trouble(status=429, body=body, headers=headers)


@dataclass(slots=True)
class LoopbackDiscord(Line):
    """Answers REST; `troubles` are met one a post, first in first out."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    requests: list[tuple[str, str, Json]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Requests that Discord's description of its API does not allow."""
    troubles: deque[Trouble] = field(default_factory=deque)
    refused: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    """(method, channel) → HTTP status and code."""
    in_guild: bool = True
    no_threads: bool = False
    limits: Limits | None = None
    """Where set, it limits rates as Discord does."""
    strict: bool = True
    """Looks whether each request keeps to Discord's description, where that is there."""
    when_posted: Callable[[int], None] | None = None
    """Called with the channel as soon as a message stands there."""

    # Requests

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one REST request."""
        path = request.path.removeprefix("/api")
        body = await _body(request)
        self.requests.append((request.method, path, body))
        response = await self._allowed(request, path, body)
        async with self.heard:
            self.heard.notify_all()
        return response

    async def _allowed(self, request: web.Request, path: str, body: Json) -> web.StreamResponse:
        if self.limits is not None and path.split("/")[1] not in _UNCOUNTED:
            wait = self.limits.everywhere()
            if wait:
                return _limited(wait, everywhere=True)
        found = problems(request.method, path, body.get("list", body)) if self.strict else []
        self.faults += found
        if found:
            return _json({"message": found[0], "code": 50035}, 400)
        return await self._answer(request, path, body)

    async def _answer(  # noqa: PLR0911 (a table of routes)
        self, request: web.Request, path: str, body: Json
    ) -> web.StreamResponse:
        words = path.strip("/").split("/")
        if words[0] not in _UNCOUNTED and (
            request.headers.get("Authorization") != f"Bot {self.token}"
        ):
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        match request.method, words:
            case "GET", ["users", "@me"]:
                return _json(self.user())
            case "GET", ["oauth2", "applications", "@me"]:
                return _json(application())
            case "GET", ["gateway", *_]:
                return _json(self.gateway())
            case "PUT", ["applications", _, *rest]:
                self.commands["/".join(rest)] = body["list"]
                return _json([{**c, "id": str(self.id()), "application_id": str(APPLICATION),
                               "version": "1"} for c in body["list"]])  # fmt: skip
            case "POST", ["users", "@me", "channels"]:
                number = 7_000_000 + int(body["recipient_id"])
                self.channels.setdefault(number, {"id": str(number), "type": DIRECT})
                return _json(self.channels[number])
            case _, ["guilds", *rest]:
                return self._of_guild(rest)
            case method, ["channels", number, *rest]:
                return await self._of_channel(request, method, int(number), rest, body)
            case "POST", ["interactions", number, _, "callback"]:
                self.answers.append((number, body))
                return _json({"interaction": {"id": number, "type": 2}, "resource": {"type": 4}})
            case _, ["webhooks", *_]:
                self.answers.append((request.method, body))
                return _json(self.keep(next(iter(self.channels)), body))
        return _json({"message": f"404: {path}", "code": 0}, 404)

    def _of_guild(self, rest: list[str]) -> web.StreamResponse:
        if not self.in_guild or rest[0] != str(GUILD):
            return _json({"message": "Unknown Guild", "code": 10004}, 404)
        match rest[1:]:
            case ["threads", "active"]:
                threads = [c for c in self.channels.values() if c["type"] == THREAD]
                return _json({"threads": threads, "members": []})
            case ["members", _]:
                return _json(self.member())
        return _json(self.guild())

    async def _of_channel(  # noqa: PLR0911 (a table of routes)
        self, request: web.Request, method: str, number: int, rest: list[str], body: Json
    ) -> web.StreamResponse:
        if number not in self.channels:
            return _json({"message": "Unknown Channel", "code": 10003}, 404)
        if (method, number) in self.refused:
            status, code = self.refused[method, number]
            return _json({"message": "refused", "code": code}, status)
        match method, rest:
            case "GET", []:
                return _json(self.channels[number])
            case "GET", ["threads", *_]:
                return _json({"threads": [], "members": [], "has_more": False})
            case "GET", ["messages"]:
                after = int(request.query.get("after", 0))
                found = [m for m in self.messages[number] if int(m["id"]) > after][:100]
                return _json(found[::-1])
            case "POST", ["messages"]:
                return await self._made(request, number, lambda: self.keep(number, body))
            case "POST", ["threads"]:
                if self.channels[number].get("flags", 0) & 1 << 4 and not body.get("applied_tags"):
                    return _json({"message": "A tag is required", "code": 40067}, 400)
                return await self._made(request, number, lambda: self._forum_post(number, body))
            case _, ["messages", message, *more]:
                return self._of_message(method, number, message, more, body)
        return _json({"message": "405", "code": 0}, 405)

    def _of_message(
        self, method: str, channel: int, message: str, more: list[str], body: Json
    ) -> web.StreamResponse:
        found = next((m for m in self.messages[channel] if m["id"] == message), None)
        if found is None:
            return _json({"message": "Unknown Message", "code": 10008}, 404)
        if method == "PATCH":
            found.update({k: v for k, v in body.items() if v is not None})
        elif method == "POST" and more == ["threads"]:
            if self.no_threads:
                return _json({"message": "Missing Permissions", "code": 50013}, 403)
            if int(message) in self.channels:
                return _json({"message": "There is a thread", "code": 160004}, 400)
            made = self.channel(THREAD, name=body["name"], parent_id=str(channel))
            self.channels[int(message)] = {**self.channels.pop(made), "id": message}
            return _json(self.channels[int(message)], 201)
        return _json(found)

    def _forum_post(self, forum: int, body: Json) -> Json:
        tags = body.get("applied_tags", [])
        made = self.channel(THREAD, name=body["name"], parent_id=str(forum), applied_tags=tags)
        first = self.keep(made, body["message"])
        first["id"] = str(made)
        return {**self.channels[made], "message": first}

    async def _made(
        self, request: web.Request, channel: int, make: Callable[[], Json]
    ) -> web.StreamResponse:
        headers: dict[str, str] = {}
        if self.limits is not None:
            wait, headers = self.limits.post(channel)
            if wait:
                return _limited(wait, headers=headers)
        trouble = self.troubles.popleft() if self.troubles else None
        made = make() if trouble is None or trouble.stored else {}
        if made and self.when_posted is not None:
            self.when_posted(channel)
        if trouble is None:
            return _json(made, headers=headers)
        if trouble.status is None:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        return _json(trouble.body, trouble.status, headers=trouble.headers)


@asynccontextmanager
async def loopback(port: int = 0) -> AsyncIterator[LoopbackDiscord]:
    """A Discord that answers under `url` until the end."""
    here = LoopbackDiscord()
    app = web.Application()
    app.router.add_get("/ws/", here.connect)
    app.router.add_get("/ws", here.connect)
    app.router.add_route("*", "/api/{path:.*}", here.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    bound = runner.addresses[0][1]
    here.url = f"http://127.0.0.1:{bound}/api"
    try:
        yield here
    finally:
        await runner.cleanup()


async def _body(request: web.Request) -> Json:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        found = json.loads(str(form["payload_json"]))
        found["files"] = [name for name in form if name.startswith("files")]
        return dict(found)
    text = await request.text()
    body = json.loads(text) if text else {}
    return {"list": body} if isinstance(body, list) else dict(body)


def _limited(
    seconds: float, *, everywhere: bool = False, headers: dict[str, str] | None = None
) -> web.Response:
    trouble = limited(seconds, everywhere=everywhere)
    return _json(trouble.body, 429, headers={**(headers or {}), **trouble.headers})


def _json(body: Any, status: int = 200, *, headers: dict[str, str] | None = None) -> web.Response:
    # Exactly this content type, else discord.py gives a string back.
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )
