"""What the polls of a feed have brought so far, and what one poll leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import FeedErrorKind
from bot.model.feeds import Feed, FeedHealth
from bot.model.ids import WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """A feed with the memory of its polls; `next_poll_at` is None once it is gone for good.

    `good_at` is the last poll that was answered as a feed, `changed_at` the last whose document was
    read, `entry_at` the last that brought a new article. `spoken` are the times of its recent
    entries. `moved_to` is a new address that its server has named in `moved_seen` polls;
    `told_health` what managers were last told of it. `workspaces` added it; a shared feed acts for
    all.
    """

    feed: Feed
    workspaces: frozenset[WorkspaceId] = frozenset()
    next_poll_at: datetime | None
    polled_at: datetime | None = None
    good_at: datetime | None = None
    changed_at: datetime | None = None
    entry_at: datetime | None = None
    full_fetch_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    hints: Mapping[str, Any] | None = None
    spoken: tuple[datetime, ...] = ()
    failures: int = 0
    error_kind: FeedErrorKind | None = None
    error: str | None = None
    failing_since: datetime | None = None
    gone_at: datetime | None = None
    moved_to: str | None = None
    moved_seen: int = 0
    told_health: FeedHealth | None = None
    churn: int = 0
