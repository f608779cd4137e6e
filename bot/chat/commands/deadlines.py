"""`deadlines`: dated commitments of tracked stories, and the same as a calendar file."""

from bot.chat.call import Call
from bot.chat.commands.options import ABOUT
from bot.chat.commands.stories import counted, linked
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import (
    Attachment,
    Block,
    Code,
    Inline,
    Item,
    Line,
    Listing,
    Message,
    Strong,
    TimeStyle,
    When,
    paragraph,
)
from bot.services import Services
from bot.services.calendar import NAME, calendar_file
from bot.services.deadlines import Coming, DueLine
from bot.services.known import AboutKind

_MOST = 30


def declare(registry: Registry[Services]) -> None:
    """Declare the command."""
    registry.command(
        "deadlines",
        help="Dates that are due in tracked stories, soonest first, with a calendar file",
        options=(
            ABOUT,
            Option(
                name="count",
                kind=OptionKind.INTEGER,
                help=f"how many dates to show, 1 to {_MOST}; the file has all",
                default=10,
                between=(1, _MOST),
            ),
        ),
        examples=("/deadlines", "/deadlines anthropic", "/deadlines eu ai act count:20"),
    )(deadlines)


async def deadlines(call: Call[Services], *, about: str | None, count: int) -> Message:
    """What is due, or what to try where nothing is."""
    coming = await call.services.deadlines.coming(call.place, about or "", now=call.now)
    if not coming.lines:
        return _nothing(coming)
    blocks: list[Block] = [Listing(tuple(_item(line) for line in coming.lines[:count]))]
    more = coming.total - count
    if more > 0:
        blocks.append(paragraph(f"… and {counted(more, 'later date')} in the file."))
    return Message(
        title=f"Due: {_named(coming)}",
        blocks=tuple(blocks),
        attachments=(Attachment(NAME, calendar_file(coming.lines, call.now)),),
        footer=(f"{NAME} takes them over into a calendar. “About” is counted from publication.",),
    )


def _named(coming: Coming) -> str:
    return coming.about.name if coming.about.kind is not AboutKind.ALL else "all AI policy"


def _item(line: DueLine) -> Item:
    """“Wed 3 June 2026: the sentence”, its report below."""
    deadline = line.deadline
    day = f"{deadline.day:%a} {deadline.day.day} {deadline.day:%B %Y}"
    said: Line = (Strong(f"About {day}" if deadline.about else day),)
    if deadline.at is not None:
        said = (When(deadline.at, TimeStyle.DATE_TIME),)
    also = f", and {counted(line.others, 'more outlet')}" if line.others else ""
    source: Line = (linked(line.title, line.url), f" — {line.outlet}{also} · {line.label}")
    return Item((*said, f": {' '.join(deadline.sentence.split())}"), (source,))


def _nothing(coming: Coming) -> Message:
    sought = "" if coming.about.kind is AboutKind.ALL else f" about {coming.about.name}"
    blocks: list[Block] = [paragraph(f"No tracked story{sought} names a date that is still due.")]
    if coming.suggestions:
        names: list[Inline] = []
        for name in coming.suggestions:
            names += [", "] if names else []
            names.append(Code(f"/deadlines {name}"))
        blocks.append(paragraph("Did you mean: ", *names, "?"))
    elif coming.about.kind is not AboutKind.ALL:
        blocks.append(paragraph(Code("/deadlines"), " alone lists those of all stories."))
    return Message(title=f"Due: {_named(coming)}", blocks=tuple(blocks))
