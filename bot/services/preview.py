"""What a subscription would have brought in the last days; and posting the newest of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.carriers import story_key
from bot.alerts.conditions import takes
from bot.alerts.view import View, view_of
from bot.model import (
    Alert,
    AlertId,
    AlertState,
    EntityId,
    Joined,
    Reason,
    Subscription,
    Target,
    TargetKind,
)
from bot.model.outbox import NewDelivery
from bot.services.known import About, AboutKind
from bot.services.lines import StoryLine, story_line
from bot.services.means import Means
from bot.services.past import Past

DAYS = 7
SHOWN = 3
_MOST_STORIES = 500
"""Stories that are held against a subscription, the newest; past that the count says “over”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How many stories of the last 7 days the subscription takes, and the newest of them."""

    count: int
    over: bool = False
    """There were more stories than were looked at."""
    newest: tuple[StoryLine, ...] = ()


class Previews:
    """Holds subscriptions against the stories of the last days, by routing's own conditions."""

    def __init__(self, means: Means) -> None:
        self._means, self._rows, self._past = means, means.rows, Past(means.rows)

    async def of(self, conn: AsyncConnection, subscription: Subscription, now: datetime) -> Preview:
        """What the subscription would have brought."""
        taken, over = await self._taken(conn, subscription, now)
        lines = tuple(story_line(view, self._means.threshold) for view, _ in taken[:SHOWN])
        return Preview(count=len(taken), over=over, newest=lines)

    async def post(self, conn: AsyncConnection, subscription: Subscription, now: datetime) -> int:
        """Queue the newest stories that it takes and the channel was not told of; how many.

        They are posted oldest first, as they would have come.
        """
        taken, _ = await self._taken(conn, subscription, now)
        wanted = []
        for view, reasons in taken[:SHOWN]:
            alert = await self._rows.alerts.one(conn, subscription.destination, view.story.id)
            if alert is None or alert.delivery is None:
                wanted.append((view, reasons, alert))
        wanted.reverse()
        posts = [
            NewDelivery(
                destination=subscription.destination, key=story_key(view.story.id), due_at=now
            )
            for view, _, _ in wanted
        ]
        ids = await self._rows.outbox.queue(conn, posts, now)
        alerts = [
            replace(
                alert or _alert(subscription, view, now),
                state=AlertState.QUEUED,
                because=reasons,
                held=(),
                subscription=subscription.id,
                delivery=delivery,
            )
            for (view, reasons, alert), delivery in zip(wanted, ids, strict=True)
        ]
        await self._rows.alerts.save(conn, alerts, now)
        await self._rows.alerts.freeze(conn, {alert.story for alert in alerts}, now)
        return len(alerts)

    async def _taken(
        self, conn: AsyncConnection, subscription: Subscription, now: datetime
    ) -> tuple[list[tuple[View, tuple[Reason, ...]]], bool]:
        """Stories that the subscription takes as they stand, newest first, with what counted."""
        stories = await self._past.stories(
            conn,
            self._about(subscription.target),
            workspace=subscription.workspace,
            since=now - timedelta(days=DAYS),
            limit=_MOST_STORIES,
            relevance=subscription.threshold,
        )
        found: list[tuple[View, tuple[Reason, ...]]] = []
        for story in stories:
            view = view_of(story, subscription.workspace)
            if view is None:
                continue
            joined = Joined(story=story, report=view.reports[-1])
            taken = takes(subscription, view, joined, self._means.rules)
            if taken.now:
                found.append((view, taken.reasons))
        return found, len(stories) == _MOST_STORIES

    def _about(self, target: Target) -> About:
        """What narrows the search for a target's stories; routing's conditions decide."""
        if target.kind is TargetKind.TOPIC:
            return About(kind=AboutKind.TOPIC, id=target.id)
        if target.kind is TargetKind.ENTITY:
            entities = frozenset({EntityId(target.id)})
            return About(kind=AboutKind.ENTITY, id=target.id, entities=entities)
        if target.kind is TargetKind.SEED:
            entities = self._means.rules.seeds.get(target.id, frozenset())
            return About(kind=AboutKind.SEED, id=target.id, entities=entities)
        return About()


def _alert(subscription: Subscription, view: View, now: datetime) -> Alert:
    return Alert(
        id=AlertId(0),
        destination=subscription.destination,
        story=view.story.id,
        state=AlertState.QUEUED,
        created_at=now,
    )
