"""What a terminal shows, and what a feed cannot make it do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from bot.chat.console.render import moment, render, safe
from bot.message import (
    Button,
    Fields,
    Heading,
    Item,
    Link,
    Listing,
    Message,
    NamedField,
    Preformatted,
    Strong,
    TimeStyle,
    Tone,
    When,
    paragraph,
)

NOW = datetime(2026, 2, 27, 22, 5, tzinfo=UTC)


def shown(message: Message) -> str:
    console = Console(width=72, color_system=None, record=True, file=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(render(message, zone=UTC, now=NOW, caption="#policy"))
    return capture.get()


def test_an_alert_reads_from_top_to_bottom() -> None:
    message = Message(
        above=("Earlier: ", "the deadline passes", " (s3)"),
        title="Pentagon designates Anthropic a supply-chain risk",
        url="https://ledger.example/a",
        blocks=(
            paragraph("It acted after ", Strong("5:01 PM"), "."),
            Heading("Reports"),
            Listing(
                (Item(("one",), (("note",),)), Item((Link("two", "https://b.example"),))), True
            ),
            Fields((NamedField("First", (When(NOW),)),)),
            Preformatted("a  b"),
        ),
        buttons=(Button("why", "Why", "1"), Button("mute", "Mute story", "1")),
        tone=Tone.NEWS,
    )
    lines = [line.strip("│ ").rstrip() for line in shown(message).splitlines()]
    assert lines[1:-1] == [
        "Earlier: the deadline passes (s3)",
        "Pentagon designates Anthropic a supply-chain risk",
        "https://ledger.example/a",
        "It acted after 5:01 PM.",
        "Reports",
        "1. one",
        "note",
        "2. two <https://b.example>",
        "First: 22:05",
        "a  b",
        "Why ⟨!why 1⟩  Mute story ⟨!mute 1⟩",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\x1b[31mred\x1b[0m", id="colour"),
        pytest.param("\x1b]0;title\x07", id="window-title"),
        pytest.param("\x9b31m", id="c1-introducer"),
        pytest.param("abc\u202edcba", id="direction-override"),
        pytest.param("over\rwrite", id="carriage-return"),
    ],
)
def test_a_feed_cannot_command_the_terminal(text: str) -> None:
    out = shown(Message(title=text, blocks=(paragraph(text, Link(text, "https://x.example")),)))
    assert not any(char in out for char in "\x1b\x07\x9b\u202e\r")


def test_a_feed_cannot_use_the_terminal_librarys_markup() -> None:
    assert "[bold]x[/bold]" in shown(Message(title="[bold]x[/bold]"))


def test_safe_keeps_lines_and_tabs() -> None:
    assert safe("a\n\tb") == "a\n\tb"


@pytest.mark.parametrize(
    ("at", "style", "words"),
    [
        (NOW, TimeStyle.TIME, "17:05"),
        (NOW - timedelta(days=1), TimeStyle.TIME, "Thu 26 Feb 17:05"),
        (NOW, TimeStyle.DATE, "Fri 27 Feb"),
        (NOW - timedelta(days=365), TimeStyle.DATE, "Thu 27 Feb 2025"),
        (NOW - timedelta(hours=3), TimeStyle.RELATIVE, "3 h ago"),
        (NOW + timedelta(days=2), TimeStyle.RELATIVE, "in 2 d"),
        (NOW, TimeStyle.RELATIVE, "now"),
    ],
)
def test_times_are_the_readers(at: datetime, style: TimeStyle, words: str) -> None:
    assert moment(When(at, style), ZoneInfo("America/New_York"), NOW) == words
