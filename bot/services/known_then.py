"""A story as it was known at an instant: without what joined later, in the words of that time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.model import ArticleId, Report, Story
from bot.services.ports import Said
from bot.stories.summary import Extractive
from bot.stories.telling import restated

_SUMMARISER = Extractive()


def known_then(story: Story, said: Mapping[ArticleId, Said], at: datetime) -> Story | None:
    """The story as it stood then; None where none of it had been seen.

    `said` holds what reports that were changed since had said until then. What an operator put
    right later is as it is now: corrections are of our reading, not of the news.
    """
    reports = [
        _in_words_of(report, said.get(report.id))
        for report in story.reports
        if report.judged.article.seen_at <= at
    ]
    if not reports:
        return None
    # Title and summary come from these reports alone, whatever an alert has frozen since.
    return restated(replace(story, frozen_at=None, best=None), reports, at)


def _in_words_of(report: Report, said: Said | None) -> Report:
    if said is None:
        return report
    article = replace(report.judged.article, title=said.title, text=said.text)
    summary = _SUMMARISER.summarise(said.title, said.text)
    return replace(report, judged=replace(report.judged, article=article, summary=summary))
