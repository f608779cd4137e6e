"""`policywire analyse`: articles as JSON lines in, findings out."""

import sys
from typing import Annotated

import typer

from bot.cli.output import progress, side


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyse")(analyse)


def analyse(
    watch: Annotated[
        list[str] | None,
        typer.Option(help="A query; the output names by index those that matched."),
    ] = None,
) -> None:
    """Run the engine over articles in order of arrival, in memory and offline.

    One JSON object a line: {"id", "title", "text"?, "html"?, "url"?, "outlet"?, "published"?}.
    """
    from bot.app.analysis import Analysis, BadLineError
    from bot.app.engine import Knowledge
    from bot.clock import SystemClock
    from bot.settings import Settings

    settings = Settings.load()
    analysis = Analysis(
        Knowledge.load(settings), watch or (), settings.behaviour.alerts.threshold,
        SystemClock().now(),
    )  # fmt: skip
    bad = 0
    out = sys.stdout
    if hasattr(sys.stdin, "reconfigure"):
        # An undecodable byte spoils its own line, not the run.
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8")
    with progress("articles") as advance:
        for number, result in analysis.lines(sys.stdin):
            if isinstance(result, BadLineError):
                bad += 1
                side().print(f"line {number}: {result}")
            else:
                out.write(result + "\n")
                out.flush()
            advance()
    if bad:
        side().print(f"{bad} bad line{'s' if bad > 1 else ''}; the rest was analysed.")
        raise typer.Exit(1)
