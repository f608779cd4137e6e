"""The database, opened: one writer, readers apart, and the ingest lane's lock."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, Self

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import AlreadyRunning, StoreError
from bot.store import schema
from bot.store.address import parse_address, shown, sqlite_file
from bot.store.faults import in_words
from bot.store.run_lock import RunLock
from bot.store.sqlite import connect_to_read, connect_to_write

Dialect = Literal["sqlite", "postgresql"]
_BUSY_SECONDS = 10
_LANE, _RUN = 0x706F6C69, 0x706F6C6A
"""Numbers of the PostgreSQL advisory locks of the ingest lane and of the one `run`."""


class Store:
    """An open database. Connections come from `read`, `write` and `lane`; each is a transaction."""

    def __init__(self, url: URL, writer: AsyncEngine, readers: AsyncEngine) -> None:
        self.place = shown(url)
        self.dialect: Dialect = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql"
        self.found: str | None = None
        """The schema that was there when it was opened, None where there was none."""
        self._writer, self._readers = writer, readers
        self._writing = asyncio.Lock()
        self._lane = asyncio.Lock()
        self._run_lock: RunLock | None = None
        self._running: AsyncConnection | None = None

    @classmethod
    async def open(
        cls, url: str, *, exclusive: bool = False, migrate: bool = True, busy: float = _BUSY_SECONDS
    ) -> Self:
        """Open the database, made or upgraded where `migrate` allows it.

        `exclusive` refuses a second run on one database; `busy` is how many seconds to wait for
        another program's write to an SQLite file. Raises StoreError with what to do.
        """
        parsed = parse_address(url)
        store = cls(parsed, *_engines(parsed, busy))
        try:
            if exclusive and store.dialect == "sqlite":
                store._run_lock = RunLock(sqlite_file(parsed))
            if exclusive and store.dialect == "postgresql":
                await store._lock_run()
            await store._bring_up(migrate=migrate)
        except OSError as error:
            await store.close()
            raise StoreError(_unusable(store.place, error)) from error
        except BaseException:
            await store.close()
            raise
        return store

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one state of the database and changes nothing."""
        with in_words(self.place):
            async with self._readers.connect() as conn:
                yield conn

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits when its block ends and leaves no trace when that raises."""
        with in_words(self.place):
            if self.dialect == "sqlite":
                async with self._writing, self._writer.begin() as conn:
                    yield conn
            else:
                async with self._writer.begin() as conn:
                    yield conn

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction that no other of the lane, in any process, overlaps."""
        async with self._lane, self.write() as conn:
            if self.dialect == "postgresql":
                await conn.execute(text("SELECT pg_advisory_xact_lock(:lane)"), {"lane": _LANE})
            yield conn

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes, for a library that keeps tables of its own here.

        Never to be used within a block of `write` or `lane`: SQLite has one writer.
        """
        return self._writer

    async def close(self) -> None:
        """Give back connections and the run lock; may be called twice."""
        if self._running is not None:
            await self._running.close()
            self._running = None
        await self._readers.dispose()
        await self._writer.dispose()
        if self._run_lock is not None:
            self._run_lock.release()
            self._run_lock = None

    async def _lock_run(self) -> None:
        """Refuse a second run; the lock is the connection's, and dies with it as a file's does."""
        with in_words(self.place):
            conn = self._running = await self._writer.connect()
            await conn.execution_options(isolation_level="AUTOCOMMIT")
            taken = text("SELECT pg_try_advisory_lock(:run)")
            if not await conn.scalar(taken, {"run": _RUN}):
                raise AlreadyRunning(self.place)

    async def _bring_up(self, *, migrate: bool) -> None:
        with in_words(self.place):
            async with self._readers.connect() as conn:
                self.found = found = await schema.current(conn)
        if found == schema.HEAD:
            return
        schema.refuse_newer(found, self.place)
        if found is not None and not migrate:
            raise StoreError(
                f"The database {self.place} is of an older version (schema {found}, this program "
                f"has {schema.HEAD}). Run `policywire db upgrade`."
            )
        async with self.lane() as conn:
            # Looked at again: another process may have upgraded it while we waited.
            if await schema.current(conn) != schema.HEAD:
                await schema.upgrade(conn)


def _engines(url: URL, busy: float) -> tuple[AsyncEngine, AsyncEngine]:
    if url.get_backend_name() == "sqlite":
        url = _prepared(url)
        return _sqlite(url, busy, writes=True), _sqlite(url, busy, writes=False)
    try:
        engine = create_async_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(
            "PostgreSQL needs its driver, which is not installed. "
            "Run `pip install 'policywire[postgres]'`."
        ) from error
    return engine, engine


def _prepared(url: URL) -> URL:
    """The address with its folder and file made; the file for its owner's eyes alone."""
    file = sqlite_file(url)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(_unusable(str(file), error)) from error
    return url.set(database=str(file))


def _sqlite(url: URL, busy: float, *, writes: bool) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=1 if writes else 4,
        max_overflow=0,
        connect_args={
            "timeout": busy,
            "async_creator_fn": connect_to_write if writes else connect_to_read,
        },
    )


def _unusable(place: str, error: OSError) -> str:
    return (
        f"The database {place} cannot be opened: {error.strerror or error}. Check the folder and "
        "who may write there, or set DATABASE_URL to another place."
    )
