"""Housekeeping: the heartbeat, and forgetting in small portions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.pipeline.ports import Database

_log = structlog.get_logger(__name__)


class Pruned(Protocol):
    """How one round of forgetting went."""

    @property
    def more(self) -> bool:
        """Whether another round has something to do."""
        ...


class Prune(Protocol):
    """Forgets what is past its term, a portion at a time; `bot.store.retention.prune`."""

    async def __call__(self, conn: AsyncConnection, *, now: datetime) -> Pruned: ...


class Beat(Protocol):
    """Notes that policywire lives; `bot.store.facts.beat`."""

    async def __call__(self, conn: AsyncConnection, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Housekeeper:
    """Keeps the database in order while the rest runs."""

    database: Database
    prune: Prune
    beat: Beat

    async def heartbeat(self, now: datetime) -> None:
        """Note that policywire lives, so that a later start knows how long it was away."""
        async with self.database.write() as conn:
            await self.beat(conn, now)

    async def tidy(self, now: datetime) -> None:
        """Forget all that is past its term; between portions other writers have their turn."""
        more = True
        while more:
            async with self.database.write() as conn:
                pruned = await self.prune(conn, now=now)
            more = pruned.more
            _log.debug("pruned", pruned=repr(pruned))
