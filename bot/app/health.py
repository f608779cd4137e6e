"""Feeds in trouble, told to the operator: once for each change, never in a news channel."""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.notes import health_note
from bot.feeds.health import Health
from bot.model import PollState
from bot.model.outbox import NewDelivery
from bot.store import outbox, places

_log = structlog.get_logger(__name__)


class OperatorNews:
    """Logs each change of a feed's health, and posts it to the operator's channel if one is set."""

    def __init__(self, report_to: tuple[str, str, str] | None) -> None:
        """`report_to` is platform, workspace and channel in the platform's own ids."""
        self._report_to = report_to

    async def report(
        self, conn: AsyncConnection, state: PollState, health: Health, now: datetime
    ) -> None:
        """Queue the news in the caller's transaction."""
        title = state.feed.title or state.feed.outlet or state.feed.url
        _log.warning(
            "feed_health", feed_id=state.feed.id, state=health.state.value, cause=health.cause
        )
        if self._report_to is None:
            return
        platform, external, channel = self._report_to
        workspace = await places.get_or_create_workspace(conn, platform, external, now=now)
        destination = await places.get_or_create_destination(conn, workspace.id, channel, now=now)
        since = health.since.isoformat() if health.since else now.isoformat()
        note = health_note(state.feed.id, title, health.state.value, health.cause, since)
        new = NewDelivery(
            destination=destination.id, key=note.key, due_at=now, payload=note.payload()
        )
        await outbox.queue_once(conn, new, now)
