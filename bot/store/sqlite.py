"""SQLite's connections, each statement one visit to its connection's thread.

aiosqlite runs every call in the connection's thread. Beginning, making a cursor, executing,
fetching and closing would be seven visits, and one costs more than most statements do; since
SQLAlchemy takes all rows of a statement at once anyway, all of that is one visit here.
"""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Self

import aiosqlite

_CHUNK = 64
"""Rows that a cursor of aiosqlite's own would fetch at once; ours fetch all."""


class OneTripConnection(aiosqlite.Connection):
    """A connection whose transactions begin with their first statement, by the words `begins`."""

    def __init__(self, opens: Callable[[], sqlite3.Connection], begins: str) -> None:
        super().__init__(opens, iter_chunk_size=_CHUNK)
        # As SQLAlchemy has it: a connection never closed must not keep the program alive.
        self._thread.daemon = True
        self._begins = begins
        self._used = False

    def cursor(self) -> "OneTripCursor":  # type: ignore[override]
        """Costs nothing: the database's own cursor comes and goes with its statement."""
        return OneTripCursor(self)

    async def visit(self, cursor: "OneTripCursor", sql: str, given: Any, *, many: bool) -> None:  # noqa: ANN401
        """Let the cursor run its statement in the connection's thread."""
        self._used = True
        await self._execute(self._run, cursor, sql, given, many)  # type: ignore[no-untyped-call]

    def _run(self, cursor: "OneTripCursor", sql: str, given: Any, many: bool) -> None:  # noqa: ANN401
        raw = self._conn
        if not raw.in_transaction:
            raw.execute(self._begins)
        cursor.run(raw.executemany(sql, given) if many else raw.execute(sql, given))

    async def commit(self) -> None:
        """Commit what was done since the last commit or rollback, if anything was."""
        if self._used:
            await super().commit()
            self._used = False

    async def rollback(self) -> None:
        """Undo what was done since the last commit or rollback, if anything was.

        Whether a statement was sent counts, not whether it has run: a cancelled one may be waiting.
        """
        if self._used:
            await self._roll_back()
            self._used = False

    async def _roll_back(self) -> None:
        await super().rollback()


class ReadingConnection(OneTripConnection):
    """One that only reads: it has nothing to undo, so nobody waits for the end of its transaction.

    What is asked next comes after it, for the thread takes one visit after the other.
    """

    async def _roll_back(self) -> None:
        self._tx.put_nowait((None, self._conn.rollback))


class OneTripCursor:
    """What SQLAlchemy's adapter asks of a cursor: it holds what a statement gave."""

    __slots__ = ("_connection", "_rows", "arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Any = None
        self.lastrowid: int | None = None
        self.rowcount = -1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> Self:
        """Run one statement and take its rows."""
        await self._connection.visit(self, sql, parameters, many=False)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Run one statement with each of the parameters."""
        await self._connection.visit(self, sql, parameters, many=True)
        return self

    def run(self, cursor: sqlite3.Cursor) -> None:
        """Take all that an executed cursor has, and close it; in the connection's thread."""
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            # With RETURNING both are known only once all rows are taken.
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        """The rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """The database's own is closed already."""
        self._rows = []


async def connect_to_write(database: str, **options: Any) -> OneTripConnection:  # noqa: ANN401
    """The one writer's connection, with options of `sqlite3.connect`.

    Like `connect_to_read` it is for SQLAlchemy's `async_creator_fn`.
    """
    connection = OneTripConnection(partial(_open, database, options, True), "BEGIN IMMEDIATE")
    await connection
    return connection


async def connect_to_read(database: str, **options: Any) -> OneTripConnection:  # noqa: ANN401
    """A reader's connection, which can change nothing."""
    connection = ReadingConnection(partial(_open, database, options, False), "BEGIN")
    await connection
    return connection


def _open(database: str, options: dict[str, Any], writes: bool) -> sqlite3.Connection:
    # The driver must not begin transactions by itself: it would take them deferred.
    raw: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, **options)
    try:
        if writes:
            raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    except BaseException:
        raw.close()
        raise
    return raw
