"""What judges articles as they come, kept up with the watches and entities in the database."""

import asyncio
import gc
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.asked import Asked
from bot.app.config import Reading
from bot.app.engine import Engine
from bot.model import Article, Judged
from bot.pipeline.lane import Lane
from bot.pipeline.stages import Findings, Stages
from bot.services.known import Known
from bot.store import entities, facts, order_changes, orders
from bot.store.database import Store

_MANY = 200
"""Changes from which on the work is one for a thread."""
_LARGE = 10_000
"""Watches from which on the collector of cycles is told not to look at them again and again: with
100,000 its full rounds take a third of a second each, and there is nothing to collect.
"""


class _Versions(NamedTuple):
    """How often orders and workspaces' entities were changed."""

    orders: int
    entities: int


_NEVER = _Versions(-1, -1)


class Live:
    """Holds the engine. `refresh` takes changes up: at once after a command of this process, and at
    every tick for those of others. What piled up is compiled together in the background.
    """

    def __init__(self, store: Store, reading: Reading, engine: Engine) -> None:
        """`engine` is what was compiled of the reading, without any watch."""
        self._store, self._reading, self._engine = store, reading, engine
        self._versions = _NEVER
        self._asked = Asked()
        self._turn = asyncio.Lock()
        self._lane: Lane | None = None
        self._compiling: asyncio.Task[None] | None = None

    @property
    def stages(self) -> Stages:
        """The stages as they stand."""
        return self._engine.stages

    @property
    def reading(self) -> Reading:
        """The config as last read."""
        return self._reading

    def known(self) -> Known:
        """The names that people may use."""
        return self._reading.known

    def judge(self, article: Article) -> Judged:
        """What the stages, as they stand now, find in an article."""
        return self.stages.judge(article)

    def examine(self, article: Article) -> Findings:
        """The same, with what watches and workspaces' own entities are in it."""
        return self.stages.examine(article)

    def serve(self, lane: Lane) -> None:
        """Give this lane every new set of stages."""
        self._lane = lane
        lane.stages = self.stages

    async def close(self) -> None:
        """Let what is being compiled go."""
        if self._compiling is not None:
            self._compiling.cancel()
            await asyncio.gather(self._compiling, return_exceptions=True)

    async def replace(self, reading: Reading) -> None:
        """Take up a config that was read again."""
        async with self._turn:
            self._reading = reading
            self._set(await self._built(self._asked))

    async def refresh(self) -> None:
        """Take up the watches and the workspaces' entities as the database has them now."""
        async with self._turn:
            async with self._store.read() as conn:
                seen, now = self._versions, await _versions(conn)
                if seen == now:
                    return
                changed = await order_changes.since(conn, seen.orders, now.orders)
                read = await orders.active_queries(conn, changed)
                asked = self._asked.after(changed, read, await entities.of_everyone(conn))
            first = seen == _NEVER
            if first and (asked.places or asked.overlay):
                self._set(await self._built(asked))
            else:
                self._set(await self._changed(self._engine, self._asked, asked))
            self._asked, self._versions = asked, now
            if self.stages.watches.wants_rebuilding and not self._is_compiling:
                self._compiling = asyncio.create_task(self._compile())

    @property
    def _is_compiling(self) -> bool:
        return self._compiling is not None and not self._compiling.done()

    async def _changed(self, engine: Engine, before: Asked, after: Asked) -> Engine:
        """The engine changed by little: what was compiled stays."""
        changed, gone = after.changed_since(before), after.gone_since(before)

        def change() -> Engine:
            made = engine
            if after.overlay != before.overlay:
                made = made.with_overlay(after.overlay)
            if changed or gone:
                added = dict(after.queries(changed))
                unread = [watch for watch in changed if watch not in added]
                made = made.with_watches(added.items(), [*gone, *unread])
            return made

        many = len(changed) + len(gone) + len(after.overlay) > _MANY
        return await asyncio.to_thread(change) if many else change()

    async def _compile(self) -> None:
        """Compile all together, beside the work; then take up what changed meanwhile."""
        reading, asked = self._reading, self._asked
        engine = await self._built(asked)
        async with self._turn:
            # If the config was read again meanwhile, all was compiled with it.
            if self._reading is reading:
                self._set(await self._changed(engine, asked, self._asked))

    async def _built(self, asked: Asked) -> Engine:
        knowledge = self._reading.knowledge

        def build() -> Engine:
            engine = Engine.build(knowledge, asked.queries(), asked.overlay)
            if asked.count > _LARGE:
                gc.collect()
                gc.freeze()
            return engine

        return await asyncio.to_thread(build)

    def _set(self, engine: Engine) -> None:
        self._engine = engine
        if self._lane is not None:
            self._lane.stages = engine.stages


async def _versions(conn: AsyncConnection) -> _Versions:
    """Read before what they count: a change between is then read twice, and none is missed."""
    names = (order_changes.VERSION, entities.VERSION)
    counts = await facts.get_all(conn, names)
    return _Versions(*(int(counts.get(name, 0)) for name in names))
