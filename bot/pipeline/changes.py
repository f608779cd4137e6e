"""All that a batch will write and tell, gathered before any of it is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.model import (
    AlertState,
    ArticleId,
    Change,
    Deadline,
    Joined,
    Own,
    PollState,
    Report,
    Story,
    StoryId,
)
from bot.model.seen import Filing, SeenEntry
from bot.pipeline import identify
from bot.pipeline.disputes import new_disputes
from bot.pipeline.identify import Failure, Fresh, Marked
from bot.pipeline.judge import Examined
from bot.pipeline.opening import Opened
from bot.pipeline.report import Ingested
from bot.pipeline.revisions import changes_between
from bot.pipeline.stages import Findings
from bot.stories import telling
from bot.stories.clustering import Assignment

RELEVANT = 0.5
"""Relevance from which an article counts as AI policy (the default threshold of subscriptions)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One feed's document on its way through the lane."""

    state: PollState
    marked: Sequence[Marked]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A new article with the story that it joins or begins."""

    examined: Examined
    report: Report
    story: StoryId
    found: Assignment


@dataclass(slots=True, kw_only=True)
class Changes:
    """Grows while a batch is taken; `stories` are those that it touches, as they stand by now."""

    poll: Poll
    failed: list[Failure] = field(default_factory=list)
    stories: dict[StoryId, Story] = field(default_factory=dict)
    revised: list[Report] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    filings: dict[ArticleId, Filing] = field(default_factory=dict)
    own: dict[ArticleId, Own] = field(default_factory=dict)
    """What workspaces' own additions find in the articles that were examined."""
    deadlines: dict[ArticleId, tuple[Deadline, ...]] = field(default_factory=dict)
    """What the articles that are stored or revised say is due."""
    _own_before: dict[ArticleId, Own] = field(default_factory=dict)
    _begun: set[StoryId] = field(default_factory=set)
    _touched: set[StoryId] = field(default_factory=set)
    _placed: dict[ArticleId, tuple[StoryId, Marked]] = field(default_factory=dict)

    def known(self, stories: Mapping[StoryId, Story], own: Mapping[ArticleId, Own]) -> None:
        """Take in stories as the database has them, and what is whose `own` in their reports."""
        self.stories.update(stories)
        self._own_before.update(own)

    def fail(self, one: Marked, stage: str, error: Exception) -> None:
        """An entry on which a stage raised is skipped and kept with its error."""
        self.failed.append(identify.failure(one.key, one.entry, stage, error))

    def place_all(self, placed: Sequence[Placed]) -> None:
        """New articles join their stories, or begin them, in order."""
        for one in placed:
            story, report, found = one.story, one.report, one.found
            began = found.story is None
            differ: tuple[Change, ...] = ()
            if began:
                stands = telling.begun(story, report, found.predecessor, self.poll.now)
                self._begun.add(story)
            else:
                stands = telling.joined(self.stories[story], report, self.poll.now)
                differ = new_disputes(self.stories[story], stands)
            self.stories[story] = stands
            self._touched.add(story)
            self._placed[report.id] = (story, one.examined.marked)
            self.filings[report.id] = one.examined.filing
            self.own[report.id] = one.examined.findings.own
            self.deadlines[report.id] = one.examined.deadlines
            self._tell(story, report.id, one.examined.findings, began=began, changes=differ)

    def revise(self, before: Report, story: StoryId | None, after: Examined) -> None:
        """A known article has new words; where it stands, and since when, stays."""
        old, new = before.judged.article, after.findings.judged.article
        article = replace(
            old,
            title=new.title,
            text=new.text,
            language=new.language,
            kind=new.kind,
            credit=new.credit,
            authors=new.authors,
        )
        report = replace(before, judged=replace(after.findings.judged, article=article))
        self.revised.append(report)
        self.filings[report.id] = after.filing
        self.own[report.id] = after.findings.own
        self.deadlines[report.id] = after.deadlines
        if story is None or story not in self.stories:
            return
        stood = self.stories[story]
        self.stories[story] = telling.joined(stood, report, self.poll.now)
        self._touched.add(story)
        changes = (*changes_between(old, article), *new_disputes(stood, self.stories[story]))
        if changes:
            self._tell(story, report.id, after.findings, revised=True, changes=changes)

    def open(self, one: Opened, findings: Findings) -> None:
        """A known article is for more readers; for those of a feed's first poll it is history."""
        self.opened.append(one)
        self.own[one.report.id] = findings.own
        if one.story is None or one.story not in self.stories:
            return
        self.stories[one.story] = telling.joined(self.stories[one.story], one.report, self.poll.now)
        self._touched.add(one.story)
        if self.poll.state.good_at is not None:
            self._tell(one.story, one.report.id, findings, opened=True)

    def new_stories(self) -> list[Story]:
        """Stories that begin, as they stand at the batch's end, by id."""
        return [self.stories[story] for story in sorted(self._begun)]

    def changed_stories(self) -> list[Story]:
        """Stories of before that changed, by id."""
        return [self.stories[story] for story in sorted(self._touched - self._begun)]

    def new_reports(self) -> list[tuple[Report, StoryId]]:
        """New articles with their stories, in order of arrival; each with its last origin."""
        last = {
            report.id: report
            for story, _ in self._placed.values()
            for report in self.stories[story].reports
        }
        return [(last[number], story) for number, (story, _) in self._placed.items()]

    def memory_of(self, fresh: Sequence[Fresh]) -> list[SeenEntry]:
        """What is remembered of the new entries that were stored."""
        numbers = {one.key: number for number, (_, one) in self._placed.items()}
        return [
            SeenEntry(
                id=one.row,
                feed=self.poll.state.feed.id,
                article=numbers[one.marked.key],
                mark=one.marked.mark,
            )
            for one in fresh
            if one.marked.key in numbers
        ]

    def succeeded(self) -> list[str]:
        """Keys of the entries that were stored."""
        return [one.key for _, one in self._placed.values()]

    def counted(
        self, *, entries: int, known: int, changed: int, alerts: Mapping[AlertState, int]
    ) -> Ingested:
        """The batch in numbers."""
        new = [report.judged for report, _ in self.new_reports()]
        return Ingested(
            entries=entries,
            new=len(new),
            backlog=sum(judged.article.backlog for judged in new),
            known=known,
            changed=changed,
            revised=len(self.revised),
            opened=len(self.opened),
            failed=len(self.failed),
            stories=len(self._begun),
            relevant=sum(judged.relevance >= RELEVANT for judged in new),
            alerts=alerts,
            kinds=Counter(judged.article.kind for judged in new),
        )

    def _tell(
        self,
        story: StoryId,
        article: ArticleId,
        findings: Findings,
        *,
        began: bool = False,
        revised: bool = False,
        opened: bool = False,
        changes: tuple[Change, ...] = (),
    ) -> None:
        stands = self.stories[story]
        self.joined.append(
            Joined(
                story=stands,
                report=next(report for report in stands.reports if report.id == article),
                began=began,
                revised=revised,
                opened=opened,
                changes=changes,
                watch_hits=findings.watch_hits,
                own=findings.own,
                own_elsewhere=self._elsewhere(stands, article),
                last_good=self.poll.state.good_at,
            )
        )

    def _elsewhere(self, story: Story, article: ArticleId) -> Mapping[ArticleId, Own]:
        others = (report.id for report in story.reports if report.id != article)
        found = ((id_, self.own.get(id_, self._own_before.get(id_))) for id_ in others)
        return {id_: own for id_, own in found if own}
