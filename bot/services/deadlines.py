"""What is due: dated commitments that tracked stories name, soonest first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.compose import web_address
from bot.alerts.quiet import zone_of
from bot.model import ArticleKind, Deadline, StoryId, story_label
from bot.services.asking import Place
from bot.services.known import About, AboutKind
from bot.services.means import Means
from bot.services.past import Past
from bot.services.places import Here
from bot.services.ports import Due
from bot.stories.lexicon import MONTHS, STOPWORDS
from bot.text.calendar import WEEKDAY

_MOST_READ = 2_000
_MOST_STORIES = 300
_LOOK_BACK = timedelta(days=365)
"""Stories older than this are forgotten (DESIGN, “Retention”)."""
_SAME_COUNT = timedelta(days=7)
"""One term counted from reports of one week is one term."""
_NAME = re.compile(rf"\b(?!{WEEKDAY})[A-Z]\w{{2,}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One date with its sentence and source; `others` more outlets name it too."""

    deadline: Deadline
    counted_from: date
    """The day of publication, from which a term was counted."""
    story: StoryId
    label: str
    saga: StoryId
    outlet: str
    title: str
    url: str | None
    others: int = 0
    is_of_roundup: bool = False
    """Only roundups name it: their sentence tells of other matters too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What is due about something, soonest first; `total` are all, `lines` those shown.

    `suggestions` are names to try where what was typed is not known.
    """

    about: About
    lines: tuple[DueLine, ...]
    total: int
    suggestions: tuple[str, ...] = ()


class Deadlines:
    """Answers `deadlines`."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._known, self._threshold = means.known, means.threshold
        self._past = Past(means.rows)

    async def coming(self, place: Place, typed: str, *, now: datetime) -> Coming:
        """Everything due from now on about what was typed; about all stories where it is empty."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            own = await self._past.own(conn, here.tenant)
            feeds = await self._past.feeds(conn, here.tenant)
            about = self._known().about(typed, own, feeds)
            today = now.astimezone(zone_of(here.zone)).date()
            found = await self._rows.deadlines.coming(
                conn,
                workspace=here.tenant,
                # A day there may still be a day ahead of the day here.
                since=today - timedelta(days=1),
                relevance=self._threshold,
                limit=_MOST_READ,
            )
            if about.kind is not AboutKind.ALL:
                stories = await self._stories(conn, about, here, now)
                found = [due for due in found if due.story in stories]
            found = [due for due in found if not _is_over(due.deadline, now, today)]
            roots = await self._rows.stories.roots(conn, {due.story for due in found})
        lines = lines_of(found, roots)
        unknown = about.kind is AboutKind.SEARCH and not lines
        return Coming(
            about=about,
            lines=tuple(lines),
            total=len(lines),
            suggestions=self._known().suggest(typed, own) if unknown else (),
        )

    async def _stories(
        self, conn: AsyncConnection, about: About, here: Here, now: datetime
    ) -> set[StoryId]:
        stories = await self._past.stories(
            conn,
            about,
            workspace=here.tenant,
            since=now - _LOOK_BACK,
            limit=_MOST_STORIES,
            relevance=self._threshold,
        )
        return {story.id for story in stories}


def _is_over(deadline: Deadline, now: datetime, today: date) -> bool:
    return deadline.at <= now if deadline.at is not None else deadline.day < today


def lines_of(found: Sequence[Due], roots: Mapping[StoryId, StoryId]) -> list[DueLine]:
    """Each date of a saga once, in the words of its best source; soonest first.

    A date named beats one counted from publication, which in turn is told once for all the reports
    that count the same term from their own days. What a roundup repeats is left to who tells it.
    """
    groups: dict[tuple[StoryId, date], list[Due]] = {}
    for due in found:
        groups.setdefault((roots[due.story], due.deadline.day), []).append(due)
    lines = [_line(saga, dues) for (saga, _), dues in groups.items()]
    kept: list[DueLine] = []
    for line in sorted(lines, key=lambda one: (one.deadline.about, one.counted_from, one.story)):
        if not (line.deadline.about and any(_is_one_term(line, other) for other in kept)):
            kept.append(line)
    own = [line for line in kept if not line.is_of_roundup]
    told = [line for line in kept if not line.is_of_roundup or not _is_repeated(line, own)]
    return sorted(told, key=_soonest)


def _is_repeated(line: DueLine, own: Sequence[DueLine]) -> bool:
    """Whether another report names that day and somebody or something that the roundup names."""
    names = _names(line.deadline.sentence)
    return any(
        other.deadline.day == line.deadline.day
        and not names.isdisjoint(_names(f"{other.deadline.sentence} {other.title}"))
        for other in own
    )


def _names(text: str) -> set[str]:
    words = {word.casefold() for word in _NAME.findall(text)}
    return words - STOPWORDS - MONTHS.keys()


def _soonest(line: DueLine) -> tuple[object, ...]:
    at = line.deadline.at
    return line.deadline.day, at is None, at.timestamp() if at else 0.0, line.story


def _is_one_term(line: DueLine, other: DueLine) -> bool:
    near = abs(line.deadline.day - other.deadline.day) <= _SAME_COUNT
    return line.saga == other.saga and near


def _line(saga: StoryId, dues: Sequence[Due]) -> DueLine:
    best = min(dues, key=_rank)
    outlets = {due.outlet for due in dues}
    return DueLine(
        deadline=best.deadline,
        counted_from=best.published_at.date(),
        story=best.story,
        label=story_label(best.story),
        saga=saga,
        outlet=best.outlet or "an unnamed outlet",
        title=best.title or "Untitled",
        url=web_address(best.url),
        others=len(outlets) - 1,
        is_of_roundup=best.kind is ArticleKind.ROUNDUP,
    )


def _rank(due: Due) -> tuple[bool, bool, bool, int, datetime, StoryId]:
    deadline, of_roundup = due.deadline, due.kind is ArticleKind.ROUNDUP
    return (
        of_roundup,
        deadline.at is None,
        deadline.about,
        int(due.tier),
        due.published_at,
        due.story,
    )
