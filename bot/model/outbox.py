"""What passes between the store and who routes and delivers: new messages, turns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.model.alerts import Destination
from bot.model.ids import DestinationId


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A message to be queued; `key` says what it is, once a destination."""

    destination: DestinationId
    key: str
    due_at: datetime
    reply_to_key: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A destination with open work: when its first post is due, and what makes it wait."""

    destination: Destination
    due_at: datetime
    blocked_until: datetime | None = None
    muted_until: datetime | None = None
    paused_at: datetime | None = None

    @property
    def ready_at(self) -> datetime:
        """When it can be tried."""
        waits = (self.due_at, self.blocked_until, self.muted_until)
        return max(at for at in waits if at is not None)
