"""A newsroom whose web and live judging a test can see and fill."""

from dataclasses import dataclass, field

from bot.services import Services
from tests.support.newsroom import Newsroom
from tests.support.wiring import Live, Web, services_over


@dataclass(slots=True)
class Office(Newsroom):
    """Fills a database and runs every command on it."""

    web: Web = field(default_factory=Web)
    live: Live = field(default_factory=Live)

    def services(self, limit: int = 25) -> Services:
        return services_over(self.store, web=self.web, live=self.live, limit=limit)
