"""Which version a database's tables have, and bringing them to this program's."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError

HEAD = "0005"
"""The newest migration; a test holds that it is. Known without importing Alembic, which is slow."""
_SCRIPTS = Path(__file__).parent / "migrations"


async def current(conn: AsyncConnection) -> str | None:
    """The version of the tables that are there, None in an empty database."""
    return await conn.run_sync(_current)


async def upgrade(conn: AsyncConnection) -> None:
    """Run the migrations that this database lacks, in the caller's transaction."""
    await conn.run_sync(_upgrade)


def refuse_newer(found: str | None, place: str) -> None:
    """Raise StoreError where the tables were made by a newer program; versions sort as text."""
    if found is not None and found > HEAD:
        raise StoreError(
            f"The database {place} was written by a newer policywire (schema {found}, this program "
            f"has {HEAD}). Upgrade the program, or point DATABASE_URL at another database."
        )


def _current(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    found: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _upgrade(conn: Connection) -> None:
    from alembic import command  # noqa: PLC0415 (imported only when there is something to do)
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_SCRIPTS))
    command.upgrade(config, "head")
