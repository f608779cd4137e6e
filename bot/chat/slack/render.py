"""Message → pages of Block Kit with a complete `text`, within Slack's limits by construction.

The limits are of CONTRACTS.md, section 2. A page's `text` stays under what chat.update takes, so
that every message can be edited; what does not fit goes on to another page, nothing is dropped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from bot.chat.slack.inline import (
    Element,
    elements,
    escaped,
    fit,
    mention,
    mention_token,
    moment,
    safe,
    token,
    units,
    words,
)
from bot.chat.slack.pieces import Piece, pieces
from bot.message import (
    Attachment,
    Button,
    Line,
    Message,
    Picture,
    When,
)

Blocks = list[dict[str, Any]]

TEXT = 3_700
"""Of `text`; chat.update refuses more than 4,000 characters."""
WEIGHT = 9_500
"""Of all blocks together; about 13,200 characters were refused (bolt-js#2509)."""
MOST_BLOCKS = 45
"""Slack takes 50."""
_FOOTER = 400
_RESERVED = 900
"""Of a page, for its footer and buttons."""
_LABEL, _VALUE, _BUTTONS = 70, 1_900, 20
_CONTEXT = 10
ACTION = "pw:"
"""What the ids of message buttons begin with; the registered action follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One Slack message; `text` is what notifications and screen readers get."""

    text: str
    blocks: Blocks
    picture: Picture | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(slots=True)
class _Filling:
    """A page being filled."""

    pieces: list[Piece] = field(default_factory=list)
    text: int = 0
    weight: int = 0

    def takes(self, piece: Piece) -> bool:
        said = units(escaped(piece.said)) + 1
        return (
            self.text + said <= TEXT - _RESERVED
            and self.weight + piece.weight <= WEIGHT - 2 * _RESERVED
            and len(self.pieces) < MOST_BLOCKS - 10
        )

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.text += units(escaped(piece.said)) + 1
        self.weight += piece.weight


def render(message: Message) -> tuple[Page, ...]:
    """The message's pages, at least one: buttons, files and ping on the first."""
    filled = [(part, some) for part in (message, *message.pages) for some in _filled(part)]
    pages = []
    for number, (part, some) in enumerate(filled):
        first = number == 0
        last_of_part = number + 1 == len(filled) or filled[number + 1][0] is not part
        pages.append(
            _page(
                some,
                mention_of=message.mention if first else None,
                footer=part.footer if last_of_part else (),
                buttons=message.buttons if first else (),
                picture=message.picture if first else None,
                attachments=_attachments(message) if first else (),
            )
        )
    return tuple(pages)


def _attachments(message: Message) -> tuple[Attachment, ...]:
    return tuple(file for part in (message, *message.pages) for file in part.attachments)


def _filled(message: Message) -> Iterator[list[Piece]]:
    """The pieces of a message, page by page."""
    page = _Filling()
    for piece in pieces(message):
        if page.pieces and not page.takes(piece):
            yield page.pieces
            page = _Filling()
        page.add(piece)
    yield page.pieces


def _page(
    pieces: Sequence[Piece],
    *,
    mention_of: str | None,
    footer: Line,
    buttons: Sequence[Button],
    picture: Picture | None,
    attachments: tuple[Attachment, ...],
) -> Page:
    said = [escaped(piece.said) for piece in pieces]
    blocks = [block for run in _runs(pieces) for block in run]
    if picture is not None:
        said.append(escaped(fit(picture.alt, 300)))
    if mention_of:
        said.insert(0, mention_token(mention_of))
        blocks.insert(0, _section([mention(mention_of)]))
    if footer and (made := _footer(footer)):
        blocks.append(made)
        said.append(escaped(words(elements(footer, _FOOTER))))
    if actions := _actions(buttons):
        blocks.append(actions)
    if not blocks:
        blocks = [_section([{"type": "text", "text": "–"}])]
    text = "\n".join(line for line in said if line.strip()) or "–"
    return Page(text=text, blocks=blocks, picture=picture, attachments=attachments)


def _runs(pieces: Sequence[Piece]) -> Iterator[Blocks]:
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        some = list(run)
        match kind:
            case "header":
                yield [{"type": "header", "text": piece.elements[0]} for piece in some]
            case "bullet" | "ordered":
                yield [_rich([_list(kind, some)])]
            case "pre":
                yield [
                    _rich([{"type": "rich_text_preformatted", "elements": piece.elements}])
                    for piece in some
                ]
            case "field":
                yield [_section(_joined(some))]
            case _:
                yield [_section(piece.elements) for piece in some]


def _list(kind: str, pieces: Sequence[Piece]) -> Element:
    made: Element = {
        "type": "rich_text_list",
        "style": kind,
        "elements": [{"type": "rich_text_section", "elements": p.elements} for p in pieces],
    }
    if kind == "ordered" and pieces[0].number > 1:
        made["offset"] = pieces[0].number - 1
    return made


def _joined(pieces: Sequence[Piece]) -> list[Element]:
    """Lines as one section, each on its own line."""
    made: list[Element] = []
    for piece in pieces:
        made += [{"type": "text", "text": "\n"}, *piece.elements] if made else piece.elements
    return made


def _section(made: list[Element]) -> dict[str, Any]:
    return _rich([{"type": "rich_text_section", "elements": made}])


def _rich(made: list[Element]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": made}


def _footer(line: Line) -> dict[str, Any] | None:
    """Small grey words: plain text, and Slack's own tokens for times, never a feed's markup."""
    parts: list[dict[str, Any]] = []
    left = _FOOTER
    for is_time, run in groupby(line, key=lambda part: isinstance(part, When)):
        for part in run if is_time else ["".join(_plain(part) for part in run)]:
            if isinstance(part, When):
                parts.append({"type": "mrkdwn", "text": token(part), "verbatim": True})
                left -= units(moment(part))
            elif (shown := fit(str(part), max(left, 0)).strip()) and left > 0:
                parts.append({"type": "plain_text", "text": shown, "emoji": False})
                left -= units(shown)
    if not parts:
        return None
    if len(parts) > _CONTEXT:
        return _section(elements(line, _FOOTER))
    return {"type": "context", "elements": parts}


def _plain(part: object) -> str:
    if isinstance(part, str):
        return part
    made = elements((part,), _FOOTER)  # type: ignore[arg-type]  # one inline part that is no str
    return words(made)


def _actions(buttons: Sequence[Button]) -> dict[str, Any] | None:
    made: list[dict[str, Any]] = []
    taken: set[str] = set()
    for button in buttons:
        label = fit(button.label, _LABEL).strip()
        if not label or units(safe(button.argument)) > _VALUE or len(made) == _BUTTONS:
            continue
        action_id = f"{ACTION}{button.action}"
        if action_id in taken:
            action_id = f"{action_id}:{len(made)}"
        taken.add(action_id)
        one: dict[str, Any] = {
            "type": "button",
            "action_id": action_id,
            "text": {"type": "plain_text", "text": label, "emoji": False},
        }
        if button.argument:
            one["value"] = safe(button.argument)
        if button.style in {"primary", "danger"}:
            one["style"] = button.style
        made.append(one)
    return {"type": "actions", "elements": made} if made else None


def action_of(action_id: str) -> str | None:
    """The registered action of a button's id, None where it is no message button."""
    if not action_id.startswith(ACTION):
        return None
    return action_id.removeprefix(ACTION).partition(":")[0]
