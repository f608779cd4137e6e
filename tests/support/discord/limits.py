"""Discord's limits on posts as its headers and 429s tell of them, in windows of fixed length."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Window:
    """So many requests in so many seconds, counted from the first one."""

    most: int
    span: float
    began: float = float("-inf")
    used: int = 0

    def take(self, now: float) -> float:
        """Seconds to wait where there is no room, 0 where one more was taken."""
        if now - self.began >= self.span:
            self.began, self.used = now, 0
        if self.used >= self.most:
            return self.began + self.span - now
        self.used += 1
        return 0.0


@dataclass(slots=True, kw_only=True)
class Limits:
    """5 posts in 5 seconds a channel, which headers announce; 50 requests a second, which none do.

    Of the second, any second counts, wherever it begins: the strictest way to read it.
    """

    clock: Callable[[], float] = time.monotonic
    in_a_channel: float = 5.0
    """Seconds of a channel's window."""
    channels: dict[int, Window] = field(default_factory=dict)
    recent: list[float] = field(default_factory=list)
    refused: int = 0
    """429s of a channel's limit."""
    refused_everywhere: int = 0
    """429s of the limit on all requests."""

    def everywhere(self) -> float:
        """Seconds to wait for the limit on all requests, 0 where this one is within it."""
        now = self.clock()
        self.recent = [at for at in self.recent if now - at < 1.0]
        if len(self.recent) >= 50:
            self.refused_everywhere += 1
            return self.recent[0] + 1.0 - now
        self.recent.append(now)
        return 0.0

    def post(self, channel: int) -> tuple[float, dict[str, str]]:
        """Seconds to wait for the channel's limit, and the headers that tell of it."""
        now = self.clock()
        window = self.channels.setdefault(channel, Window(5, self.in_a_channel))
        wait = window.take(now)
        self.refused += wait > 0
        reset = window.began + window.span - now
        return wait, {
            "X-RateLimit-Limit": str(window.most),
            "X-RateLimit-Remaining": str(window.most - window.used),
            "X-RateLimit-Reset": f"{time.time() + reset:.3f}",
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Bucket": "posts",
        }
