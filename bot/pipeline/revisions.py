"""What readers of a told story should learn of a report that was revised."""

from dataclasses import replace

from bot.model import Article, Change, ChangeKind
from bot.stories.present import is_corrected
from bot.text.sentences import sentences

_LONGEST_NOTICE = 300


def changes_between(before: Article, after: Article) -> tuple[Change, ...]:
    """A changed headline, where more than spaces changed, and a new notice of correction."""
    changes: list[Change] = []
    if before.title.split() != after.title.split():
        headline = Change(kind=ChangeKind.HEADLINE, before=before.title, after=after.title)
        changes.append(headline)
    notice = _notice(after)
    if notice and notice != _notice(before):
        changes.append(Change(kind=ChangeKind.CORRECTION, after=notice))
    return tuple(changes)


def _notice(article: Article) -> str:
    """The sentence that says what was corrected; empty where none does."""
    if not is_corrected(article):
        return ""
    said = [one.text for one in sentences(article.text, article.language)]
    said = [text for text in said if is_corrected(replace(article, title="", text=text))]
    notice = " ".join((said or [article.title])[0].split())
    return notice if len(notice) <= _LONGEST_NOTICE else notice[: _LONGEST_NOTICE - 1] + "…"
