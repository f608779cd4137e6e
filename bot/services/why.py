"""`why`: the stage at which an address stopped, from never seen to told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.view import View, view_of
from bot.alerts.words import because
from bot.errors import UsageError
from bot.feeds.canonical import canonical, outlet_of
from bot.feeds.health import health_of
from bot.feeds.identity import fingerprint
from bot.message import Code, Line, TimeStyle, When
from bot.model import Entry, FeedHealth, FeedId, PollState, Report, StoryId, story_number
from bot.services.asking import Place
from bot.services.explain import Explained, Explainer
from bot.services.lines import (
    ReportLine,
    StoryLine,
    origin_numbers,
    report_line,
    story_line,
)
from bot.services.means import Means
from bot.services.news import Changed, News, changes_of
from bot.services.past import Past
from bot.services.places import Here
from bot.services.ports import StoredArticle, Trace

_MOST_FEEDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """How a feed of an outlet does; `since` is when it began to fail or fell silent."""

    title: str
    health: FeedHealth
    cause: str
    since: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """An address without an article: what is known instead, and the feeds that might bring it."""

    asked: str
    headline: Line
    outlet: str
    feeds: tuple[FeedLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article or story, what was found in it, and what became of it in the channel.

    `report` is None where a story was asked for. `notes` tell of other addresses and titles.
    """

    line: StoryLine
    report: ReportLine | None
    counted: Line
    needed: float
    changes: tuple[Changed, ...]
    notes: tuple[Line, ...]
    here: Explained


class Why:
    """Answers `why`."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._threshold, self._past = means.threshold, Past(means.rows)
        self._explainer, self._news = Explainer(means), News(means)

    async def ask(self, place: Place, typed: str, now: datetime) -> Found | Unseen:
        """Why the article at this address, or the story with this label, came or did not.

        Raises UsageError where it is neither.
        """
        typed = typed.strip().strip("<>")
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            if story_number(typed) is not None and "." not in typed:
                story = await self._news.find(conn, here, typed)
                view = view_of(story, here.tenant)
                assert view is not None
                return await self._found(conn, here, view, now)
            url = canonical(typed if "://" in typed else f"https://{typed}")
            if url is None or "." not in outlet_of(url):
                raise UsageError(
                    f"“{typed}” is neither an article's address nor a story's id. Give a link "
                    "such as https://example.org/story, or an id such as s2k from an alert."
                )
            return await self._at(conn, here, typed, url, now)

    async def _at(
        self, conn: AsyncConnection, here: Here, typed: str, url: str, now: datetime
    ) -> Found | Unseen:
        feeds = {
            state.feed.id: state
            for state in await self._rows.feeds.all_feeds(conn, workspace=here.tenant)
        }
        mark = fingerprint(Entry(guid=None, url=url, title=""), url)
        traces = [
            trace
            for trace in await self._rows.traces.at_address(conn, mark.url_hash or "")
            if trace.feed in feeds
        ]
        stored = await self._stored(conn, here, url, traces)
        if stored is not None and stored.story is not None:
            view = await self._view(conn, here, stored.story)
            if view is not None:
                notes = _notes(stored.report, url, traces, feeds)
                return await self._found(conn, here, view, now, report=stored.report, notes=notes)
        headline = await self._silence(conn, typed, url, traces, feeds)
        return Unseen(
            asked=typed,
            headline=headline,
            outlet=outlet_of(url),
            feeds=_feeds_of(outlet_of(url), list(feeds.values()), now),
        )

    async def _stored(
        self, conn: AsyncConnection, here: Here, url: str, traces: Sequence[Trace]
    ) -> StoredArticle | None:
        """The article at the address, or the one that feeds have listed under it."""
        stored = await self._rows.articles.by_address(conn, url, here.tenant)
        if stored is not None:
            return stored
        ids = [trace.article for trace in traces if trace.article is not None]
        for known in (await self._rows.articles.load(conn, ids)).values():
            if known.report.judged.article.visible_to(here.tenant):
                return known
        return None

    async def _view(self, conn: AsyncConnection, here: Here, number: StoryId) -> View | None:
        story = await self._rows.stories.by_id(conn, number)
        if story is None:
            return None
        return view_of((await self._past.with_own(conn, [story], here.tenant))[0], here.tenant)

    async def _found(
        self,
        conn: AsyncConnection,
        here: Here,
        view: View,
        now: datetime,
        *,
        report: Report | None = None,
        notes: tuple[Line, ...] = (),
    ) -> Found:
        if report is not None:
            # As the story has it: with the workspace's own entities.
            report = next((r for r in view.reports if r.id == report.id), report)
        shown = report or view.best
        befores = await self._rows.news.revisions_of(conn, [shown.id])
        numbers = origin_numbers(view)
        return Found(
            line=story_line(view, self._threshold),
            report=report_line(report, numbers) if report is not None else None,
            counted=because(shown.judged.reasons),
            needed=self._threshold,
            changes=tuple(changes_of(shown, befores.get(shown.id, ()))),
            notes=notes,
            here=await self._explainer.explain(conn, here, view, report, now),
        )

    async def _silence(
        self,
        conn: AsyncConnection,
        typed: str,
        url: str,
        traces: Sequence[Trace],
        feeds: Mapping[FeedId, PollState],
    ) -> Line:
        for failed in await self._rows.traces.failed_at(conn, [url, typed]):
            if failed.feed in feeds:
                return (
                    f"{_title(feeds, failed.feed)} listed it, but it could not be taken in: ",
                    f"the stage “{failed.stage}” failed on ",
                    When(failed.seen_at, TimeStyle.DATE_TIME),
                    f" ({failed.error}). It is kept, and tried again at each poll.",
                )
        if traces:
            first = traces[0]
            return (
                f"{_title(feeds, first.feed)} listed it first on ",
                When(first.first_seen_at, TimeStyle.DATE_TIME),
                f" as “{first.title}”; the article is no longer kept.",
            )
        return ("No feed has listed this address.",)


def _notes(
    report: Report, url: str, traces: Sequence[Trace], feeds: Mapping[FeedId, PollState]
) -> tuple[Line, ...]:
    """Under which other address and titles feeds have listed the article."""
    article = report.judged.article
    notes: list[Line] = []
    if article.canonical_url and article.canonical_url != url:
        notes.append(("This address leads to an article known as ", Code(article.canonical_url)))
    notes += [
        (
            f"A duplicate: {_title(feeds, trace.feed)} listed it on ",
            When(trace.first_seen_at, TimeStyle.DATE_TIME),
            f" as “{trace.title}”",
        )
        for trace in traces
        if trace.title and trace.title != article.title
    ]
    return tuple(notes)


def _title(feeds: Mapping[FeedId, PollState], feed: FeedId) -> str:
    known = feeds[feed].feed
    return known.title or known.outlet or known.url


def _feeds_of(outlet: str, states: Sequence[PollState], now: datetime) -> tuple[FeedLine, ...]:
    """The feeds of this registrable domain."""
    mine = [s for s in states if outlet in {outlet_of(s.feed.url), outlet_of(s.feed.site)}]
    return tuple(feed_line(state, now) for state in mine[:_MOST_FEEDS])


def feed_line(state: PollState, now: datetime) -> FeedLine:
    """How this feed does."""
    how = health_of(state, now)
    return FeedLine(
        title=state.feed.title or state.feed.outlet,
        health=how.state,
        cause=how.cause,
        since=how.since,
        read_at=state.good_at,
    )
