"""A second feed carries a known article: who may see it now, and is it news to them?"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model import PollState, Report, StoryId
from bot.pipeline.ports import StoredArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A known article for more readers: everyone (`shared`), or as `news` where it was history."""

    report: Report
    story: StoryId | None
    shared: bool
    news: bool


def open_to_more(
    stored: StoredArticle, state: PollState, now: datetime, max_alert_age: timedelta
) -> Opened | None:
    """The article as this feed's readers may see it, None where nothing changes for anyone.

    A new feed's backlog is history; but what an established feed brings as new within
    `max_alert_age` is news, whichever feed was the first to list it.
    """
    report, own = stored.report, state.workspaces
    article = report.judged.article
    shared = state.feed.shared and not article.shared
    more = not article.shared and not state.feed.shared and not own <= article.workspaces
    young = now - article.published.at <= max_alert_age
    news = article.backlog and state.good_at is not None and young
    if not (shared or more or news):
        return None
    seen_by_more = replace(
        article,
        shared=article.shared or shared,
        workspaces=article.workspaces | own,
        backlog=article.backlog and not news,
    )
    judged = replace(report.judged, article=seen_by_more)
    opened = replace(report, judged=judged)
    return Opened(report=opened, story=stored.story, shared=shared, news=news)
