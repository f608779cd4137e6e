"""Assign: each new article to the story that it joins, in order, in the staged batch alone."""

from collections.abc import Iterator, Sequence

from bot.model import ArticleId, Report, StoryId
from bot.pipeline.changes import Changes, Placed
from bot.pipeline.judge import Examined
from bot.stories.clustering import Batch


def assign_all(
    fresh: Sequence[Examined],
    staged: Batch,
    articles: Iterator[ArticleId],
    stories: Iterator[StoryId],
    changes: Changes,
) -> list[Placed]:
    """Where each article goes, under the next of the reserved ids; later ones see earlier ones.

    An entry on which clustering raises is noted in `changes` and left out.
    """
    now = changes.poll.now
    placed: list[Placed] = []
    for one in fresh:
        judged = one.findings.judged
        try:
            found = staged.assign(judged, now)
        except Exception as error:  # noqa: BLE001 (an entry that breaks a stage is kept)
            changes.fail(one.marked, "assign", error)
            continue
        report = Report(id=next(articles), judged=judged, joined=found.reasons)
        story = found.story if found.story is not None else next(stories)
        staged.join(report, story, now)
        placed.append(Placed(examined=one, report=report, story=story, found=found))
    return placed
