"""`policywire db`: the database brought to this version, old things forgotten, all taken along."""

from collections import Counter
from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from bot.cli import takeout
from bot.cli.asking import AsJson
from bot.cli.output import console, print_json, progress
from bot.cli.session import opened_store, run

if TYPE_CHECKING:
    from bot.store.retention import Pruned


def declare(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        no_args_is_help=True, help="The database: its version, its age, what is in it."
    )
    group.command("upgrade")(upgrade)
    group.command("prune")(prune)
    takeout.declare(group)
    app.add_typer(group, name="db")


def upgrade(as_json: AsJson = False) -> None:
    """Make the database, or bring it to this program's version.

    Other commands do so too, when they open it.
    """
    place, before, now = run(_upgrade)
    if as_json:
        print_json({"database": place, "before": before, "schema": now})
    elif before == now:
        console().print(f"{place} is up to date (schema {now}).", soft_wrap=True)
    elif before is None:
        console().print(f"{place} is made (schema {now}).", soft_wrap=True)
    else:
        words = f"{place} is upgraded from schema {before} to {now}."
        console().print(words, soft_wrap=True)


async def _upgrade() -> tuple[str, str | None, str]:
    from bot.store import schema

    async with opened_store() as store:
        return store.place, store.found, schema.HEAD


def prune(as_json: AsJson = False) -> None:
    """Forget what is past the terms of [retention].

    `run` does this by itself, hourly.
    """
    taken, kept = run(_prune)
    if as_json:
        print_json(taken)
        return
    words = {
        "texts": "texts", "articles": "articles", "stories": "stories",
        "seen": "memories of listed entries", "deliveries": "messages",
    }  # fmt: skip
    gone = [f"{taken[name]:,} {word}" for name, word in words.items() if taken[name]]
    console().print(f"Forgotten: {', '.join(gone) or 'nothing'} ({kept}).", soft_wrap=True)


async def _prune() -> tuple[dict[str, int], str]:
    from bot.clock import SystemClock
    from bot.settings import Settings
    from bot.store import retention

    kept = Settings.load().behaviour.retention
    terms = retention.Terms(
        text=timedelta(days=kept.text_days),
        articles=timedelta(days=kept.article_days),
        seen=timedelta(days=kept.seen_days),
    )
    taken: Counter[str] = Counter()
    async with opened_store() as store:
        with progress("rounds") as advance:
            more = True
            while more:
                # A portion at a time: a `run` beside it must not wait for the writer.
                async with store.write() as conn:
                    pruned = await retention.prune(conn, now=SystemClock().now(), terms=terms)
                taken.update(_numbers(pruned))
                more = pruned.more
                advance()
    said = (
        f"texts are kept {kept.text_days} days, articles {kept.article_days}, the memory of what "
        f"was seen {kept.seen_days}"
    )
    return dict(taken), said


def _numbers(pruned: "Pruned") -> dict[str, int]:
    numbers = {field.name: getattr(pruned, field.name) for field in fields(pruned)}
    return {name: number for name, number in numbers.items() if not isinstance(number, bool)}
