"""`why`: the stage at which an article stopped, from never seen to told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.view import View, view_of
from bot.alerts.words import because
from bot.errors import UsageError
from bot.feeds.canonical import outlet_of
from bot.feeds.identity import url_hash
from bot.feeds.variants import pasted_address, variants
from bot.message import Code, Line, TimeStyle, When
from bot.model import FeedId, PollState, Report, StoryId, story_number
from bot.services.asking import Place
from bot.services.by_title import fewest_words, titled
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
from bot.services.unseen import Unseen, title_of, unseen


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Several articles that may be meant, each with its story; none where nothing is like it."""

    asked: str
    articles: tuple[tuple[ReportLine, StoryLine], ...] = ()
    one_address: bool = False
    """They stand under one address, such as a live page's, which says nothing of which is meant."""


Answer = Found | Unseen | Choice


class Why:
    """Answers `why`."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._threshold, self._past = means.threshold, Past(means.rows)
        self._explainer, self._news = Explainer(means), News(means)

    async def ask(self, place: Place, typed: str, now: datetime, *, person: str = "") -> Answer:
        """Why the article at this address, the story with this label, or the article with these
        words in its headline, came or did not; by the own watches of `person` too.

        Raises UsageError where it is none of these.
        """
        typed = typed.strip()
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            ask = _Ask(conn=conn, here=here, now=now, person=person)
            if story_number(typed) is not None and "." not in typed:
                story = await self._news.find(conn, here, typed)
                view = view_of(story, here.tenant)
                assert view is not None
                return await self._found(ask, view)
            address = pasted_address(typed)
            if " " not in address:
                forms = variants(address if "://" in address else f"https://{address}")
                if forms and "." in outlet_of(forms[0]):
                    return await self._at(ask, address, forms)
            if len(typed.split()) < fewest_words(typed):
                raise UsageError(
                    f"“{typed}” is neither an article's address nor a story's id. Give a link "
                    "such as https://example.org/story, an id such as s2k from an alert, or some "
                    "words of a headline."
                )
            return await self._titled(ask, typed)

    async def _at(self, ask: "_Ask", typed: str, forms: Sequence[str]) -> Answer:
        """`forms` are the canonical addresses of the page, what was asked for first."""
        feeds = {
            state.feed.id: state
            for state in await self._rows.feeds.all_feeds(ask.conn, workspace=ask.here.tenant)
        }
        traces = [
            trace
            for trace in await self._rows.traces.at_addresses(ask.conn, list(map(url_hash, forms)))
            if trace.feed in feeds
        ]
        stored = await self._stored(ask, forms, traces)
        if stored is not None and stored.story is not None:
            view = await self._view(ask, stored.story)
            if view is not None:
                notes = _notes(stored.report, forms[0], traces, feeds)
                return await self._found(ask, view, report=stored.report, notes=notes)
        sharing = await self._rows.traces.sharing_address(
            ask.conn, [typed, *forms], ask.here.tenant
        )
        if sharing:
            return await self._choice(ask, typed, sharing, one_address=True)
        failed = await self._rows.traces.failed_at(ask.conn, [*forms, typed])
        return unseen(
            typed,
            forms[0],
            failed=[one for one in failed if one.feed in feeds],
            traces=traces,
            states=feeds,
            now=ask.now,
        )

    async def _titled(self, ask: "_Ask", typed: str) -> Answer:
        found = await titled(
            self._rows.search, ask.conn, typed, workspace=ask.here.tenant, now=ask.now
        )
        return await self._choice(ask, typed, found)

    async def _choice(
        self,
        ask: "_Ask",
        asked: str,
        stored: Sequence[StoredArticle],
        *,
        one_address: bool = False,
    ) -> Answer:
        """The one article that is meant; which ones may be, where there are several."""
        seen: list[tuple[Report, View]] = []
        for one in stored:
            view = await self._view(ask, one.story) if one.story is not None else None
            if view is not None:
                seen.append((one.report, view))
        if len(seen) == 1:
            report, view = seen[0]
            return await self._found(ask, view, report=report)
        return Choice(
            asked=asked,
            articles=tuple(
                (
                    report_line(report, origin_numbers(view)),
                    story_line(view, self._threshold),
                )
                for report, view in seen
            ),
            one_address=one_address,
        )

    async def _stored(
        self, ask: "_Ask", forms: Sequence[str], traces: Sequence[Trace]
    ) -> StoredArticle | None:
        """The article at the address, or the one that feeds have listed under it."""
        stored = await self._rows.articles.by_address(ask.conn, forms[0], ask.here.tenant)
        if stored is not None:
            return stored
        ids = [trace.article for trace in traces if trace.article is not None]
        known = await self._rows.articles.load(ask.conn, ids)
        found = (known[number] for number in ids if number in known)
        return next(
            (one for one in found if one.report.judged.article.visible_to(ask.here.tenant)), None
        )

    async def _view(self, ask: "_Ask", number: StoryId) -> View | None:
        story = await self._rows.stories.by_id(ask.conn, number)
        if story is None:
            return None
        (whole,) = await self._past.with_own(ask.conn, [story], ask.here.tenant)
        return view_of(whole, ask.here.tenant)

    async def _found(
        self,
        ask: "_Ask",
        view: View,
        *,
        report: Report | None = None,
        notes: tuple[Line, ...] = (),
    ) -> Found:
        if report is not None:
            # As the story has it: with the workspace's own entities.
            report = next((r for r in view.reports if r.id == report.id), report)
        shown = report or view.best
        befores = await self._rows.news.revisions_of(ask.conn, [shown.id])
        numbers = origin_numbers(view)
        here = await self._explainer.explain(ask.conn, ask.here, view, report, ask.now)
        direct = await self._explainer.directly(
            ask.conn, ask.here, view, report, person=ask.person, now=ask.now
        )
        return Found(
            line=story_line(view, self._threshold),
            report=report_line(report, numbers) if report is not None else None,
            counted=because(shown.judged.reasons),
            needed=self._threshold,
            changes=tuple(changes_of(shown, befores.get(shown.id, ()))),
            notes=notes,
            here=replace(here, direct=direct),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    conn: AsyncConnection
    here: Here
    now: datetime
    person: str


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
            f"A duplicate: {title_of(feeds, trace.feed)} listed it on ",
            When(trace.first_seen_at, TimeStyle.DATE_TIME),
            f" as “{trace.title}”",
        )
        for trace in traces
        if trace.title and trace.title != article.title and trace.article == report.id
    ]
    return tuple(notes)
