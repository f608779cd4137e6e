"""The console without a terminal: lines in, text out; alerts in between."""

import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
import structlog
from rich.console import Console

from bot.chat.call import Call, Who
from bot.chat.console.keyboard import lines
from bot.chat.console.screen import PROMPT, Screen, prompted, typed_so_far
from bot.chat.console.session import Session
from bot.chat.registry import Option, OptionKind, Registry
from bot.clock import SteppedClock
from bot.errors import NotAllowed
from bot.message import Attachment, Message, note

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


def registry() -> Registry[Any]:
    made: Registry[Any] = Registry()

    async def latest(call: Call[Any], *, about: str, count: int) -> Message:
        return note(f"{count} about {about} in {call.place.channel} for {call.actor.id}")

    async def broken(call: Call[Any]) -> Message:
        raise RuntimeError("a fault of ours")

    async def closed(call: Call[Any]) -> Message:
        raise NotAllowed("Not here.")

    async def export(call: Call[Any]) -> Message:
        return Message(attachments=(Attachment("../feeds.opml", b"<opml/>"),))

    async def why(call: Call[Any], argument: str) -> Message:
        return note(f"because {argument}")

    about = Option(name="about", kind=OptionKind.ABOUT, help="what", required=True, wide=True)
    count = Option(name="count", kind=OptionKind.INTEGER, help="how many", default=5)
    made.command("latest", help="The newest", options=[about, count])(latest)
    made.command("broken", help="Fails")(broken)
    made.command("closed", help="Refuses", who=Who.OPERATOR)(closed)
    made.command("export", help="A file")(export)
    made.action("why")(why)
    return made


class Desk:
    """A session over a buffer."""

    def __init__(self, folder: Path, *, echo: bool = False) -> None:
        self.out = io.StringIO()
        console = Console(file=self.out, width=72, color_system=None, legacy_windows=False)
        self.screen = Screen(console, zone=UTC)
        self.session = Session(
            registry=cast("Any", registry()),
            services=cast("Any", None),
            clock=SteppedClock(NOW),
            screen=self.screen,
            folder=folder,
            echo=echo,
        )

    async def run(self, *typed: str) -> int:
        return await self.session.run(_given(typed))

    def shown(self) -> list[str]:
        """The lines that were shown, without frames."""
        kept = [line.strip("│╭╮╰╯─ ").rstrip() for line in self.out.getvalue().splitlines()]
        return [line for line in kept if line]


async def _given(typed: Sequence[str]) -> AsyncIterator[str]:
    for line in typed:
        yield line


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_commands_are_answered_in_order(desk: Desk) -> None:
    assert await desk.run("/latest openai 3", "latest the supply chain") == 0
    assert desk.shown() == [
        "3 about openai in console for you",
        "5 about the supply chain in console for you",
    ]


async def test_a_line_can_act_in_another_channel(desk: Desk) -> None:
    await desk.run("#policy /latest openai")
    assert desk.shown() == ["#policy", "5 about openai in policy for you"]


async def test_a_button_is_pressed_by_its_delivery(desk: Desk) -> None:
    await desk.run("!why 12")
    assert desk.shown() == ["because 12"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("/lates", "There is no command “lates”. Did you mean “latest”?", id="command"),
        pytest.param("/latest", "“about” is missing: what.", id="missing-option"),
        pytest.param("!", "Type what stands beside a button, such as !why 12.", id="no-button"),
        pytest.param("!gone 1", "This button is from an older version", id="unknown-button"),
        pytest.param("/closed", "Not here.", id="refused"),
        pytest.param('/latest "open', "The quotation opened at character 8 is not", id="quote"),
        pytest.param("#policy", "Type a command, such as /help.", id="channel-alone"),
    ],
)
async def test_an_error_is_one_clear_message_and_the_session_goes_on(
    desk: Desk, line: str, words: str
) -> None:
    assert await desk.run(line, "/latest openai") == 1
    shown = desk.shown()
    assert words in " ".join(shown)
    assert shown[-1] == "5 about openai in console for you"


async def test_a_fault_of_ours_is_logged_and_said(desk: Desk) -> None:
    with structlog.testing.capture_logs() as logs:
        assert await desk.run("/broken", "/latest openai") == 1
    assert logs[0]["event"] == "command_failed"
    assert "That went wrong inside policywire" in desk.shown()[0]


@pytest.mark.parametrize("ending", ["exit", "/quit", "EXIT"])
async def test_exit_ends_the_session(desk: Desk, ending: str) -> None:
    await desk.run(ending, "/latest openai")
    assert desk.shown() == []


async def test_empty_lines_and_comments_are_passed_over(desk: Desk) -> None:
    assert await desk.run("", "# a note", "#", "   ") == 0
    assert desk.shown() == []


async def test_piped_lines_are_shown_before_their_replies(tmp_path: Path) -> None:
    desk = Desk(tmp_path, echo=True)
    await desk.run("/latest openai")
    assert desk.shown()[0] == "› /latest openai"


async def test_a_file_is_saved_beside_others_and_nowhere_else(desk: Desk, tmp_path: Path) -> None:
    await desk.run("/export", "/export")
    assert _names(tmp_path) == ["feeds-2.opml", "feeds.opml"]
    assert "feeds.opml" not in _names(tmp_path.parent)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_reader_in_a_thread_gives_lines_until_their_end() -> None:
    waiting = ["one", "two"]

    def read() -> str:
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    assert [line async for line in lines(read)] == ["one", "two"]


def test_the_prompt_is_written_again_only_while_somebody_is_asked() -> None:
    assert typed_so_far() is None
    with prompted():
        assert typed_so_far() == ""
    assert typed_so_far() is None


def test_a_message_stands_above_the_typed_line() -> None:
    out = io.StringIO()
    console = Console(file=out, width=30, color_system=None, legacy_windows=False)
    typed = "/latest something rather long"
    Screen(console, zone=UTC, typing=lambda: typed).line("An alert")
    # The prompt and the typed line take two rows of 30: one up, to the start, clear.
    assert out.getvalue() == f"\r\x1b[1A\x1b[JAn alert\n{PROMPT}{typed}"
