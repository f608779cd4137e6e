"""One writer, readers apart; what is wrong with a database is said so that it can be mended."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.errors import AlreadyRunning, StoreError
from bot.store.database import Store

PUT = text("INSERT INTO facts (name, value) VALUES (:name, :value)")
COUNT = text("SELECT count(*) FROM facts")


async def count(store: Store) -> int:
    async with store.read() as conn:
        return await conn.scalar(COUNT) or 0


async def test_a_write_that_raises_leaves_no_trace(store: Store) -> None:
    async def breaks() -> None:
        async with store.write() as conn:
            await conn.execute(PUT, {"name": "a", "value": "1"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks()
    assert await count(store) == 0


async def test_readers_see_the_last_commit_while_a_write_is_open(store: Store) -> None:
    async with store.write() as conn:
        await conn.execute(PUT, {"name": "a", "value": "1"})
        assert await count(store) == 0
    assert await count(store) == 1


async def test_writers_wait_for_each_other(store: Store) -> None:
    async def add(name: str) -> None:
        async with store.lane() as conn:
            before = await conn.scalar(COUNT) or 0
            await asyncio.sleep(0)
            await conn.execute(PUT, {"name": name, "value": str(before)})

    await asyncio.gather(*(add(f"n{number}") for number in range(8)))
    async with store.read() as conn:
        values = (await conn.execute(text("SELECT value FROM facts"))).scalars()
        assert sorted(values) == [str(number) for number in range(8)]


async def test_the_lane_of_two_processes_does_not_overlap(store_url: str, store: Store) -> None:
    other = await Store.open(store_url)

    async def add(at: Store, name: str) -> None:
        async with at.lane() as conn:
            before = await conn.scalar(COUNT) or 0
            await asyncio.sleep(0.001)
            await conn.execute(PUT, {"name": name, "value": str(before)})

    await asyncio.gather(*(add(at, f"{n}{id(at)}") for n in range(4) for at in (store, other)))
    async with store.read() as conn:
        values = (await conn.execute(text("SELECT value FROM facts"))).scalars()
        assert sorted(values) == [str(number) for number in range(8)]
    await other.close()


async def test_a_broken_rule_of_the_data_is_not_a_fault_of_the_database(store: Store) -> None:
    async with store.write() as conn:
        await conn.execute(PUT, {"name": "a", "value": "1"})
    with pytest.raises(IntegrityError):
        async with store.write() as conn:
            await conn.execute(PUT, {"name": "a", "value": "2"})


async def test_foreign_keys_hold(store: Store) -> None:
    orphan = text("INSERT INTO revisions (article_id, seen_at) VALUES (7, 0)")
    with pytest.raises(IntegrityError):
        async with store.write() as conn:
            await conn.execute(orphan)


async def test_readers_cannot_write(sqlite_store: Store) -> None:
    with pytest.raises(StoreError, match="read-only"):
        async with sqlite_store.read() as conn:
            await conn.execute(PUT, {"name": "a", "value": "1"})


async def test_the_file_is_for_its_owner_and_its_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "policywire.db"
    store = await Store.open(f"sqlite:///{file}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    async with store.read() as conn:
        await conn.scalar(COUNT)  # only now does the connection look at the file
        assert await conn.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await conn.scalar(text("PRAGMA foreign_keys")) == 1
    await store.close()


async def test_who_runs_on_a_file_already_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'policywire.db'}"
    first = await Store.open(url, exclusive=True)
    with pytest.raises(StoreError, match=r"already runs on .* \(process \d+\)"):
        await Store.open(url, exclusive=True)
    await first.close()


async def test_a_second_run_on_one_database_is_refused(store_url: str) -> None:
    url = store_url
    first = await Store.open(url, exclusive=True)
    with pytest.raises(AlreadyRunning):
        await Store.open(url, exclusive=True)
    async with first.lane() as conn:
        await conn.scalar(COUNT)
    beside = await Store.open(url)
    await beside.close()
    await first.close()
    again = await Store.open(url, exclusive=True)
    await again.close()


async def test_locked_by_another_program(tmp_path: Path) -> None:
    file = tmp_path / "policywire.db"
    store = await Store.open(f"sqlite:///{file}", busy=0.01)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="is locked"):
        async with store.write() as conn:
            await conn.execute(PUT, {"name": "a", "value": "1"})
    other.execute("ROLLBACK")
    other.close()
    async with store.write() as conn:
        await conn.execute(PUT, {"name": "a", "value": "1"})
    assert await count(store) == 1
    await store.close()


async def test_a_full_disk_is_said_and_survived(sqlite_store: Store) -> None:
    async with sqlite_store.write() as conn:
        pages = await conn.scalar(text("PRAGMA page_count"))
        await conn.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreError, match="the disk is full"):
        async with sqlite_store.write() as conn:
            await conn.execute(PUT, {"name": "big", "value": "x" * 1_000_000})
    async with sqlite_store.write() as conn:
        await conn.execute(text("PRAGMA max_page_count = 1000000"))
        await conn.execute(PUT, {"name": "big", "value": "x" * 1_000_000})
    assert await count(sqlite_store) == 1


async def test_not_a_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 100)
    with pytest.raises(StoreError, match="is not an SQLite database"):
        await Store.open(f"sqlite:///{file}")


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        await Store.open(f"sqlite:///{tmp_path / 'file' / 'policywire.db'}")


async def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(StoreError, match=r"on 127\.0\.0\.1") as raised:
        await Store.open("postgres://me:hunter2@127.0.0.1:9/policywire")
    assert "hunter2" not in str(raised.value)


async def test_a_database_that_is_not_there(postgres_server: str) -> None:
    with pytest.raises(StoreError, match="does not exist on that server"):
        await Store.open(postgres_server.replace("/postgres?", "/nowhere?"))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        pytest.param("mysql://me@host/db", "SQLite or PostgreSQL, not in mysql", id="other"),
        pytest.param("policywire.db", "is no database address", id="a-path"),
        pytest.param("", "is no database address", id="empty"),
        pytest.param("sqlite://", "needs a file", id="in-memory"),
        pytest.param("sqlite:///:memory:", "needs a file", id="in-memory-named"),
    ],
)
async def test_addresses_that_are_none(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        await Store.open(url)
