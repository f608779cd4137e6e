"""How fast Slack lets an app post: one message a second a channel, and some hundreds a minute."""

from collections import deque
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
    """Gives each post its turn."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._after: dict[str, datetime] = {}
        self._latest: deque[datetime] = deque(maxlen=A_MINUTE)

    async def turn(self, channel: str) -> None:
        """Return when a message may be posted there; raises Wait where that takes long."""
        now = self._clock.now()
        channel_free = self._after.get(channel, now)
        full = len(self._latest) == A_MINUTE
        workspace_free = self._latest[0] + _MINUTE if full else now
        at = max(now, channel_free, workspace_free)
        if at - now > _PATIENCE:
            span = (at - now).total_seconds()
            raise Wait("Slack's limit of posts a minute", span)
        self._latest.append(at)
        if len(self._after) >= _REMEMBERED:
            self._after = {name: free for name, free in self._after.items() if free > now}
        self._after[channel] = at + CHANNEL_EVERY
        if at > now:
            await self._clock.sleep((at - now).total_seconds())
