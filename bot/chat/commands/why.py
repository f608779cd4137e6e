"""`why`: why an article came to a channel, or which stage held it back."""

from bot.chat.call import Call
from bot.chat.commands.stories import change_item, counted, explained, linked, section, times
from bot.chat.registry import Option, Registry
from bot.message import (
    Block,
    Code,
    Fields,
    Item,
    Line,
    Listing,
    Message,
    NamedField,
    Paragraph,
    TimeStyle,
    Tone,
    When,
    paragraph,
)
from bot.model import FeedHealth
from bot.services import Services
from bot.services.unseen import FeedLine, Unseen
from bot.services.why import Choice, Found


def declare(registry: Registry[Services]) -> None:
    """Declare the command."""
    registry.command(
        "why",
        help="Why an article came here, or which stage held it back",
        options=(
            Option(
                name="about",
                help="the article's link, a story's id such as s2k, or words of the headline",
                required=True,
                wide=True,
            ),
        ),
        examples=(
            "/why https://example.org/story",
            "/why s2k",
            "/why judge blocks chatbot law",
        ),
    )(why)


async def why(call: Call[Services], *, about: str) -> Message:
    """The stage at which an article stopped, or what it came by."""
    answer = await call.services.why.ask(call.place, about, call.now, person=call.actor.id)
    match answer:
        case Unseen():
            return _unseen(answer)
        case Choice():
            return _which(answer)
    return _found(answer)


def _found(answer: Found) -> Message:
    line, report = answer.line, answer.report
    relevance = report.relevance if report is not None else line.relevance
    numbers = f"{relevance:.2f}, needed {answer.needed:.2f} unless an order says otherwise"
    fields: list[NamedField] = []
    if report is not None:
        fields.append(NamedField("Article", times(report)))
    fields.append(NamedField("Relevance", (numbers, *_counting(answer.counted))))
    if report is not None and report.joined:
        terms = ", ".join(f"“{term}”" for term in report.joined)
        fields.append(NamedField("Story", (f"{line.label}, joined by {terms}",)))
    else:
        fields.append(NamedField("Story", (line.label,)))
    counts = f"{counted(line.outlet_count, 'outlet')}, {counted(line.origins, 'origin')}"
    fields.append(NamedField("Reported by", (f"{line.outlets}: {counts}",)))
    if report is not None:
        fields.append(NamedField("Kind", (report.kind.value,)))
        if report.backlog:
            fields.append(NamedField("Backlog", ("it came with a new feed's first document",)))
    notes = [Item(note) for note in answer.notes]
    notes += [change_item(change) for change in answer.changes]
    blocks: list[Block] = [*explained(answer.here), Fields(tuple(fields))]
    if notes:
        blocks.append(Listing(tuple(notes)))
    shown = report or line
    return Message(title=shown.title, url=shown.url, blocks=tuple(blocks))


def _counting(terms: Line) -> Line:
    return (": ", *terms) if terms else ()


def _which(answer: Choice) -> Message:
    if not answer.articles:
        none = paragraph(
            f"No headline of the last 90 days is like “{answer.asked}”. ",
            "The article's link tells more; ",
            Code(f"/latest {answer.asked}"),
            " searches the texts.",
        )
        return Message(title="No such article", blocks=(none,), tone=Tone.WARNING)
    asked = (
        "Several articles stand under this address, as on a live page. Ask for the story:"
        if answer.one_address
        else "Several articles may be meant. Ask for the story, or with the article's link:"
    )
    items = tuple(
        Item(
            (linked(report.title, report.url),),
            ((Code(f"/why {line.label}"), " · ", *times(report)),),
        )
        for report, line in answer.articles
    )
    return Message(title="Which one?", blocks=(paragraph(asked), Listing(items)))


def _unseen(answer: Unseen) -> Message:
    blocks: list[Block] = [Paragraph(answer.headline)]
    if answer.feeds:
        items = [_feed_item(feed) for feed in answer.feeds]
        blocks += section(f"Feeds of {answer.outlet} that are polled", items)
    elif not answer.leads_on:
        blocks.append(paragraph(Code(f"/feed add https://{answer.outlet}"), " finds its feeds."))
    return Message(title="No article at that address", blocks=tuple(blocks), tone=Tone.WARNING)


def _feed_item(feed: FeedLine) -> Item:
    well = feed.health in {FeedHealth.HEALTHY, FeedHealth.NEW}
    state: Line = (f"{feed.title}: {feed.health.value}",)
    if not well and feed.since is not None:
        state = (*state, " since ", When(feed.since, TimeStyle.DATE_TIME))
    if feed.cause:
        state = (*state, f" ({feed.cause})")
    read: Line = ("never read yet",)
    if feed.read_at is not None:
        read = ("last read ", When(feed.read_at, TimeStyle.DATE_TIME))
    if feed.next_at is not None:
        read = (*read, ", next at ", When(feed.next_at, TimeStyle.DATE_TIME))
    return Item(state, (read,))
