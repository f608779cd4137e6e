"""What a database's own error means, in words that say what to do."""

import contextlib
from collections.abc import Iterator

from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)

from bot.errors import StoreError

# What the drivers say, in the order in which it is looked for; PostgreSQL's by its SQLSTATE.
_MEANINGS = (
    (
        ("database is locked", "database table is locked", "55P03"),
        (
            "is locked: another program has been writing to it for too long. Close that program "
            "(an open `sqlite3` shell, a backup), then try again."
        ),
    ),
    (
        ("readonly database", "read-only", "25006"),
        (
            "is read-only. Give this user the right to write the file and its folder, or set "
            "DATABASE_URL to a place that can be written."
        ),
    ),
    (
        ("disk is full", "No space left", "53100"),
        "cannot grow: the disk is full. Free some space; policywire goes on by itself.",
    ),
    (
        ("file is not a database", "file is encrypted"),
        "is not an SQLite database. Set DATABASE_URL to another file, or move this one away.",
    ),
    (
        ("malformed", "disk I/O error"),
        (
            "is damaged or its disk fails. Stop policywire, restore the file from a backup, or try "
            "`sqlite3 FILE .recover`."
        ),
    ),
    (
        ("unable to open database file",),
        "cannot be opened. Check that the folder exists and that this user may write in it.",
    ),
    (
        ("no such table", "no such column", "42P01", "42703"),
        "lacks tables of this version. Run `policywire db upgrade`.",
    ),
    (
        ("already exists", "duplicate column"),
        (
            "holds tables that its version does not say: it was copied in part, or changed by "
            "hand. Restore it from a backup, or point DATABASE_URL at another."
        ),
    ),
    (
        ("28P01", "28000", "password authentication failed", "no password supplied"),
        "refused the name or password. Check DATABASE_URL.",
    ),
    (
        ("3D000", "does not exist"),
        "does not exist on that server. Create it (`createdb NAME`) or check DATABASE_URL.",
    ),
    (
        ("53300", "too many clients", "too many connections"),
        "has no connection left for us. Raise `max_connections` there or run fewer workers.",
    ),
)


@contextlib.contextmanager
def in_words(place: str) -> Iterator[None]:
    """Raise the driver's operational errors as StoreError; broken rules of the data pass."""
    try:
        yield
    except (IntegrityError, OSError):
        raise
    except DBAPIError as error:
        told = _told(error, place)
        if told is None:
            raise
        raise StoreError(told) from error


def _told(error: DBAPIError, place: str) -> str | None:
    said = f"{getattr(error.orig, 'sqlstate', '') or ''} {error.orig}"
    for signs, meaning in _MEANINGS:
        if any(sign in said for sign in signs):
            return f"The database {place} {meaning}"
    if isinstance(error, ProgrammingError):
        return None
    if isinstance(error, OperationalError | InterfaceError | InternalError):
        return (
            f"The database {place} does not answer as it should: {_first_line(error)}. Check that "
            "it runs and can be reached; policywire tries again by itself."
        )
    if type(error) is DatabaseError:
        return f"The database {place} cannot be used: {_first_line(error)}."
    return None


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip().splitlines() or ["no reason given"])[0].rstrip(".")
