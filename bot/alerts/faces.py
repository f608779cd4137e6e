"""What a message shows, as a short mark to compare: the outbox edits while two marks differ."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.alerts.view import View
from bot.model import Story, StoryId
from bot.stories.present import is_corrected

# After this, growth alone is worth an edit only at these counts of outlets.
SETTLED_AFTER = timedelta(hours=1)
MILESTONES = (5, 10, 20)


def face(view: View) -> str:
    """`outlets/origins.hash`: the counts stay readable, the hash covers the words."""
    words = (
        view.title,
        *view.summary,
        view.best.judged.article.url or "",
        str(view.story.merged_into or ""),
        *(("corrected",) if is_corrected(view.best.judged.article) else ()),
    )
    return f"{len(view.outlets)}/{view.origins}.{_digest(words)}"


def list_face(stories: Iterable[Story | StoryId]) -> str:
    """The mark of a list: which stories stand in it."""
    ids = (str(s.id if isinstance(s, Story) else s) for s in stories)
    return f"list.{_digest(sorted(ids))}"


def merged_face(into: StoryId) -> str:
    """The mark of a message whose story is part of another: it only links to that one."""
    return f"merged.{into}"


def worth_an_edit(known: str | None, new: str, sent_at: datetime | None, now: datetime) -> bool:
    """Whether a message that shows (or is to show) `known` should come to show `new`."""
    if known == new:
        return False
    if known is None or sent_at is None or now - sent_at <= SETTLED_AFTER:
        return True
    old_counts, _, old_words = known.partition(".")
    new_counts, _, new_words = new.partition(".")
    if old_words != new_words:
        return True
    return any(_outlets(old_counts) < mark <= _outlets(new_counts) for mark in MILESTONES)


def _outlets(counts: str) -> int:
    number = counts.partition("/")[0]
    return int(number) if number.isdecimal() else 0


def _digest(words: Iterable[str]) -> str:
    text = "\x1f".join(words).encode("utf-8", "replace")
    return hashlib.blake2b(text, digest_size=8).hexdigest()
