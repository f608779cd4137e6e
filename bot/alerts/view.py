"""A story as one workspace sees it: only its reports, and what they alone say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Report, Story, WorkspaceId

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A story and those of its reports that a workspace may see; at least one."""

    story: Story
    reports: Sequence[Report]
    relevance: float
    origins: int
    outlets: Sequence[str]
    first_at: datetime

    @property
    def best(self) -> Report:
        """The report that title and link come from; the first, where the story's is not seen."""
        return next((r for r in self.reports if r.id == self.story.best), self.reports[0])

    @property
    def title(self) -> str:
        """The story's title, unless a report that is not seen here gave it."""
        return self.story.title if self._shaped_here() else self.best.judged.article.title

    @property
    def summary(self) -> tuple[str, ...]:
        """The story's summary, unless a report that is not seen here gave it."""
        return self.story.summary if self._shaped_here() else self.best.judged.summary

    def _shaped_here(self) -> bool:
        best = self.story.best
        if best is None:
            return len(self.reports) == len(self.story.reports)
        return any(report.id == best for report in self.reports)


def view_of(story: Story, workspace: WorkspaceId | None) -> View | None:
    """The story as this workspace sees it, None where it may see none of its reports."""
    reports = story.visible_to(workspace)
    if not reports:
        return None
    return View(
        story=story,
        reports=reports,
        relevance=max(report.judged.relevance for report in reports),
        origins=len({report.origin for report in reports}),
        outlets=list(dict.fromkeys(r.judged.article.outlet for r in reports)),
        first_at=min(report.judged.article.published.at for report in reports),
    )


def breaking(view: View, threshold: float, origins: int) -> bool:
    """Whether the story is breaking: that relevant, or that many origins within an hour."""
    if view.relevance >= threshold:
        return True
    firsts: dict[int, datetime] = {}
    for report in view.reports:
        at = report.judged.article.published.at
        firsts[report.origin] = min(firsts.get(report.origin, at), at)
    times = sorted(firsts.values())
    return any(
        last - first <= HOUR for first, last in zip(times, times[origins - 1 :], strict=False)
    )
