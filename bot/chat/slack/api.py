"""One workspace's Web API: calls that are never sent twice, and Slack's words as our errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    MessageRefused,
    OutcomeUnknown,
    SendError,
    Wait,
    WorkspaceUnavailable,
)

BASE_URL = "https://slack.com/api/"
TIMEOUT_SECONDS = 20.0
Answer = Mapping[str, Any]

# Slack's words by scope: CONTRACTS.md, section 2, “Errors”.
_CHANNEL = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_not_found",
        "cannot_dm_bot",
        "messages_tab_disabled",
    }
)
_WORKSPACE = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "not_allowed_token_type",
        "team_access_not_granted",
        "team_not_found",
    }
)
_GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "is_inactive",
        "thread_not_found",
    }
)
_WAIT = frozenset({"ratelimited", "rate_limited", "service_unavailable"})
_UNKNOWN = frozenset({"internal_error", "fatal_error", "request_timeout"})
_ADVICE = {
    "not_in_channel": "type /invite @policywire in that channel",
    "channel_not_found": "it is gone, or private: there, type /invite @policywire",
    "is_archived": "somebody archived it",
    "missing_scope": "install the app again from config/slack-manifest.yaml",
}
_REFUSED = (
    "Slack refuses the workspace's token; install the app again (and set SLACK_BOT_TOKEN, "
    "where there is one)"
)
_INSTALL = "an admin of that workspace installs the app again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the token is: the team's id, name and address (`https://team.slack.com/`)."""

    team: str
    team_name: str
    url: str
    user: str
    bot: str


class SlackApi:
    """Calls with one bot token. Every failure is one of SendError's kinds."""

    def __init__(self, client: AsyncWebClient) -> None:
        if client.retry_handlers:
            raise ValueError("the client must not send anything again by itself")
        self._client = client
        self._identity: Identity | None = None

    @property
    def known_identity(self) -> Identity | None:
        """Who the token is, once it was asked."""
        return self._identity

    @property
    def token(self) -> str:
        """The bot token."""
        return self._client.token or ""

    async def identity(self) -> Identity:
        """Who the token is; asked once."""
        if self._identity is None:
            told = await self.read("auth.test")
            self._identity = Identity(
                team=str(told["team_id"]),
                team_name=str(told.get("team", "")),
                url=str(told.get("url", "")),
                user=str(told.get("user_id", "")),
                bot=str(told.get("bot_id", "")),
            )
        return self._identity

    def ask_again(self) -> None:
        """The token may be void: ask who it is before the next use."""
        self._identity = None

    async def read(self, method: str, **arguments: str | int | bool) -> Answer:
        """Call what changes nothing there."""
        # These methods take no JSON.
        form = {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in arguments.items()
        }
        return await self._call(method, {"data": form}, posts=False)

    async def write(self, method: str, **arguments: Any) -> Answer:  # noqa: ANN401 (JSON)
        """Call what may be called again with the same effect."""
        return await self._call(method, {"json": arguments}, posts=False)

    async def post(self, **arguments: Any) -> Answer:  # noqa: ANN401 (JSON)
        """Post a message once; OutcomeUnknown where it may stand there all the same."""
        return await self._call("chat.postMessage", {"json": arguments}, posts=True)

    async def upload(self, name: str, content: bytes, channel: str) -> None:
        """Share a file in a channel."""
        try:
            await self._client.files_upload_v2(
                filename=name, title=name, content=content, channel=channel
            )
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            raise _failure(error, posts=False) from error

    async def _call(self, method: str, body: dict[str, Any], *, posts: bool) -> Answer:
        try:
            answer = await self._client.api_call(method, **body)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(error, posts=posts) from error
        data = answer.data
        if not isinstance(data, Mapping):
            raise _in_doubt("the answer was not JSON", posts=posts)
        return data


def _failure(error: Exception, *, posts: bool) -> SendError:
    if isinstance(error, SlackApiError):
        return _refusal(error, posts=posts)
    if isinstance(error, aiohttp.ClientConnectorError):
        # Nothing was sent.
        return Wait(f"Slack cannot be reached: {error}")
    return _in_doubt(f"{type(error).__name__}: {error}".rstrip(": "), posts=posts)


def _refusal(error: SlackApiError, *, posts: bool) -> SendError:
    data = getattr(error.response, "data", None)
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", 0)
    headers = getattr(error.response, "headers", {})
    told = data if isinstance(data, Mapping) else {}
    word = str(told.get("error", ""))
    if status == 429 or word in _WAIT:
        return Wait(word or "ratelimited", _seconds(headers))
    if not word:
        return _in_doubt(f"HTTP {status} without Slack's word", posts=posts)
    return named(word, posts=posts, needed=str(told.get("needed", "")))


def named(word: str, *, posts: bool = False, needed: str = "") -> SendError:
    """Slack's word as an error of its scope, with what to do."""
    if word in _UNKNOWN:
        return _in_doubt(word, posts=posts)
    advice = _ADVICE.get(word, "")
    if word in _WORKSPACE:
        scope = f" (needs {needed})" if needed else ""
        return WorkspaceUnavailable(f"{word}{scope}: {advice or _REFUSED}")
    if word in _CHANNEL or word.startswith("restricted_action"):
        return ChannelUnavailable(f"{word}: {advice}" if advice else word)
    return MessageGone(word) if word in _GONE else MessageRefused(word)


def _in_doubt(reason: str, *, posts: bool) -> SendError:
    return OutcomeUnknown(reason) if posts else Wait(reason)


def _seconds(headers: Mapping[str, str]) -> float | None:
    """`Retry-After` in seconds, None where it is missing or no number."""
    try:
        return max(float(headers.get("Retry-After", "")), 0.0)
    except ValueError:
        return None


def not_installed() -> WorkspaceUnavailable:
    """The error for a workspace that has not installed the app, or no longer."""
    return WorkspaceUnavailable(f"not_installed: {_INSTALL}")


REMOVED = (
    *(named(word).reason for word in ("account_inactive", "token_revoked")),
    not_installed().reason,
)
"""Why a workspace is paused that took the app away; the first is what an event says."""
