"""What later reports of a story add to what was told of it: one sentence, as it stands in one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model import Article, ArticleKind, Judged, Report
from bot.relevance.score import THRESHOLD
from bot.stories.keyterms import Seen, seen_in
from bot.stories.readable import stands_alone

MOST_CHARACTERS = 200
_READ_MOST = 4_000
"""Characters of a told report that count as told: its reader may have followed the link."""
_LEAST = 3.0
_NUMBER, _NAME, _WORD = 2.0, 1.0, 0.5
"""What a new figure, name and word are worth; a rewording alone does not come to `_LEAST`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A sentence that was not known at `since`, and the outlet that printed it first."""

    sentence: str
    outlet: str
    since: datetime


def addition(reports: Sequence[Report], told_at: datetime) -> Addition | None:
    """What news first seen after `told_at` adds most, None where that is little or nothing.

    Only sentences that can be read alone are chosen: a summary may hold one that refers to the
    sentence before it. Of two that add as much the first wins.
    """
    known = {
        one.term
        for report in reports
        if report.judged.article.seen_at <= told_at
        for one in _terms(report.judged)
    }
    best, chosen = 0.0, None
    for article, sentence in _later(reports, told_at):
        worth = _worth(one for one in seen_in(sentence) if one.term not in known)
        if worth >= _LEAST and worth > best:
            best = worth
            chosen = Addition(sentence=sentence, outlet=article.outlet, since=told_at)
    return chosen


def _later(reports: Sequence[Report], told_at: datetime) -> Iterator[tuple[Article, str]]:
    """The sentences of later news that fit a line."""
    for report in reports:
        article = report.judged.article
        # A report that joined by chance and is no AI policy says nothing of what was told.
        told_for = article.kind is ArticleKind.NEWS and report.judged.relevance >= THRESHOLD
        if article.seen_at > told_at and told_for:
            for sentence in report.judged.summary:
                if len(sentence) <= MOST_CHARACTERS and stands_alone(sentence):
                    yield article, sentence


def _terms(report: Judged) -> list[Seen]:
    article = report.article
    return seen_in(f"{article.title}\n{article.text[:_READ_MOST]}")


def _worth(new: Iterable[Seen]) -> float:
    """Each term once."""
    found = {one.term: one for one in new}
    return sum(
        _NUMBER if term[0].isdigit() else _NAME if one.is_name else _WORD
        for term, one in found.items()
    )
