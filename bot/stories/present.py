"""What a story shows: the title, summary and link of its best report, frozen once told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Article, ArticleId, ArticleKind, Report, Story
from bot.relevance.score import THRESHOLD
from bot.stories.adding import most_added
from bot.stories.readable import stands_alone
from bot.stories.summary import MOST_CHARACTERS

BETTER_SOURCE_WITHIN = timedelta(hours=1)
"""How long after the first alert a report of a better tier may still give title and summary."""
_FILE_NUMBER = re.compile(r"^(?:\d+:)?\d{2,4}-\w{2}-\d+\b|^(?:No\.|Case|Docket)\s+\d")
_CORRECTION = re.compile(
    r"(?i)^\W{0,2}(?:correct(?:ion|ed)|clarification)\b"
    r"|\b(?:this (?:story|article|post|report)|an earlier version)[^.]{0,60}"
    r"\b(?:correct(?:ed|ion)|misstated|incorrectly|clarified)\b"
    r"|\b(?:correction|clarification)\s?(?:\([^)]*\)\s?)?:"
)
_READ_MOST = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """Title and summary of a story and the report that they come from."""

    title: str
    summary: tuple[str, ...]
    best: ArticleId | None


def present(story: Story, now: datetime) -> Presented:
    """What the story shows now; the best source's words, unless an alert has frozen others.

    A file number for a title is never frozen: it gives way to the first headline that comes.

    Articles of shared feeds come first: what only one workspace may see is shown only where
    nothing else is there.
    """
    reports = _showable(story)
    if not reports:
        return Presented(title=story.title, summary=story.summary, best=story.best)
    best = _best(reports)
    shown = next((report for report in reports if report.id == story.best), None)
    if story.frozen_at is None or shown is None or _FILE_NUMBER.match(story.title):
        return _words_of(best, reports)
    article = shown.judged.article
    summary = shown.judged.summary
    told = (story.title, story.summary[: len(summary)])
    if is_corrected(article) and (article.title, summary) != told:
        return _words_of(shown, reports)
    soon = now - story.frozen_at <= BETTER_SOURCE_WITHIN
    if soon and best.judged.article.tier < article.tier:
        return _words_of(best, reports)
    return Presented(title=story.title, summary=story.summary, best=story.best)


def best_report(story: Story) -> Report | None:
    """Primary sources before wire before others, news before other kinds, then relevance."""
    reports = _showable(story)
    return _best(reports) if reports else None


def is_corrected(article: Article) -> bool:
    """Whether the article carries a notice of correction."""
    title, text = article.title, article.text
    return bool(_CORRECTION.search(title) or _CORRECTION.search(text[:_READ_MOST]))


def _showable(story: Story) -> list[Report]:
    shared = [report for report in story.reports if report.judged.article.shared]
    return shared or list(story.reports)


def _best(reports: Sequence[Report]) -> Report:
    """The first in rank of those about what the story is told for: a report that joined it by
    chance and is no AI policy never gives it its face.
    """
    about = min(THRESHOLD, max(report.judged.relevance for report in reports))
    return min((one for one in reports if one.judged.relevance >= about), key=_rank)


def _rank(report: Report) -> tuple[bool, bool, int, float, bool, int]:
    judged = report.judged
    return (
        judged.article.kind is not ArticleKind.NEWS,
        not _reads_as_headline(judged.article.title),
        judged.article.tier,
        -judged.relevance,
        not judged.summary,
        report.id,
    )


def _reads_as_headline(title: str) -> bool:
    # A court's "1:26-cv-01996 X v. Y: Order" is the best source and no headline.
    return len(title.split()) > 2 and not title.isupper() and not _FILE_NUMBER.match(title)


def _words_of(report: Report, reports: Sequence[Report]) -> Presented:
    others = sorted((one for one in reports if one.id != report.id), key=_rank)
    summary = _readable(report, others)
    title = report.judged.article.title
    return Presented(title=title, summary=_with_more(summary, report, others), best=report.id)


def _readable(best: Report, others: Sequence[Report]) -> tuple[str, ...]:
    """The best report's summary; another's where it has none, or a mere teaser that opens with
    “He” or “The company” and cannot be read alone.
    """
    summary = best.judged.summary
    if summary and stands_alone(summary[0]):
        return summary
    for other in others:
        told = other.judged.summary
        if told and (not summary or (_is_told_for(other) and stands_alone(told[0]))):
            return told
    return summary


def _is_told_for(report: Report) -> bool:
    return report.judged.article.kind is ArticleKind.NEWS and report.judged.relevance >= THRESHOLD


def _with_more(summary: tuple[str, ...], best: Report, others: Sequence[Report]) -> tuple[str, ...]:
    """A single sentence, and where there is room what another origin's news adds to it."""
    if len(summary) != 1:
        return summary
    room = MOST_CHARACTERS - len(summary[0]) - 1
    readable = [
        sentence
        for other in others
        if other.origin != best.origin and _is_told_for(other)
        for sentence in other.judged.summary
        if len(sentence) <= room and stands_alone(sentence)
    ]
    more = most_added(readable, f"{best.judged.article.title}\n{summary[0]}")
    return (*summary, more) if more else summary
