"""Where the console writes: whole messages, which never tear apart the line being typed."""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.chat.console.render import render, render_line, safe
from bot.message import (
    Block,
    Fields,
    Heading,
    Line,
    Listing,
    Message,
    Paragraph,
    Preformatted,
)

PROMPT = "policywire> "

Typing = Callable[[], str | None]
"""What stands typed at the prompt and is not entered yet; None where nobody is asked."""


class Screen:
    """A terminal or a pipe. With `typing`, each message goes above the typed line."""

    def __init__(self, console: Console, *, zone: tzinfo, typing: Typing = lambda: None) -> None:
        self._console, self._zone, self._typing = console, zone, typing

    def message(self, message: Message, *, now: datetime, caption: str = "") -> None:
        """Show a message whole."""
        self.show(render(message, zone=self._zone, now=now, caption=caption))

    def time(self, at: datetime) -> str:
        """The time of day, in the zone of whoever reads here."""
        return at.astimezone(self._zone).strftime("%H:%M")

    def words(self, line: Line, now: datetime) -> str:
        """A line as it would be shown, without colours."""
        return render_line(line, self._zone, now).plain

    def lines(self, block: Block, now: datetime) -> list[str]:
        """The lines of a block; of labelled values the first alone, the rest are details."""
        match block:
            case Paragraph(parts=parts):
                return [self.words(parts, now)]
            case Heading(text=text):
                return [text]
            case Preformatted(text=text):
                return text.splitlines()
            case Fields(fields=fields):
                return [f"{field.name}: {self.words(field.value, now)}" for field in fields[:1]]
            case Listing(items=items):
                return [
                    self.words(part, now) for item in items for part in (item.line, *item.notes)
                ]

    def line(self, text: str, style: str = "dim", *, indent: int = 0) -> None:
        """Show one line, wrapped below its own beginning; what it says may come from anywhere."""
        self.show(Padding(Text(safe(text), style=style), (0, 0, 0, indent), expand=False))

    def show(self, what: RenderableType) -> None:
        """Show anything, then the typed line again as it stood."""
        typed = self._typing()
        if typed is not None:
            self._raw(_wipe(len(PROMPT) + len(typed), self._console.width))
        self._console.print(what)
        if typed is not None:
            self._raw(PROMPT + typed)

    def _raw(self, text: str) -> None:
        self._console.file.write(text)
        self._console.file.flush()


def _wipe(length: int, width: int) -> str:
    """Clear the rows that a typed line of this length takes, cursor on the last one."""
    rows_above = max(0, length - 1) // max(1, width)
    up = f"\x1b[{rows_above}A" if rows_above else ""
    return f"\r{up}\x1b[J"


def is_terminal() -> bool:
    """Whether a person types here and sees what is written."""
    return sys.stdin.isatty() and sys.stdout.isatty()


# One program has one keyboard: set while somebody is asked for a line there.
_prompted = threading.Event()


@contextlib.contextmanager
def prompted() -> Iterator[None]:
    """Somebody is asked for a line; between lines the prompt is nobody's to write again."""
    _prompted.set()
    try:
        yield
    finally:
        _prompted.clear()


def typed_so_far() -> str | None:
    """What the line editor holds; None where nobody is asked, or without an editor."""
    if not _prompted.is_set():
        return None
    with contextlib.suppress(ImportError):
        import readline  # noqa: PLC0415 - not on every system

        return readline.get_line_buffer()
    return None
