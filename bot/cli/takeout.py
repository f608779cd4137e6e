"""`policywire db export` and `db forget`: what is stored, to take along or to take away."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from bot import __version__
from bot.cli.asking import AsJson, Which, chosen
from bot.cli.output import console, counted, jsonable, print_json, progress, side
from bot.cli.session import opened_store, run
from bot.errors import NotFound, UsageError

if TYPE_CHECKING:
    from bot.model import Workspace
    from bot.store.erase import Erased

_ADDRESSES = frozenset({"url", "canonical_url", "key", "guid", "site", "moved_to"})
"""Columns that may hold an address with a password or key in it."""


def declare(group: typer.Typer) -> None:
    """Add the commands to `policywire db`."""
    group.command("export")(export)
    group.command("forget")(forget)


def export(
    place: Annotated[
        str, typer.Argument(metavar="FILE", help="Where to write, one JSON a line; - for output.")
    ],
    which: Which = None,
) -> None:
    """Write all that is stored, or one workspace's part, as JSON lines.

    Tokens are left out, and passwords and keys in addresses.
    """
    written = run(lambda: _export(place, which))
    if place != "-":
        side().print(f"{counted(written, 'row')} written to {place}.")


async def _export(place: str, which: str | None) -> int:
    from bot.clock import SystemClock
    from bot.store import export as store_export
    from bot.store import places, schema

    written = 0
    async with opened_store() as store, store.read() as conn:
        workspace = _named(await places.all_workspaces(conn), which) if which else None
        with _output(place) as out, progress("rows") as advance:
            head = {
                "policywire": __version__,
                "schema": schema.HEAD,
                "exported_at": SystemClock().now(),
                "workspace": which,
            }
            _line(out, head)
            number = workspace.id if workspace is not None else None
            async for table, row in store_export.rows(conn, number):
                _line(out, {"table": table, "row": _without_secrets(row)})
                written += 1
                advance()
    return written


def _without_secrets(row: Any) -> dict[str, Any]:  # noqa: ANN401 - columns of any type
    from bot.feeds.address import holds_secret, shown

    masked = {
        name: shown(row[name])
        for name in _ADDRESSES & row.keys()
        if _is_address(row[name]) and holds_secret(row[name])
    }
    return {**row, **masked}


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _line(out: IO[str], value: object) -> None:
    out.write(json.dumps(jsonable(value), ensure_ascii=False) + "\n")


@contextmanager
def _output(place: str) -> Iterator[IO[str]]:
    if place == "-":
        yield sys.stdout
        return
    try:
        # For its owner's eyes alone, as the database is.
        number = os.open(Path(place), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise UsageError(f"{place} cannot be written: {error.strerror}.") from error
    with os.fdopen(number, "w", encoding="utf-8", errors="replace") as out:
        yield out


def forget(
    which: Annotated[str, typer.Argument(metavar="PLATFORM:ID", help="The workspace to forget.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete a workspace with all that is its alone: orders, messages, feeds, articles, tokens.

    Export it first, if need be: this cannot be undone.
    """
    name, found = run(lambda: _measure(which))
    if not yes:
        side().print(f"{name} has {_in_words(found)}.")
        typer.confirm("Delete all of it?", abort=True, err=True)
    taken = run(lambda: _forget(which))
    if as_json:
        print_json(taken)
    else:
        console().print(f"Forgotten: {name}, with {_in_words(taken)}.", soft_wrap=True)


async def _measure(which: str) -> "tuple[str, Erased]":
    from bot.store import erase, places

    async with opened_store() as store, store.read() as conn:
        workspace = _named(await places.all_workspaces(conn), which)
        name = workspace.name or f"{workspace.platform}:{workspace.external_id}"
        return name, await erase.measure(conn, workspace.id)


async def _forget(which: str) -> "Erased":
    from bot.clock import SystemClock
    from bot.store import erase, places

    async with opened_store() as store, store.lane() as conn:
        workspace = _named(await places.all_workspaces(conn), which)
        return await erase.erase(conn, workspace, SystemClock().now())


def _named(known: "list[Workspace]", which: str) -> "Workspace":
    found = chosen(known, which)
    if found is None:
        raise NotFound("workspace", which)
    return found


def _in_words(erased: "Erased") -> str:
    return ", ".join(
        (
            counted(erased.channels, "channel"),
            counted(erased.subscriptions, "subscription"),
            counted(erased.watches, "watch", "watches"),
            counted(erased.feeds, "feed"),
            counted(erased.articles, "article"),
            counted(erased.messages, "message"),
        )
    )
