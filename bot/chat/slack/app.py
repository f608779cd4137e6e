"""The Bolt app: who may send it requests, at which desk they are answered, and each only once."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.desks import Desks
from bot.chat.slack.listeners import register
from bot.chat.slack.payload import request_name
from bot.errors import SendError, WorkspaceUnavailable

_log = structlog.get_logger(__name__)


def build_app(desks: Desks, web: AsyncWebClient) -> AsyncApp:
    """The app with all listeners; requests of workspaces that are not served are not answered."""

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        try:
            api = await desks.teams.api(team_id or "")
        except WorkspaceUnavailable as refused:
            _log.warning("foreign_request", team=team_id, reason=refused.reason)
            return None
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=api.token)

    async def at_desk(
        context: AsyncBoltContext, body: dict[str, Any], next_: Callable[[], Awaitable[Any]]
    ) -> BoltResponse | None:
        """Give the listeners their workspace's desk; what came before is only acknowledged."""
        try:
            # Events about the app itself come here unauthorized: their token may be void already.
            context["desk"] = await desks.of(context.team_id or "")
        except WorkspaceUnavailable:
            return BoltResponse(status=200, body="")
        if desks.once.again(request_name(body)):
            return BoltResponse(status=200, body="")
        await next_()
        return None

    async def failed(error: Exception) -> None:
        if isinstance(error, BoltError | SendError):
            _log.info("request_unanswered", error=str(error)[:200])
        else:
            _log.error("request_failed", exc_info=error)

    quiet = logging.getLogger("slack_bolt.policywire")
    quiet.setLevel(logging.CRITICAL)
    app = AsyncApp(
        name="policywire",
        logger=quiet,
        client=web,
        authorize=authorize,  # type: ignore[arg-type]  # None is how a stranger is refused
        user_facing_authorize_error_message="policywire is not installed in your workspace.",
        # Over HTTP, the door checks signatures; Socket Mode's requests bear none: Slack is known
        # by the link that it opened.
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.error(failed)
    app.use(at_desk)
    register(app)
    return app
