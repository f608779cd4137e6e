"""A primary source's own entry and the press that names its document are one story, end to end."""

import pytest

from bot.store.database import Store
from tests.support.line import Item, Line
from tests.support.values import NOON

REGISTER, PRESS = "https://register.example/feed", "https://press.example/feed"
ENTRY = Item(
    title="Securing the Artificial Intelligence Supply Chain",
    text="A Rule by the Industry and Security Bureau.",
    guid="r1",
    link="https://www.federalregister.gov/documents/2026/03/04/2026-04321/securing-the-chain",
)
REPORT = Item(
    title="Chip makers get sixty days to name their buyers",
    text="Exporters must list every end user (FR Doc. 2026-04321), officials said.",
    guid="p1",
    link="https://press.example/buyers",
)
LATER = Item(
    title="Court hears exporters on list of buyers",
    text="Judges asked what FR Doc. 2026-04321 means for small firms.",
    guid="p2",
    link="https://press.example/court",
)


async def line_of(store: Store, *urls: str) -> Line:
    """A line with these feeds, read in this order, whose first poll has passed."""
    made = Line(store, NOON)
    await made.subscribe(*urls)
    await made.poll()
    return made


@pytest.mark.parametrize("urls", [(REGISTER, PRESS), (PRESS, REGISTER)])
async def test_the_press_joins_the_documents_own_entry(store: Store, urls: tuple[str, str]) -> None:
    line = await line_of(store, *urls)
    line.publish(REGISTER, ENTRY)
    line.publish(PRESS, REPORT)
    await line.poll()
    told = await line.told_stories()
    assert told[ENTRY.title] == told[REPORT.title]


async def test_what_names_it_days_later_is_another_story(store: Store) -> None:
    line = await line_of(store, REGISTER, PRESS)
    line.publish(REGISTER, ENTRY)
    await line.poll()
    await line.poll()
    line.publish(PRESS, LATER)
    await line.poll()
    told = await line.told_stories()
    assert told[ENTRY.title] != told[LATER.title]
