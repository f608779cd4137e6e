"""Installing into many workspaces by OAuth: the page that begins it, and the one that ends it."""

import html
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
SCOPES = (
    "chat:write",
    "commands",
    "channels:join",
    "channels:read",
    "groups:read",
    "channels:history",
    "groups:history",
    "im:history",
    "users:read",
    "files:write",
)
"""What the app asks for; docs/slack.md has the reason for each."""
_WORDS = {
    "access_denied": "Nothing was installed: the request was declined in Slack.",
    "org_install": "policywire is installed into one workspace at a time. Choose a workspace, "
    "not the whole organisation.",
    "storage_error": "Nothing was installed: it could not be kept. Try again in a while.",
    "unreachable": "Slack could not be reached, so nothing was installed. Try again in a while.",
}
_BEGIN_AGAIN = "This attempt to install is not known here, was used, or is too old."
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The app's own, of its “Basic Information”."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where installs and open attempts are kept. `installed` is told each team that installed."""

    installations: AsyncInstallationStore
    states: AsyncOAuthStateStore
    installed: Callable[[str], Awaitable[None]]


class Installer:
    """Serves the two pages of OAuth."""

    def __init__(self, credentials: Credentials, kept: Kept, client: AsyncWebClient) -> None:
        quiet = logging.getLogger("slack_bolt.policywire.install")
        quiet.setLevel(logging.CRITICAL)
        settings = AsyncOAuthSettings(
            client_id=credentials.client_id,
            client_secret=credentials.client_secret,
            scopes=SCOPES,
            install_path=INSTALL_PATH,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT_PATH,
            callback_options=AsyncCallbackOptions(success=self._done, failure=_failed),
            installation_store=kept.installations,
            state_store=kept.states,
            logger=quiet,
        )
        self._kept = kept
        self._flow = _Flow(client=client, logger=quiet, settings=settings)

    def routes(self) -> list[web.RouteDef]:
        """What the web server is to serve."""
        return [web.get(INSTALL_PATH, self._begin), web.get(REDIRECT_PATH, self._end)]

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        answer = await self._flow.handle_installation(_asked(request))
        return await to_aiohttp_response(answer)

    async def _end(self, request: web.Request) -> web.StreamResponse:
        try:
            answer = await self._flow.handle_callback(_asked(request))
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            _log.warning("install_failed", reason=type(error).__name__)
            answer = _page(502, "Not installed", _WORDS["unreachable"])
        return await to_aiohttp_response(answer)

    async def _done(self, args: AsyncSuccessArgs) -> BoltResponse:
        made = args.installation
        assert made.team_id is not None
        await self._kept.installed(made.team_id)
        _log.info("app_installed", team=made.team_id)
        words = f"policywire is in {made.team_name or made.team_id}. Type /policywire in a channel."
        return _page(200, "Installed", words)


class _Flow(AsyncOAuthFlow):
    """Bolt's flow, for single workspaces; only what is needed of Slack's answer is kept."""

    async def run_installation(self, code: str) -> Installation | None:
        # Not Bolt's own: its way to name the app is deprecated by aiohttp, and it keeps more.
        told = await self._exchanged(code)
        if told is None:
            return None
        team, person = told.get("team") or {}, told.get("authed_user") or {}
        return Installation(
            app_id=told.get("app_id"),
            team_id=team.get("id"),
            team_name=team.get("name"),
            bot_token=told.get("access_token"),
            bot_user_id=told.get("bot_user_id"),
            bot_scopes=str(told.get("scope") or ""),
            user_id=str(person.get("id") or ""),
            is_enterprise_install=bool(told.get("is_enterprise_install")),
            token_type=told.get("token_type"),
        )

    async def _exchanged(self, code: str) -> Mapping[str, Any] | None:
        """What Slack gives for the code, None where it does not take it."""
        form = {
            "code": code,
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret,
        }
        try:
            answer = await self.client.api_call("oauth.v2.access", data=form)
        except SlackApiError as error:
            word = error.response.get("error") if error.response is not None else ""
            _log.warning("code_refused", reason=str(word))
            return None
        return answer.data if isinstance(answer.data, Mapping) else None

    async def store_installation(
        self,
        request: AsyncBoltRequest,  # noqa: ARG002 (Bolt's signature)
        installation: Installation,
    ) -> None:
        if installation.is_enterprise_install or not installation.team_id:
            raise BoltError("org_install")
        # Without its organisation's id: a workspace's own is enough to find it.
        await self.settings.installation_store.async_save(installation)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    reason = str(args.error) if isinstance(args.error, BoltError) else args.reason
    _log.warning("install_failed", reason=reason if reason in _WORDS else "attempt not accepted")
    words = _WORDS.get(reason)
    if words is None:
        words = f"{_BEGIN_AGAIN} Begin again at {INSTALL_PATH}."
    return _page(args.suggested_status_code, "Not installed", words)


def _asked(request: web.Request) -> AsyncBoltRequest:
    cookie = request.headers.get("Cookie", "")
    return AsyncBoltRequest(body="", query=request.query_string, headers={"cookie": cookie})


def _page(status: int, title: str, words: str) -> BoltResponse:
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title><h1>{html.escape(title)}</h1>"
        f"<p>{html.escape(words)}</p></html>"
    )
    return BoltResponse(
        status=status, body=body, headers={"content-type": "text/html; charset=utf-8"}
    )
