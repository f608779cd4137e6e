"""`brief`: what happened, in cited sentences, as a message and a Markdown file."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.call import Call
from bot.chat.commands.options import ABOUT
from bot.chat.commands.stories import counted, linked
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import (
    Attachment,
    Block,
    Code,
    Heading,
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
from bot.services.brief import Brief, Cited, ToldSaga, ToldStory
from bot.services.claims import DisputeLine
from bot.services.known import AboutKind
from bot.services.markdown import NAME, brief_file

_STORIES_A_PAGE = 4


def declare(registry: Registry[Services]) -> None:
    """Declare the command."""
    registry.command(
        "brief",
        help="What happened since, in cited sentences by saga, with a Markdown file",
        options=(
            ABOUT,
            Option(
                name="since",
                kind=OptionKind.PAST,
                help="how far back, such as 6h, 3d or 2026-03-01; 7d unless said",
            ),
            Option(
                name="as-of",
                kind=OptionKind.PAST,
                help="what was known then: no later reports and changes, such as 2d or 2026-03-01",
                named=True,
            ),
        ),
        examples=("/brief", "/brief anthropic since:30d", "/brief since:7d as-of:2026-03-01"),
        slow=True,
    )(brief)


async def brief(
    call: Call[Services], *, about: str | None, since: str | None, as_of: str | None
) -> Message:
    """The brief, page by page, and whole as a file."""
    written = await call.services.briefs.write(
        call.place, about or "", since=since, as_of=as_of, now=call.now
    )
    head = paragraph(*_head(written))
    if not written.sagas:
        return Message(title=_title(written), blocks=(head, *_nothing(written)))
    pages = [
        Message(title=_title(written), blocks=tuple(blocks)) for blocks in _pages(written.sagas)
    ]
    if written.left_out:
        more = paragraph(
            f"{counted(written.left_out, 'story', 'stories')} of less weight left out."
        )
        pages[-1] = replace(pages[-1], blocks=(*pages[-1].blocks, more))
    return replace(
        pages[0],
        blocks=(head, *pages[0].blocks),
        pages=tuple(pages[1:]),
        attachments=(Attachment(NAME, brief_file(written)),),
    )


def _title(written: Brief) -> str:
    about = written.about
    return f"Brief: {about.name if about.kind is not AboutKind.ALL else 'all AI policy'}"


def _head(written: Brief) -> Line:
    since = When(written.since, TimeStyle.DATE_TIME)
    until = When(written.until, TimeStyle.DATE_TIME)
    known = ", as it was known then" if written.as_of else ""
    found = counted(written.stories, "story", "stories") if written.stories else "No story"
    return (
        f"{found} from ", since, " to ", until, f"{known}."
    )  # fmt: skip


def _nothing(written: Brief) -> list[Block]:
    if not written.suggestions:
        return [paragraph("Try a longer time, such as ", Code("since:30d"), ".")]
    names: list[Inline] = []
    for name in written.suggestions:
        names += [", "] if names else []
        names.append(Code(f"/brief {name}"))
    return [paragraph("Did you mean: ", *names, "?")]


def _pages(sagas: Sequence[ToldSaga]) -> list[list[Block]]:
    """Sagas of several stories under a heading, which stands again where a page begins in one."""
    pages: list[list[Block]] = []
    room = 0
    for saga in sagas:
        stories = list(saga.stories)
        while stories:
            if not room:
                pages.append([])
                room = _STORIES_A_PAGE
            taken, stories = stories[:room], stories[room:]
            room -= len(taken)
            if len(saga.stories) > 1:
                pages[-1].append(Heading(saga.title))
            pages[-1].append(Listing(tuple(_item(story) for story in taken)))
    return pages


def _item(story: ToldStory) -> Item:
    line: Line = (
        When(story.at, TimeStyle.DATE_TIME),
        ": ",
        linked(story.title, story.url),
        f" · {story.label}",
    )
    notes = [*map(_sentence, story.cited), *map(_dispute, story.disputes)]
    return Item(line, tuple(notes))


def _sentence(cited: Cited) -> Line:
    return (f"{cited.sentence} — ", linked(cited.outlet, cited.url))


def _dispute(dispute: DisputeLine) -> Line:
    parts: list[Inline] = [
        f"Reports differ on {dispute.about}" if dispute.about else "Reports differ"
    ]
    for number, side in enumerate(dispute.sides):
        first, *more = side.printed
        parts += [
            ", " if number else ": ",
            Strong(side.said),
            " (",
            linked(first.outlet, first.url),
        ]
        parts.append(f" and {len(more)} more)" if more else ")")
    return tuple(parts)
