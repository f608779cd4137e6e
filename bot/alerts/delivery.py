"""What the outbox's parts share: the parts of the store, the senders, the clock, its numbers."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from bot.alerts.drafting import Drafts
from bot.alerts.ports import AlertRows, DeliveryRows, Store, TurnRows
from bot.alerts.retelling import Reteller
from bot.alerts.senders import Sender
from bot.clock import Clock
from bot.model import Destination

SERVED_AT_ONCE = 256
"""Destinations, so that a slow one keeps no other waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRules:
    """The outbox's numbers."""

    max_age: timedelta = timedelta(hours=24)
    edit_every: timedelta = timedelta(minutes=1)
    first_wait: timedelta = timedelta(seconds=2)
    longest_wait: timedelta = timedelta(minutes=15)
    first_probe: timedelta = timedelta(minutes=1)
    longest_probe: timedelta = timedelta(hours=1)
    timeout_seconds: float = 30.0
    at_once: int = SERVED_AT_ONCE
    idle_seconds: float = 2.0
    """How often to look for what other processes queued, and to try a failing database again."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was done since the tally began."""

    posted: int = 0
    found: int = 0
    """Posts whose outcome was unknown and that stood in the channel."""
    edited: int = 0
    waited: int = 0
    parked: int = 0
    stale: int = 0

    def since(self, before: "Tally") -> "Tally":
        """What was done after `before` was this tally."""
        return Tally(
            **{f.name: getattr(self, f.name) - getattr(before, f.name) for f in fields(self)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Everything that delivering needs; senders by platform."""

    store: Store
    alerts: AlertRows
    deliveries: DeliveryRows
    turns: TurnRows
    drafts: Drafts
    senders: Mapping[str, Sender]
    clock: Clock
    rules: OutboxRules = OutboxRules()
    reteller: Reteller | None = None
    """Retells a story by a language model before its first post, where one is configured."""
    jitter: Callable[[], float] = random.random
    """From 0 to 1; spreads retries, nothing secret."""
    tally: Tally = field(default_factory=Tally)

    def address(self, destination: Destination, ref: str) -> str | None:
        """Where a posted message can be read."""
        return self.senders[destination.platform].link(destination, ref)

    def backoff(self, attempts: int) -> timedelta:
        """How long to wait after so many tries: doubling, with jitter, up to the longest."""
        wait = self.rules.first_wait * float(1 << min(max(attempts - 1, 0), 16))
        return min(wait, self.rules.longest_wait) * (0.5 + self.jitter() / 2)

    def next_probe(self, since: datetime, now: datetime) -> datetime:
        """When to look again whether a place can be reached: as long again as it has been gone."""
        gone = now - since
        return now + min(max(gone, self.rules.first_probe), self.rules.longest_probe)
