"""The `policywire` command and its groups."""

from typing import Annotated

import typer

from bot import __version__
from bot.cli import (
    analyse,
    brief,
    db,
    deadlines,
    demo,
    doctor,
    entities,
    feeds,
    poll,
    run,
    stats,
    talk,
    watch,
    why,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policywire {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Alerts chat channels to AI-policy news: one event, one message, and why."""


def application() -> typer.Typer:
    """All commands, declared."""
    app = typer.Typer(
        name="policywire",
        help="Alerts chat channels to AI-policy news: one event, one message, and why.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    demo.declare(app)
    run.declare(app)
    poll.declare(app)
    talk.declare(app)
    feeds.declare(app)
    entities.declare(app)
    watch.declare(app)
    why.declare(app)
    brief.declare(app)
    deadlines.declare(app)
    stats.declare(app)
    db.declare(app)
    doctor.declare(app)
    analyse.declare(app)
    return app
