"""What is wrong with a set-up, and how to mend it: small checks, each of which gives findings."""

import asyncio
from collections.abc import Mapping

from bot.app.doctor import accounts, database, feeds, machine, setup
from bot.app.doctor.finding import Finding, State, broken
from bot.clock import Clock
from bot.errors import PolicywireError
from bot.settings import Settings

__all__ = ["Finding", "State", "examine"]


async def examine(environ: Mapping[str, str], clock: Clock, *, online: bool) -> list[Finding]:
    """All findings, in the order in which a person would mend them; changes nothing.

    `environ` is the process's environment. Only with `online` is the network asked.
    """
    found = await asyncio.to_thread(machine.check, clock.now())
    found += setup.check_names(environ)
    try:
        settings = Settings.load()
    except PolicywireError as error:
        mend = "Correct it; every other command refuses to start until then."
        return [*found, broken("Settings", str(error), mend)]
    found += await asyncio.to_thread(setup.check, settings)
    found += await accounts.check(settings, online=online)
    stored = await database.check(settings, environ, clock.now())
    found += stored.findings
    found += await feeds.check(settings, stored.feeds, clock, online=online)
    return found
