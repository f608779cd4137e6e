"""What presses of “Not relevant” teach: an edit of the order that brought what was rejected.

Nothing changes by itself: an edit is offered with its back-test, and applied when a channel
manager says so.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.view import view_of
from bot.errors import UsageError
from bot.model import Destination, Subscription, Watch, WorkspaceId
from bot.services.amendments import (
    FEWEST,
    Amendment,
    Change,
    Order,
    ToldStory,
    amendment,
    change_of,
)
from bot.services.asking import Actor, Place
from bot.services.means import Means
from bot.services.past import Past
from bot.services.places import Here
from bot.services.watches.choice import label
from bot.services.wishes import terms_of

SINCE = timedelta(days=30)
_MOST_STORIES = 300
"""Told stories that an edit is tried on, the last ones; a channel gets fewer in a month."""


class EditWatch(Protocol):
    """Gives a watch another query; `bot.services.watches.kept.Watches.edit`."""

    async def __call__(
        self,
        place: Place,
        actor: Actor,
        which: str,
        typed: str,
        *,
        now: datetime,
        anyway: bool = False,
    ) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An edit worth offering: the order by its name, and how to say it in a command."""

    name: str
    amendment: Amendment
    argument: str
    """What the button that applies it carries."""
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An order that was edited as offered."""

    name: str
    change: Change


class Lessons:
    """Offers edits of a channel's orders, and applies one."""

    def __init__(self, means: Means, edit_watch: EditWatch) -> None:
        self._database, self._rows, self._places = means.database, means.rows, means.places
        self._rules, self._known, self._past = means.rules, means.known, Past(means.rows)
        self._edit_watch = edit_watch

    async def offers(self, place: Place, now: datetime) -> tuple[Offer, ...]:
        """Edits of this channel's orders that its presses agree on."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            if here.destination is None:
                return ()
            told = await self._told(conn, here.destination, now)
            if sum(story.rejected for story in told) < FEWEST:
                return ()
            orders = await self._orders(conn, here)
            names = {order: await self._name(conn, order, here.tenant) for order in orders}
        found: list[Offer] = []
        for order in orders:
            others = [other for other in orders if other is not order]
            # Hundreds of stories against dozens of queries: work for a thread.
            best = await asyncio.to_thread(amendment, order, others, told, self._rules)
            if best is not None:
                found.append(
                    Offer(
                        name=names[order],
                        amendment=best,
                        argument=f"{_label(order)}:{best.change.code}",
                        command=_command(best.change),
                    )
                )
        return tuple(found)

    async def apply(self, place: Place, actor: Actor, argument: str, now: datetime) -> Applied:
        """Edit an order of this channel as was offered; raises UsageError where it is gone."""
        which, _, code = argument.partition(":")
        async with self._database.write() as conn:
            here = await self._places.find(conn, place)
            orders = await self._orders(conn, here)
            order = next((order for order in orders if _label(order) == which), None)
            change = change_of(order, code) if order is not None else None
            if order is None or change is None:
                raise UsageError(
                    "That order has ended or was changed since, so nothing is changed now. "
                    "/status offers what still holds."
                )
            name = await self._name(conn, order, here.tenant)
            if isinstance(change.order, Subscription):
                await self._save(conn, change.order, actor, now)
        if isinstance(change.order, Watch):
            # It asks for less than before, however much that is.
            await self._edit_watch(place, actor, which, change.order.query, now=now, anyway=True)
        return Applied(name=name, change=change)

    async def _told(
        self, conn: AsyncConnection, destination: Destination, now: datetime
    ) -> list[ToldStory]:
        found = await self._rows.feedback.told_since(
            conn, destination.id, since=now - SINCE, limit=_MOST_STORIES
        )
        rejected = dict(found)
        loaded = await self._rows.stories.load(conn, rejected)
        stories = await self._past.with_own(
            conn, [loaded[id_] for id_ in rejected if id_ in loaded], destination.workspace
        )
        views = ((story, view_of(story, destination.workspace)) for story in stories)
        return [
            ToldStory(view=view, rejected=rejected[story.id])
            for story, view in views
            if view is not None
        ]

    async def _orders(self, conn: AsyncConnection, here: Here) -> list[Order]:
        """The channel's subscriptions, and its watches that are not paused."""
        if here.tenant is None or here.destination is None:
            return []
        channel = here.destination.id
        subscriptions = await self._rows.orders.subscriptions_of(conn, here.tenant)
        watches = await self._rows.orders.watches_of(conn, here.tenant)
        orders: list[Order] = [*subscriptions, *(w for w in watches if w.paused_reason is None)]
        return [order for order in orders if order.destination == channel]

    async def _name(
        self, conn: AsyncConnection, order: Order, workspace: WorkspaceId | None
    ) -> str:
        if isinstance(order, Watch):
            return f"watch {label(order.id)} “{order.name}”"
        name = self._known().name_of(order.target, await self._past.own(conn, workspace))
        return f"subscription to {name} ({order.mode.value})"

    async def _save(
        self, conn: AsyncConnection, order: Subscription, actor: Actor, now: datetime
    ) -> None:
        terms = terms_of(order)
        await self._rows.orders.add_subscription(
            conn,
            destination=order.destination,
            target=order.target,
            mode=order.mode,
            now=now,
            by=actor.id,
            **{name: getattr(terms, name) for name in type(terms).__slots__},
        )


def _label(order: Order) -> str:
    return label(order.id) if isinstance(order, Watch) else f"s{order.id}"


def _command(change: Change) -> str:
    """What a person types for the same edit."""
    order = change.order
    if isinstance(order, Watch):
        return f"/watch edit {label(order.id)} {order.query}"
    return f"/subscribe {order.target.id or 'all'} {order.mode.value} {change.code}"
