"""Events about the app itself: removed from the workspace, or its token revoked."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.chat.slack.desk import Desk
from bot.chat.slack.payload import part

_log = structlog.get_logger(__name__)


def register(app: AsyncApp, desk: Desk) -> None:
    """Pause the workspace; hearing of it twice changes nothing."""

    async def uninstalled() -> None:
        _log.error("app_uninstalled", advice="Install the app again; orders are kept meanwhile.")
        desk.api.ask_again()
        await desk.removed()

    async def revoked(body: dict[str, Any]) -> None:
        if part(body, "event", "tokens", "bot"):
            _log.error("token_revoked", setting="SLACK_BOT_TOKEN")
            desk.api.ask_again()
            await desk.removed()

    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)
