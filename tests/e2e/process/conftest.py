"""A home for one policywire, and a wire on loopback that it polls."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.feedserver import FeedServer
from tests.support.process import Home


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    made = Home(folder=tmp_path)
    made.set_up()
    yield made
    await made.close()
