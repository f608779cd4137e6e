"""`policywire console`: commands typed here, alerts shown here, feeds polled meanwhile."""

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import opened, run
from bot.errors import AlreadyRunning

if TYPE_CHECKING:
    from bot.alerts.senders import Sender
    from bot.app.parts import Parts
    from bot.clock import Clock


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("console")(talk)


def talk(
    poll: Annotated[
        bool, typer.Option("--poll/--no-poll", help="Poll feeds and show alerts meanwhile.")
    ] = True,
) -> None:
    """Type commands such as /latest openai 5; from a pipe, ends when the lines end."""
    failed = run(lambda: _talk(poll=poll))
    if failed and not sys.stdin.isatty():
        raise typer.Exit(1)


async def _talk(*, poll: bool) -> int:
    from bot.app.running import Running
    from bot.chat.console import keyboard
    from bot.chat.console.screen import Screen, is_terminal, typed_so_far
    from bot.chat.console.send import ConsoleSender
    from bot.chat.console.session import Session
    from bot.cli.output import console, local_zone
    from bot.clock import SystemClock

    terminal = is_terminal()
    typing = typed_so_far if terminal else lambda: None
    screen = Screen(console(), zone=local_zone(), typing=typing)
    clock = SystemClock()
    sender = ConsoleSender(screen, clock)
    async with AsyncExitStack() as stack:
        stack.enter_context(keyboard.terminal_restored())
        parts, alone = await _open(stack, sender, clock, wanted=poll and terminal)
        if terminal:
            screen.line(_welcome(parts, polls=alone))
        session = Session(
            registry=parts.registry,
            services=parts.services,
            clock=clock,
            screen=screen,
            folder=Path.cwd(),
            echo=not terminal,
        )
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            if alone:
                group.create_task(Running(parts).run(stop))
            read = keyboard.typed if terminal else keyboard.piped
            failed = await session.run(keyboard.lines(read))
            if not alone:
                # What the lines asked for, such as “Post the latest 3 here”, is still shown.
                await parts.outbox.run_once()
            stop.set()
        return failed


async def _open(
    stack: AsyncExitStack, sender: "Sender", clock: "Clock", *, wanted: bool
) -> tuple["Parts", bool]:
    """The parts, and whether this process may poll and send; beside a `run` it may not."""
    senders = {sender.platform: sender}
    if wanted:
        try:
            parts = await stack.enter_async_context(
                opened(senders=senders, clock=clock, exclusive=True)
            )
        except AlreadyRunning:
            return await stack.enter_async_context(opened(clock=clock)), False
        return parts, True
    return await stack.enter_async_context(opened(senders=senders, clock=clock)), False


def _welcome(parts: "Parts", *, polls: bool) -> str:
    meanwhile = (
        "Feeds are polled and alerts appear here."
        if polls
        else "Feeds are not polled here; alerts appear where `policywire run` runs."
    )
    return f"policywire on {parts.store.place}. {meanwhile} /help lists commands, Ctrl-D ends."
