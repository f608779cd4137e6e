"""Whatever fails and whenever it restarts: each alert is told once, in order, and none is lost."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import (
    ChannelUnavailable,
    OutcomeUnknown,
    Wait,
    WorkspaceUnavailable,
)
from bot.model import AlertState
from bot.store.database import Store
from tests.support.alerting import MINUTE
from tests.support.sending import Newsroom, StoreThenFail

Trouble = BaseException | StoreThenFail | None
TROUBLES: dict[str, Callable[[], Trouble]] = {
    "none": lambda: None,
    "wait": lambda: Wait("503"),
    "wait named": lambda: Wait("429", seconds=7),
    "wait all": lambda: Wait("429", seconds=3, whole_workspace=True),
    "reset before": lambda: OutcomeUnknown("reset"),
    "reset after": lambda: StoreThenFail(OutcomeUnknown("reset")),
    "timeout after": lambda: StoreThenFail(TimeoutError()),
    "bug after": lambda: StoreThenFail(KeyError("bug")),
    "crash before": asyncio.CancelledError,
    "crash after": lambda: StoreThenFail(asyncio.CancelledError()),
    "no access": lambda: ChannelUnavailable("50001"),
    "revoked": lambda: WorkspaceUnavailable("token_revoked"),
}
LOOKUPS: dict[str, Callable[[], BaseException | None]] = {
    "none": lambda: None,
    "wait": lambda: Wait("503"),
    "reset": lambda: OutcomeUnknown("reset"),
    "no access": lambda: ChannelUnavailable("50001"),
}
STEPS = st.lists(
    st.one_of(
        st.just("publish"),
        st.just("deliver"),
        st.just("restart"),
        st.just("pass a minute"),
        st.sampled_from([f"post: {name}" for name in TROUBLES]),
        st.sampled_from([f"find: {name}" for name in LOOKUPS]),
    ),
    max_size=25,
)


async def take(room: Newsroom, step: str, published: list[int]) -> None:
    """One thing that happens to the service."""
    kind, _, trouble = step.partition(": ")
    if kind == "publish":
        published.append(len(published) + 1)
        await room.publish(published[-1])
    elif kind == "deliver":
        await room.outbox.run_once()
    elif kind == "restart":
        room.restart()
        await room.outbox.start()
    elif kind == "pass a minute":
        room.clock.advance(MINUTE)
    elif kind == "post":
        room.sender.troubles.append(TROUBLES[trouble]())
    else:
        room.sender.find_troubles.append(LOOKUPS[trouble]())


async def live_through(steps: list[str], file: Path) -> None:
    store = await Store.open(f"sqlite:///{file}")
    try:
        # No flood limit here: the order of single posts is what is looked at.
        room = await Newsroom.open(store, flood_limit=1000)
        await room.subscribe()
        published: list[int] = []
        for step in steps:
            await take(room, step, published)
        for _ in range(len(steps) + 1):
            # A crash may still be to come: each needs a restart of its own.
            room.restart()
            await room.outbox.start()
            await room.settle(most=200)
        assert room.sender.said() == [f"story:{number}" for number in published]
        for number in published:
            alert = await room.alert(number)
            assert alert is not None
            assert alert.state is AlertState.TOLD
    finally:
        await store.close()


@given(steps=STEPS)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_each_alert_is_posted_exactly_once_in_order_and_none_is_lost(steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(live_through(steps, Path(folder) / "policywire.db"))
