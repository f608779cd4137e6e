"""What the polls of a feed have brought so far, and what one poll leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import FeedErrorKind
from bot.model.feeds import Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """A feed with the memory of its polls.

    `good_at` is the last poll that was answered as a feed, `changed_at` the last that brought a
    document unlike the one before, `entry_at` the last that brought a new article. `hints` and
    `rhythm` are what cadence keeps, in its own terms.
    """

    feed: Feed
    next_poll_at: datetime
    polled_at: datetime | None = None
    good_at: datetime | None = None
    changed_at: datetime | None = None
    entry_at: datetime | None = None
    full_fetch_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    hints: Mapping[str, Any] | None = None
    rhythm: Any = None
    failures: int = 0
    error_kind: FeedErrorKind | None = None
    error: str | None = None
    failing_since: datetime | None = None
    gone_at: datetime | None = None
    moved_to: str | None = None
    moved_seen: int = 0
    told_health: str | None = None
    churn: int = 0
