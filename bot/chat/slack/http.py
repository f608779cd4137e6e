"""Slack's requests over HTTP: signed, fresh, each taken once.

A request is answered 401 where its signature is wrong, its time is no number or over five minutes
off, or its very bytes came before. What Slack sends again after a lost answer is acknowledged, and
nothing is done twice.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock as Seconds
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock

EVENTS_PATH = "/slack/events"
"""Where commands, interactions and events come to; the manifest names it."""
_FRESH = timedelta(minutes=5)
_log = structlog.get_logger(__name__)


class _ClockOf(Seconds):
    """Our clock as Slack's verifier asks for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class _Seen:
    """The signatures that came while they could be fresh."""

    def __init__(self) -> None:
        self._at: OrderedDict[str, datetime] = OrderedDict()

    def again(self, signature: str, now: datetime) -> bool:
        # A request may be dated five minutes ahead, and stay fresh for five more.
        while self._at and now - next(iter(self._at.values())) > 2 * _FRESH:
            self._at.popitem(last=False)
        if signature in self._at:
            return True
        self._at[signature] = now
        return False

    def forget(self, signature: str) -> None:
        self._at.pop(signature, None)


class Door:
    """Lets Slack in, and nobody else."""

    def __init__(self, app: AsyncApp, *, signing_secret: str, clock: Clock) -> None:
        self._app, self._clock = app, clock
        self._verifier = SignatureVerifier(signing_secret, _ClockOf(clock))
        self._seen = _Seen()
        self.open = True
        """Whether requests are taken; at the end, Slack is to come again."""

    def routes(self) -> list[web.RouteDef]:
        """What the web server is to serve."""
        return [web.post(EVENTS_PATH, self._take)]

    async def _take(self, request: web.Request) -> web.StreamResponse:
        if not self.open:
            return web.Response(status=503, text="stopping")
        body = await request.read()
        signature = request.headers.get("X-Slack-Signature", "")
        if not self._genuine(body, request.headers.get("X-Slack-Request-Timestamp"), signature):
            _log.warning("request_refused", reason="its signature or time is wrong")
            return web.Response(status=401, text="signature")
        if self._seen.again(signature, self._clock.now()):
            if "X-Slack-Retry-Num" in request.headers:
                return web.Response()
            _log.warning("request_refused", reason="it came before")
            return web.Response(status=401, text="replay")
        answer = await self._answer(body.decode("utf-8"), request.headers.get("Content-Type", ""))
        if answer.status >= 500:
            # Slack sends it again, and it may go well then.
            self._seen.forget(signature)
        return answer

    def _genuine(self, body: bytes, timestamp: str | None, signature: str) -> bool:
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except (ValueError, OverflowError, TypeError):
            # No number, one past all measure, bytes that are no text, a signature that is no ASCII.
            return False

    async def _answer(self, body: str, content_type: str) -> web.StreamResponse:
        try:
            # No other header is signed, and some would command Bolt.
            asked = AsyncBoltRequest(body=body, headers={"content-type": content_type})
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            _log.warning("request_unreadable", error=f"{type(error).__name__}: {error}"[:200])
            return web.Response(status=400, text="payload")
        return await to_aiohttp_response(await self._app.async_dispatch(asked))
