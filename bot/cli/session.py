"""What commands that need the database share: open the parts, run, close, say what failed."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import structlog

if TYPE_CHECKING:
    from bot.alerts.senders import Sender
    from bot.app.parts import Parts
    from bot.clock import Clock
    from bot.store.database import Store

T = TypeVar("T")


def set_up_logs(*, quiet: bool = False) -> None:
    """Logs go to standard error: events with fields, one a line; `quiet` shows errors alone."""
    import sys

    level = logging.ERROR if quiet else logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
            if sys.stderr.isatty()
            else structlog.processors.LogfmtRenderer(bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up at each event: whoever embeds us may exchange the stream.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries that log by the standard module say only what went wrong.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    # It warns of each tick that is left out while the last one still runs, as it is meant to be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def run(work: Callable[[], Awaitable[T]], *, quiet: bool = True) -> T:
    """Run a coroutine to its end; Ctrl-C cancels it cleanly."""
    set_up_logs(quiet=quiet)

    async def whole() -> T:
        return await work()

    return asyncio.run(whole())


@asynccontextmanager
async def opened(
    *,
    senders: "Mapping[str, Sender] | None" = None,
    clock: "Clock | None" = None,
    exclusive: bool = False,
) -> "AsyncIterator[Parts]":
    """The parts over the configured database."""
    from bot.app.parts import Openings, open_parts
    from bot.clock import SystemClock
    from bot.settings import Settings

    openings = Openings(exclusive=exclusive)
    async with open_parts(
        Settings.load(), clock or SystemClock(), senders or {}, openings
    ) as parts:
        yield parts


@asynccontextmanager
async def opened_store() -> "AsyncIterator[Store]":
    """The configured database, closed again."""
    from bot.settings import Settings
    from bot.store.database import Store

    store = await Store.open(Settings.load().database_url())
    try:
        yield store
    finally:
        await store.close()
