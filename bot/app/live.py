"""What judges articles as they come, kept up with the watches and entities in the database."""

import asyncio
from collections.abc import Mapping

import structlog

from bot.app.config import Reading
from bot.app.engine import Engine
from bot.errors import PolicywireError
from bot.model import Article, Entity, Judged, Watch, WatchId
from bot.pipeline.lane import Lane
from bot.pipeline.stages import Stages
from bot.services.known import Known
from bot.store import entities, facts, orders, places
from bot.store.database import Store
from bot.watches import Query, parse

_log = structlog.get_logger(__name__)


class Live:
    """Holds the engine. `refresh` takes changes up: at once after a command of this process, and at
    every tick for those of others.
    """

    def __init__(self, store: Store, reading: Reading) -> None:
        self._store, self._reading = store, reading
        self._engine = Engine.build(reading.knowledge)
        self._versions: dict[str, str] | None = None
        self._queries: dict[WatchId, tuple[str, Query]] = {}
        self._overlay: list[Entity] = []
        self._turn = asyncio.Lock()
        self._lane: Lane | None = None

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

    def serve(self, lane: Lane) -> None:
        """Give this lane every new set of stages."""
        self._lane = lane
        lane.stages = self.stages

    async def replace(self, reading: Reading) -> None:
        """Take up a config that was read again."""
        async with self._turn:
            self._reading = reading
            watched = {watch: query for watch, (_, query) in self._queries.items()}
            await self._rebuild(watched, self._overlay)

    async def refresh(self) -> None:
        """Take up the watches and the workspaces' entities as the database has them now."""
        async with self._turn, self._store.read() as conn:
            versions = await facts.get_all(conn, (places.VERSION, entities.VERSION))
            if versions == self._versions:
                return
            watches = await orders.active_watches(conn)
            overlay = await entities.of_everyone(conn)
            await self._take_up(watches, overlay)
            self._versions = versions

    async def _take_up(self, watches: list[Watch], overlay: list[Entity]) -> None:
        before = self._queries
        self._queries = {
            watch.id: found for watch in watches if (found := self._read(watch)) is not None
        }
        added = {
            watch: query for watch, (text, query) in self._queries.items()
            if watch not in before or before[watch][0] != text
        }  # fmt: skip
        removed = [watch for watch in before if watch not in self._queries]
        if overlay != self._overlay or len(added) + len(removed) > _MANY:
            watched = {watch: query for watch, (_, query) in self._queries.items()}
            await self._rebuild(watched, overlay)
        elif added or removed:
            self._set(self._engine.with_watches(added.items(), removed))
            if self.stages.watches.wants_rebuilding:
                watched = {watch: query for watch, (_, query) in self._queries.items()}
                await self._rebuild(watched, overlay)

    def _read(self, watch: Watch) -> tuple[str, Query] | None:
        known = self._queries.get(watch.id)
        if known is not None and known[0] == watch.query:
            return known
        try:
            return watch.query, parse(watch.query)
        except PolicywireError as error:
            # A stored query that this version cannot read must not stop the others.
            _log.error("watch_unreadable", watch_id=watch.id, error=str(error))
            return None

    async def _rebuild(self, watches: Mapping[WatchId, Query], overlay: list[Entity]) -> None:
        listed = list(watches.items())
        engine = await asyncio.to_thread(Engine.build, self._reading.knowledge, listed, overlay)
        self._overlay = overlay
        self._set(engine)

    def _set(self, engine: Engine) -> None:
        self._engine = engine
        if self._lane is not None:
            self._lane.stages = engine.stages


_MANY = 200
"""Changes after which compiling anew costs less than layers on layers."""
