"""`policywire entities`: who and what is tracked."""

from typing import Annotated

import typer

from bot.cli.asking import AsJson, Which, asking, show
from bot.cli.entity_import import import_
from bot.cli.extract import extract
from bot.cli.output import console, print_json, print_table
from bot.cli.session import opened, run

_ALL = 100_000


def declare(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="Who and what is tracked.")
    group.command("list")(listing)
    group.command("show")(one)
    group.command("extract")(extract)
    group.command("import")(import_)
    app.add_typer(group, name="entities")


def listing(
    search: Annotated[
        list[str] | None, typer.Argument(help="A kind such as agency, or part of a name.")
    ] = None,
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """List entities: the catalog's, and those that a workspace added."""
    run(lambda: _listing(" ".join(search or ()), which, as_json=as_json))


async def _listing(search: str, which: str | None, *, as_json: bool) -> None:
    async with opened() as parts:
        here = await asking(parts, which)
        found = await parts.services.entities.listing(here.place, search, most=_ALL)
        if as_json:
            print_json([*found.own, *found.shared])
            return
        rows = [
            (one.id, one.name, one.kind, ", ".join(alias.text for alias in one.aliases))
            for one in (*found.own, *found.shared)
        ]
        nothing = f"Nothing that is tracked matches “{search}”. `policywire entities list` has all."
        print_table(("Id", "Name", "Kind", "Written"), rows, empty=nothing)
        if rows:
            own = f", {len(found.own)} of them added by the workspace" if found.own else ""
            console().print(f"\n{len(rows)} tracked{own}.")


def one(
    entity: Annotated[list[str], typer.Argument(help="By name, alias or id.")],
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """Show one entity: what it is, how it is written, how often named."""
    run(lambda: _one(" ".join(entity), which, as_json=as_json))


async def _one(entity: str, which: str | None, *, as_json: bool) -> None:
    async with opened() as parts:
        here = await asking(parts, which)
        if as_json:
            now, entities = parts.clock.now(), parts.services.entities
            print_json(await entities.show(here.place, entity, now=now))
        else:
            show(await here.reply("entity show", {"entity": entity}), parts)
