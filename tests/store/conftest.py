from collections.abc import Iterator

import pytest
import structlog

from tests.support.databases import (
    dialect,
    empty_url,
    postgres_server,
    sqlite_store,
    store,
    store_url,
)

__all__ = ["dialect", "empty_url", "postgres_server", "sqlite_store", "store", "store_url"]


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield
