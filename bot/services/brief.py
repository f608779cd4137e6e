"""What happened since: cited sentences about something, by saga, in order of time."""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.compose import web_address
from bot.alerts.quiet import zone_of
from bot.alerts.view import View, view_of
from bot.alerts.words import reported_by
from bot.errors import UsageError
from bot.model import ArticleKind, Report, Story, StoryId, story_label
from bot.services.asking import Place
from bot.services.claims import DisputeLine, dispute_lines
from bot.services.known import About, AboutKind
from bot.services.known_then import known_then
from bot.services.means import Means
from bot.services.moments import back_to, end_of_past
from bot.services.past import Past
from bot.services.places import Here
from bot.stories.readable import stands_alone
from bot.stories.summary import Extractive

LOOK_BACK = timedelta(days=7)
"""How far a brief looks where nobody says since when."""
MOST_STORIES = 40
_READ_MOST = 200
_MOST_SENTENCES = 4
_MOST_DISPUTES = 2
_NEW = 0.6
"""Share of a sentence's words that must be new for it to add something."""
_WORD = re.compile(r"\w{3,}")
_SUMMARISER = Extractive()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A sentence that stands in a report, with that report."""

    sentence: str
    outlet: str
    url: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """One story of a brief; `disputes` are what its reports differ on."""

    label: str
    title: str
    url: str | None
    at: datetime
    outlets: str
    origins: int
    cited: tuple[Cited, ...]
    disputes: tuple[DisputeLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSaga:
    """Stories of one saga, oldest first, under the title of the weightiest."""

    title: str
    stories: tuple[ToldStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What happened between two instants; `as_of`: as it was known at the later one.

    `left_out` stories had no room. `suggestions` are names to try where nothing was found.
    """

    about: About
    since: datetime
    until: datetime
    as_of: bool
    zone: str
    sagas: tuple[ToldSaga, ...] = ()
    left_out: int = 0
    suggestions: tuple[str, ...] = ()

    @property
    def stories(self) -> int:
        """How many it tells."""
        return sum(len(saga.stories) for saga in self.sagas)


class Briefs:
    """Answers `brief`."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._known, self._threshold = means.known, means.threshold
        self._past = Past(means.rows)

    async def write(
        self, place: Place, typed: str, *, since: str | None, as_of: str | None, now: datetime
    ) -> Brief:
        """The brief about what was typed; about all AI policy where it is empty.

        `since` and `as_of` are as typed (`3d`, `2026-03-01`); a day of the latter counts to its
        end. Raises UsageError where they cannot be read, or leave no time between them.
        """
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            zone = zone_of(here.zone)
            until = min(end_of_past(as_of, zone, now), now) if as_of else now
            start = back_to(since, zone, until) if since else until - LOOK_BACK
            if start >= until:
                later = "before “as-of”" if as_of else "in the past"
                raise UsageError(f"“since” must lie {later}. Try a longer time, such as 7d.")
            own = await self._past.own(conn, here.tenant)
            feeds = await self._past.feeds(conn, here.tenant)
            about = self._known().about(typed, own, feeds)
            found = await self._find(conn, about, here, start, until, then=as_of is not None)
            roots = await self._rows.stories.roots(conn, [view.story.id for view in found])
        unknown = about.kind is AboutKind.SEARCH and not found
        kept = sorted(found, key=_weight)[:MOST_STORIES]
        return Brief(
            about=about,
            since=start,
            until=until,
            as_of=as_of is not None,
            zone=here.zone,
            # Reading for what each report adds is work that the chat must not wait for.
            sagas=await asyncio.to_thread(_sagas, kept, roots),
            left_out=len(found) - len(kept),
            suggestions=self._known().suggest(typed, own) if unknown else (),
        )

    async def _find(
        self,
        conn: AsyncConnection,
        about: About,
        here: Here,
        since: datetime,
        until: datetime,
        *,
        then: bool,
    ) -> list[View]:
        """The stories of that time as the workspace sees them, or as it saw them then."""
        # Who searches for words asks for all that has them, as `latest` does.
        least = 0.0 if about.kind is AboutKind.SEARCH else self._threshold
        stories = await self._past.stories(
            conn,
            about,
            workspace=here.tenant,
            since=since,
            until=until,
            limit=_READ_MOST,
            relevance=least,
            salient=about.kind is AboutKind.ENTITY,
        )
        if then:
            stories = await self._as_known(conn, stories, until)
        views = [view for story in stories if (view := view_of(story, here.tenant)) is not None]
        found = [view for view in views if view.relevance >= least and _newest(view) >= since]
        # A roundup tells again what others tell, between matters of its own.
        return [view for view in found if not _is_roundup(view)] or found

    async def _as_known(
        self, conn: AsyncConnection, stories: Sequence[Story], at: datetime
    ) -> list[Story]:
        ids = [report.id for story in stories for report in story.reports]
        said = await self._rows.news.said_at(conn, ids, at)
        known = await asyncio.to_thread(lambda: [known_then(story, said, at) for story in stories])
        return [story for story in known if story is not None]


def _newest(view: View) -> datetime:
    return max(report.judged.article.published.at for report in view.reports)


def _is_roundup(view: View) -> bool:
    return view.best.judged.article.kind is ArticleKind.ROUNDUP


def _weight(view: View) -> tuple[float, int, float, StoryId]:
    return -view.relevance, -view.origins, -view.first_at.timestamp(), view.story.id


def _sagas(kept: Sequence[View], roots: Mapping[StoryId, StoryId]) -> tuple[ToldSaga, ...]:
    """The stories by saga, sagas and stories in order of time."""
    groups: dict[StoryId, list[View]] = {}
    for view in sorted(kept, key=lambda one: (one.first_at, one.story.id)):
        groups.setdefault(roots[view.story.id], []).append(view)
    return tuple(
        ToldSaga(
            title=min(views, key=_weight).title or "Untitled",
            stories=tuple(_told(view) for view in views),
        )
        for views in groups.values()
    )


def _told(view: View) -> ToldStory:
    return ToldStory(
        label=story_label(view.story.id),
        title=view.title or "Untitled",
        url=web_address(view.best.judged.article.url),
        at=view.first_at,
        outlets=reported_by(view.outlets),
        origins=view.origins,
        cited=tuple(cited(view)),
        disputes=dispute_lines(view.reports)[:_MOST_DISPUTES] if view.origins > 1 else (),
    )


def cited(view: View) -> list[Cited]:
    """What the best report says, then what reports of other origins add; at most four sentences.

    Each stands in its report; where a report has no text its headline is cited.
    """
    found: list[Cited] = []
    said: set[str] = set()
    origins: set[int] = set()
    for report in [view.best, *(one for one in view.reports if one.id != view.best.id)]:
        if report.origin in origins:
            continue
        added = list(_adding(_sentences(report), said))
        for sentence in added[: _MOST_SENTENCES - len(found)]:
            found.append(_cited(sentence, report))
            said |= _words(sentence)
            origins.add(report.origin)
    return found


def _cited(sentence: str, report: Report) -> Cited:
    article = report.judged.article
    return Cited(
        sentence=sentence,
        outlet=article.outlet or "an unnamed outlet",
        url=web_address(article.url),
        at=article.published.at,
    )


def _sentences(report: Report) -> Iterable[str]:
    """The report's summary where it stands in the text; another's words are never cited as its."""
    article, summary = report.judged.article, report.judged.summary
    if not article.text:
        # Texts are kept for a time only; the summary was made of this one.
        return summary or (article.title,)
    if summary and all(stands_in(sentence, article.text) for sentence in summary):
        return summary
    return _SUMMARISER.summarise(article.title, article.text) or (article.title,)


def stands_in(sentence: str, text: str) -> bool:
    """Whether a text holds these words, blanks aside; one cut short ends in “…”."""
    words = " ".join(sentence.removesuffix("…").split())
    return words in " ".join(text.split())


def _adding(sentences: Iterable[str], said: set[str]) -> Iterator[str]:
    """Those that add to what was said. One that refers to the sentence before goes with that."""
    told_before = not said
    for sentence in sentences:
        told_before = not said or (
            _adds(sentence, said) and (told_before or stands_alone(sentence))
        )
        if told_before:
            yield sentence


def _adds(sentence: str, said: set[str]) -> bool:
    words = _words(sentence)
    return bool(words) and len(words - said) >= _NEW * len(words)


def _words(sentence: str) -> set[str]:
    return set(_WORD.findall(sentence.lower()))
