"""The web server on loopback: health, metrics, and what stands in its way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot.alerts.delivery import Tally
from bot.clock import SteppedClock
from bot.errors import ConfigError
from bot.settings import Settings
from bot.store import facts
from bot.store.database import Store
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.server import serving
from tests.support.newsroom import NOON


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite:///{tmp_path / 'web.db'}")
    yield store
    await store.close()


@asynccontextmanager
async def pages(*routes: web.RouteDef) -> AsyncIterator[str]:
    async with serving(routes, host="127.0.0.1", port=0) as (host, port):
        yield f"http://{host}:{port}"


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_health_is_a_heartbeat_that_goes_on(kept: Store) -> None:
    clock = SteppedClock(NOON)
    health = Health(store=kept, clock=clock, began=NOON)
    async with pages(*health.routes()) as base:
        assert await get(f"{base}/healthz") == (200, '{"status": "ok"}')
        clock.advance(timedelta(minutes=4))
        status, said = await get(f"{base}/healthz")
        assert (status, "no tick for 240 s" in said) == (503, True)
        async with kept.write() as conn:
            await facts.beat(conn, clock.now())
        assert (await get(f"{base}/healthz"))[0] == 200


async def test_an_earlier_runs_heartbeat_says_nothing(kept: Store) -> None:
    async with kept.write() as conn:
        await facts.beat(conn, NOON - timedelta(days=1))
    assert await Health(store=kept, clock=SteppedClock(NOON), began=NOON).trouble() is None


async def test_a_database_that_is_gone_is_named(kept: Store) -> None:
    async with kept.write() as conn:
        await conn.exec_driver_sql("DROP TABLE facts")
    trouble = await Health(store=kept, clock=SteppedClock(NOON), began=NOON).trouble()
    assert "web.db" in (trouble or "")


async def test_metrics_are_what_prometheus_reads(kept: Store) -> None:
    tally = Tally(posted=3, waited=1)
    metrics = Metrics(store=kept, clock=SteppedClock(NOON), tally=lambda: tally)
    async with pages(*metrics.routes()) as base:
        status, text = await get(f"{base}/metrics")
    assert status == 200
    samples = {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }
    assert samples["policywire_deliveries_total", "posted"] == 3
    assert samples["policywire_deliveries_waiting",] == 0
    assert samples["policywire_delivery_lag_seconds",] == 0
    assert samples["policywire_database_bytes",] > 0


async def test_a_port_that_is_taken_is_named() -> None:
    async with serving([], host="127.0.0.1", port=0) as (host, port):
        with pytest.raises(ConfigError, match=f"PORT {port}.*Set PORT to another"):
            async with serving([], host=host, port=port):
                pass


@pytest.mark.parametrize("port", ["http", "70000", "-1"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(ConfigError, match="PORT"):
        Settings.load({"PORT": port})
