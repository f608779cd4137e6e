"""The buttons under a message: each names the delivery, and so the stories that it tells."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.view import View, view_of
from bot.errors import NotAllowed, UsageError
from bot.model import DeliveryId, Destination
from bot.services.asking import Actor, Place
from bot.services.claims import ClaimLines, claim_lines
from bot.services.explain import Explained, Explainer
from bot.services.lines import ReportLine, StoryLine, origin_numbers, report_line, story_line
from bot.services.means import Means
from bot.services.places import Here

_MOST_STORIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story that the message tells, and what became of it in the channel."""

    line: StoryLine
    here: Explained


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """A story's reports by origin, each origin's first report first."""

    line: StoryLine
    origins: tuple[tuple[ReportLine, ...], ...]
    claims: ClaimLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's “not relevant”; `people` of the workspace have said so by now."""

    line: StoryLine
    new: bool
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pressed:
    here: Here
    destination: Destination
    views: tuple[View, ...]


class Pressed:
    """Answers the buttons of alerts. All raise UsageError where the message is no longer kept."""

    def __init__(self, means: Means) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._threshold, self._explainer = means.threshold, Explainer(means)

    async def why(
        self, place: Place, actor: Actor, argument: str, now: datetime
    ) -> tuple[Told, ...]:
        """Why each story of the message was told."""
        async with self._database.read() as conn:
            pressed = await self._find(conn, place, actor, argument)
            there = Here(workspace=pressed.here.workspace, destination=pressed.destination)
            return tuple(
                [
                    Told(
                        line=self._line(view),
                        here=await self._explainer.explain(conn, there, view, None, now),
                    )
                    for view in pressed.views
                ]
            )

    async def sources(self, place: Place, actor: Actor, argument: str) -> tuple[Sources, ...]:
        """The reports of each story of the message."""
        async with self._database.read() as conn:
            pressed = await self._find(conn, place, actor, argument)
        # In a thread: the texts of many reports are read for what they state.
        return await asyncio.to_thread(lambda: tuple(map(self._sources, pressed.views)))

    async def mute_story(
        self, place: Place, actor: Actor, argument: str, now: datetime
    ) -> tuple[StoryLine, ...]:
        """Say nothing more of the message's stories in its channel."""
        async with self._database.write() as conn:
            pressed = await self._find(conn, place, actor, argument, here_only=True)
            for view in pressed.views:
                await self._rows.places.mute_story(
                    conn, pressed.destination.id, view.story.id, by=actor.id, now=now
                )
        return tuple(self._line(view) for view in pressed.views)

    async def unmute_story(
        self, place: Place, actor: Actor, argument: str
    ) -> tuple[StoryLine, ...]:
        """Speak of the message's stories again; those that were muted there."""
        lifted = []
        async with self._database.write() as conn:
            pressed = await self._find(conn, place, actor, argument, here_only=True)
            for view in pressed.views:
                here, story = pressed.destination.id, view.story.id
                if await self._rows.places.unmute_story(conn, here, story):
                    lifted.append(self._line(view))
        return tuple(lifted)

    async def not_relevant(
        self, place: Place, actor: Actor, argument: str, now: datetime
    ) -> tuple[Judgement, ...]:
        """Note that the person found the message's stories not relevant to the channel."""
        judged = []
        async with self._database.write() as conn:
            pressed = await self._find(conn, place, actor, argument, here_only=True)
            for view in pressed.views:
                story = view.story.id
                new = await self._rows.feedback.not_relevant(
                    conn, pressed.destination.id, story, person=actor.id, now=now
                )
                people = await self._rows.feedback.count(conn, pressed.destination.workspace, story)
                judged.append(Judgement(line=self._line(view), new=new, people=people))
        return tuple(judged)

    async def take_back(self, place: Place, actor: Actor, argument: str) -> tuple[StoryLine, ...]:
        """Forget the person's “not relevant” on the message's stories; those that had one."""
        taken = []
        async with self._database.write() as conn:
            pressed = await self._find(conn, place, actor, argument, here_only=True)
            for view in pressed.views:
                here, story = pressed.destination.id, view.story.id
                if await self._rows.feedback.take_back(conn, here, story, person=actor.id):
                    taken.append(self._line(view))
        return tuple(taken)

    async def _find(
        self,
        conn: AsyncConnection,
        place: Place,
        actor: Actor,
        argument: str,
        *,
        here_only: bool = False,
    ) -> _Pressed:
        """The stories of a message of this workspace; of this very channel where `here_only`.

        A message of another workspace is one that is not there.
        """
        here = await self._places.find(conn, place)
        number = int(argument) if argument.isascii() and argument.isdecimal() else 0
        found = await self._rows.outbox.by_ids(conn, [DeliveryId(min(number, 2**63 - 1))])
        to = await self._rows.places.destination(conn, found[0].destination) if found else None
        if to is None or here.tenant != to.workspace or to.owner not in {None, actor.id}:
            raise UsageError(_GONE)
        if here_only and to.channel != place.channel:
            raise NotAllowed("That message stands in another channel: press its button there.")
        views = []
        for alert in (await self._rows.alerts.carried_by(conn, found[0].id))[:_MOST_STORIES]:
            story = await self._rows.stories.by_id(conn, alert.story)
            view = view_of(story, here.tenant) if story is not None else None
            if view is not None:
                views.append(view)
        if not views:
            raise UsageError(_GONE)
        return _Pressed(here=here, destination=to, views=tuple(views))

    def _line(self, view: View) -> StoryLine:
        return story_line(view, self._threshold)

    def _sources(self, view: View) -> Sources:
        numbers = origin_numbers(view)
        reports = [report_line(report, numbers) for report in view.reports]
        return Sources(
            line=self._line(view),
            origins=tuple(
                tuple(report for report in reports if report.origin == number)
                for number in numbers.values()
            ),
            claims=claim_lines(view.reports),
        )


_GONE = (
    "What this message told is no longer kept, so its buttons do nothing. "
    "Ask with /latest, or /why and the article's link."
)
