"""`policywire run`: the service; with no platform configured, alerts print here."""

import asyncio
import gc
from typing import Annotated

import typer

from bot.cli.session import opened, run


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(serve)


def serve(
    role: Annotated[str, typer.Option(help="Which part of policywire this process is.")] = "all",
) -> None:
    """Poll feeds and alert channels until stopped (Ctrl-C)."""
    from bot.errors import UsageError

    if role != "all":
        raise UsageError(
            f"“{role}” is no role yet: one process does all. Leave --role out, or say “all”."
        )
    run(_serve, quiet=False)


async def _serve() -> None:
    from bot.app.platforms import open_platforms
    from bot.app.running import Running, stop_on_signals
    from bot.app.web import web_server
    from bot.chat.console.screen import Screen
    from bot.chat.console.send import ConsoleSender
    from bot.cli.output import console, local_zone, side
    from bot.clock import SystemClock
    from bot.settings import Settings

    clock = SystemClock()
    terminal = ConsoleSender(Screen(console(), zone=local_zone()), clock)
    async with (
        open_platforms(Settings.load(), clock) as platforms,
        opened(
            senders=platforms.senders or {terminal.platform: terminal}, clock=clock, exclusive=True
        ) as parts,
    ):
        running = Running(parts)
        stop = asyncio.Event()
        reloads: set[asyncio.Task[None]] = set()

        def reload() -> None:
            task = asyncio.get_running_loop().create_task(running.reload())
            reloads.add(task)
            task.add_done_callback(reloads.discard)

        stop_on_signals(stop, reload)
        tasks, routes = platforms.serve(parts)
        # What was read for good need not be looked through at each full collection: that would stop
        # everything, acknowledgements too, for a fifth of a second.
        gc.collect()
        gc.freeze()
        async with web_server(parts, routes, needed=platforms.need_web) as address:
            if address is not None:
                side().print(f"Its web server listens on {address[0]}, port {address[1]}.")
            side().print(f"policywire runs on {parts.store.place}. Ctrl-C stops it.")
            await running.run(stop, tasks)
        side().print("Stopped; nothing is lost.")
