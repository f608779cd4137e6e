"""A story as it stands once a report has joined it, or one of its reports was revised."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.model import Report, Story, StoryId
from bot.stories.origins import origins
from bot.stories.present import present


def begun(story: StoryId, report: Report, predecessor: StoryId | None, now: datetime) -> Story:
    """A new story of this one report."""
    at = report.judged.article.published.at
    bare = Story(
        id=story, reports=(report,), title="", first_at=at, last_at=at, predecessor=predecessor
    )
    return _told(bare, now)


def joined(story: Story, report: Report, now: datetime) -> Story:
    """The story with one more report; one that is in it already is replaced."""
    others = (one for one in story.reports if one.id != report.id)
    return restated(story, [*others, report], now)


def restated(story: Story, reports: Sequence[Report], now: datetime) -> Story:
    """The story with these reports, at least one, in place of its own."""
    return _told(replace(story, reports=tuple(sorted(reports, key=lambda one: one.id))), now)


def shaping(reports: Sequence[Report]) -> list[Report]:
    """The reports that give a story its face and numbers: the shared ones, where there are any."""
    return [report for report in reports if report.judged.article.shared] or list(reports)


def _told(story: Story, now: datetime) -> Story:
    numbers = origins([report.judged for report in story.reports])
    reports = tuple(
        report if report.origin == number else replace(report, origin=number)
        for report, number in zip(story.reports, numbers, strict=True)
    )
    shape = shaping(reports)
    times = [report.judged.article.published.at for report in shape]
    story = replace(
        story,
        reports=reports,
        first_at=min(times),
        last_at=max(times),
        relevance=max(report.judged.relevance for report in shape),
    )
    shown = present(story, now)
    return replace(story, title=shown.title, summary=shown.summary, best=shown.best)
