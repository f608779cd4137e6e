"""What the command line prints: results on standard output, the rest on standard error."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bot.chat.console.render import safe
from bot.errors import UsageError

_PIPED_WIDTH = 100


def console() -> Console:
    """Where results go; plain text, and a width that repeats, where it is no terminal."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS") or _PIPED_WIDTH)
    return Console(highlight=False, markup=False, width=width)


def side() -> Console:
    """Where progress, notes and errors go."""
    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def local_zone() -> tzinfo:
    """The zone of this machine, by its rules, so that other days' times are right too."""
    named = os.environ.get("TZ", "").lstrip(":")
    try:
        if named:
            return ZoneInfo(named)
        link = Path("/etc/localtime").resolve()
        return ZoneInfo(str(link).partition("zoneinfo/")[2])
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return datetime.now().astimezone().tzinfo or UTC


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """A count on a terminal's standard error; call what it yields once for each thing done."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=side(), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(jsonable(value), ensure_ascii=False, indent=2) + "\n")


def write_file(file: Path, content: bytes, holds: str) -> None:
    """Write a file and say so, or standard output for “-”; UsageError where it cannot be."""
    if str(file) == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.") from error
    side().print(f"{holds} written to {file}.")


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], empty: str = "Nothing."
) -> None:
    """Rows under their headings; the last column takes the room that is left."""
    if not rows:
        console().print(Text(empty))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=at == 0)
    for row in rows:
        table.add_row(*(Text(safe("" if cell is None else str(cell))) for cell in row))
    console().print(table)


def print_remarks(heading: str, remarks: Sequence[tuple[str, str]]) -> None:
    """Sentences on named things, each below its name; nothing where there are none."""
    if not remarks:
        return
    out = console()
    out.print(Text(heading, style="bold"))
    for name, words in remarks:
        out.print(Text(safe(f"• {name}")))
        out.print(Padding(Text(safe(words), overflow="fold"), (0, 0, 0, 2)))


def counted(number: int, noun: str, plural: str = "") -> str:
    """“1 feed”, “1,204 entries”."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def jsonable(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The value in JSON's own types: times ISO 8601, spans in seconds."""
    match value:
        case None | bool() | int() | float():
            plain: Any = value
        case Enum():
            plain = value.value
        case datetime():
            plain = value.isoformat()
        case timedelta():
            plain = value.total_seconds()
        case Mapping():
            plain = {str(key): jsonable(item) for key, item in value.items()}
        case set() | frozenset():
            plain = sorted(jsonable(item) for item in value)
        case list() | tuple():
            plain = [jsonable(item) for item in value]
        case _ if is_dataclass(value):
            plain = {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
        case _:
            plain = str(value)
    return plain
