import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Store
from tests.support.newsroom import NOON
from tests.support.office import Office


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with three articles on an injunction, in two stories; made once, then copied."""
    file = tmp_path_factory.mktemp("office") / "office.db"
    asyncio.run(_fill(file))
    return file


@pytest.fixture
async def office(filled: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """A newsroom of this test alone, twenty hours after the first of its stories."""
    store = await Store.open(f"sqlite:///{shutil.copy(filled, tmp_path)}")
    made = Office(store, NOON)
    made.pass_time(hours=20)
    yield made
    await store.close()


async def _fill(file: Path) -> None:
    store = await Store.open(f"sqlite:///{file}")
    made = Office(store, NOON)
    case = await made.publish(
        "Judge weighs injunction in Anthropic case",
        about=["anthropic"],
        relevance=0.8,
        text="The company asked for an injunction on Monday. The agency said nothing.",
    )
    await made.publish(
        "Anthropic: appeals court takes the injunction",
        outlet="Ledger",
        about=["anthropic"],
        story=case,
    )
    made.pass_time(hours=20)
    await made.publish(
        "Injunction sought over a chatbot", outlet="Ledger", about=["openai"], relevance=0.3
    )
    await store.close()
