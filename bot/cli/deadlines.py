"""`policywire deadlines`: what is due in tracked stories, in a list or as a calendar file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asking import AsJson, Which, asking, show
from bot.cli.output import counted, print_json, write_file
from bot.cli.session import opened, run


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("deadlines")(deadlines)


def deadlines(
    about: Annotated[
        str, typer.Argument(help="An entity, topic, outlet or seed story, or words to search for.")
    ] = "",
    which: Which = None,
    calendar: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE", help="Write a calendar file instead; - for output."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List dates that are due in tracked stories, soonest first."""
    run(lambda: _deadlines(about, which, calendar, as_json=as_json))


async def _deadlines(
    about: str, which: str | None, calendar: Path | None, *, as_json: bool
) -> None:
    from bot.services.calendar import calendar_file

    async with opened() as parts:
        here = await asking(parts, which)
        now = parts.clock.now()
        if calendar is None and not as_json:
            show(await here.reply("deadlines", {"about": about or None, "count": 30}), parts)
            return
        coming = await parts.services.deadlines.coming(here.place, about, now=now)
        if calendar is not None:
            holds = counted(coming.total, "date")
            write_file(calendar, calendar_file(coming.lines, now), holds)
        if as_json:
            print_json(coming.lines)
