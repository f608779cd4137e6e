"""What judges articles as they come, kept up with the watches and entities in the database."""

import asyncio
import gc
from collections.abc import Mapping, Sequence

import structlog

from bot.app.config import Reading
from bot.app.engine import Engine
from bot.errors import PolicywireError
from bot.model import Article, Entity, Judged, WatchId
from bot.pipeline.lane import Lane
from bot.pipeline.stages import Findings, Stages
from bot.services.known import Known
from bot.store import entities, facts, orders, places
from bot.store.database import Store
from bot.watches import Query, read_stored

_MANY = 200
"""Changes from which on the work is one for a thread."""
_LARGE = 10_000
"""Watches from which on the collector of cycles is told not to look at them again and again: with
100,000 its full rounds take a third of a second each, and there is nothing to collect.
"""

_log = structlog.get_logger(__name__)


class Live:
    """Holds the engine. `refresh` takes changes up: at once after a command of this process, and at
    every tick for those of others. What piled up is compiled together in the background.
    """

    def __init__(self, store: Store, reading: Reading) -> None:
        self._store, self._reading = store, reading
        self._engine = Engine.build(reading.knowledge)
        self._versions: dict[str, str] | None = None
        self._texts: dict[WatchId, str] = {}
        self._queries: dict[WatchId, Query] = {}
        self._overlay: list[Entity] = []
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
            self._set(await self._built(self._queries, self._overlay))

    async def refresh(self) -> None:
        """Take up the watches and the workspaces' entities as the database has them now."""
        async with self._turn:
            async with self._store.read() as conn:
                versions = await facts.get_all(conn, (places.VERSION, entities.VERSION))
                if versions == self._versions:
                    return
                texts = await orders.active_queries(conn)
                overlay = await entities.of_everyone(conn)
            first = self._versions is None
            added, removed = await asyncio.to_thread(self._changes, texts)
            if first and (added or overlay):
                self._set(await self._built(self._queries, overlay))
            else:
                await self._take_up(added, removed, overlay)
            self._overlay, self._versions = overlay, versions
            if self.stages.watches.wants_rebuilding and not self._is_compiling:
                self._compiling = asyncio.create_task(self._compile())

    @property
    def _is_compiling(self) -> bool:
        return self._compiling is not None and not self._compiling.done()

    def _changes(self, texts: dict[WatchId, str]) -> tuple[dict[WatchId, Query], list[WatchId]]:
        """Watches that came or were edited, and those that went; notes how they stand now."""
        new = {watch: text for watch, text in texts.items() if self._texts.get(watch) != text}
        added = {watch: query for watch, text in new.items() if (query := _read(watch, text))}
        removed = [w for w in self._queries if w not in texts or (w in new and w not in added)]
        gone = set(removed)
        self._queries = {w: q for w, q in self._queries.items() if w not in gone} | added
        self._texts = texts
        return added, removed

    async def _take_up(
        self, added: Mapping[WatchId, Query], removed: Sequence[WatchId], overlay: list[Entity]
    ) -> None:
        """Change the engine by little: what was compiled stays."""
        engine = self._engine

        def changed() -> Engine:
            made = engine
            if overlay != self._overlay:
                made = made.with_overlay(overlay)
            if added or removed:
                made = made.with_watches(added.items(), removed)
            return made

        many = len(added) + len(removed) + len(overlay) > _MANY
        self._set(await asyncio.to_thread(changed) if many else changed())

    async def _compile(self) -> None:
        """Compile all together, beside the work; then take up what changed meanwhile."""
        reading, queries, overlay = self._reading, self._queries, self._overlay
        engine = await self._built(queries, overlay)
        async with self._turn:
            if self._reading is not reading:
                # The config was read again meanwhile, and all compiled with it.
                return
            added = {w: q for w, q in self._queries.items() if queries.get(w) is not q}
            removed = [watch for watch in queries if watch not in self._queries]
            if self._overlay != overlay:
                engine = engine.with_overlay(self._overlay)
            self._set(engine.with_watches(added.items(), removed) if added or removed else engine)

    async def _built(self, queries: Mapping[WatchId, Query], overlay: list[Entity]) -> Engine:
        listed, knowledge = list(queries.items()), self._reading.knowledge

        def build() -> Engine:
            engine = Engine.build(knowledge, listed, overlay)
            if len(listed) > _LARGE:
                gc.collect()
                gc.freeze()
            return engine

        return await asyncio.to_thread(build)

    def _set(self, engine: Engine) -> None:
        self._engine = engine
        if self._lane is not None:
            self._lane.stages = engine.stages


def _read(watch: WatchId, text: str) -> Query | None:
    try:
        return read_stored(text)
    except PolicywireError as error:
        # A stored query that this version cannot read must not stop the others.
        _log.error("watch_unreadable", watch_id=watch, error=str(error))
        return None
