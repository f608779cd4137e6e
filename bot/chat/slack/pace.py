"""How fast Slack lets an app post: one message a second a channel, and some hundreds a minute."""

from bisect import bisect_left, insort
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import Wait

CHANNEL_EVERY = timedelta(seconds=1)
A_MINUTE = 300
"""Posts a workspace and minute; Slack says “several hundred” (CONTRACTS.md, section 2)."""
_MINUTE = timedelta(minutes=1)
_PATIENCE = timedelta(seconds=8)
"""Longer than this nobody stands in line: the outbox is told when to come back."""
_REMEMBERED = 5_000


class Pace:
    """Gives each post of a workspace its turn.

    Counted is from the answer to a post, not from its sending: one may take longer to arrive than
    a later one, and Slack counts arrivals.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._after: dict[str, datetime] = {}
        self._latest: list[datetime] = []
        """When the last posts went, or will go, earliest first."""

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """A block in which a message may be posted there; raises Wait where that takes long."""
        now = self._clock.now()
        at = max(now, self._after.get(channel, now), self._workspace_free(now))
        if at - now > _PATIENCE:
            raise Wait("Slack's limit of posts a minute", (at - now).total_seconds())
        self._note(channel, at)
        try:
            if at > now:
                await self._clock.sleep((at - now).total_seconds())
            yield
        finally:
            place = bisect_left(self._latest, at)
            if place < len(self._latest) and self._latest[place] == at:
                del self._latest[place]
            self._note(channel, max(at, self._clock.now()))

    def _note(self, channel: str, at: datetime) -> None:
        insort(self._latest, at)
        del self._latest[:-A_MINUTE]
        if len(self._after) >= _REMEMBERED:
            now = self._clock.now()
            self._after = {name: free for name, free in self._after.items() if free > now}
        self._after[channel] = at + CHANNEL_EVERY

    def _workspace_free(self, now: datetime) -> datetime:
        """When no minute holds too many posts with one more, those to come among them."""
        return self._latest[0] + _MINUTE if len(self._latest) == A_MINUTE else now
