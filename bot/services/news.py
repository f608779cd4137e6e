"""What is new: the latest stories about something, and one story with all that is known of it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.quiet import zone_of
from bot.alerts.view import View, view_of
from bot.entities.state_bills import distinct
from bot.errors import NotFound, UsageError
from bot.model import Reference, Report, Story, StoryId, story_label, story_number
from bot.services.asking import Place
from bot.services.claims import ClaimLines, claim_lines
from bot.services.explain import Explained, Explainer
from bot.services.known import About, AboutKind
from bot.services.lines import ReportLine, StoryLine, origin_numbers, report_line, story_line
from bot.services.means import Means
from bot.services.moments import back_to
from bot.services.past import Past
from bot.services.places import Here
from bot.services.ports import Before

LOOK_BACK = timedelta(days=30)
"""How far `latest` looks where nobody says since when."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The newest stories about something, by saga: each newest story first, then its past.

    `in_passing`: none is about the entity; these only name it. `below` counts stories that were
    left out because their relevance is low. `suggestions` are names to try where nothing was found,
    `last` is when the newest story before that was, if any is kept.
    """

    about: About
    sagas: tuple[tuple[StoryLine, ...], ...] = ()
    since: datetime
    in_passing: bool = False
    below: int = 0
    last: datetime | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """That a report was changed at `at`; `before` is its headline until then, if that changed."""

    outlet: str
    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A story with all that this workspace may know of it; `asked` is the label that led here."""

    line: StoryLine
    asked: str
    summary: tuple[str, ...]
    reports: tuple[ReportLine, ...]
    changes: tuple[Changed, ...]
    entities: tuple[str, ...]
    references: tuple[Reference, ...]
    saga: tuple[StoryLine, ...]
    here: Explained
    claims: ClaimLines


class News:
    """Answers `latest` and `story show`."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._known, self._threshold = means.known, means.threshold
        self._explainer, self._past = Explainer(means), Past(means.rows)

    async def latest(
        self, place: Place, typed: str, *, count: int, since: str | None, now: datetime
    ) -> Latest:
        """The newest stories about what was typed; about all AI policy where it is empty.

        `since` is as typed (`3d`, `2026-03-01`); raises UsageError where it cannot be read.
        """
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            start = back_to(since, zone_of(here.zone), now) if since else now - LOOK_BACK
            own = await self._past.own(conn, here.tenant)
            feeds = await self._past.feeds(conn, here.tenant)
            about = self._known().about(typed, own, feeds)
            everything = about.kind is AboutKind.ALL
            ask = _Ask(conn=conn, about=about, here=here, since=start, count=count)
            needed = self._threshold if everything else 0.0
            found = await self._find(ask, relevance=needed)
            in_passing = not found and about.kind is AboutKind.ENTITY
            if in_passing:
                found = await self._find(ask, salient=False)
            below = len(await self._find(ask)) if everything and not found else 0
            ever = replace(ask, since=_EVER, count=1)
            earlier = [] if found else await self._find(ever, relevance=needed)
            roots = await self._rows.stories.roots(conn, [view.story.id for view in found])
        unknown = about.kind is AboutKind.SEARCH and not found
        suggestions = self._known().suggest(typed, own) if unknown else ()
        return Latest(
            about=about,
            sagas=by_saga([self._line(view) for view in found], roots),
            since=start,
            in_passing=bool(in_passing and found),
            below=below,
            last=next((self._line(view).at for view in earlier), None),
            suggestions=suggestions,
        )

    async def story(self, place: Place, typed: str, now: datetime) -> StoryPage:
        """The story with this label, or the one that it was merged into; raises UsageError."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            story = await self.find(conn, here, typed)
            view = view_of(story, here.tenant)
            assert view is not None
            saga = await self._rows.stories.saga(conn, story.id)
            seen = [view_of(one, here.tenant) for one in saga.stories if one.merged_into is None]
            befores = await self._rows.news.revisions_of(conn, [r.id for r in view.reports])
            explained = await self._explainer.explain(conn, here, view, None, now)
        numbers = origin_numbers(view)
        return StoryPage(
            line=self._line(view),
            asked=typed.strip().lower(),
            summary=view.summary,
            reports=tuple(report_line(report, numbers) for report in view.reports),
            changes=tuple(
                change
                for report in view.reports
                for change in changes_of(report, befores.get(report.id, ()))
            ),
            entities=_entities(view),
            references=_references(view),
            saga=tuple(self._line(one) for one in seen if one is not None),
            here=explained,
            claims=await asyncio.to_thread(claim_lines, view.reports),
        )

    async def find(self, conn: AsyncConnection, here: Here, typed: str) -> Story:
        """The story with this label that is for the place to see; raises UsageError."""
        number = story_number(typed)
        if number is None:
            example = story_label(StoryId(84))
            raise UsageError(
                f"“{typed}” is no story's id. They look like {example} and stand at the end of "
                "each alert; /latest shows them too."
            )
        story = await self._rows.stories.by_id(conn, number)
        if story is None or view_of(story, here.tenant) is None:
            raise NotFound("story", typed.strip().lower(), instead="/latest shows the newest ones.")
        return (await self._past.with_own(conn, [story], here.tenant))[0]

    def _line(self, view: View) -> StoryLine:
        return story_line(view, self._threshold)

    async def _find(
        self, ask: "_Ask", *, relevance: float = 0.0, salient: bool = True
    ) -> list[View]:
        stories = await self._past.stories(
            ask.conn,
            ask.about,
            workspace=ask.here.tenant,
            since=ask.since,
            limit=ask.count,
            relevance=relevance,
            salient=salient,
        )
        views = [view_of(story, ask.here.tenant) for story in stories]
        return [view for view in views if view is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    conn: AsyncConnection
    about: About
    here: Here
    since: datetime
    count: int


def by_saga(
    lines: Sequence[StoryLine], roots: Mapping[StoryId, StoryId]
) -> tuple[tuple[StoryLine, ...], ...]:
    """Stories, newest first, with the others of the same chain behind the newest of each.

    `roots` are the oldest stories of their chains: what lies between two stories may not be among
    them.
    """
    groups: dict[StoryId, list[StoryLine]] = {}
    for line in lines:
        groups.setdefault(roots.get(line.story, line.story), []).append(line)
    return tuple(tuple(group) for group in groups.values())


def changes_of(report: Report, befores: Sequence[Before]) -> list[Changed]:
    """How a report was changed, oldest change first."""
    article = report.judged.article
    titles = [*(before.title for before in befores), article.title]
    return [
        Changed(
            outlet=article.outlet,
            at=before.seen_at,
            before=before.title if before.title != after else "",
            after=after,
        )
        for before, after in zip(befores, titles[1:], strict=True)
    ]


def _entities(view: View) -> tuple[str, ...]:
    """Names of all entities: those that a report is about first."""
    found = [entity for report in view.reports for entity in report.judged.entities]
    found.sort(key=lambda entity: not entity.salient)
    return tuple({entity.id: entity.name for entity in found}.values())


def _references(view: View) -> tuple[Reference, ...]:
    return distinct(each for report in view.reports for each in report.judged.references)
