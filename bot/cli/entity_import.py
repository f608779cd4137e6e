"""`policywire entities import`: a seed article's proposals, answered one by one at the terminal."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.asking import AsJson, Asking, Which, asking, show
from bot.cli.extract import from_disk
from bot.cli.output import console, local_zone, print_json, side
from bot.cli.session import opened, run

if TYPE_CHECKING:
    from bot.model.drafts import Draft
    from bot.services.imports.drafts import Step

_Choice = Literal["add", "edit", "skip", "quit"]


def import_(
    source: Annotated[
        str,
        typer.Argument(help="A file, an address, - for standard input, or an earlier import (i3)."),
    ],
    accept: Annotated[
        str | None, typer.Option(metavar="NUMBERS", help="Add these without asking: 1,3-5.")
    ] = None,
    which: Which = None,
    as_json: AsJson = False,
) -> None:
    """Propose who and what an article names; a person accepts, edits or skips each.

    At a terminal it asks for each in turn. Elsewhere it lists the proposals and adds nothing but
    what --accept names.
    """
    run(lambda: _import(source, accept, which, as_json=as_json))


async def _import(source: str, accept: str | None, which: str | None, *, as_json: bool) -> None:
    from bot.chat.commands.imports import accepted_message, numbers, overview

    async with opened() as parts:
        here = await asking(parts, which)
        draft = await _draft(here, source)
        if accept is not None:
            done = await parts.services.imports.accept_some(
                here.place, here.actor, draft.id, numbers(accept), now=parts.clock.now()
            )
            if as_json:
                print_json(done)
            else:
                show(replace(accepted_message(done), buttons=()), parts)
            if done.refused:
                raise typer.Exit(1)
            return
        if as_json:
            print_json(draft)
            return
        show(replace(overview(draft), buttons=()), parts)
        if sys.stdin.isatty() and sys.stdout.isatty() and source != "-":
            await _review(here, draft)


async def _draft(here: Asking, source: str) -> "Draft":
    """The proposals of a file or an address, or those of an earlier import."""
    from bot.chat.commands.imports import LABEL

    imports, now = here.parts.services.imports, here.parts.clock.now()
    if LABEL.fullmatch(source):
        return await imports.draft(here.place, source)
    if "://" in source:
        return await imports.propose(here.place, here.actor, source, now=now)
    return await imports.read(here.place, here.actor, from_disk(source), now=now)


async def _review(here: Asking, draft: "Draft") -> None:
    """Ask for each open proposal; what is left at `quit` stays open."""
    from bot.chat.commands.imports import step_message
    from bot.chat.console.screen import Screen
    from bot.errors import PolicywireError
    from bot.services.imports.drafts import draft_label

    imports, clock = here.parts.services.imports, here.parts.clock
    screen = Screen(console(), zone=local_zone())
    step = await imports.step(here.place, f"{draft.id}:1", now=clock.now())
    while step.proposed is not None:
        message = step_message(step, edits=False)
        screen.message(replace(message, buttons=()), now=clock.now())
        argument = f"{draft.id}:{step.number}"
        choice = _choice(step)
        if choice == "quit":
            side().print(f"Left open. To go on: policywire entities import {draft_label(draft)}")
            return
        if choice == "skip":
            step = await imports.skip(here.place, argument, now=clock.now())
            continue
        try:
            if choice == "add":
                done, step = await imports.accept(here.place, here.actor, argument, now=clock.now())
                for name, why in done.refused:
                    side().print(f"{name} was not added: {why}")
            else:
                step = await _edited(here, step, argument)
        except PolicywireError as error:
            side().print(str(error))
    screen.message(step_message(step), now=clock.now())


def _choice(step: "Step") -> _Choice:
    words: dict[str, _Choice] = {"a": "add", "e": "edit", "s": "skip", "q": "quit"}
    if step.problem:
        del words["a"]
    asked = ", ".join(f"[{key}]{word[1:]}" for key, word in words.items())
    while True:
        typed = typer.prompt(asked, default="s", show_default=True).strip().lower()[:1]
        if typed in words:
            return words[typed]
        console().print(f"Type one of {', '.join(words)}.")


async def _edited(here: Asking, step: "Step", argument: str) -> "Step":
    """Add the proposal as the person words it; gives the next."""
    from bot.chat.commands.entities import refused
    from bot.errors import UsageError
    from bot.model import EntityKind

    one = step.proposed
    assert one is not None
    entities, now = here.parts.services.entities, here.parts.clock.now()
    name = one.name
    if one.entity is not None:
        aliases = _names("Ways to write it, with commas", one.aliases)
        added = await entities.alias(
            here.place, here.actor, one.entity, aliases, now=now, anyway=True
        )
    else:
        name = typer.prompt("Name", default=one.name)
        kind = typer.prompt("Kind", default=one.kind.value)
        aliases = _names("Also written, with commas", one.aliases)
        if kind not in set(EntityKind):
            raise UsageError(f"“{kind}” is no kind: {', '.join(EntityKind)}.")
        added = await entities.add(
            here.place, here.actor, name, EntityKind(kind), now=now, aliases=aliases, anyway=True
        )
    if not added.saved:
        show(refused(added, name), here.parts)
        raise UsageError(f"{name} was not added; word it anew, or skip it.")
    return await here.parts.services.imports.skip(here.place, argument, now=now)


def _names(asked: str, known: "tuple[str, ...]") -> list[str]:
    typed = typer.prompt(asked, default=", ".join(known))
    return [name for part in typed.split(",") if (name := part.strip())]
