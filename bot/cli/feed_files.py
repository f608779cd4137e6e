"""`policywire feeds import` and `export`: lists of feeds in OPML, from a file or the web."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import AsJson, Which, asking
from bot.cli.output import console, print_json, print_table, side
from bot.cli.session import opened, run
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.services.feeds.lists import Imported

_WEB = ("http://", "https://")


def declare(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("import")(take)
    group.command("export")(give)


def take(
    source: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="An OPML list; - is standard input.")
    ],
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """Add the feeds of an OPML list; a bad one costs only itself."""
    run(lambda: _take(source, which, as_json=as_json))


async def _take(source: str, which: str | None, *, as_json: bool) -> None:
    # Read before the database is opened: a file that is not there changes nothing.
    opml = None if source.lower().startswith(_WEB) else _read(source)
    async with opened() as parts:
        here = await asking(parts, which)
        lists, now = parts.services.feed_lists, parts.clock.now()
        if opml is None:
            done = await lists.import_list(here.place, here.actor, source, now=now)
        else:
            done = await lists.take_in(here.place, here.actor, opml, source, now=now)
    if as_json:
        print_json(done)
    else:
        _print(done)
    if done.refused and not (done.added or done.known):
        raise typer.Exit(1)


def _write(file: Path, opml: bytes) -> None:
    try:
        file.write_bytes(opml)
    except OSError as error:
        raise ConfigError(file, f"cannot be written: {error.strerror or error}") from None


def _read(source: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise ConfigError(source, f"cannot be read: {error.strerror or error}") from None


def _print(done: "Imported") -> None:
    if done.refused:
        print_table(("Refused", "Why"), done.refused)
        console().print()
    counts = ((len(done.added), "added"), (len(done.known), "known already"),
              (len(done.refused), "refused"))  # fmt: skip
    console().print(", ".join(f"{number} {word}" for number, word in counts) + ".")


def give(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to; else standard output.")
    ] = None,
    own: Annotated[
        bool, typer.Option("--own", help="Only feeds that were added, not those of feeds.opml.")
    ] = False,
    which: Which = None,
) -> None:
    """Write the feeds that are read as an OPML list."""
    run(lambda: _give(file, which, own=own))


async def _give(file: Path | None, which: str | None, *, own: bool) -> None:
    async with opened() as parts:
        here = await asking(parts, which)
        done = await parts.services.feed_lists.export(here.place, everyones=not own)
    if file is None:
        sys.stdout.buffer.write(done.opml)
    else:
        _write(file, done.opml)
        side().print(f"{done.count} feed{'' if done.count == 1 else 's'} in {file}.")
    if done.withheld:
        names = ", ".join(done.withheld)
        side().print(f"Left out, because a password or key stands in the address: {names}.")
