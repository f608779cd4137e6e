import pytest

from bot.store.database import Store
from tests.support.office import Office


@pytest.fixture
async def office(sqlite_store: Store) -> Office:
    """A newsroom with three articles on an injunction, in two stories."""
    made = Office(sqlite_store)
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
    return made
