"""A Message in pieces: what of it stays together when it is spread over pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.slack.inline import Element, elements, fit, units, weight, words
from bot.message import (
    Block,
    Fields,
    Heading,
    Item,
    Line,
    Link,
    Listing,
    Message,
    NamedField,
    Paragraph,
    Preformatted,
    Strong,
)

_HEADER = 145
"""Of a header; Slack takes 150 characters."""
_TITLE, _PARAGRAPH, _LINE, _NOTE, _FIELD = 300, 2_000, 500, 350, 900
_NOTES_TOGETHER = 6
_PREFORMATTED = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What stays together on a page; neighbours of one `kind` may share a block.

    `said` is what it says in plain words; `number` counts the items of a numbered listing from 1.
    """

    kind: str
    elements: list[Element]
    said: str
    number: int = 0

    @property
    def weight(self) -> int:
        """Its characters, with what its structure may cost."""
        return weight(self.elements) + 40


def pieces(message: Message) -> Iterator[Piece]:
    """The message in pieces, in order, without its footer and buttons."""
    if message.above and (made := elements(message.above, _LINE)):
        yield Piece(kind="line", elements=made, said=words(made))
    yield from _title(message)
    for block in message.blocks:
        yield from _of_block(block)


def _title(message: Message) -> Iterator[Piece]:
    title = fit(message.title, _TITLE).strip()
    if not title:
        return
    if message.url is None and units(title) <= _HEADER and "\n" not in title:
        plain = {"type": "plain_text", "text": title, "emoji": False}
        yield Piece(kind="header", elements=[plain], said=title)
        return
    part = Link(title, message.url) if message.url else title
    made = elements((part,), _TITLE, bold=True)
    yield Piece(kind="line", elements=made, said=words(made))


def _of_block(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph(parts=parts):
            yield from _line("line", parts, _PARAGRAPH)
        case Heading(text=text):
            yield from _line("line", (Strong(text),), _TITLE)
        case Preformatted(text=text):
            shown = fit(text, _PREFORMATTED)
            if shown:
                yield Piece(kind="pre", elements=[{"type": "text", "text": shown}], said=shown)
        case Fields(fields=fields):
            for one in fields:
                yield from _field(one)
        case Listing(items=items, numbered=numbered):
            for number, item in enumerate(items, start=1):
                yield from _item(item, number if numbered else 0)


def _line(kind: str, parts: Line, room: int) -> Iterator[Piece]:
    made = elements(parts, room)
    if words(made).strip():
        yield Piece(kind=kind, elements=made, said=words(made))


def _field(one: NamedField) -> Iterator[Piece]:
    name = fit(one.name, 100)
    yield from _line("field", (Strong(f"{name}: "), *one.value), _FIELD)


def _item(item: Item, number: int) -> Iterator[Piece]:
    """An item with its notes below it; more notes than stand together follow as lines."""
    kind = "ordered" if number else "bullet"
    made = elements(item.line, _LINE) or [{"type": "text", "text": "–"}]
    notes = [note for line in item.notes if (note := elements(line, _NOTE))]
    for note in notes[:_NOTES_TOGETHER]:
        made += [{"type": "text", "text": "\n"}, *note]
    mark = f"{number}. " if number else "• "
    yield Piece(kind=kind, elements=made, said=mark + words(made), number=number)
    for note in notes[_NOTES_TOGETHER:]:
        yield Piece(kind="field", elements=note, said=words(note))
