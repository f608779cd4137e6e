import pytest

from bot.model import Story
from tests.support.newsroom import Newsroom, migrated, room

__all__ = ["migrated", "room"]


@pytest.fixture
async def saga(room: Newsroom) -> Story:
    """A channel that heard of one story in two outlets; later a development of it."""
    await room.say("/subscribe")
    first = await room.publish(
        "Pentagon drops Claude",
        about=["department-of-defense", "claude"],
        text="The Pentagon dropped Claude on Friday and named no reason for it.",
        topics=["military"],
    )
    room.pass_time(minutes=20)
    first = await room.publish(
        "Defense department ends use of Claude",
        outlet="Reuters",
        about=["anthropic"],
        text="Contractors were told to stop at once, two officials said in the evening.",
        story=first,
    )
    await room.tell()
    room.pass_time(hours=5)
    await room.publish("Anthropic sues", about=["anthropic"], topics=["courts"], after=first)
    return first
