"""SQLite's connections: a statement is one visit to the connection's thread."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.database import Store
from bot.store.sqlite import OneTripConnection, connect_to_read, connect_to_write

PUT = "INSERT INTO kept (name) VALUES (?)"


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[OneTripConnection]:
    connection = await connect_to_write(str(tmp_path / "trips.db"))
    await connection.cursor().execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, name TEXT)")
    await connection.commit()
    yield connection
    await connection.close()


async def names(connection: OneTripConnection) -> list[str]:
    cursor = await connection.cursor().execute("SELECT name FROM kept ORDER BY id")
    return [name for (name,) in await cursor.fetchall()]


async def test_a_cursor_holds_what_its_statement_gave(writer: OneTripConnection) -> None:
    cursor = await writer.cursor().execute(f"{PUT}, (?) RETURNING id, name", ("a", "b"))
    assert [column[0] for column in cursor.description] == ["id", "name"]
    assert (cursor.rowcount, cursor.lastrowid) == (2, 2)
    assert await cursor.fetchall() == [(1, "a"), (2, "b")]
    assert await cursor.fetchall() == []


async def test_a_statement_with_many_parameters_counts_all_rows(writer: OneTripConnection) -> None:
    cursor = await writer.cursor().executemany(PUT, [("a",), ("b",), ("c",)])
    assert (cursor.rowcount, cursor.description) == (3, None)
    assert await names(writer) == ["a", "b", "c"]


async def test_a_transaction_begins_with_its_first_statement(writer: OneTripConnection) -> None:
    assert not writer.in_transaction
    await names(writer)
    assert writer.in_transaction
    await writer.commit()
    assert not writer.in_transaction


async def test_a_reader_sees_one_state_of_the_database(
    writer: OneTripConnection, tmp_path: Path
) -> None:
    reader = await connect_to_read(str(tmp_path / "trips.db"))
    assert await names(reader) == []
    await writer.cursor().execute(PUT, ("a",))
    await writer.commit()
    assert await names(reader) == []
    await reader.rollback()
    assert await names(reader) == ["a"]
    await reader.close()


async def test_a_cancelled_statement_is_undone_by_a_rollback(writer: OneTripConnection) -> None:
    put = asyncio.ensure_future(writer.cursor().execute(PUT, ("a",)))
    await asyncio.sleep(0)  # sent to the thread, not answered
    put.cancel()
    with pytest.raises(asyncio.CancelledError):
        await put
    await writer.rollback()
    assert await names(writer) == []


async def test_a_statement_cancelled_in_a_store_leaves_no_trace(sqlite_store: Store) -> None:
    put = text("INSERT INTO facts (name, value) VALUES ('a', '1')")
    running = asyncio.Event()

    async def write() -> None:
        async with sqlite_store.write() as conn:
            await conn.execute(put)
            running.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await running.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with sqlite_store.write() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM facts WHERE name = 'a'")) == 0
        await conn.execute(put)
