"""What is said, platform-neutral: renderers turn a Message into an embed, blocks or terminal text.

Text from feeds enters only as `str`, which every renderer shows as plain characters: it cannot
mention, link or format. Structure is made of the values below, never of markup inside a string.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised words."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to be typed or copied as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an http(s) address."""

    text: str
    url: str


class TimeStyle(StrEnum):
    """How an instant is shown, in the reader's own zone."""

    TIME = "time"
    DATE = "date"
    DATE_TIME = "date and time"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class When:
    """An instant; the platform shows it in the reader's zone."""

    at: datetime
    style: TimeStyle = TimeStyle.TIME


Inline = str | Strong | Code | Link | When
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of inline parts."""

    parts: Line


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a listing: its line, and smaller lines below it."""

    line: Line
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Items one below the other, numbered or not."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class NamedField:
    """A short label with its value, shown beside others of its kind."""

    name: str
    value: Line


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled values."""

    fields: tuple[NamedField, ...]


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines whose columns must stay aligned, such as a query with its marked place."""

    text: str


Block = Paragraph | Heading | Listing | Fields | Preformatted


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words for who cannot see it.

    `drawn` is the same in characters, for where no picture can be shown.
    """

    name: str
    png: bytes
    alt: str
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the message, such as an OPML export."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; `action` is a registered name, `argument` what it acts on."""

    action: str
    label: str
    argument: str = ""
    style: str = "plain"
    """`plain`, `primary` or `danger`."""


class Tone(StrEnum):
    """The colour of a message's edge."""

    NEWS = "news"
    BREAKING = "breaking"
    DIGEST = "digest"
    INFO = "info"
    GOOD = "good"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `private` replies are for the asking person alone; `mention` is one role's id.

    `pages` continue a long message; a renderer shows them one at a time or one after the other.
    """

    title: str = ""
    url: str | None = None
    above: Line = ()
    """A line over the title, such as “Earlier: …”."""
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    picture: Picture | None = None
    attachments: tuple[Attachment, ...] = ()
    footer: Line = ()
    tone: Tone = Tone.INFO
    topic: str = ""
    mention: str | None = None
    private: bool = False
    pages: tuple["Message", ...] = ()


def paragraph(*parts: Inline) -> Paragraph:
    """A paragraph of these parts."""
    return Paragraph(tuple(parts))


def note(text: str, *, tone: Tone = Tone.INFO, private: bool = False) -> Message:
    """A message of one plain sentence."""
    return Message(blocks=(paragraph(text),), tone=tone, private=private)


def plain(line: Line) -> str:
    """The characters of a line, with addresses and times spelled out."""
    return "".join(_plain(part) for part in line)


def _plain(part: Inline) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Link):
        return f"{part.text} ({part.url})"
    if isinstance(part, When):
        return part.at.strftime("%Y-%m-%d %H:%M UTC")
    return part.text
