"""Alerts in the terminal: posted whole, edited by what is new."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.chat.console.screen import Screen
from bot.chat.console.send import ConsoleSender
from bot.clock import SteppedClock
from bot.message import Fields, Message, NamedField, paragraph
from bot.model import Destination, DestinationId, WorkspaceId
from bot.services.sending import Posted, Sender

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
CHANNEL = Destination(
    id=DestinationId(1), workspace=WorkspaceId(1), platform="console", channel="policy"
)


def alert(outlets: str = "NPR", title: str = "Court rules") -> Message:
    fields = Fields((NamedField("Reported by", (outlets,)),))
    return Message(title=title, blocks=(paragraph("It ruled on Monday."), fields))


class Terminal:
    """A sender and what it has written since it was last looked at."""

    def __init__(self) -> None:
        self._out = io.StringIO()
        console = Console(file=self._out, width=72, color_system=None, legacy_windows=False)
        self.sender: Sender = ConsoleSender(Screen(console, zone=UTC), SteppedClock(NOW))

    def seen(self) -> list[str]:
        written = [line.strip("│╭╮╰╯─ ").rstrip() for line in self._out.getvalue().splitlines()]
        self._out.seek(0)
        self._out.truncate()
        return [line for line in written if line]


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


async def posted(terminal: Terminal, nonce: str = "n1", reply_to: str | None = None) -> str:
    given = await terminal.sender.post(
        CHANNEL, alert(), key="story:1", nonce=nonce, reply_to=reply_to
    )
    return given.ref


async def test_a_post_shows_the_message_in_its_channel(terminal: Terminal) -> None:
    await posted(terminal)
    assert terminal.seen() == [
        "12:00 #policy",
        "Court rules",
        "It ruled on Monday.",
        "Reported by: NPR",
    ]


async def test_an_edit_shows_only_what_is_new(terminal: Terminal) -> None:
    ref = await posted(terminal)
    terminal.seen()
    await terminal.sender.edit(CHANNEL, ref, alert("NPR, and 4 more"))
    assert terminal.seen() == ["12:00 #policy · edited: Court rules — Reported by: NPR, and 4 more"]


async def test_an_edit_of_the_title_names_the_new_one(terminal: Terminal) -> None:
    ref = await posted(terminal)
    terminal.seen()
    await terminal.sender.edit(CHANNEL, ref, alert(title="Court rules for the company"))
    assert terminal.seen() == ["12:00 #policy · edited: Court rules for the company"]


async def test_an_edit_that_changes_nothing_seen_is_silent(terminal: Terminal) -> None:
    ref = await posted(terminal)
    terminal.seen()
    await terminal.sender.edit(CHANNEL, ref, alert())
    assert terminal.seen() == []


async def test_an_edit_of_an_earlier_runs_message_is_shown_whole(terminal: Terminal) -> None:
    await terminal.sender.edit(CHANNEL, "before", alert())
    assert terminal.seen() == [
        "12:00 #policy · edited: Court rules",
        "It ruled on Monday.",
        "Reported by: NPR",
    ]


async def test_a_note_under_an_alert_names_it(terminal: Terminal) -> None:
    ref = await posted(terminal)
    terminal.seen()
    await posted(terminal, "n2", reply_to=ref)
    assert terminal.seen()[0] == "12:00 #policy · under “Court rules”"


async def test_a_persons_own_alert_names_the_person(terminal: Terminal) -> None:
    own = replace(CHANNEL, channel="@you", owner="you")
    await terminal.sender.post(own, alert(), key="story:1", nonce="n", reply_to=None)
    assert terminal.seen()[0] == "12:00 @you"


async def test_what_this_run_has_shown_is_found_again(terminal: Terminal) -> None:
    ref = await posted(terminal)
    find = terminal.sender.find
    assert await find(CHANNEL, key="story:1", nonce="n1", since=NOW) == Posted(ref=ref)
    assert await find(CHANNEL, key="story:2", nonce="n2", since=NOW) is None
    await terminal.sender.check(CHANNEL)
    assert terminal.sender.link(CHANNEL, ref) is None
