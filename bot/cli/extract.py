"""`policywire entities extract`: what an article names, proposed for tracking."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import AsJson
from bot.cli.output import console, print_json, print_table
from bot.cli.session import run

if TYPE_CHECKING:
    from bot.settings import Settings

_MOST_BYTES = 2 * 1024 * 1024


def extract(
    source: Annotated[str, typer.Argument(help="A file, an address, or - for standard input.")],
    as_json: AsJson = False,
) -> None:
    """Propose people, organisations, laws, products and concepts from a news article.

    Plain text or HTML; nothing is added. Prints at most 60, the weightiest first.
    """
    run(lambda: _extract(source, as_json=as_json))


async def _extract(source: str, *, as_json: bool) -> None:
    from bot.app.engine import Knowledge
    from bot.entities.extract import extract as propose
    from bot.entities.extract import read_document, to_json
    from bot.settings import Settings

    settings = Settings.load()
    page = read_document(await _read(source, settings))
    found = propose(page.title, page.text, Knowledge.load(settings).catalog)
    if as_json:
        print_json(to_json(found))
        return
    rows = [
        (one.name, one.kind.value, ", ".join(one.aliases), one.known_id or "new", one.role)
        for one in found.entities
    ]
    nothing = "No names were found. Is it an article, and not a list of links or a login page?"
    print_table(("Name", "Kind", "Also written", "Tracked as", "Role"), rows, empty=nothing)
    for what, written in (("Money", [sum_.text for sum_ in found.money]), ("Dates", found.dates)):
        if written:
            console().print(f"{what}: {', '.join(written)}")


async def _read(source: str, settings: "Settings") -> str:
    """The document's text; raises UsageError or FeedError with words for the person."""
    return await _fetched(source, settings) if "://" in source else from_disk(source)


def from_disk(source: str) -> str:
    """The text of a file, or of standard input for `-`; raises UsageError."""
    from bot.errors import UsageError

    if source == "-":
        return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")
    path = Path(source)
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error.strerror or error}.") from None


async def _fetched(url: str, settings: "Settings") -> str:
    from bot.app.parts import fetch_rules
    from bot.clock import SystemClock
    from bot.feeds.fetch import Fetcher
    from bot.services.imports.source import fetched

    async with Fetcher(fetch_rules(settings), SystemClock()) as fetcher:
        return await fetched(fetcher, url)
