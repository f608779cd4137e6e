"""Looking again at places that could not be reached; what waited for them goes on unasked."""

import asyncio
from datetime import datetime

import structlog

from bot.alerts.delivery import Kit
from bot.errors import ChannelUnavailable, SendError, WorkspaceUnavailable
from bot.model import Destination
from bot.model.outbox import Turn

_log = structlog.get_logger(__name__)


async def look_again(kit: Kit, turn: Turn) -> None:
    """Resume a place where its sender says that it can be reached, else set the next look."""
    destination = turn.destination
    try:
        async with asyncio.timeout(kit.rules.timeout_seconds):
            await kit.senders[destination.platform].check(destination)
    except Exception as error:  # noqa: BLE001 (a sender's own bug must not stop the others)
        if not isinstance(error, (SendError, TimeoutError)):
            _log.error("sender_broke", destination_id=destination.id, exc_info=error)
        await _still_closed(kit, destination, error, turn.paused_at or kit.clock.now())
        return
    async with kit.store.write() as conn:
        freed = await kit.turns.resume(conn, destination)
        await kit.deliveries.release(conn, freed)
    _log.info("place_reachable", destination_id=destination.id)


async def _still_closed(
    kit: Kit, destination: Destination, error: Exception, since: datetime
) -> None:
    now = kit.clock.now()
    probe = kit.next_probe(since, now)
    async with kit.store.write() as conn:
        if isinstance(error, ChannelUnavailable):
            # The channel answers for itself: its workspace can be reached.
            freed = await kit.turns.resume(conn, destination)
            others = [here for here in freed if here != destination.id]
            await kit.deliveries.release(conn, others)
            await kit.turns.pause(conn, destination, error.reason, since, probe)
        elif isinstance(error, WorkspaceUnavailable):
            await kit.turns.pause_workspace(conn, destination.workspace, error.reason, since, probe)
        else:
            await kit.turns.block(conn, destination, probe)
