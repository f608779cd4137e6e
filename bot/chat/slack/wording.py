"""Replies that name commands in their sentences, worded as Slack takes the commands."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.chat.slack import COMMAND
from bot.message import (
    Block,
    Fields,
    Heading,
    Inline,
    Item,
    Line,
    Listing,
    Message,
    NamedField,
    Paragraph,
    Preformatted,
    Strong,
)


class Wording:
    """Knows the commands' first words. Only for messages in which no feed speaks."""

    def __init__(self, commands: Iterable[str]) -> None:
        names = "|".join(sorted({name.split()[0] for name in commands}))
        self._named = re.compile(rf"(?<![\w/.:])/({names})\b")

    def text(self, text: str) -> str:
        """`/latest` becomes `/policywire latest`."""
        return self._named.sub(rf"{COMMAND} \1", text)

    def message(self, message: Message) -> Message:
        """The same message, its sentences worded for Slack."""
        return replace(
            message,
            title=self.text(message.title),
            blocks=tuple(self._block(block) for block in message.blocks),
            footer=self._line(message.footer),
        )

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(parts=parts):
                return Paragraph(self._line(parts))
            case Listing(items=items, numbered=numbered):
                return Listing(tuple(self._item(item) for item in items), numbered)
            case Fields(fields=fields):
                return Fields(tuple(NamedField(f.name, self._line(f.value)) for f in fields))
            case Heading() | Preformatted():
                return block

    def _item(self, item: Item) -> Item:
        return Item(self._line(item.line), tuple(self._line(note) for note in item.notes))

    def _line(self, line: Line) -> Line:
        return tuple(self._part(part) for part in line)

    def _part(self, part: Inline) -> Inline:
        if isinstance(part, str):
            return self.text(part)
        return Strong(self.text(part.text)) if isinstance(part, Strong) else part
