"""Message → pages of one embed each, within Discord's limits by construction.

The limits are of CONTRACTS.md, section 1, in code points. Room is given out before text is written:
title, link, footer and fields first, then the description, which goes on to further pages.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.chat.cutting import cut
from bot.chat.discord.markdown import address, columns, escaped, line, plain
from bot.message import (
    Attachment,
    Block,
    Button,
    Fields,
    Heading,
    Item,
    Line,
    Listing,
    Message,
    NamedField,
    Paragraph,
    Picture,
    Preformatted,
    Tone,
)

TITLE, WHOLE = 256, 6000
FIELD_NAME, FIELD_VALUE, MOST_FIELDS = 256, 1024, 25
THREAD_NAME = 100
_PARAGRAPH, _LINE, _NOTE = 2000, 700, 500
"""Of one paragraph, item and note: all that is read of them in a chat."""
_PREFORMATTED = 1200
_FIELDS_TOGETHER = 3000
_FOOTER_LINE = 400
_PAGE = 3200
"""A page's description: what still fits beside the rest, and is read without much scrolling."""
_SHORT = 48
"""Fields of no more characters than this stand side by side."""
NOTHING = "\N{ZERO WIDTH SPACE}"
"""A name or value that Discord takes as there and people see as empty."""

_TONES = {
    Tone.BREAKING: 0xD92D20,
    Tone.DIGEST: 0x7A5AF8,
    Tone.INFO: 0x667085,
    Tone.GOOD: 0x12B76A,
    Tone.WARNING: 0xF79009,
    Tone.NEWS: 0x1570EF,
}
_TOPICS = (0x1570EF, 0x0E9384, 0x6172F3, 0x4CA30D, 0xBA24D5, 0xDD6B20, 0x0086C9, 0x99701A)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `mention` is the id of the one role that a new post may ping."""

    embed: discord.Embed
    buttons: tuple[Button, ...] = ()
    picture: Picture | None = None
    attachments: tuple[Attachment, ...] = ()
    mention: int | None = None


def render(message: Message) -> tuple[Page, ...]:
    """The message's pages, at least one; its buttons stand under each, its files on the first."""
    pages: list[Page] = []
    for part in (message, *message.pages):
        pages += _pages(part)
    mention = message.mention
    role = int(mention) if mention and mention.isascii() and mention.isdecimal() else None
    pages[0] = Page(
        embed=pages[0].embed,
        buttons=message.buttons,
        picture=message.picture,
        attachments=tuple(f for part in (message, *message.pages) for f in part.attachments),
        mention=role,
    )
    rest = [
        Page(embed=page.embed, buttons=message.buttons, picture=page.picture) for page in pages[1:]
    ]
    return (pages[0], *rest)


def thread_name(message: Message) -> str:
    """The name of a forum's post or a thread for this message."""
    said = plain(message.title).strip()
    return cut(said, THREAD_NAME, str.strip) or "AI policy"


def colour(tone: Tone, topic: str) -> int:
    """The edge's colour: a topic's own for news, always the same; else the tone's."""
    if tone is not Tone.NEWS or not topic:
        return _TONES[tone]
    return _TOPICS[hashlib.blake2b(topic.encode("utf-8", "replace")).digest()[0] % len(_TOPICS)]


def _pages(message: Message) -> list[Page]:
    """A message without its further pages, in as many as its text needs."""
    fields, blocks = _embed_fields(message.blocks)
    footer = line(message.footer, _FOOTER_LINE)
    marked = any(not isinstance(part, str) for part in message.footer)
    title = cut(message.title, TITLE, escaped)
    used = len(escaped(title)) + sum(len(name) + len(value) for name, value, _ in fields)
    used += len(footer) + len(f"\n-# {NOTHING}")
    room = min(_PAGE, WHOLE - used)
    texts = _flow(_pieces(message.above, blocks), room)
    pages = []
    for number, text in enumerate(texts, start=1):
        embed = discord.Embed(colour=colour(message.tone, message.topic))
        if title.strip():
            embed.title = escaped(title).strip()
            embed.url = address(message.url) if message.url else None
        ends = number == len(texts)
        said = text
        if ends:
            for name, value, beside in fields:
                embed.add_field(name=name, value=value, inline=beside)
            if footer and marked and not fields:
                said = f"{text}\n-# {footer}".lstrip("\n")
            elif footer and marked:
                embed.add_field(name=NOTHING, value=f"-# {footer}", inline=False)
            elif footer:
                embed.set_footer(text=cut(_unmarked(message.footer), _FOOTER_LINE))
        embed.description = said or None
        picture = message.picture if number == 1 else None
        if picture is not None:
            embed.set_image(url=f"attachment://{picture.name}")
        if not embed.title and not embed.description and not embed.fields:
            embed.description = NOTHING
        pages.append(Page(embed=embed, picture=picture))
    return pages


def _unmarked(parts: Line) -> str:
    return plain("".join(part if isinstance(part, str) else "" for part in parts))


def _embed_fields(blocks: Sequence[Block]) -> tuple[list[tuple[str, str, bool]], list[Block]]:
    """Labels and values that can stand below the text, and the blocks that stay in it.

    Discord puts fields last, so only those after which no more than paragraphs come.
    """
    last = max((at for at, b in enumerate(blocks) if not isinstance(b, Paragraph)), default=-1)
    if last < 0 or not isinstance(found := blocks[last], Fields):
        return [], list(blocks)
    if any(isinstance(block, Heading) for block in blocks[:last]):
        return [], list(blocks)
    room, fields = _FIELDS_TOGETHER, []
    for field in found.fields[: MOST_FIELDS - 1]:
        name = escaped(cut(field.name, FIELD_NAME, escaped)).strip() or NOTHING
        value = line(field.value, min(FIELD_VALUE, room - len(name))).strip() or NOTHING
        room -= len(name) + len(value)
        if room < _FOOTER_LINE:
            break
        fields.append((name, value, _visible(field) <= _SHORT))
    return fields, [*blocks[:last], *blocks[last + 1 :]]


def _visible(field: NamedField) -> int:
    return sum(
        len(p) if isinstance(p, str) else len(getattr(p, "text", "00:00")) for p in field.value
    )


def _pieces(above: Line, blocks: Sequence[Block]) -> Iterator[str]:
    """Texts that stay on one page each, with the line breaks that lead them."""
    if above:
        yield "-# " + line(above, _LINE)
    lead = ""
    for block in blocks:
        match block:
            case Heading(text=text):
                # It goes with what it heads.
                lead = f"{lead}\n\n**{escaped(cut(text, TITLE, escaped))}**\n"
                continue
            case Paragraph(parts=parts):
                yield _led(lead, line(parts, _PARAGRAPH))
            case Preformatted(text=text):
                yield _led(lead, _preformatted(text))
            case Fields(fields=fields):
                for at, field in enumerate(fields):
                    yield _led(lead if not at else "\n", _labelled(field))
            case Listing(items=items, numbered=numbered):
                for number, item in enumerate(items, start=1):
                    before = lead if number == 1 else "\n"
                    yield from _item(before, f"{number}." if numbered else "-", item)
        lead = ""
    if lead:
        yield lead


def _led(lead: str, text: str) -> str:
    return (lead or "\n\n") + text


def _item(lead: str, mark: str, item: Item) -> Iterator[str]:
    """An item with its first note, then the other notes one by one."""
    notes = [f"\n-# {line(note, _NOTE)}" for note in item.notes if note]
    yield _led(lead, f"{mark} {line(item.line, _LINE)}") + "".join(notes[:1])
    yield from notes[1:]


def _labelled(field: NamedField) -> str:
    name = escaped(cut(field.name, FIELD_NAME, escaped)).strip()
    return f"**{name}** {line(field.value, _LINE)}" if name else line(field.value, _LINE)


def _preformatted(text: str) -> str:
    kept = cut("\n".join(map(columns, text.splitlines())), _PREFORMATTED)
    return f"```\n{kept}\n```"


def _flow(pieces: Iterator[str], room: int) -> list[str]:
    """The pieces on pages of at most `room`, none of them divided; at least one page."""
    pages = [""]
    for piece in pieces:
        text = piece if pages[-1] else piece.lstrip("\n")
        if pages[-1] and len(pages[-1]) + len(text) > room:
            pages.append("")
            text = piece.lstrip("\n")
        pages[-1] += text
    return pages
