"""What a delivery says when its turn comes: read from the database as it stands then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.carriers import carrier_of
from bot.alerts.compose import Pointer, merged_message, story_message
from bot.alerts.conditions import Rules
from bot.alerts.faces import face, list_face, merged_face
from bot.alerts.lists import Told, list_message
from bot.alerts.notes import Note, note_message
from bot.alerts.ports import AlertRows, DeliveryRows, StoryRows
from bot.alerts.routing import Carrier
from bot.alerts.view import View, breaking, view_of
from bot.message import Message
from bot.model import (
    Alert,
    AlertId,
    Delivery,
    DeliveryId,
    DeliveryState,
    Destination,
    Story,
    StoryId,
    story_label,
)
from bot.stories.novelty import addition

Address = Callable[[Destination, str], str | None]
"""Gives the address of a posted message, by its destination and ref."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message, the mark of what it shows (None for what is never edited), whom it answers."""

    message: Message
    face: str | None = None
    tells: tuple[AlertId, ...] = ()
    reply_to: str | None = None


class Drafts:
    """Writes messages; reads only."""

    def __init__(
        self, *, stories: StoryRows, alerts: AlertRows, deliveries: DeliveryRows, rules: Rules
    ) -> None:
        self._stories, self._alerts, self._deliveries = stories, alerts, deliveries
        self._rules = rules

    async def write(
        self, conn: AsyncConnection, destination: Destination, delivery: Delivery, address: Address
    ) -> Draft | None:
        """The message that this delivery is; None where nothing is left for it to say."""
        carrier = carrier_of(delivery.key)
        if carrier is None:
            return await self._note(conn, delivery)
        alerts = await self._alerts.carried_by(conn, delivery.id)
        stories = await self._stories.load(conn, [alert.story for alert in alerts])
        if carrier is Carrier.STORY and (into := _merged(alerts, stories)) is not None:
            return await self._elsewhere(conn, destination, into, address)
        seen = [
            (alert, view)
            for alert in alerts
            if alert.story in stories
            and (view := view_of(stories[alert.story], destination.workspace)) is not None
        ]
        if not seen:
            return None
        tells = tuple(alert.id for alert, _ in seen)
        if carrier is not Carrier.STORY:
            sagas = await self._stories.roots(conn, [view.story.id for _, view in seen])
            told = self._told(destination, seen, sagas)
            message = list_message(carrier, told, delivery.payload)
            return Draft(
                message=message, face=list_face(view.story for _, view in seen), tells=tells
            )
        (alert, view), *_ = seen
        message = story_message(
            view,
            delivery=delivery.id,
            reasons=alert.because,
            earlier=await self._pointer(conn, destination, view.story.predecessor, address),
            mention=delivery.payload.get("mention"),
            breaking=bool(delivery.payload.get("breaking")),
            added=addition(view.reports, delivery.sent_at) if delivery.sent_at else None,
        )
        reply_to = await self._thread(conn, delivery)
        return Draft(message=message, face=face(view), tells=tells, reply_to=reply_to)

    def _told(
        self,
        destination: Destination,
        seen: Sequence[tuple[Alert, View]],
        sagas: Mapping[StoryId, StoryId],
    ) -> list[Told]:
        return [
            Told(
                view=view,
                saga=sagas[view.story.id],
                reasons=alert.because,
                breaking=breaking(view, destination.breaking, self._rules.breaking_origins),
            )
            for alert, view in seen
        ]

    async def _note(self, conn: AsyncConnection, delivery: Delivery) -> Draft | None:
        note = Note.of(delivery.payload)
        beside = delivery.payload.get("beside")
        if beside is None:
            return Draft(message=note_message(note))
        told = await self._deliveries.by_ids(conn, [DeliveryId(beside)])
        # What it would stand under is gone from the channel, or never came there.
        if not told or told[0].state is not DeliveryState.SENT:
            return None
        return Draft(message=note_message(note), reply_to=told[0].ref)

    async def _thread(self, conn: AsyncConnection, delivery: Delivery) -> str | None:
        """The post inside which this one goes; a new post where that one is not there."""
        if delivery.reply_to is None:
            return None
        root = await self._deliveries.by_key(conn, delivery.destination, delivery.reply_to)
        return root.ref if root is not None and root.state is DeliveryState.SENT else None

    async def _elsewhere(
        self, conn: AsyncConnection, destination: Destination, into: StoryId, address: Address
    ) -> Draft | None:
        """The message of a story that was merged; None where the other one is not for the place."""
        kept = await self._pointer(conn, destination, into, address)
        if kept is None:
            return None
        return Draft(message=merged_message(kept, story_label(into)), face=merged_face(into))

    async def _pointer(
        self,
        conn: AsyncConnection,
        destination: Destination,
        story: StoryId | None,
        address: Address,
    ) -> Pointer | None:
        """The other story: its message here, or else its article; None where it is not seen."""
        if story is None:
            return None
        other = (await self._stories.load(conn, [story])).get(story)
        view = view_of(other, destination.workspace) if other is not None else None
        if view is None:
            return None
        posts = await self._alerts.story_posts(conn, [destination.id], [story])
        told = await self._deliveries.by_ids(conn, list(posts.values()))
        url = address(destination, told[0].ref) if told and told[0].ref else None
        return Pointer(title=view.title, url=url or view.best.judged.article.url, at=view.first_at)


def _merged(alerts: Sequence[Alert], stories: Mapping[StoryId, Story]) -> StoryId | None:
    """The story that a message's own one is part of now."""
    found = (stories[alert.story].merged_into for alert in alerts if alert.story in stories)
    return next((into for into in found if into is not None), None)
