"""Stories and reports as a workspace sees them, cut down to what a reply shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.alerts.compose import web_address
from bot.alerts.view import View
from bot.alerts.words import reported_by
from bot.model import ArticleId, ArticleKind, RecognisedEntity, Report, Story, StoryId, story_label


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One story in a list; `low` where its relevance is under the default threshold."""

    story: StoryId
    label: str
    title: str
    url: str | None
    outlets: str
    outlet_count: int
    origins: int
    at: datetime
    """When its newest report was published."""
    relevance: float
    low: bool
    kind: ArticleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One report of a story; `origin` counts from 1, `joined` is why it is in the story."""

    title: str
    url: str | None
    outlet: str
    published: datetime
    stated: bool
    """Whether the outlet's own date is believed."""
    seen_at: datetime
    kind: ArticleKind
    origin: int
    credit: str | None
    joined: tuple[str, ...]
    relevance: float
    backlog: bool
    language: str
    """ISO 639-1."""


def story_line(view: View, threshold: float) -> StoryLine:
    """The story in one line."""
    best = view.best.judged.article
    return StoryLine(
        story=view.story.id,
        label=story_label(view.story.id),
        title=view.title or "Untitled",
        url=web_address(best.url),
        outlets=reported_by(view.outlets),
        outlet_count=len(view.outlets),
        origins=view.origins,
        at=max(report.judged.article.published.at for report in view.reports),
        relevance=view.relevance,
        low=view.relevance < threshold,
        kind=best.kind,
    )


def report_line(report: Report, numbers: Mapping[int, int]) -> ReportLine:
    """The report in one line; `numbers` are the shown numbers of the story's origins."""
    article = report.judged.article
    return ReportLine(
        title=article.title or "Untitled",
        url=web_address(article.url),
        outlet=article.outlet or "an unnamed outlet",
        published=article.published.at,
        stated=article.published.stated,
        seen_at=article.seen_at,
        kind=article.kind,
        origin=numbers[report.origin],
        credit=article.credit,
        joined=tuple(reason.term for reason in report.joined),
        relevance=report.judged.relevance,
        backlog=article.backlog,
        language=article.language,
    )


def origin_numbers(view: View) -> dict[int, int]:
    """The story's origins as this workspace counts them, from 1 by first report."""
    seen = dict.fromkeys(report.origin for report in view.reports)
    return {origin: number for number, origin in enumerate(seen, start=1)}


def with_own(story: Story, own: Mapping[ArticleId, tuple[RecognisedEntity, ...]]) -> Story:
    """The story with what a workspace's own additions to the catalog found in its reports."""
    if not own:
        return story
    reports = tuple(
        replace(r, judged=replace(r.judged, entities=(*r.judged.entities, *own.get(r.id, ()))))
        for r in story.reports
    )
    return replace(story, reports=reports)
