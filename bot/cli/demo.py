"""`policywire demo`: the whole program on a bundled sample wire, offline."""

import asyncio

import typer

from bot.cli.output import console
from bot.cli.session import set_up_logs


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo() -> None:
    """Three simulated days of news, from feeds to alerts; no network, no tokens."""
    from bot.demo.play import run_demo

    set_up_logs(quiet=True)
    asyncio.run(run_demo(console()))
