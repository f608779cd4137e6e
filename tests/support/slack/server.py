"""A Slack on loopback: the Web API, Socket Mode, response addresses, and every way to fail."""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web

from tests.support.slack.blocks import Refused, check_blocks, units
from tests.support.slack.signing import Signed, signed
from tests.support.slack.workspace import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    CLIENT_ID,
    CLIENT_SECRET,
    TAKES,
    TEAM,
    Json,
    Workspace,
)

SECOND = 1.0
A_MINUTE = 300
PATIENCE = 15.0
"""Seconds until a test gives up; a busy machine may take long for what is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What befalls one call: Slack's word, a status, a wait, or a lost answer."""

    word: str = ""
    status: int = 200
    retry_after: str | None = None
    stores: bool = False
    """The call is carried out before its answer is lost."""
    drops: bool = False
    until: asyncio.Event | None = None
    """The call waits for this."""
    until_after: asyncio.Event | None = None
    """It is carried out, and its answer waits for this."""


class LoopbackSlack:
    """Everything of Slack that policywire meets. `calls` are all calls that came, in order."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.home = Workspace()
        self.teams = {BOT_TOKEN: self.home}
        """Workspaces by the bot token that reaches them; `home` is the first."""
        self.codes: dict[str, tuple[str, Workspace]] = {}
        """What OAuth's codes are worth, each once: a bot token and its workspace."""
        self.calls: list[tuple[str, Json]] = []
        self.refused: list[str] = []
        self.troubles: defaultdict[str, deque[Trouble]] = defaultdict(deque)
        self.app_token = APP_TOKEN
        self.paced = False
        self.base = ""
        self.web_url = ""
        """Where policywire's web server listens."""
        self.over_http = False
        """Whether requests go to it, in place of the links of Socket Mode."""
        self.links: list[web.WebSocketResponse] = []
        self.responses: defaultdict[str, list[Json]] = defaultdict(list)
        self.heard = asyncio.Condition()
        self.acks: dict[str, Json | None] = {}
        self.sent_at: dict[str, float] = {}
        self.took: dict[str, float] = {}
        """Seconds from each envelope to its acknowledgement."""
        self.statuses: dict[str, int] = {}
        """How requests over HTTP were answered, by envelope."""
        self._posts: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._number = count(1)
        self._last: dict[str, float] = {}
        self._latest: deque[float] = deque(maxlen=A_MINUTE)

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.base}/api/"

    @asynccontextmanager
    async def open(self) -> AsyncIterator["LoopbackSlack"]:
        """Serve until the block ends."""
        app = web.Application(client_max_size=4_000_000)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            # Slack keeps its connections, too.
            async with aiohttp.ClientSession() as self._session:
                yield self
                await asyncio.gather(*self._posts, return_exceptions=True)
        finally:
            for link in list(self.links):
                await link.close()
            await runner.cleanup()

    def workspace(self, team: str) -> Workspace:
        """A team's workspace; strangers have an empty one."""
        found = (one for one in self.teams.values() if one.team == team)
        return next(found, None) or Workspace(team)

    def trouble(self, method: str, *troubles: Trouble) -> None:
        """Let these befall the next calls of a method, one each."""
        self.troubles[method].extend(troubles)

    def called(self, method: str) -> list[Json]:
        """The arguments of all calls of a method."""
        return [given for name, given in self.calls if name == method]

    def said(self, channel: str = "C0NEWS", team: str = TEAM) -> list[Json]:
        """The messages that stand in a channel."""
        return self.workspace(team).channels[channel].messages

    async def until(
        self,
        done: Callable[[], object],
        seconds: float = PATIENCE,
        or_else: Callable[[], str] = lambda: "it never came to that",
    ) -> None:
        """Wait until something that was called made it so; `or_else` says how it stands if not."""
        try:
            async with asyncio.timeout(seconds), self.heard:
                await self.heard.wait_for(done)
        except TimeoutError:
            raise AssertionError(or_else()) from None

    async def tell(self) -> None:
        """Let those who wait look again."""
        async with self.heard:
            self.heard.notify_all()

    async def send(
        self, kind: str, payload: Json, *, envelope: str = "", responds: bool = True
    ) -> str:
        """Send an envelope, signed over HTTP or over the newest link; `acks` has its answer."""
        id_ = envelope or f"E{next(self._number)}"
        self.sent_at[id_] = time.monotonic()
        if self.over_http:
            retry = {"X-Slack-Retry-Num": "1"} if envelope else {}
            post = asyncio.create_task(self._post(id_, signed(kind, payload, self.now()), retry))
            self._posts.add(post)
            post.add_done_callback(self._posts.discard)
            return id_
        await self.until(lambda: any(not link.closed for link in self.links))
        link = next(one for one in reversed(self.links) if not one.closed)
        await link.send_json(
            {
                "envelope_id": id_,
                "type": kind,
                "payload": payload,
                "accepts_response_payload": responds,
            }
        )
        return id_

    async def acknowledged(self, envelope: str) -> Json | None:
        """The payload of the acknowledgement."""
        await self.until(lambda: envelope in self.acks)
        return self.acks[envelope]

    def respond_url(self) -> tuple[str, str]:
        """A new response address and its id."""
        id_ = f"R{next(self._number)}"
        return id_, f"{self.base}/respond/{id_}"

    def event_id(self) -> str:
        """A new event's name."""
        return f"Ev{next(self._number)}"

    def trigger(self, team: str) -> str:
        """A new trigger for one view in a team."""
        id_ = f"trigger.{next(self._number)}"
        self.workspace(team).triggers.add(id_)
        return id_

    def _acknowledged(self, id_: str) -> None:
        self.took[id_] = time.monotonic() - self.sent_at[id_]

    async def _post(self, id_: str, request: Signed, retry: dict[str, str]) -> None:
        assert self._session is not None
        url, headers = f"{self.web_url}/slack/events", {**request.headers, **retry}
        async with self._session.post(url, data=request.body, headers=headers) as answer:
            text = await answer.text()
            self._acknowledged(id_)
            self.statuses[id_] = answer.status
            is_json = answer.content_type == "application/json"
            self.acks[id_] = json.loads(text) if is_json and text else None
        await self.tell()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _arguments(request)
        self.calls.append((method, given))
        queue = self.troubles[method]
        trouble = queue.popleft() if queue else Trouble()
        if trouble.until is not None:
            await trouble.until.wait()
        failed = trouble.word or trouble.status != 200 or trouble.drops
        answer: Json = {"ok": True}
        if not failed or trouble.stores:
            answer = self._carried_out(method, given, request)
        await self.tell()
        if trouble.until_after is not None:
            await trouble.until_after.wait()
        if trouble.drops:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        headers = {}
        if answer.get("error") == "ratelimited":
            headers["Retry-After"] = "1"
        if trouble.retry_after is not None:
            headers["Retry-After"] = trouble.retry_after
        if trouble.status >= 500:
            return web.Response(status=trouble.status, text="<html>", content_type="text/html")
        if trouble.word:
            answer = {"ok": False, "error": trouble.word}
        status = 429 if answer.get("error") == "ratelimited" else trouble.status
        return web.json_response(answer, status=status, headers=headers)

    def _carried_out(self, method: str, given: Json, request: web.Request) -> Json:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            if method == "oauth.v2.access":
                return self._exchanged(given)
            if method not in TAKES:
                raise Refused("unknown_method", method)
            if method == "apps.connections.open":
                if token != self.app_token:
                    raise Refused("invalid_auth", method)
                return {"ok": True, "url": self.base.replace("http", "ws") + "/link"}
            if token not in self.teams:
                raise Refused("invalid_auth", method)
            if method == "chat.postMessage" and self.paced:
                self._check_pace(given["channel"])
            answer = self.teams[token].call(method, given, self.now())
        except Refused as refused:
            self.refused.append(str(refused))
            return {"ok": False, "error": refused.word}
        text = json.dumps({"ok": True, **answer}).replace("{base}", self.base)
        loaded: Json = json.loads(text)
        return loaded

    def _exchanged(self, given: Json) -> Json:
        """A code for a token, as OAuth does it."""
        if set(given) != {"code", "client_id", "client_secret"}:
            raise Refused("invalid_arguments", str(sorted(given)))
        if (given["client_id"], given["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            raise Refused("bad_client_secret", "not the app's")
        token, team = self.codes.pop(given["code"], ("", None))
        if team is None:
            raise Refused("invalid_code", given["code"])
        self.teams[token] = team
        return {
            "ok": True,
            "app_id": "A1",
            "authed_user": {"id": "U0ADMIN"},
            "scope": "chat:write,commands",
            "token_type": "bot",
            "access_token": token,
            "bot_user_id": BOT_USER,
            "team": {"id": team.team, "name": team.team_name},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _check_pace(self, channel: str) -> None:
        """One post a second a channel, and 300 in any minute a workspace."""
        last, now = self._last.get(channel), self.now()
        if last is not None and now - last < SECOND * 0.99:
            raise Refused("ratelimited", f"{channel} after {now - last:.3f} s")
        if len(self._latest) == A_MINUTE and now - self._latest[0] < 60 * SECOND:
            raise Refused("ratelimited", f"{A_MINUTE} posts in {now - self._latest[0]:.3f} s")
        self._last[channel] = now
        self._latest.append(now)

    async def _upload(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        name, _ = self.home.uploads[id_]
        self.home.uploads[id_] = (name, await request.read())
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        given = await request.json()
        known = {
            "text",
            "blocks",
            "response_type",
            "replace_original",
            "delete_original",
            "unfurl_links",
            "unfurl_media",
        }
        try:
            if set(given) - known:
                raise Refused("invalid_payload", str(sorted(set(given) - known)))
            if len(self.responses[id_]) >= 5:
                raise Refused("used_url", "five uses")
            if "blocks" in given:
                check_blocks(given["blocks"])
            if units(given["text"]) > 4_000:
                raise Refused("msg_too_long", "text")
        except Refused as refused:
            self.refused.append(str(refused))
            return web.Response(status=400, text=refused.word)
        self.responses[id_].append(given)
        await self.tell()
        return web.Response(text="ok")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        link = web.WebSocketResponse()
        await link.prepare(request)
        await link.send_json({"type": "hello", "num_connections": len(self.links) + 1})
        self.links.append(link)
        await self.tell()
        async for message in link:
            if message.type is WSMsgType.TEXT:
                answer = json.loads(message.data)
                self._acknowledged(answer["envelope_id"])
                self.acks[answer["envelope_id"]] = answer.get("payload")
                await self.tell()
        if link in self.links:
            self.links.remove(link)
        await self.tell()
        return link


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        given: Json = await request.json()
        return given
    form: dict[str, Any] = {**request.query, **await request.post()}
    for name in ("files", "view", "blocks", "metadata"):
        if isinstance(form.get(name), str):
            form[name] = json.loads(form[name])
    form.pop("token", None)
    return form
