"""Judge: entries to articles with all that the pure stages find, in a thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.feeds.normalise import to_article
from bot.model import Article, Deadline, PollState
from bot.model.seen import Filing
from bot.pipeline.identify import Failure, Marked, failure
from bot.pipeline.stages import Findings, Stages
from bot.relevance.score import THRESHOLD
from bot.stories.deadlines import read_deadlines
from bot.text.scan import READ
from bot.watches.narrow import indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """An entry with its article, all that was found in it, and how it is filed.

    What an article says is due is looked for only where it is AI policy.
    """

    marked: Marked
    findings: Findings
    deadlines: tuple[Deadline, ...]
    filing: Filing


def examine_all(
    entries: Sequence[Marked], stages: Stages, state: PollState, now: datetime
) -> tuple[list[Examined], list[Failure]]:
    """What the stages find in each entry, in order; an entry on which one raises is a failure."""
    examined: list[Examined] = []
    failed: list[Failure] = []
    for one in entries:
        try:
            examined.append(_examine(one, stages, state, now))
        except Exception as error:  # noqa: BLE001 (an entry that breaks a stage is kept, not fatal)
            failed.append(failure(one.key, one.entry, "judge", error))
    return examined, failed


def _examine(one: Marked, stages: Stages, state: PollState, now: datetime) -> Examined:
    article = to_article(
        one.entry,
        state.feed,
        now=now,
        last_good_poll=state.good_at,
        workspaces=state.workspaces,
    )
    article = replace(article, backlog=_is_backlog(article, state))
    findings = stages.examine(article)
    is_policy = findings.judged.relevance >= THRESHOLD
    return Examined(
        marked=one,
        findings=findings,
        deadlines=read_deadlines(article) if is_policy else (),
        filing=Filing(
            content_hash=one.mark.content_hash,
            title_words=indexed(article.title, ""),
            text_words=indexed("", article.text[:READ]),
        ),
    )


def _is_backlog(article: Article, state: PollState) -> bool:
    """Whether the article is history: of a first poll, or of the first document with anything in it
    where that is dated before the poll that found none.
    """
    if state.good_at is None:
        return True
    return state.entry_at is None and article.published.at < state.good_at
