"""An article that a person names by its headline, or by some words of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rapidfuzz import fuzz
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import WorkspaceId
from bot.services.ports import Search, StoredArticle
from bot.text.scan import searched
from bot.watches import indexed

_LOOK_BACK = timedelta(days=90)
_READ = 200
"""Articles, of those that search ranks highest, whose headlines are compared."""
_MOST = 5
"""Articles that a person is asked to choose from."""
_SAME, _LIKE = 95.0, 80.0
"""Likeness, of 100, from which on a headline is the one typed, and may be meant:
outlets change a word of a headline, and pages add their own name to it.
"""


def fewest_words(typed: str) -> int:
    """Words from which on something typed is looked for as a headline; scripts without spaces
    write one in a single word.
    """
    return 2 if typed.isascii() else 1


async def titled(
    search: Search,
    conn: AsyncConnection,
    typed: str,
    *,
    workspace: WorkspaceId | None,
    now: datetime,
) -> Sequence[StoredArticle]:
    """The articles of the last 90 days whose headline is like it, the likest first.

    One alone where its headline is what was typed.
    """
    words = list(dict.fromkeys(indexed(typed, "").split()))
    if not words:
        return ()
    since = now - _LOOK_BACK
    all_of, any_of = [(word,) for word in words], [tuple(words)]
    for clauses in (all_of, any_of):
        page = await search(conn, clauses, workspace=workspace, since=since, limit=_READ)
        if found := _likest(typed, page):
            return found
    return ()


def _likest(typed: str, page: Sequence[StoredArticle]) -> list[StoredArticle]:
    wanted = searched(typed)
    rated = [(_likeness(wanted, one), one) for one in page if one.story is not None]
    rated = sorted((pair for pair in rated if pair[0] >= _LIKE), key=lambda pair: -pair[0])
    same = [one for _, one in rated if fuzz.ratio(wanted, _title(one)) >= _SAME]
    return same if len(same) == 1 else [one for _, one in rated[:_MOST]]


def _likeness(wanted: str, one: StoredArticle) -> float:
    """How much of what was typed the headline says, and the headline as a whole a little."""
    title = _title(one)
    return 0.9 * fuzz.token_set_ratio(wanted, title) + 0.1 * fuzz.ratio(wanted, title)


def _title(one: StoredArticle) -> str:
    return searched(one.report.judged.article.title)
