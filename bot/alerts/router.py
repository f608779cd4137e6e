"""Routing in the ingest lane's transaction: reads orders and alerts, judges, writes both."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.carriers import carrier_of, list_delivery, story_key
from bot.alerts.conditions import Rules
from bot.alerts.desk import Desk, Slot
from bot.alerts.faces import face, worth_an_edit
from bot.alerts.flood import HOUR
from bot.alerts.notes import Note, change_note, watch_note
from bot.alerts.order_book import OrderBook
from bot.alerts.orders import Orders, Place
from bot.alerts.ports import AlertRows, ChangeRows, DeliveryRows, OrderRows
from bot.alerts.quiet import quiet_until, zone_of
from bot.alerts.routing import Carrier, Case, Verdict, judge
from bot.alerts.view import View, view_of
from bot.model import (
    AlertState,
    Delivery,
    DeliveryId,
    DeliveryState,
    DestinationId,
    DestinationKind,
    Joined,
    Story,
    StoryId,
    WorkspaceId,
)
from bot.model.outbox import NewDelivery

_log = structlog.get_logger(__name__)
_SETTLED = frozenset({AlertState.QUEUED, AlertState.TOLD})
_IN_LISTS = frozenset({Carrier.OVERNIGHT, Carrier.FLOOD, Carrier.AWAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """What a batch did: alerts by their new state, messages to edit, and stories now frozen."""

    states: dict[AlertState, int] = field(default_factory=dict)
    edits: int = 0
    notes: int = 0
    frozen: frozenset[StoryId] = frozenset()


class Router:
    """Turns joined articles into alerts and deliveries; nothing is sent here."""

    def __init__(
        self,
        *,
        orders: OrderRows,
        changes: ChangeRows,
        alerts: AlertRows,
        deliveries: DeliveryRows,
        rules: Rules,
    ) -> None:
        self._book = OrderBook(orders, changes)
        self._alerts, self._deliveries, self._rules = alerts, deliveries, rules

    async def route(self, conn: AsyncConnection, joined: Sequence[Joined], now: datetime) -> Routed:
        """Judge a batch in its order and write what comes of it, in the caller's transaction."""
        if not joined:
            return Routed()
        orders = await self._book.orders(conn)
        interested = [orders.interested(one, self._rules) for one in joined]
        desk = await self._open(conn, orders, joined, set().union(*interested), now)
        views = _Views()
        notes: list[NewDelivery] = []
        for one, places in zip(joined, interested, strict=True):
            story = one.story.id
            known = {slot.place.destination.id for slot in desk.of_story(story)}
            for here in sorted(places | known):
                view = views.get(one, orders.places[here].workspace.id)
                if view is not None:
                    notes += self._judge(one, view, desk, orders.places[here], now)
        slots = [slot for slot in desk.slots.values() if slot.changed]
        frozen = await self._write(conn, slots, views, now)
        edits = await self._mark(conn, desk, views, now)
        for note in notes:
            await self._deliveries.queue_once(conn, note, now)
        return _routed(slots, edits, len(notes), frozen)

    async def _open(
        self,
        conn: AsyncConnection,
        orders: Orders,
        joined: Sequence[Joined],
        places: set[DestinationId],
        now: datetime,
    ) -> Desk:
        stories = {one.story.id for one in joined}
        # Alerts first, deliveries after: the outbox locks in the same order.
        alerts = await self._alerts.for_stories(conn, stories)
        desk = Desk(
            muted=await self._alerts.muted(conn, stories),
            posts=await self._alerts.posts_since(conn, places, now - HOUR),
        )
        for alert in alerts:
            place = orders.places.get(alert.destination)
            if place is not None:
                slot = desk.slot(place, alert.story)
                slot.stood = slot.alert = alert
        return desk

    def _judge(
        self, one: Joined, view: View, desk: Desk, place: Place, now: datetime
    ) -> list[NewDelivery]:
        """Judge one story at one place; what is to be said beside a story told there."""
        here, story = place.destination.id, one.story.id
        slot = desk.slot(place, story)
        case = Case(
            joined=one,
            view=view,
            place=place,
            alert=slot.alert,
            story_muted=(here, story) in desk.muted,
            posts=desk.posts.get(here, 0),
        )
        verdict = judge(case, now, self._rules)
        notes = _notes(case, verdict, now)
        was = slot.alert.state if slot.alert else None
        slot.take(verdict, story, now)
        if verdict.carrier is Carrier.STORY and was not in _SETTLED:
            desk.count_post(place)
        return notes

    async def _write(
        self, conn: AsyncConnection, slots: Sequence[Slot], views: "_Views", now: datetime
    ) -> frozenset[StoryId]:
        posts = [slot for slot in slots if slot.carrier is Carrier.STORY]
        threads = await self._saga_posts(conn, posts, views)
        new = [_story_post(slot, threads, now) for slot in posts]
        for slot, id_ in zip(posts, await self._deliveries.queue(conn, new, now), strict=True):
            _carry(slot, id_)
        lists: dict[tuple[DestinationId, Carrier, datetime], DeliveryId] = {}
        for slot in slots:
            if slot.carrier not in _IN_LISTS or slot.due is None or slot.carrier is None:
                continue
            here = slot.place.destination
            key = (here.id, slot.carrier, slot.due)
            if key not in lists:
                lists[key] = await list_delivery(
                    conn,
                    self._deliveries,
                    destination=here.id,
                    carrier=slot.carrier,
                    due=slot.due,
                    zone=zone_of(here.zone),
                    now=now,
                )
            _carry(slot, lists[key])
        await self._alerts.save(conn, [slot.alert for slot in slots if slot.alert], now)
        frozen = frozenset(slot.alert.story for slot in posts if slot.alert)
        await self._alerts.freeze(conn, frozen, now)
        return frozen

    async def _saga_posts(
        self, conn: AsyncConnection, posts: Sequence[Slot], views: "_Views"
    ) -> dict[tuple[DestinationId, StoryId], str]:
        """In forums: the key of the post that a saga's later story goes inside."""
        before: dict[tuple[DestinationId, StoryId], list[StoryId]] = defaultdict(list)
        for slot in posts:
            if slot.alert is None or slot.place.destination.kind is not DestinationKind.FORUM:
                continue
            predecessor = views.story(slot.alert.story).predecessor
            if predecessor is not None:
                before[slot.place.destination.id, predecessor].append(slot.alert.story)
        if not before:
            return {}
        known = await self._alerts.story_posts(
            conn, {here for here, _ in before}, {story for _, story in before}
        )
        told = {d.id: d for d in await self._deliveries.by_ids(conn, list(known.values()))}
        gone = {DeliveryState.GONE, DeliveryState.PARKED, DeliveryState.STALE}
        return {
            (here, story): told[post].reply_to or told[post].key
            for (here, predecessor), post in known.items()
            if told[post].state not in gone
            for story in before.get((here, predecessor), ())
        }

    async def _mark(self, conn: AsyncConnection, desk: Desk, views: "_Views", now: datetime) -> int:
        """Let told messages whose story has grown want an edit, where that is worth one."""
        told = {
            slot.stood.delivery: slot
            for slot in desk.slots.values()
            if slot.stood and slot.stood.state in _SETTLED and slot.stood.delivery
        }
        dirty: defaultdict[str, list[DeliveryId]] = defaultdict(list)
        for delivery in await self._deliveries.by_ids(conn, list(told)):
            slot = told[delivery.id]
            view = views.last(slot, delivery)
            if view is None:
                continue
            shows = face(view)
            if worth_an_edit(delivery.wanted or delivery.shown, shows, delivery.sent_at, now):
                dirty[shows].append(delivery.id)
        for shows, ids in dirty.items():
            await self._deliveries.want(conn, ids, shows)
        return sum(map(len, dirty.values()))


class _Views:
    """The stories of a batch as each workspace sees them, made once."""

    def __init__(self) -> None:
        self._latest: dict[StoryId, Joined] = {}
        self._views: dict[tuple[StoryId, WorkspaceId], View | None] = {}

    def get(self, one: Joined, workspace: WorkspaceId) -> View | None:
        story = one.story.id
        if self._latest.get(story) is not one:
            self._latest[story] = one
            self._views = {key: view for key, view in self._views.items() if key[0] != story}
        key = (story, workspace)
        if key not in self._views:
            self._views[key] = view_of(one.story, workspace)
        return self._views[key]

    def story(self, story: StoryId) -> Story:
        return self._latest[story].story

    def last(self, slot: Slot, delivery: Delivery) -> View | None:
        """The view that a story's own message shows; None for a list's."""
        if slot.alert is None or carrier_of(delivery.key) is not Carrier.STORY:
            return None
        return self.get(self._latest[slot.alert.story], slot.place.workspace.id)


def _notes(case: Case, verdict: Verdict, now: datetime) -> list[NewDelivery]:
    """Corrections, disputed figures and watch pings, beside the message that told the story."""
    alert, place = case.alert, case.place
    muted_until = place.destination.muted_until
    silent = case.story_muted or (muted_until is not None and muted_until > now)
    visible = case.joined.report.judged.article.visible_to(place.workspace.id)
    if alert is None or alert.state is not AlertState.TOLD or silent or not visible:
        return []
    notes: list[Note | None] = [change_note(case.joined, case.view, c) for c in case.joined.changes]
    notes += [
        watch_note(case.joined, watch, verdict.reasons)
        for watch in place.watches
        if watch.id in verdict.watches
    ]
    quiet = quiet_until(place.destination.quiet, zone_of(place.destination.zone), now)
    return [
        NewDelivery(
            destination=place.destination.id,
            key=note.key,
            due_at=quiet or now,
            payload={**note.payload(), "beside": alert.delivery},
        )
        for note in notes
        if note is not None
    ]


def _story_post(
    slot: Slot, threads: dict[tuple[DestinationId, StoryId], str], now: datetime
) -> NewDelivery:
    assert slot.alert is not None
    here, story = slot.place.destination.id, slot.alert.story
    return NewDelivery(
        destination=here,
        key=story_key(story),
        due_at=slot.due or now,
        reply_to_key=threads.get((here, story)),
        payload={
            **({"mention": slot.mention} if slot.mention else {}),
            **({"breaking": True} if slot.breaking else {}),
        },
    )


def _carry(slot: Slot, delivery: DeliveryId) -> None:
    assert slot.alert is not None
    slot.alert = replace(slot.alert, delivery=delivery)


def _routed(slots: Sequence[Slot], edits: int, notes: int, frozen: frozenset[StoryId]) -> Routed:
    states: dict[AlertState, int] = {}
    for slot in slots:
        if slot.alert is not None:
            states[slot.alert.state] = states.get(slot.alert.state, 0) + 1
    if slots or edits or notes:
        _log.info("routed", edits=edits, notes=notes, **{s.value: n for s, n in states.items()})
    return Routed(states=states, edits=edits, notes=notes, frozen=frozen)
