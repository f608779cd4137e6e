"""One small web server; it listens before anything is announced, and stops with its block."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import ConfigError

LARGEST_BODY = 1024 * 1024
"""Of a request; a Slack payload holds a view of at most 250 kB."""
_LAST_SECONDS = 5.0
"""What requests under way get at the end."""


@asynccontextmanager
async def serving(
    routes: Sequence[web.RouteDef], *, host: str, port: int
) -> AsyncIterator[tuple[str, int]]:
    """Serve the routes; gives the address listened on. Port 0 takes any that is free."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes)
    # The access log would show what people type.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigError(
                "environment",
                f"PORT {port} cannot be listened on at {host}: {reason}. Set PORT to another",
            ) from None
        listening: tuple[str, int] = runner.addresses[0][:2]
        yield listening
    finally:
        await runner.cleanup()
