"""What is said of a watch: what it would bring, and what was kept."""

from dataclasses import dataclass

from bot.model import Watch
from bot.services.history import Tried

FLOOD = 100.0
"""Alerts a day from which on a watch is not saved unless that is said to be meant."""
MANY = 20.0
"""Alerts a day from which on a person is warned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A query in its normal form, read in plain English, with what it would have brought."""

    canonical: str
    reading: str
    tried: Tried
    warnings: tuple[str, ...] = ()
    """What of the query is likely a mistake though it can be read."""

    @property
    def is_flood(self) -> bool:
        """Whether it would bring more than any channel can read."""
        return self.tried.all.alerts_a_day >= FLOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A saved watch. `there` says that it was there before; `own` that it is one person's."""

    watch: Watch
    reading: str
    tested: Tested | None = None
    there: bool = False
    channel_id: str = ""
    channel: str = ""
    """The name of its channel, filled in where all of a workspace's are listed."""

    @property
    def own(self) -> bool:
        """Whether its alerts go to one person alone."""
        return self.watch.owner is not None
