"""Migrations end in the schema that the tables declare; newer databases are refused."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store import schema
from bot.store.database import Store
from bot.store.tables import metadata
from tests.support.databases import MakeUrl

# Full-text search is made by hand in the migrations, as each database has it.
BY_HAND = {"ix_article_words_words", "words"}


def ours(_object: object, name: str | None, _kind: str, _reflected: bool, _to: object) -> bool:
    return not (name or "").startswith("articles_fts") and name not in BY_HAND


def differences(conn: Connection) -> list[Any]:
    # SQLite gives defaults back in another form than it was told.
    defaults = conn.dialect.name == "postgresql"
    options = {"include_object": ours, "compare_type": True, "compare_server_default": defaults}
    found: list[Any] = compare_metadata(MigrationContext.configure(conn, opts=options), metadata)
    return found


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


async def test_migrations_end_in_the_declared_schema(store: Store) -> None:
    async with store.read() as conn:
        assert await conn.run_sync(differences) == []
        assert await schema.current(conn) == schema.HEAD


async def test_an_undeclared_table_is_noticed(store: Store) -> None:
    async with store.write() as conn:
        await conn.execute(text("CREATE TABLE stray (id INTEGER)"))
    async with store.read() as conn:
        assert await conn.run_sync(differences)


async def test_upgrading_twice_changes_nothing_and_keeps_rows(empty_url: MakeUrl) -> None:
    url = empty_url()
    for value in ("first", "second"):
        opened = await Store.open(url)
        async with opened.write() as conn:
            await conn.execute(
                text("INSERT INTO facts (name, value) VALUES (:name, 'kept')"), {"name": value}
            )
        await opened.close()
    opened = await Store.open(url)
    async with opened.read() as conn:
        rows = (await conn.execute(text("SELECT name FROM facts ORDER BY name"))).scalars()
        assert list(rows) == ["first", "second"]
    await opened.close()


async def test_a_newer_schema_is_refused(store: Store, store_url: str) -> None:
    await set_version(store, "0999")
    with pytest.raises(StoreError, match=r"newer policywire.*0999"):
        await Store.open(store_url)


async def test_an_older_schema_waits_for_db_upgrade(store: Store, store_url: str) -> None:
    await set_version(store, "0000")
    with pytest.raises(StoreError, match="policywire db upgrade"):
        await Store.open(store_url, migrate=False)


async def test_a_failed_migration_leaves_no_table(
    empty_url: MakeUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = empty_url()
    upgrade = schema.upgrade

    async def breaks(conn: AsyncConnection) -> None:
        await upgrade(conn)
        raise OSError("power cut")

    monkeypatch.setattr(schema, "upgrade", breaks)
    with pytest.raises(StoreError):
        await Store.open(url)
    monkeypatch.undo()
    opened = await Store.open(url)
    async with opened.read() as conn:
        assert await schema.current(conn) == schema.HEAD
    await opened.close()


async def set_version(store: Store, version: str) -> None:
    async with store.write() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
