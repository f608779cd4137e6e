"""The Bolt app of one workspace: who may send it requests, and who answers them."""

import logging

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.desk import Desk
from bot.chat.slack.listeners import register

_log = structlog.get_logger(__name__)


def build_app(desk: Desk, web: AsyncWebClient) -> AsyncApp:
    """The app with all listeners; requests of another workspace are not answered."""

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        identity = await desk.api.identity()
        if team_id is not None and team_id != identity.team:
            _log.warning("foreign_request", team=team_id)
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_token=desk.api.token,
            bot_id=identity.bot,
            bot_user_id=identity.user,
        )

    async def failed(error: Exception) -> None:
        if isinstance(error, BoltError):
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
        # Socket Mode's requests bear no signature: Slack is known by the link that it opened.
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.error(failed)
    register(app, desk)
    return app
