"""How stories, reports and their reasons are set in replies."""

from collections.abc import Iterable, Sequence

from bot.message import (
    Block,
    Heading,
    Inline,
    Item,
    Line,
    Link,
    Listing,
    Paragraph,
    TimeStyle,
    When,
    paragraph,
)
from bot.model import ArticleKind
from bot.model.languages import language_name
from bot.services.explain import Explained, Stand
from bot.services.lines import ReportLine, StoryLine
from bot.services.news import Changed


def counted(number: int, noun: str, plural: str = "") -> str:
    """“1 story”, “7 stories”."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def linked(title: str, url: str | None) -> Inline:
    """The title, as a link where there is an address."""
    return Link(title, url) if url else title


def story_item(line: StoryLine, earlier: Sequence[StoryLine] = ()) -> Item:
    """A story in a list, with the earlier ones of its saga below it."""
    return Item(
        (linked(line.title, line.url),),
        (story_note(line), *(_earlier(before) for before in earlier)),
    )


def story_note(line: StoryLine) -> Line:
    """“NPR, and 4 more (3 origins), 9 March 09:12 · s2k”: a list holds stories of several days."""
    origins = f" ({counted(line.origins, 'origin')})" if line.outlet_count > 1 else ""
    kind = f" · {line.kind.value}" if line.kind is not ArticleKind.NEWS else ""
    low = f" · low relevance {line.relevance:.2f}" if line.low else ""
    when = When(line.at, TimeStyle.DATE_TIME)
    return (f"{line.outlets}{origins}, ", when, f" · {line.label}{kind}{low}")


def _earlier(line: StoryLine) -> Line:
    return (
        "Earlier: ",
        linked(line.title, line.url),
        ", ",
        When(line.at, TimeStyle.DATE),
        f" · {line.label}",
    )


def report_item(report: ReportLine, *, origins: bool = True) -> Item:
    """A report in a list: the outlet's time and ours apart, and why it is in the story."""
    more = [f"origin {report.origin}"] if origins else []
    if report.kind is not ArticleKind.NEWS:
        more.append(report.kind.value)
    if report.language != "en":
        more.append(f"in {language_name(report.language)}")
    if report.credit:
        more.append(f"credits {report.credit}")
    if report.backlog:
        more.append("from a new feed's backlog")
    notes: list[Line] = [(*times(report), "".join(f" · {word}" for word in more))]
    if report.joined:
        notes.append(("joined by " + ", ".join(f"“{term}”" for term in report.joined),))
    return Item((linked(report.title, report.url),), tuple(notes))


def times(report: ReportLine) -> Line:
    """“NPR 09:12, seen 09:15”."""
    if not report.stated:
        return (f"{report.outlet}, seen ", When(report.seen_at))
    return (f"{report.outlet} ", When(report.published), ", seen ", When(report.seen_at))


def change_item(change: Changed) -> Item:
    """How a report was changed."""
    outlet = change.outlet or "An outlet"
    if not change.before:
        return Item((f"{outlet} changed the text, seen ", When(change.at)))
    said: Line = (f"{outlet}: “{change.before}” became “{change.after}”, seen ", When(change.at))
    return Item(said)


def explained(why: Explained) -> list[Block]:
    """What became of a story in the channel: what happened, the terms, each order's stand."""
    blocks: list[Block] = [Paragraph(why.headline)]
    if why.because:
        blocks.append(paragraph("Why: " if why.told else "Matched: ", *why.because))
    if why.remedy:
        blocks.append(Paragraph(why.remedy))
    if why.stands:
        blocks.append(Listing(tuple(stand_item(stand) for stand in why.stands)))
    if why.direct:
        blocks.append(Listing(tuple(Item(line) for line in why.direct)))
    if why.more:
        blocks.append(paragraph(f"… and {counted(why.more, 'order')} more of this channel."))
    return blocks


def stand_item(stand: Stand) -> Item:
    """How one order stands to the story."""
    name = stand.order[:1].upper() + stand.order[1:]
    if not stand.words:
        return Item((f"{name}: takes it",))
    return Item((f"{name}: ", *joined(stand.words)), (stand.remedy,) if stand.remedy else ())


def joined(lines: Iterable[Line]) -> Line:
    """Lines as one, with semicolons between."""
    parts: list[Inline] = []
    for line in lines:
        parts += ["; "] if parts else []
        parts += line
    return tuple(parts)


def section(title: str, items: Sequence[Item], *, numbered: bool = False) -> list[Block]:
    """A headed list; nothing where it is empty."""
    return [Heading(title), Listing(tuple(items), numbered)] if items else []


def paged(items: Sequence[Item], size: int) -> list[tuple[Item, ...]]:
    """The items in pages of this size."""
    return [tuple(items[at : at + size]) for at in range(0, len(items), size)]
