"""Events about the app itself: removed from the workspace, or its token revoked."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.chat.slack.desk import Desk
from bot.chat.slack.payload import part

_log = structlog.get_logger(__name__)
_ADVICE = "Its orders rest for 30 days; installing the app again wakes them."


def register(app: AsyncApp) -> None:
    """Pause the workspace; hearing of it twice changes nothing."""

    async def uninstalled(desk: Desk, context: AsyncBoltContext) -> None:
        _log.warning("app_uninstalled", team=context.team_id, advice=_ADVICE)
        await desk.removed()

    async def revoked(desk: Desk, context: AsyncBoltContext, body: dict[str, Any]) -> None:
        if part(body, "event", "tokens", "bot"):
            _log.warning("token_revoked", team=context.team_id, advice=_ADVICE)
            await desk.removed()

    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)
