"""The web server over this program's parts: health, metrics, and what platforms hand it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.app.parts import Parts
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.server import serving

USUAL_PORT = 8080
"""Where a platform needs the server and PORT is not set."""


@asynccontextmanager
async def web_server(
    parts: Parts, routes: Sequence[web.RouteDef], *, needed: bool
) -> AsyncIterator[tuple[str, int] | None]:
    """Serve until the block ends, where PORT is set or the server is needed; gives its address."""
    port = parts.settings.environment.port
    if port is None and not needed:
        yield None
        return
    health = Health(store=parts.store, clock=parts.clock, began=parts.clock.now())
    metrics = Metrics(store=parts.store, clock=parts.clock, tally=lambda: parts.outbox.tally)
    everything = [*health.routes(), *metrics.routes(), *routes]
    host = parts.settings.behaviour.web.host
    async with serving(everything, host=host, port=USUAL_PORT if port is None else port) as address:
        yield address
