"""The flood limit: so many instant posts an hour a channel, the rest in one list."""

from datetime import datetime, timedelta

from bot.model import Held, HeldBy

HOUR = timedelta(hours=1)
# The list waits a moment for what comes in the same burst; what comes later is edited in.
SETTLE = timedelta(minutes=1)


def flooded(posts: int, limit: int) -> Held | None:
    """What holds the next post back when `posts` stand or wait in the last hour."""
    if posts < limit:
        return None
    return Held(by=HeldBy.FLOOD, have=posts, need=limit)


def flood_key(now: datetime) -> str:
    """The key of this hour's list, in UTC."""
    return f"flood:{now:%Y-%m-%dT%H}"
