"""Holding something against stored articles: what it would have matched, and how often."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.compose import web_address
from bot.model import Article, ArticleId, Judged, Span, StoryId, WorkspaceId
from bot.services.ports import Search, StoredArticle
from bot.watches.trial import BackTest, back_test

PAGE = 500
MOST_READ = 20_000
"""Articles held against one query at most, the newest ones; two weeks bring fewer."""
MOST_EXAMPLES = 5
RELEVANT = 0.5
"""The threshold whose effect is shown: what subscriptions ask for unless told otherwise."""
# An article counts when it was seen; feeds state dates up to a week before that (DESIGN).
_LATENESS = timedelta(days=7)

Match = Callable[[Judged], Sequence[Span] | None]
"""The places in an article that match, None where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article that matches, with the places; the newest one of its story."""

    article: Article
    story: StoryId | None
    relevance: float
    spans: tuple[Span, ...]

    @property
    def url(self) -> str | None:
        """Its address, where that leads to the web."""
        return web_address(self.article.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What the past `days` would have brought: articles matched, and the alerts they would make.

    `relevant` counts only articles of a relevance over 0.5. `whole` is False where only the newest
    of more articles were looked at.
    """

    days: int
    matched: int
    all: BackTest
    relevant: BackTest
    examples: tuple[Example, ...]
    whole: bool = True


@dataclass(slots=True)
class _Tally:
    """What was found so far."""

    hits: list[tuple[StoryId, datetime, bool]] = field(default_factory=list)
    examples: dict[StoryId, Example] = field(default_factory=dict)

    def add(self, stored: StoredArticle, spans: Sequence[Span]) -> None:
        judged = stored.report.judged
        # Its own id, negative, stands for the story of an article that has none any more.
        story = stored.story if stored.story is not None else StoryId(-stored.report.id)
        self.hits.append((story, counted_at(judged.article), judged.relevance > RELEVANT))
        if len(self.examples) < MOST_EXAMPLES and story not in self.examples:
            self.examples[story] = Example(
                article=judged.article,
                story=stored.story,
                relevance=judged.relevance,
                spans=tuple(spans),
            )


def counted_at(article: Article) -> datetime:
    """When the article would have alerted; the backlog of a new feed counts by its own dates."""
    return article.published.at if article.backlog else article.seen_at


class History:
    """Stored articles, for trying things out; stores nothing."""

    def __init__(self, search: Search) -> None:
        self._search = search

    async def try_out(
        self,
        conn: AsyncConnection,
        clauses: Sequence[Sequence[str]] | None,
        match: Match,
        *,
        workspace: WorkspaceId | None,
        days: int,
        now: datetime,
    ) -> Tried:
        """Hold `match` against each article of the last `days` that the search does not rule out.

        Matching is done in a thread, page by page.
        """
        since = now - timedelta(days=days)
        tally = _Tally()
        read, before = 0, None
        whole = False
        while read < MOST_READ:
            page = await self._search(
                conn,
                clauses,
                workspace=workspace,
                since=since - _LATENESS,
                limit=PAGE,
                before=before,
            )
            read += len(page)
            await asyncio.to_thread(_match_all, page, match, since, tally)
            if len(page) < PAGE:
                whole = True
                break
            before = _place(page[-1])
        hits = tally.hits
        return Tried(
            days=days,
            matched=len(hits),
            all=back_test(((s, at) for s, at, _ in hits), since=since, until=_after(now)),
            relevant=back_test(((s, at) for s, at, r in hits if r), since=since, until=_after(now)),
            examples=tuple(tally.examples.values()),
            whole=whole,
        )


def _match_all(page: Sequence[StoredArticle], match: Match, since: datetime, tally: _Tally) -> None:
    for stored in page:
        judged = stored.report.judged
        if counted_at(judged.article) < since:
            continue
        spans = match(judged)
        if spans is not None:
            tally.add(stored, spans)


def _after(now: datetime) -> datetime:
    """The end of a span that has `now` in it."""
    return now + timedelta(microseconds=1)


def _place(stored: StoredArticle) -> tuple[datetime, ArticleId]:
    return stored.report.judged.article.published.at, stored.report.id
