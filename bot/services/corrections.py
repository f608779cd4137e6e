"""`story merge` and `story split`: a correction by hand stands, and its messages follow.

Both run in the ingest lane's turn, so that no article joins meanwhile; the count of changes that
they leave makes every process take its live stories up anew with its next batch.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.carriers import carrier_of
from bot.alerts.faces import merged_face
from bot.alerts.merging import merge_alerts, split_alerts
from bot.alerts.routing import Carrier
from bot.alerts.view import view_of
from bot.errors import NotAllowed, NotFound, UsageError
from bot.model import (
    Alert,
    Delivery,
    DeliveryId,
    DeliveryState,
    Joined,
    Reason,
    Report,
    Story,
    StoryId,
    story_label,
    story_number,
)
from bot.services.asking import Actor, Place, Who
from bot.services.lines import StoryLine, story_line
from bot.services.means import Means
from bot.services.places import Here
from bot.services.ports.correcting import Desk
from bot.stories.telling import begun, restated

_BY_HAND = Reason(term="an operator's correction", where="by hand", weight=1.0)
_NUMBERS = re.compile(r"\d{1,4}(?:\s*[-–]\s*\d{1,4})?(?:[\s,]+\d{1,4}(?:\s*[-–]\s*\d{1,4})?)*")
_TERMINAL = "console"
"""The terminal's workspace is the operator's own: it makes no second tenant."""
_LISTS = frozenset({Carrier.DIGEST, Carrier.OVERNIGHT, Carrier.FLOOD})
_STANDS = frozenset({DeliveryState.CLAIMED, DeliveryState.UNKNOWN, DeliveryState.SENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Two stories made one: `kept` as it stands now; `links` messages will link to another."""

    kept: StoryLine
    gone: str
    reports: int
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A story parted in two: what stays, and the new one."""

    stays: StoryLine
    part: StoryLine
    moved: int
    alerts: bool


class Corrections:
    """Puts stories right, for operators; where there is one workspace, for its managers."""

    def __init__(self, means: Means, desk: Desk) -> None:
        self._places, self._threshold, self._desk = means.places, means.threshold, desk

    async def merge(
        self, place: Place, actor: Actor, one: str, other: str, now: datetime
    ) -> Merged:
        """Make one story of two: the older id stays, the other forwards; raises UsageError."""
        desk = self._desk
        async with desk.database.lane() as conn:
            here = await self._allowed(conn, place, actor)
            found = [await self._find(conn, here, typed) for typed in (one, other)]
            kept, gone = sorted(found, key=lambda story: story.id)
            if kept.id == gone.id:
                raise UsageError(f"{one} and {other} are one story already.")
            alerts = await desk.alerts.for_stories(conn, {kept.id, gone.id})
            links = await self._merge_alerts(conn, alerts, kept.id, gone.id, now)
            whole = restated(_faced(kept, gone), _all_reports(kept, gone), now)
            moved = [report.id for report in gone.reports]
            await desk.corrections.move_reports(conn, moved, kept.id, [_BY_HAND])
            emptied = replace(gone, reports=(), merged_into=kept.id, predecessor=None)
            await desk.stories.update(conn, [whole, emptied])
            await desk.corrections.lead_on(conn, gone.id, kept.id)
            await desk.corrections.take_along(conn, gone.id, kept.id)
            await self._settle(conn, [whole], now)
        return Merged(
            kept=self._line(whole, here),
            gone=story_label(gone.id),
            reports=len(whole.visible_to(here.tenant)),
            links=links,
        )

    async def split(
        self,
        place: Place,
        actor: Actor,
        typed: str,
        numbers: str,
        now: datetime,
        *,
        alert: bool = False,
    ) -> Split:
        """Part these reports off, as `story show` numbers them; raises UsageError.

        The new story alerts nobody who heard of the whole, unless `alert` says so.
        """
        desk = self._desk
        async with desk.database.lane() as conn:
            here = await self._allowed(conn, place, actor)
            story = await self._find(conn, here, typed)
            moved = _chosen(story.visible_to(here.tenant), numbers, story_label(story.id))
            ids = {report.id for report in moved}
            left = [report for report in story.reports if report.id not in ids]
            if not left:
                raise UsageError(f"Nothing would be left of {story_label(story.id)}.")
            (number,) = await desk.stories.reserve_ids(conn, 1)
            first = begun(number, moved[0], None, now)
            part = restated(first, moved, now)
            stays = restated(story, left, now)
            await desk.stories.begin(conn, [part])
            await desk.corrections.move_reports(conn, ids, number, [_BY_HAND])
            await desk.stories.update(conn, [stays, part])
            if not alert:
                heard = await desk.alerts.for_stories(conn, {story.id})
                await desk.alerts.save(conn, split_alerts(heard, number), now)
            await self._settle(conn, [stays], now)
            if alert:
                asked = await asyncio.to_thread(self._as_begun, part, now)
                await desk.router.route(conn, [asked], now)
        return Split(
            stays=self._line(stays, here),
            part=self._line(part, here),
            moved=len(moved),
            alerts=alert,
        )

    async def _allowed(self, conn: AsyncConnection, place: Place, actor: Actor) -> Here:
        """The place, where the person may correct what all workspaces share; else NotAllowed."""
        here = await self._places.find(conn, place)
        if actor.may >= Who.OPERATOR:
            return here
        tenants = await self._desk.workspaces.all_workspaces(conn)
        others = [one for one in tenants if one.id != here.tenant and one.platform != _TERMINAL]
        if others or actor.may < Who.WORKSPACE_MANAGER:
            raise NotAllowed(
                "Several workspaces share these stories, so only an operator of this policywire "
                "corrects them. Ask one; `operators` in its config names them."
            )
        return here

    async def _merge_alerts(
        self,
        conn: AsyncConnection,
        alerts: Sequence[Alert],
        kept: StoryId,
        gone: StoryId,
        now: datetime,
    ) -> int:
        """Let the older alerts survive; how many messages are to link to another."""
        desk = self._desk
        carried = {alert.delivery for alert in alerts if alert.delivery is not None}
        deliveries = {d.id: d for d in await desk.deliveries.by_ids(conn, carried)}
        stands = await self._standing(conn, deliveries)
        merged = merge_alerts(alerts, kept, gone, stands)
        await desk.alerts.save(conn, merged.alerts, now)
        carriers = {id_: carrier_of(deliveries[id_].key) for id_ in merged.pointing}
        posts = [id_ for id_, carrier in carriers.items() if carrier is Carrier.STORY]
        # A list names its stories, and now leaves out the one that is gone.
        lists = [id_ for id_, carrier in carriers.items() if carrier in _LISTS]
        await desk.deliveries.want(conn, [*posts, *lists], merged_face(kept))
        return len(posts)

    async def _standing(
        self, conn: AsyncConnection, deliveries: Mapping[DeliveryId, Delivery]
    ) -> list[DeliveryId]:
        """Deliveries that a worker has begun; the others are held until we commit."""
        return [
            delivery.id
            for delivery in deliveries.values()
            if delivery.state in _STANDS
            or (
                delivery.state is DeliveryState.QUEUED
                and not await self._desk.deliveries.attach(
                    conn, delivery.id, (DeliveryState.QUEUED,)
                )
            )
        ]

    async def _settle(self, conn: AsyncConnection, changed: Sequence[Story], now: datetime) -> None:
        """Let messages follow, and whoever holds stories in memory know."""
        joined = [Joined(story=s, report=s.reports[-1], by_hand=True) for s in changed]
        await self._desk.router.route(conn, joined, now)
        await self._desk.facts.stories_changed(conn)

    def _as_begun(self, part: Story, now: datetime) -> Joined:
        """The part as if its newest report had just begun it, with what watches and workspaces find
        in each of its reports.
        """
        found = {one.id: self._desk.examine(one.judged.article) for one in part.reports}
        newest = part.reports[-1]
        hits = {watch: why for one in found.values() for watch, why in one.watch_hits.items()}
        own = found.pop(newest.id).own
        return Joined(
            story=part,
            report=newest,
            began=True,
            watch_hits=hits,
            own=own,
            own_elsewhere={id_: one.own for id_, one in found.items()},
            last_good=now,
        )

    async def _find(self, conn: AsyncConnection, here: Here, typed: str) -> Story:
        number = story_number(typed)
        story = await self._desk.stories.by_id(conn, number) if number is not None else None
        if story is None or view_of(story, here.tenant) is None:
            raise NotFound("story", typed.strip().lower(), instead="/latest shows the newest ones.")
        return story

    def _line(self, story: Story, here: Here) -> StoryLine:
        view = view_of(story, here.tenant)
        assert view is not None
        return story_line(view, self._threshold)


def _faced(kept: Story, gone: Story) -> Story:
    """The story that stays, with the words of the one that was told first, and what went before."""
    told = [story for story in (kept, gone) if story.frozen_at is not None]
    first = min(told, key=lambda story: (story.frozen_at, story.id), default=kept)
    earlier = next(
        (s for s in (kept.predecessor, gone.predecessor) if s not in {None, kept.id, gone.id}), None
    )
    return replace(
        kept,
        title=first.title,
        summary=first.summary,
        best=first.best,
        frozen_at=first.frozen_at,
        predecessor=earlier,
    )


def _all_reports(kept: Story, gone: Story) -> list[Report]:
    moved = [replace(report, joined=(_BY_HAND,)) for report in gone.reports]
    return [*kept.reports, *moved]


def _chosen(reports: Sequence[Report], typed: str, label: str) -> list[Report]:
    """The reports at these places of the list; raises UsageError."""
    if not _NUMBERS.fullmatch(typed.strip()):
        raise UsageError(
            f"“{typed}” names no reports. Type their numbers in /story show {label}, such as 2 or "
            "2,4-6."
        )
    wanted: set[int] = set()
    for part in re.findall(r"\d+(?:\s*[-–]\s*\d+)?", typed):
        first, *rest = (int(number) for number in re.findall(r"\d+", part))
        last = rest[0] if rest else first
        if not 1 <= first <= last <= len(reports):
            raise UsageError(
                f"{label} has {len(reports)} reports; “{part}” is not among 1 to {len(reports)}."
            )
        wanted |= set(range(first, last + 1))
    return [
        replace(report, joined=(_BY_HAND,))
        for number, report in enumerate(reports, start=1)
        if number in wanted
    ]
