"""Message → what a terminal shows.

Text goes into Rich's Text, never through its markup, and loses every control character first: a
feed cannot colour, move the cursor, retitle the window or forge a hyperlink.
"""

import re
from datetime import datetime, tzinfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.message import (
    Block,
    Button,
    Code,
    Fields,
    Heading,
    Inline,
    Line,
    Link,
    Listing,
    Message,
    Paragraph,
    Picture,
    Preformatted,
    Strong,
    TimeStyle,
    Tone,
    When,
)

# C0 and C1 controls, and the marks that turn the direction of text around.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_EDGES = {
    Tone.NEWS: "cyan",
    Tone.BREAKING: "red",
    Tone.DIGEST: "magenta",
    Tone.INFO: "bright_black",
    Tone.GOOD: "green",
    Tone.WARNING: "yellow",
}


def safe(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def render(message: Message, *, zone: tzinfo, now: datetime, caption: str = "") -> RenderableType:
    """A panel with the message; `caption` is the channel or kind shown in its frame."""
    parts = list(_parts(message, zone, now))
    for number, page in enumerate(message.pages, start=2):
        parts.append(Text(f"— page {number} —", style="dim"))
        parts.extend(_parts(page, zone, now))
    return Panel(
        Group(*parts),
        title=Text(safe(caption), style="dim") if caption else None,
        title_align="left",
        border_style=_EDGES[message.tone],
        padding=(0, 1),
    )


def pressed(button: Button) -> str:
    """What to type to press the button: `!why 12`."""
    return f"!{button.action} {button.argument}".rstrip()


def _parts(message: Message, zone: tzinfo, now: datetime) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if message.mention:
        parts.append(Text(safe(f"@{message.mention}"), style="bold yellow"))
    if message.above:
        parts.append(render_line(message.above, zone, now, style="italic"))
    if message.title:
        parts.append(Text(safe(message.title), style="bold"))
    if message.url:
        parts.append(Text(safe(message.url), style="blue", overflow="fold"))
    for block in message.blocks:
        parts.extend(_block(block, zone, now))
    if message.picture is not None:
        parts.extend(_picture(message.picture))
    for attachment in message.attachments:
        size = len(attachment.content)
        parts.append(Text(safe(f"[file: {attachment.name}, {size:,} bytes]"), style="dim"))
    if message.footer:
        parts.append(render_line(message.footer, zone, now, style="dim"))
    if message.buttons:
        labels = "  ".join(f"{b.label} ⟨{pressed(b)}⟩" for b in message.buttons)
        parts.append(Text(safe(labels), style="dim"))
    return parts


def _picture(picture: Picture) -> list[RenderableType]:
    """What a terminal shows of a picture: it in characters, else what it shows in words."""
    if not picture.drawn:
        return [Text(safe(f"[picture: {picture.alt}]"), style="dim")]
    return [_aligned(picture.drawn)]


def _aligned(text: str) -> RenderableType:
    """Lines whose columns must stay aligned."""
    return Padding(Text(safe(text), style="green", no_wrap=True, overflow="fold"), (0, 2))


def _block(block: Block, zone: tzinfo, now: datetime) -> list[RenderableType]:
    match block:
        case Paragraph(parts=parts):
            return [render_line(parts, zone, now)]
        case Heading(text=text):
            return [Text(safe(text), style="bold underline")]
        case Preformatted(text=text):
            return [_aligned(text)]
        case Fields(fields=fields):
            shown = []
            for field in fields:
                label = Text(safe(field.name) + ": ", style="dim")
                shown.append(label.append_text(render_line(field.value, zone, now)))
            return list(shown)
        case Listing(items=items, numbered=numbered):
            listed: list[RenderableType] = []
            for number, item in enumerate(items, start=1):
                mark = f"{number}." if numbered else "•"
                line = Text(f"{mark} ").append_text(render_line(item.line, zone, now))
                listed.append(line)
                listed += [
                    Padding(render_line(note, zone, now, style="dim"), (0, 0, 0, len(mark) + 1))
                    for note in item.notes
                ]
            return listed


def render_line(line: Line, zone: tzinfo, now: datetime, style: str = "") -> Text:
    """A line as Rich's text."""
    text = Text(style=style)
    for part in line:
        text.append_text(_inline(part, zone, now))
    return text


def _inline(part: Inline, zone: tzinfo, now: datetime) -> Text:
    match part:
        case str():
            return Text(safe(part))
        case Strong(text=text):
            return Text(safe(text), style="bold")
        case Code(text=text):
            return Text(safe(text), style="green")
        case Link(text=text, url=url):
            return Text(safe(text)).append(f" <{safe(url)}>", style="blue")
        case When():
            return Text(moment(part, zone, now))


def moment(when: When, zone: tzinfo, now: datetime) -> str:
    """An instant in the reader's zone; the day is named only where it is not today."""
    local, today = when.at.astimezone(zone), now.astimezone(zone)
    if when.style is TimeStyle.RELATIVE:
        return _ago((now - when.at).total_seconds())
    date = local.strftime("%a %-d %b") + ("" if local.year == today.year else f" {local.year}")
    if when.style is TimeStyle.DATE:
        return date
    clock = local.strftime("%H:%M")
    if when.style is TimeStyle.TIME and local.date() == today.date():
        return clock
    return f"{date} {clock}"


def _ago(seconds: float) -> str:
    span, ahead = abs(seconds), seconds < 0
    if span < 60:
        return "now"
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if span >= size:
            amount = f"{int(span // size)} {unit}"
            return f"in {amount}" if ahead else f"{amount} ago"
    return "now"
