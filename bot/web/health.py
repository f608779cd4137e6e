"""`/healthz`: whether policywire works, in a word that a supervisor can act on."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.clock import Clock
from bot.errors import PolicywireError
from bot.store import facts
from bot.store.database import Store

PATH = "/healthz"
_PATIENCE_SECONDS = 5.0
_SILENT_AFTER = timedelta(minutes=3)
"""The heartbeat comes every minute; after three without one, nothing is polled any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Answers 200 while the database answers and ticks go on, else 503 with the cause."""

    store: Store
    clock: Clock
    began: datetime

    def routes(self) -> list[web.RouteDef]:
        """What the web server is to serve."""
        return [web.get(PATH, self._answer)]

    async def _answer(self, _request: web.Request) -> web.Response:
        trouble = await self.trouble()
        if trouble is None:
            return web.json_response({"status": "ok"})
        return web.json_response({"status": "failing", "cause": trouble}, status=503)

    async def trouble(self) -> str | None:
        """What is wrong, None where nothing is."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self.store.read() as conn:
                beat = await facts.last_heartbeat(conn)
        except TimeoutError:
            return f"the database did not answer within {_PATIENCE_SECONDS:g} s"
        except PolicywireError as error:
            return str(error)
        now = self.clock.now()
        # A heartbeat of an earlier run says nothing about this one.
        silent = now - max(beat or self.began, self.began)
        if silent > _SILENT_AFTER:
            return f"no tick for {silent.total_seconds():.0f} s"
        return None
