"""Where the database is: what people write in `DATABASE_URL`, as the drivers want it."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg"}
_DRIVERS["postgresql"] = _DRIVERS["postgres"]


def parse_address(typed: str) -> URL:
    """The database's URL with our driver; raises StoreError where we cannot use such a thing."""
    try:
        url = make_url(typed)
    except ArgumentError as error:
        raise StoreError(
            "DATABASE_URL is no database address. Write sqlite:///folder/policywire.db or "
            "postgresql://user:password@host/name."
        ) from error
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise StoreError(
            f"policywire keeps its data in SQLite or PostgreSQL, not in {url.get_backend_name()}. "
            "Set DATABASE_URL to sqlite:///folder/policywire.db or postgresql://…"
        )
    url = url.set(drivername=driver)
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise StoreError(
            "An SQLite database needs a file: write sqlite:///folder/policywire.db in DATABASE_URL."
        )
    return url


def sqlite_file(url: URL) -> Path:
    """The file that an SQLite address names."""
    assert url.database is not None
    return Path(url.database).expanduser()


def shown(url: URL) -> str:
    """The address for people: a file's path, or a server without password or user."""
    if url.get_backend_name() == "sqlite":
        return str(sqlite_file(url))
    return f"{url.database or 'postgres'} on {url.host or url.query.get('host', 'localhost')}"
