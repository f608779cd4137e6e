"""`policywire doctor`: what is wrong with this set-up, and how to mend it."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import AsJson
from bot.cli.output import console, counted, print_json
from bot.cli.session import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.app.doctor import Finding

_MARKS = {"well": ("✓", "green"), "warning": ("!", "yellow"), "broken": ("✗", "red")}


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(
    online: Annotated[
        bool,
        typer.Option("--online", help="Ask platforms and a few feeds, and compare clocks, too."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Find what is wrong with this set-up, and say how to mend it.

    Looks at settings, config files, tokens, database, disk, clock and feeds; changes nothing.
    """
    from bot.app.doctor import State, examine
    from bot.clock import SystemClock

    found = run(lambda: examine(os.environ, SystemClock(), online=online))
    if as_json:
        print_json(found)
    else:
        _print(found)
    if any(one.state is State.BROKEN for one in found):
        raise typer.Exit(1)


def _print(found: "Sequence[Finding]") -> None:
    from rich.padding import Padding
    from rich.text import Text

    from bot.chat.console.render import safe

    out = console()
    for one in found:
        mark, style = _MARKS[one.state]
        out.print(Text(f"{mark} ", style=style).append(safe(f"{one.subject}: {one.says}"), "none"))
        if one.mend:
            out.print(Padding(Text(safe(one.mend), style="dim"), (0, 0, 0, 2)))
    bad = sum(one.state == "broken" for one in found)
    odd = sum(one.state == "warning" for one in found)
    counts = [f"{bad} broken"] * bool(bad) + [counted(odd, "warning")] * bool(odd)
    out.print()
    out.print(f"{', '.join(counts)}." if counts else "All is well.")
