"""`latest` and `story show`."""

from datetime import datetime

from bot.chat.call import Call
from bot.chat.commands.claims import claims_page, dispute_blocks
from bot.chat.commands.options import ABOUT
from bot.chat.commands.stories import (
    change_item,
    counted,
    explained,
    linked,
    paged,
    report_item,
    section,
    story_item,
)
from bot.chat.registry import Option, OptionKind, Registry
from bot.message import (
    Block,
    Code,
    Fields,
    Heading,
    Inline,
    Item,
    Line,
    Listing,
    Message,
    NamedField,
    TimeStyle,
    When,
    paragraph,
)
from bot.services import Services
from bot.services.known import About, AboutKind
from bot.services.lines import StoryLine
from bot.services.news import Latest, StoryPage

_REPORTS_A_PAGE = 10


def declare(registry: Registry[Services]) -> None:
    """Declare the commands that ask for news."""
    registry.command(
        "latest",
        help="The newest stories: of one entity, topic or outlet, or for words to search",
        options=(
            ABOUT,
            Option(
                name="count",
                kind=OptionKind.INTEGER,
                help="how many stories",
                default=5,
                between=(1, 20),
            ),
            Option(
                name="since",
                kind=OptionKind.PAST,
                help="how far back, such as 6h, 3d or 2026-03-01",
            ),
        ),
        examples=("/latest", "/latest openai 10", "/latest supply chain risk since:7d"),
    )(latest)
    registry.command(
        "story show",
        help="One story: its reports, origins, claims, what changed, documents, why it came",
        options=(
            Option(
                name="id",
                kind=OptionKind.STORY,
                help="the story's id, such as s2k, from the end of an alert",
                required=True,
            ),
        ),
        examples=("/story show s2k",),
    )(story_show)


async def latest(
    call: Call[Services], *, about: str | None, count: int, since: str | None
) -> Message:
    """The newest stories, or what to try where there are none."""
    found = await call.services.news.latest(
        call.place, about or "", count=count, since=since, now=call.now
    )
    if not found.sagas:
        return _nothing(found, call.now)
    items = tuple(story_item(saga[0], saga[1:]) for saga in found.sagas)
    blocks: list[Block] = []
    if found.in_passing:
        blocks.append(paragraph(f"No story is about {found.about.name}; these name it in passing."))
    blocks.append(Listing(items))
    return Message(title=f"Latest: {_named(found.about)}", blocks=tuple(blocks))


def _named(about: About) -> str:
    """Which interpretation was taken: “about OpenAI (company)”, “search: …”."""
    match about.kind:
        case AboutKind.ALL:
            return "all AI policy"
        case AboutKind.SEARCH:
            return f"search: {about.id}"
        case _:
            return f"about {about.name} ({about.what})"


def _nothing(found: Latest, now: datetime) -> Message:
    since: Line = ("since ", When(found.since, TimeStyle.DATE), ".")
    lines: list[Block] = [paragraph(f"No story {_sought(found.about)} ", *since)]
    if found.last is not None:
        lines.append(_newest(found.about, found.last, now))
    elif found.suggestions:
        names: list[Inline] = []
        for name in found.suggestions:
            names += [", "] if names else []
            names.append(Code(f"/latest {name}"))
        lines.append(paragraph("Did you mean: ", *names, "?"))
    if found.below:
        lines.append(
            paragraph(
                f"There are {counted(found.below, 'story', 'stories')} of low relevance; ",
                "ask for one with a word of it.",
            )
        )
    if found.about.kind is AboutKind.ALL:
        lines.append(paragraph(Code("/status"), " says how the feeds do."))
    elif found.last is None:
        lines.append(
            paragraph(
                "Try fewer or other words, or a longer time such as ",
                Code("since:90d"),
                "; ",
                Code("/watch add"),
                " waits for what is to come.",
            )
        )
    return Message(title=f"Latest: {_named(found.about)}", blocks=tuple(lines))


def _newest(about: About, at: datetime, now: datetime) -> Block:
    """When the newest story before the time asked for was, and how it is asked for."""
    words = about.id if about.kind is AboutKind.SEARCH else about.name
    said = "/latest" if about.kind is AboutKind.ALL else f"/latest {words}"
    asked = Code(f"{said} since:{(now - at).days + 1}d")
    return paragraph("The newest is of ", When(at, TimeStyle.DATE_TIME), ": ", asked, " shows it.")


def _sought(about: About) -> str:
    match about.kind:
        case AboutKind.ALL:
            return "of AI policy"
        case AboutKind.SEARCH:
            return f"has all of these words: {about.id},"
        case AboutKind.OUTLET:
            return f"by {about.name}"
        case _:
            return f"about {about.name}"


async def story_show(call: Call[Services], *, id: str) -> Message:  # noqa: A002 - the option's name
    """One story with all that is known of it here."""
    page = await call.services.news.story(call.place, id, call.now)
    line = page.line
    pages = paged([report_item(report) for report in page.reports], _REPORTS_A_PAGE)
    blocks: list[Block] = []
    if page.summary:
        blocks.append(paragraph(" ".join(page.summary)))
    blocks.append(Fields(tuple(_fields(page))))
    blocks += section("Reports", pages[0], numbered=True)
    blocks += dispute_blocks(page.claims)
    blocks += section("What changed", [change_item(change) for change in page.changes])
    if len(page.saga) > 1:
        saga = [_saga_item(one, line) for one in page.saga]
        blocks += section("The saga, oldest first", saga)
    blocks += [Heading("In this channel"), *explained(page.here)]
    merged = page.asked != line.label
    return Message(
        title=line.title,
        url=line.url,
        above=(f"{page.asked} was merged into {line.label}.",) if merged else (),
        blocks=tuple(blocks),
        pages=tuple(
            Message(title=line.title, blocks=(Heading("More reports"), Listing(more)))
            for more in pages[1:]
        )
        + claims_page(line.title, page.claims),
    )


def _fields(page: StoryPage) -> list[NamedField]:
    line = page.line
    low = " (low)" if line.low else ""
    counts = f"{counted(line.outlet_count, 'outlet')}, {counted(line.origins, 'origin')}"
    fields = [
        NamedField("Story", (line.label,)),
        NamedField("Reported by", (f"{line.outlets}: {counts}",)),
        NamedField("Relevance", (f"{line.relevance:.2f}{low}",)),
    ]
    if page.entities:
        fields.append(NamedField("Names", (", ".join(page.entities[:12]),)))
    if page.references:
        documents: list[Inline] = []
        for reference in page.references[:8]:
            documents += [", "] if documents else []
            documents.append(linked(reference.label, reference.url))
        fields.append(NamedField("Documents", tuple(documents)))
    return fields


def _saga_item(line: StoryLine, shown: StoryLine) -> Item:
    here = " (this one)" if line.label == shown.label else ""
    when = When(line.at, TimeStyle.DATE)
    return Item((linked(line.title, line.url), ", ", when, f" · {line.label}{here}"))
