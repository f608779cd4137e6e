"""`policywire brief`: what happened, in cited sentences, to read or as a Markdown file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asking import AsJson, Which, asking, show
from bot.cli.output import counted, print_json, write_file
from bot.cli.session import opened, run


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("brief")(brief)


def brief(
    about: Annotated[
        str, typer.Argument(help="An entity, topic, outlet or seed story, or words to search for.")
    ] = "",
    *,
    since: Annotated[
        str | None, typer.Option(help="How far back: 6h, 3d, 2026-03-01; 7d unless said.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="Only what was known then: without later reports and changes."),
    ] = None,
    which: Which = None,
    markdown: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a Markdown file instead; - for output."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what happened, in sentences that stand in their sources, by saga."""
    run(lambda: _brief(about, since, as_of, which, markdown, as_json=as_json))


async def _brief(
    about: str,
    since: str | None,
    as_of: str | None,
    which: str | None,
    markdown: Path | None,
    *,
    as_json: bool,
) -> None:
    from bot.services.markdown import brief_file

    async with opened() as parts:
        here = await asking(parts, which)
        if markdown is None and not as_json:
            asked = {"about": about or None, "since": since, "as-of": as_of}
            show(await here.reply("brief", asked), parts)
            return
        written = await parts.services.briefs.write(
            here.place, about, since=since, as_of=as_of, now=parts.clock.now()
        )
        if markdown is not None:
            holds = counted(written.stories, "story", "stories")
            write_file(markdown, brief_file(written), holds)
        if as_json:
            print_json(written)
