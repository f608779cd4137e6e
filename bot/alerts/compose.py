"""A story → the message that tells it. Pure; what a feed wrote stays plain characters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.alerts.view import View
from bot.alerts.words import because, counted, reported_by
from bot.entities.state_bills import distinct
from bot.message import (
    Block,
    Button,
    Fields,
    Inline,
    Line,
    Link,
    Message,
    NamedField,
    Strong,
    TimeStyle,
    Tone,
    When,
    paragraph,
)
from bot.model import ArticleKind, DeliveryId, Reason, story_label
from bot.model.languages import language_name
from bot.stories.novelty import Addition
from bot.stories.present import is_corrected

WHY, SOURCES, MUTE_STORY, NOT_RELEVANT = "why", "sources", "mute-story", "not-relevant"
_MAX_ENTITIES = 6
_MAX_REFERENCES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Another story to point to: the message that told it here, or else its article."""

    title: str
    url: str | None
    at: datetime


def story_message(
    view: View,
    *,
    delivery: DeliveryId,
    reasons: Sequence[Reason] = (),
    earlier: Pointer | None = None,
    mention: str | None = None,
    breaking: bool = False,
    added: Addition | None = None,
) -> Message:
    """The alert for one story, as it stands; the buttons carry the delivery.

    `added` is what an edit tells beyond what was first posted.
    """
    article = view.best.judged.article
    return Message(
        title=view.title or "Untitled",
        url=web_address(article.url),
        above=_above(earlier),
        blocks=tuple(_blocks(view, reasons, breaking=breaking, added=added)),
        buttons=_buttons(delivery),
        footer=footer(view),
        tone=Tone.BREAKING if breaking else Tone.NEWS,
        topic=topic_of(view),
        mention=mention,
    )


def merged_message(kept: Pointer, label: str) -> Message:
    """What a message becomes whose story is part of another: a link to where that is told."""
    return Message(
        title="Told elsewhere",
        blocks=(paragraph("These reports belong to ", linked(kept.title, kept.url), "."),),
        footer=(f"Merged by an operator · {label}",),
        tone=Tone.INFO,
    )


def footer(view: View) -> Line:
    """“7 outlets, 2 origins, first 09:12 NPR, seen 09:15 · corrected by NPR · s2k”."""
    first = min(view.reports, key=lambda r: (r.judged.article.published.at, r.id)).judged.article
    counts = counted(len(view.outlets), "outlet")
    if len(view.outlets) > 1:
        counts += ", " + counted(view.origins, "origin")
    return (
        f"{counts}, first ",
        When(first.published.at),
        f" {first.outlet}, seen ",
        When(first.seen_at),
        f"{_corrected(view)} · {story_label(view.story.id)}",
    )


def _corrected(view: View) -> str:
    article = view.best.judged.article
    return f" · corrected by {article.outlet or 'its outlet'}" if is_corrected(article) else ""


def topic_of(view: View) -> str:
    """The topic that colours the message: of its best report, the first by name."""
    return min(view.best.judged.topics, default="")


def web_address(url: str | None) -> str | None:
    """The address where it leads to the web, None for anything else that a feed put there."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def linked(text: str, url: str | None) -> Inline:
    """The words as a link where the address is one."""
    address = web_address(url)
    return Link(text or "Untitled", address) if address else (text or "Untitled")


def _above(earlier: Pointer | None) -> Line:
    if earlier is None:
        return ()
    when = When(earlier.at, TimeStyle.DATE)
    return ("Earlier: ", linked(earlier.title, earlier.url), ", ", when)


def _blocks(
    view: View, reasons: Sequence[Reason], *, breaking: bool, added: Addition | None
) -> list[Block]:
    blocks: list[Block] = []
    if view.summary:
        blocks.append(paragraph(" ".join(view.summary)))
    if added is not None and added.sentence not in view.summary:
        source = f" ({added.outlet})" if added.outlet else ""
        since = When(added.since)
        blocks.append(paragraph(Strong("New since "), since, f": {added.sentence}{source}"))
    fields = [NamedField("Reported by", (reported_by(view.outlets),))]
    if names := salient_names(view)[:_MAX_ENTITIES]:
        fields.append(NamedField("About", (", ".join(names),)))
    if documents := _documents(view):
        fields.append(NamedField("Documents", documents))
    kind = view.best.judged.article.kind
    if kind is not ArticleKind.NEWS:
        fields.append(NamedField("Kind", (kind.value,)))
    if language := foreign_language(view):
        fields.append(NamedField("Language", (language,)))
    blocks.append(Fields(tuple(fields)))
    why = because(reasons)
    lead: Line = (Strong("Breaking"), " · ") if breaking and why else ()
    if why:
        blocks.append(paragraph("Why: ", *lead, *why))
    return blocks


def foreign_language(view: View) -> str:
    """The language of the report that title and summary come from; empty for English, ours."""
    code = view.best.judged.article.language
    return "" if code == "en" else language_name(code)


def salient_names(view: View) -> list[str]:
    """Names of what the reports are about: those of the best report first, each once."""
    reports = [view.best, *view.reports]
    found = {e.id: e.name for r in reports for e in r.judged.entities if e.salient}
    return list(found.values())


def _documents(view: View) -> Line:
    found = distinct(each for report in view.reports for each in report.judged.references)
    parts: list[Inline] = []
    for reference in found[:_MAX_REFERENCES]:
        parts += [", "] if parts else []
        parts.append(linked(reference.label, reference.url))
    return tuple(parts)


def _buttons(delivery: DeliveryId) -> tuple[Button, ...]:
    return tuple(
        Button(action, label, str(delivery))
        for action, label in (
            (WHY, "Why"),
            (SOURCES, "Sources"),
            (MUTE_STORY, "Mute story"),
            (NOT_RELEVANT, "Not relevant"),
        )
    )
