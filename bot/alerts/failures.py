"""The four scopes of failure, and waits: what each does to a delivery and its channel."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.delivery import Kit
from bot.errors import (
    ChannelUnavailable,
    MessageGone,
    MessageRefused,
    OutcomeUnknown,
    SendError,
    Wait,
    WorkspaceUnavailable,
)
from bot.model import Delivery, DeliveryId, DeliveryState, Destination

_log = structlog.get_logger(__name__)
_MOST_TRIES = 8
"""Of a post that fails in a way the sender has no word for; then it is parked."""


async def post_failed(
    kit: Kit, destination: Destination, delivery: Delivery, error: Exception, *, looking: bool
) -> bool:
    """Record why a post, or the lookup of one (`looking`), failed; whether the channel goes on."""
    now = kit.clock.now()
    async with kit.store.write() as conn:
        if isinstance(error, (ChannelUnavailable, WorkspaceUnavailable)):
            scope = "channel" if isinstance(error, ChannelUnavailable) else "workspace"
            # A post that may stand there keeps its doubt: it is looked up when access returns.
            state = DeliveryState.UNKNOWN if looking else DeliveryState.PARKED
            await _settle(kit, conn, delivery, state, error, scope=scope)
            await unreachable(kit, conn, destination, error, now)
            return False
        if isinstance(error, MessageRefused):
            await _settle(kit, conn, delivery, DeliveryState.PARKED, error, scope="message")
            kit.tally.parked += 1
            _log_refused(destination, delivery, error)
            return True
        if isinstance(error, MessageGone):
            await _without_parent(kit, conn, delivery, error)
            return True
        if isinstance(error, Wait):
            state = DeliveryState.UNKNOWN if looking else DeliveryState.QUEUED
            await _settle(kit, conn, delivery, state, error)
            await wait(kit, conn, destination, error, delivery.attempts)
            return False
        return await _in_doubt(kit, conn, destination, delivery, error)


async def unreachable(
    kit: Kit, conn: AsyncConnection, destination: Destination, error: SendError, now: datetime
) -> None:
    """Pause the channel or the whole workspace, until a look finds it open again."""
    whole = isinstance(error, WorkspaceUnavailable)
    probe = kit.next_probe(now, now)
    kit.tally.parked += 1
    _log.warning(
        "place_unreachable",
        destination_id=destination.id,
        workspace=whole,
        reason=error.reason,
        next_look=probe.isoformat(),
    )
    if whole:
        await kit.turns.pause_workspace(conn, destination.workspace, error.reason, now, probe)
    else:
        await kit.turns.pause(conn, destination, error.reason, now, probe)


async def wait(
    kit: Kit,
    conn: AsyncConnection,
    destination: Destination,
    error: Wait,
    attempts: int,
) -> None:
    """Block the channel, or where the platform says so the workspace, and nothing else."""
    now = kit.clock.now()
    span = kit.backoff(attempts) if error.seconds is None else timedelta(seconds=error.seconds)
    kit.tally.waited += 1
    if error.whole_workspace:
        await kit.turns.block_workspace(conn, destination.workspace, now + span)
    else:
        await kit.turns.block(conn, destination, now + span)


async def _in_doubt(
    kit: Kit,
    conn: AsyncConnection,
    destination: Destination,
    delivery: Delivery,
    error: Exception,
) -> bool:
    """The message may stand there: look before the next try, after a while."""
    known = isinstance(error, (OutcomeUnknown, TimeoutError))
    if not known:
        _log.error("sender_broke", destination_id=destination.id, key=delivery.key, exc_info=error)
        if delivery.attempts >= _MOST_TRIES:
            await _settle(kit, conn, delivery, DeliveryState.PARKED, error, scope="message")
            kit.tally.parked += 1
            return True
    await _settle(kit, conn, delivery, DeliveryState.UNKNOWN, error)
    until = kit.clock.now() + kit.backoff(delivery.attempts)
    await kit.turns.block(conn, destination, until)
    kit.tally.waited += 1
    return False


async def _without_parent(
    kit: Kit, conn: AsyncConnection, delivery: Delivery, error: MessageGone
) -> None:
    """What it was to stand under is gone: a note has nothing to say, a story posts by itself."""
    parent = delivery.payload.get("beside")
    if parent is not None:
        await _settle(kit, conn, delivery, DeliveryState.STALE, error)
        await kit.deliveries.settle(conn, DeliveryId(parent), DeliveryState.GONE)
        kit.tally.stale += 1
        return
    root = None
    if delivery.reply_to is not None:
        root = await kit.deliveries.by_key(conn, delivery.destination, delivery.reply_to)
    if root is None or root.state is not DeliveryState.SENT:
        await _settle(kit, conn, delivery, DeliveryState.PARKED, error, scope="message")
        kit.tally.parked += 1
        return
    await kit.deliveries.settle(conn, root.id, DeliveryState.GONE)
    await _settle(kit, conn, delivery, DeliveryState.QUEUED, error)


async def _settle(
    kit: Kit,
    conn: AsyncConnection,
    delivery: Delivery,
    state: DeliveryState,
    error: Exception,
    *,
    scope: str | None = None,
) -> None:
    said = str(error) or type(error).__name__
    await kit.deliveries.settle(conn, delivery.id, state, error=said, scope=scope)


def _log_refused(destination: Destination, delivery: Delivery, error: SendError) -> None:
    _log.error(
        "message_refused",
        destination_id=destination.id,
        delivery_id=delivery.id,
        key=delivery.key,
        reason=error.reason,
    )
