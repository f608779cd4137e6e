"""A small Discord on loopback: REST and gateway, as much as policywire uses, kept in memory.

It remembers nonces, limits rates, refuses what Discord refuses, and fails on demand.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
from aiohttp import WSMsgType, web

BOT, APPLICATION, GUILD = 1000, 1001, 2000
TOKEN = "loopback.token"
TEXT, DIRECT, NEWS, THREAD, FORUM = 0, 1, 5, 11, 15
ALL = discord.Permissions.all().value
Json = dict[str, Any]


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
class LoopbackDiscord:
    """Rows by id, and what was asked; `troubles` are met one a post, first in first out."""

    url: str = ""
    token: str = TOKEN
    channels: dict[int, Json] = field(default_factory=dict)
    messages: defaultdict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    roles: list[Json] = field(default_factory=list)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    answers: list[tuple[str, Json]] = field(default_factory=list)
    requests: list[tuple[str, str, Json]] = field(default_factory=list)
    troubles: deque[Trouble] = field(default_factory=deque)
    refused: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    """(method, channel) → HTTP status and code."""
    in_guild: bool = True
    no_threads: bool = False
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    lines: list[web.Request] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    heard: asyncio.Condition = field(default_factory=asyncio.Condition)
    nonces: dict[tuple[int, str], Json] = field(default_factory=dict)
    _next: int = 0

    def id(self) -> int:
        """A snowflake of now."""
        self._next += 1
        return discord.utils.time_snowflake(datetime.now(UTC)) + self._next

    def channel(self, kind: int = TEXT, *, name: str = "policy", **more: Any) -> int:
        """A new channel of the guild."""
        number = self.id()
        self.channels[number] = {
            "id": str(number),
            "type": kind,
            "name": name,
            "guild_id": str(GUILD),
            "position": 0,
            "permission_overwrites": [],
            "parent_id": None,
            "nsfw": False,
            **more,
        }
        return number

    def guild(self) -> Json:
        """The only guild, as the gateway tells it."""
        everyone = {"id": str(GUILD), "name": "@everyone", "permissions": str(ALL), "position": 0}
        common = {"color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False}
        more = {"mentionable": False, "flags": 0}
        return {
            "id": str(GUILD),
            "name": "Loopback",
            "owner_id": "1",
            "roles": self.roles or [{**everyone, **common, **more}],
            "channels": [c for c in self.channels.values() if c["type"] in {TEXT, NEWS, FORUM}],
            "threads": [c for c in self.channels.values() if c["type"] == THREAD],
            "members": [self.member()],
            "emojis": [],
            "features": [],
            "member_count": 1,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "system_channel_flags": 0,
            "nsfw_level": 0,
            "stickers": [],
            "afk_timeout": 60,
            "premium_progress_bar_enabled": False,
        }

    def member(self) -> Json:
        """The bot in the guild."""
        joined = "2026-01-01T00:00:00+00:00"
        return {"user": self.user(), "roles": [], "joined_at": joined, "flags": 0, "deaf": False,
                "mute": False}  # fmt: skip

    def user(self) -> Json:
        """The bot itself."""
        return {"id": str(BOT), "username": "policywire", "discriminator": "0", "avatar": None,
                "bot": True}  # fmt: skip

    def keep(self, channel: int, body: Json) -> Json:
        """Store a message, or give the one that has its nonce already."""
        nonce = body.get("nonce")
        if nonce and body.get("enforce_nonce") and (channel, nonce) in self.nonces:
            return self.nonces[channel, nonce]
        number = self.id()
        message = {
            "id": str(number),
            "channel_id": str(channel),
            "author": self.user(),
            "content": body.get("content") or "",
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "allowed_mentions": body.get("allowed_mentions"),
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "attachments": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "type": 0,
        }
        if reference := body.get("message_reference"):
            message["message_reference"] = reference
        self.messages[channel].append(message)
        self.channels[channel]["last_message_id"] = str(number)
        if nonce:
            self.nonces[channel, nonce] = message
        return message

    def titles(self, channel: int) -> list[str]:
        """The titles of what stands in a channel, in order."""
        return [m["embeds"][0].get("title", "") for m in self.messages[channel]]

    async def until(self, wanted: Any, seconds: float = 10) -> None:
        """Wait until `wanted()` is true, looking after each request."""
        async with asyncio.timeout(seconds), self.heard:
            await self.heard.wait_for(wanted)

    async def dispatch(self, name: str, data: Json) -> None:
        """Tell every connected client of an event."""
        for socket in self.sockets:
            await socket.send_json({"op": 0, "s": 2, "t": name, "d": data})

    async def tell(self, op: int, data: Any = None) -> None:
        """Send a bare order, such as 7 (reconnect) or 9 (invalid session)."""
        for socket in list(self.sockets):
            await socket.send_json({"op": op, "d": data})

    async def drop(self) -> None:
        """Cut every gateway connection without a word."""
        for request in list(self.lines):
            if request.transport is not None:
                request.transport.close()

    async def use(self, channel: int, name: str, **values: str) -> Json:
        """Somebody who manages the server uses a command; the reply that comes."""
        first, *second = name.split()
        options = [{"type": 3, "name": key, "value": value} for key, value in values.items()]
        if second:
            options = [{"type": 1, "name": second[0], "options": options}]
        data = {"id": "1", "name": first, "type": 1, "options": options}
        return await self._interact(channel, 2, data)

    async def press(self, channel: int, message: Json, custom_id: str) -> Json:
        """Somebody presses a button of a message; the reply that comes."""
        data = {"component_type": 2, "custom_id": custom_id}
        return await self._interact(channel, 3, data, message=message)

    async def _interact(self, channel: int, kind: int, data: Json, **more: Any) -> Json:
        number = str(self.id())
        person = {"id": "77", "username": "chief", "discriminator": "0", "avatar": None}
        await self.dispatch(
            "INTERACTION_CREATE",
            {
                "id": number,
                "application_id": str(APPLICATION),
                "type": kind,
                "data": data,
                "guild_id": str(GUILD),
                "channel_id": str(channel),
                "channel": self.channels[channel],
                "member": {**self.member(), "user": person, "permissions": str(ALL)},
                "token": f"token-{number}",
                "version": 1,
                "locale": "en-US",
                "app_permissions": str(ALL),
                "entitlements": [],
                "authorizing_integration_owners": {},
                "context": 0,
                "attachment_size_limit": 10_485_760,
                **more,
            },
        )
        await self.until(lambda: any(n == number for n, _ in self.answers))
        return next(body for n, body in self.answers if n == number)

    # Requests

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one REST request."""
        path = request.path.removeprefix("/api")
        body = await _body(request)
        self.requests.append((request.method, path, body))
        response = await self._answer(request, path, body)
        async with self.heard:
            self.heard.notify_all()
        return response

    async def _answer(  # noqa: PLR0911 (a table of routes)
        self, request: web.Request, path: str, body: Json
    ) -> web.StreamResponse:
        words = path.strip("/").split("/")
        if words[0] not in {"interactions", "webhooks"} and (
            request.headers.get("Authorization") != f"Bot {self.token}"
        ):
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        match request.method, words:
            case "GET", ["users", "@me"]:
                return _json(self.user())
            case "GET", ["oauth2", "applications", "@me"]:
                return _json(_application())
            case "GET", ["gateway", *_]:
                return _json(self._gateway())
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

    def _gateway(self) -> Json:
        url = self.url.replace("http", "ws").replace("/api", "/ws")
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        return {"url": url, "shards": 1, "session_start_limit": limit}

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
                return await self._made(request, lambda: self.keep(number, body))
            case "POST", ["threads"]:
                return await self._made(request, lambda: self._forum_post(number, body))
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
        made = self.channel(THREAD, name=body["name"], parent_id=str(forum))
        first = self.keep(made, body["message"])
        first["id"] = str(made)
        return {**self.channels[made], "message": first}

    async def _made(self, request: web.Request, make: Any) -> web.StreamResponse:
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble is None:
            return _json(make())
        if trouble.stored:
            make()
        if trouble.status is None:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        response = _json(trouble.body, trouble.status)
        response.headers.update(trouble.headers)
        return response

    # The gateway

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one gateway connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self.lines.append(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for sent in socket:
            if sent.type is not WSMsgType.TEXT:
                break
            await self._obey(socket, json.loads(sent.data))
        self.sockets.remove(socket)
        self.lines.remove(request)
        return socket

    async def _obey(self, socket: web.WebSocketResponse, sent: Json) -> None:
        match sent["op"]:
            case 1:
                await socket.send_json({"op": 11})
            case 2 if sent["d"]["token"] != self.token:
                await socket.close(code=4004)
            case 2:
                self.sessions.append("identify")
                ready = {
                    "v": 10,
                    "user": self.user(),
                    "session_id": "s1",
                    "resume_gateway_url": self._gateway()["url"],
                    "guilds": [{"id": str(GUILD), "unavailable": True}],
                    "shard": sent["d"]["shard"],
                    "application": {"id": str(APPLICATION), "flags": 0},
                }
                await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready})
                guild = {**self.guild(), "large": False, "unavailable": False}
                guild |= {"joined_at": "2026-01-01T00:00:00+00:00", "voice_states": []}
                guild |= {"presences": [], "stage_instances": [], "guild_scheduled_events": []}
                await socket.send_json({"op": 0, "s": 2, "t": "GUILD_CREATE", "d": guild})
            case 6:
                self.sessions.append("resume")
                await socket.send_json({"op": 0, "s": 3, "t": "RESUMED", "d": {}})
        async with self.heard:
            self.heard.notify_all()


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


def _json(body: Any, status: int = 200) -> web.Response:
    # Exactly this content type, else discord.py gives a string back.
    return web.Response(
        body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json"}
    )


def _application() -> Json:
    return {
        "id": str(APPLICATION),
        "name": "policywire",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "summary": "",
        "team": None,
        "owner": {"id": "1", "username": "o", "discriminator": "0", "avatar": None},
    }
