"""`/metrics` for Prometheus: counts of the whole installation, naming nobody and nothing."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bot import __version__
from bot.alerts.delivery import Tally
from bot.clock import Clock
from bot.store import counts
from bot.store.database import Store

PATH = "/metrics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is counted at one instant; `oldest_due` is of the messages that wait."""

    stock: counts.Stock
    failing: int
    oldest_due: datetime | None
    tally: Tally
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Counts when it is asked; `tally` is what this process delivered since its start."""

    store: Store
    clock: Clock
    tally: Callable[[], Tally]

    def routes(self) -> list[web.RouteDef]:
        """What the web server is to serve."""
        return [web.get(PATH, self._answer)]

    async def _answer(self, _request: web.Request) -> web.Response:
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(_Counted(await self.read()))
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    async def read(self) -> Reading:
        """The counts as they stand."""
        async with self.store.read() as conn:
            return Reading(
                stock=await counts.stock(conn),
                failing=await counts.failing_feeds(conn),
                oldest_due=await counts.oldest_due(conn),
                tally=self.tally(),
                now=self.clock.now(),
            )


class _Counted(Collector):
    """A reading in Prometheus' words."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def collect(self) -> Iterator[Metric]:
        it, stock = self._reading, self._reading.stock
        late = max((it.now - it.oldest_due).total_seconds(), 0.0) if it.oldest_due else 0.0
        build = GaugeMetricFamily("policywire_build_info", "This program.", labels=["version"])
        build.add_metric([__version__], 1)
        yield build
        for name, help_, value in (
            ("feeds", "Feeds that are asked.", stock.feeds),
            ("feeds_failing", "Of them, feeds that cannot be read.", it.failing),
            ("workspaces", "Discord servers, Slack workspaces, the console.", stock.workspaces),
            ("destinations", "Channels and people that are told.", stock.destinations),
            ("subscriptions", "Standing orders.", stock.subscriptions),
            ("watches", "Saved queries.", stock.watches),
            ("failed_entries", "Entries on which a stage broke.", stock.failed_entries),
            ("database_bytes", "Size of the database.", stock.size),
            ("deliveries_waiting", "Messages that are to be sent.", stock.waiting),
            ("deliveries_parked", "Messages that a platform did not take.", stock.parked),
            ("delivery_lag_seconds", "How long the oldest waiting message is due.", late),
        ):
            yield GaugeMetricFamily(f"policywire_{name}", help_, value=value)
        done = CounterMetricFamily(
            "policywire_deliveries", "What this process did with messages.", labels=["outcome"]
        )
        for outcome, count in asdict(it.tally).items():
            done.add_metric([outcome], count)
        yield done
