"""What news, why, orders and buttons work with; `bot.app` makes it once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.alerts.conditions import Rules
from bot.services.known import Known
from bot.services.places import Beginning, Places
from bot.services.ports import Database, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """The database with its rows, the config's names by a function, and the operator's numbers."""

    database: Database
    rows: Rows
    known: Callable[[], Known]
    rules: Rules = field(default_factory=Rules)
    threshold: float = 0.5
    """The relevance that subscriptions ask for unless told otherwise."""
    subscriptions_per_channel: int = 25
    beginning: Beginning = field(default_factory=Beginning)

    @property
    def places(self) -> Places:
        """Looks up and makes places."""
        return Places(self.rows.find, self.rows.make, self.beginning)
