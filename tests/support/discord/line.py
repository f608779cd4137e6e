"""The gateway of the small Discord: sessions over WebSockets, and every way of breaking them."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.discord.world import ALL, APPLICATION, GUILD, TOKEN, Json, World


@dataclass(slots=True)
class Line(World):
    """The connections that clients hold, and what people do over them."""

    url: str = ""
    token: str = TOKEN
    answers: list[tuple[str, Json]] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    lines: list[web.Request] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    heard: asyncio.Condition = field(default_factory=asyncio.Condition)

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

    async def press(self, channel: int, message: Json, custom_id: str, *, person: int = 77) -> Json:
        """Somebody presses a button of a message; the reply that comes."""
        data = {"component_type": 2, "custom_id": custom_id}
        return await self._interact(channel, 3, data, who=person, message=message)

    async def _interact(
        self, channel: int, kind: int, data: Json, *, who: int = 77, **more: Any
    ) -> Json:
        number = str(self.id())
        person = {"id": str(who), "username": "chief", "discriminator": "0", "avatar": None}
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
                    "resume_gateway_url": self.gateway()["url"],
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

    def gateway(self) -> Json:
        """Where the gateway is, and how many shards and sessions it would have."""
        url = self.url.replace("http", "ws").replace("/api", "/ws")
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        return {"url": url, "shards": 1, "session_start_limit": limit}
