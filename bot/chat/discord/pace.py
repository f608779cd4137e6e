"""Keeps what is asked of Discord under the limit that holds for all of a bot's requests.

No header announces that limit (CONTRACTS.md, section 1: 50 requests a second), so whoever waits for
the 429 meets it; those of single channels are announced, and the client waits for them by itself.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import aiohttp
from yarl import URL

MOST, SPAN = 50, 1.03
"""Requests in so many seconds; what is over one second is for what the network delays unevenly."""
_APART = SPAN / MOST
_CAUGHT_UP = 0.5
"""Requests are even, and late ones follow at once, but not those of more than so many seconds."""
_OUTSIDE = ("/interactions/", "/webhooks/")
"""Answers to interactions do not count (CONTRACTS.md, section 1), and must not wait."""


class Pace:
    """Gives each request its turn, first come, first served."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._begun: deque[float] = deque(maxlen=MOST)
        self._even = -math.inf
        self._turns = asyncio.Lock()

    async def turn(self) -> None:
        """Return when one more request may begin."""
        async with self._turns:
            now = self._clock()
            self._even = max(self._even + _APART, now - _CAUGHT_UP)
            full = len(self._begun) == MOST
            begins = max(self._even, self._begun[0] + SPAN if full else now)
            await self._sleep(max(0.0, begins - now))
            self._begun.append(self._clock())

    async def starting(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Let a request of a traced session, sent again or not, wait for its turn."""
        if counts(params.url):
            await self.turn()


def counts(url: URL) -> bool:
    """Whether a request to this address counts against the limit."""
    return not any(part in url.path for part in _OUTSIDE)
