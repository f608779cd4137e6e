"""Socket Mode: two links, so that one still listens while the other is renewed.

Slack closes a link every few hours and says so; what was under way then comes again over another
link, and is answered once.
"""

import asyncio
import logging
from collections.abc import Callable

import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PlatformRefused

LINKS = 2
_PING_SECONDS = 10.0
_TEMPORARY = frozenset({"ratelimited", "internal_error", "fatal_error", "request_timeout"})
_log = structlog.get_logger(__name__)


class _Link(SocketModeClient):
    """One link, which gives up where trying again mends nothing."""

    def __init__(self, app_token: str, web: AsyncWebClient, refused: Callable[[str], None]) -> None:
        # The SDK's own words about reconnecting are no operator's business.
        quiet = logging.getLogger("slack_sdk.policywire")
        quiet.setLevel(logging.CRITICAL)
        super().__init__(app_token, quiet, web, ping_interval=_PING_SECONDS)
        self._refused = refused

    async def issue_new_wss_url(self) -> str:
        try:
            return await super().issue_new_wss_url()
        except SlackApiError as error:
            word = str(error.response.get("error", ""))
            if word and word not in _TEMPORARY:
                self.closed = True
                self._refused(word)
            raise

    async def run_message_listeners(self, message: dict, raw_message: str) -> None:  # type: ignore[type-arg]
        if message.get("type") == "disconnect" and message.get("reason") == "link_disabled":
            self.closed = True
            self._refused("link_disabled")
            return
        await super().run_message_listeners(message, raw_message)


class Socket:
    """Gives what comes over the links to the app."""

    def __init__(self, app: AsyncApp, *, app_token: str, web: AsyncWebClient) -> None:
        self._app, self._token, self._web = app, app_token, web

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set; raises PlatformRefused naming the setting to mend."""
        refusals: asyncio.Queue[str] = asyncio.Queue()
        links = [_Link(self._token, self._web, refusals.put_nowait) for _ in range(LINKS)]
        ends = [
            asyncio.ensure_future(refusals.get()),
            asyncio.ensure_future(stop.wait()),
        ]
        try:
            for link in links:
                link.socket_mode_request_listeners.append(self._handle)
                await link.connect()  # type: ignore[no-untyped-call]
                if not refusals.empty():
                    break
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
            for link in links:
                await _closed(link)
        if ends[0].done() and not ends[0].cancelled():
            raise PlatformRefused("Slack: " + refusal(ends[0].result()))  # type: ignore[arg-type]  # the word

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        response = await run_async_bolt_app(self._app, request)
        await send_async_response(client, request, response, 0.0)


def refusal(word: str) -> str:
    """What to mend where Slack does not let the app listen."""
    if word == "link_disabled":
        return "link_disabled: Socket Mode is switched off in the app's settings; switch it on"
    if word == "missing_scope":
        return "missing_scope: SLACK_APP_TOKEN needs the scope connections:write"
    return f"{word}: Slack refuses SLACK_APP_TOKEN; make a new app-level token and set it"


async def _closed(link: SocketModeClient) -> None:
    try:
        await link.close()  # type: ignore[no-untyped-call]
    except Exception as error:  # noqa: BLE001 (closing must go on with the others)
        _log.debug("link_close_failed", error=str(error))
