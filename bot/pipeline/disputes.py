"""Figures on which the reports of a told story come to differ."""

from collections.abc import Sequence

from bot.model import Change, ChangeKind, Report, Story
from bot.stories.claims import Dispute, claims_of

_MOST_REPORTS = 40
"""Reports that are compared; a story that has more is told, and the lane must go on."""


def new_disputes(before: Story, after: Story) -> tuple[Change, ...]:
    """What shared reports differ on since the last one joined or changed; only of a told story.

    Reports that only some workspaces see take no part: the note is for everyone.
    """
    if before.frozen_at is None:
        return ()
    reports = _shared(after)
    if len({report.origin for report in reports}) < 2:
        return ()
    found = claims_of(reports).disputes
    if not found:
        return ()
    known = {_values(dispute) for dispute in claims_of(_shared(before)).disputes}
    return tuple(
        Change(kind=ChangeKind.DISPUTED, after=dispute.told())
        for dispute in found
        if _values(dispute) not in known
    )


def _shared(story: Story) -> Sequence[Report]:
    return [report for report in story.reports if report.judged.article.shared][:_MOST_REPORTS]


def _values(dispute: Dispute) -> frozenset[str]:
    return frozenset(side.value for side in dispute.sides)
