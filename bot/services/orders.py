"""Subscriptions: made, changed in place, listed with their health, ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rapidfuzz import process
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.digests import next_end
from bot.alerts.quiet import zone_of
from bot.errors import NotAllowed, NotFound, UsageError
from bot.model import (
    Destination,
    Entity,
    Mode,
    Subscription,
    Target,
)
from bot.services.asking import Actor, Place, Who
from bot.services.means import Means
from bot.services.past import Past
from bot.services.places import Here
from bot.services.preview import Preview, Previews
from bot.services.wishes import Terms, Wish, channel, differences, settled, terms_of

_NEAR_ENOUGH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """What `subscribe` did. `made` is False where the subscription was there already.

    `changes` are what became different of one that was there; `elsewhere` names the channel where
    that is not the one of the call; `beside` are the same target's other modes there.
    """

    subscription: Subscription
    name: str
    made: bool
    changes: tuple[str, ...] = ()
    elsewhere: str = ""
    beside: tuple[Mode, ...] = ()
    preview: Preview


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionLine:
    """A subscription in the list; `trouble` says why it is silent, `next_at` when a digest ends."""

    subscription: Subscription
    name: str
    channel: str
    channel_id: str = ""
    trouble: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionList:
    """This channel's subscriptions, and where others of the workspace cannot be delivered.

    `elsewhere` is empty but for workspace managers; `count_elsewhere` counts all others.
    """

    here: tuple[SubscriptionLine, ...]
    destination: Destination | None = None
    elsewhere: tuple[SubscriptionLine, ...] = ()
    count_elsewhere: int = 0


class Orders:
    """Takes and lists subscriptions."""

    def __init__(self, means: Means) -> None:
        self._means, self._rows, self._database = means, means.rows, means.database
        self._past, self._previews = Past(means.rows), Previews(means)

    async def subscribe(self, place: Place, actor: Actor, wish: Wish, now: datetime) -> Subscribed:
        """Subscribe the channel; the same target and mode is changed in place.

        Raises NotFound with the nearest names, NotAllowed, or UsageError at the limit.
        """
        there = _there(place, actor, wish)
        async with self._database.write() as conn:
            here = await self._means.places.find(conn, there)
            own = await self._past.own(conn, here.tenant)
            target = self._target(wish.to, own)
            destination = await self._means.places.destination(conn, there, now)
            standing = await self._standing(conn, destination)
            same_target = [s for s in standing if s.target == target]
            old = next((s for s in same_target if s.mode is wish.mode), None)
            before = terms_of(old) if old else Terms(threshold=self._means.threshold)
            terms = settled(wish, before)
            if old is None:
                self._check_limit(len(standing))
            subscription = await self._rows.orders.add_subscription(
                conn,
                destination=destination.id,
                target=target,
                mode=wish.mode,
                now=now,
                by=actor.id,
                **{name: getattr(terms, name) for name in Terms.__slots__},
            )
        async with self._database.read() as conn:
            preview = await self._previews.of(conn, subscription, now)
        return Subscribed(
            subscription=subscription,
            name=self._means.known().name_of(target, own),
            made=old is None,
            changes=differences(before, terms) if old else (),
            elsewhere=destination.name or destination.channel if there is not place else "",
            beside=tuple(s.mode for s in same_target if s.mode is not wish.mode),
            preview=preview,
        )

    async def unsubscribe(self, place: Place, typed: str, now: datetime) -> SubscriptionLine:
        """End the channel's subscription that was named, the only one where none was.

        Raises UsageError listing them, or NotFound.
        """
        async with self._database.write() as conn:
            here = await self._means.places.find(conn, place)
            lines = await self._lines(conn, here, now)
            line = _chosen(lines, typed)
            await self._rows.orders.remove_subscription(conn, line.subscription.id)
        return line

    async def listed(self, place: Place, actor: Actor, now: datetime) -> SubscriptionList:
        """The channel's subscriptions with their health."""
        async with self._database.read() as conn:
            here = await self._means.places.find(conn, place)
            if here.workspace is None:
                return SubscriptionList(here=())
            lines = await self._lines(conn, here, now)
            others = await self._elsewhere(conn, here, now)
        troubled = [line for line in others if line.trouble]
        may_know = actor.may >= Who.WORKSPACE_MANAGER
        return SubscriptionList(
            here=tuple(lines),
            destination=here.destination,
            elsewhere=tuple(troubled) if may_know else (),
            count_elsewhere=len(others),
        )

    async def everywhere(self, place: Place, now: datetime) -> list[SubscriptionLine]:
        """The subscriptions of all channels of the workspace, but for direct messages."""
        async with self._database.read() as conn:
            here = await self._means.places.find(conn, place)
            if here.workspace is None:
                return []
            return await self._elsewhere(conn, replace(here, destination=None), now)

    async def post_latest(self, place: Place, typed: str, now: datetime) -> int:
        """Post the newest stories that a subscription of this channel takes; how many are new."""
        async with self._database.write() as conn:
            here = await self._means.places.find(conn, place)
            found = [
                line.subscription
                for line in await self._lines(conn, here, now)
                if str(line.subscription.id) == typed
            ]
            if not found:
                raise UsageError("That subscription has ended. /subscribe makes a new one.")
            return await self._previews.post(conn, found[0], now)

    def _target(self, typed: str, own: Sequence[Entity]) -> Target:
        known = self._means.known()
        target = known.target(typed, own)
        if target is None:
            raise NotFound(
                "entity, topic or seed story",
                typed,
                known.suggest(typed, own),
                instead=f"Topics are {', '.join(t.id for t in known.topics.policy)}; /entity list "
                f"shows the entities; /watch add {typed} follows any words.",
            )
        return target

    def _check_limit(self, count: int) -> None:
        most = self._means.subscriptions_per_channel
        if count >= most:
            raise UsageError(
                f"This channel has {count} subscriptions, and {most} is the limit. End one with "
                "/unsubscribe, or subscribe to a topic in place of many entities."
            )

    async def _standing(
        self, conn: AsyncConnection, destination: Destination
    ) -> list[Subscription]:
        found = await self._rows.orders.subscriptions_of(conn, destination.workspace)
        return [s for s in found if s.destination == destination.id]

    async def _lines(
        self, conn: AsyncConnection, here: Here, now: datetime
    ) -> list[SubscriptionLine]:
        if here.destination is None:
            return []
        own = await self._past.own(conn, here.tenant)
        standing = await self._standing(conn, here.destination)
        return [self._line(s, here.destination, own, now) for s in standing]

    async def _elsewhere(
        self, conn: AsyncConnection, here: Here, now: datetime
    ) -> list[SubscriptionLine]:
        assert here.workspace is not None
        own = await self._past.own(conn, here.tenant)
        known = await self._rows.places.destinations_of(conn, here.workspace.id)
        # A person's direct messages are that person's business.
        places = {d.id: d for d in known if d.owner is None and d != here.destination}
        found = await self._rows.orders.subscriptions_of(conn, here.workspace.id)
        return [
            self._line(s, places[s.destination], own, now) for s in found if s.destination in places
        ]

    def _line(
        self, subscription: Subscription, place: Destination, own: Sequence[Entity], now: datetime
    ) -> SubscriptionLine:
        digest = subscription.mode is not Mode.INSTANT
        return SubscriptionLine(
            subscription=subscription,
            name=self._means.known().name_of(subscription.target, own),
            channel=place.name or place.channel,
            channel_id=place.channel,
            trouble=place.paused_reason or "",
            next_at=next_end(subscription, zone_of(place.zone), now) if digest else None,
        )


def _there(place: Place, actor: Actor, wish: Wish) -> Place:
    """The channel that is meant; another than the call's is for who manages the workspace."""
    if wish.channel is None or channel(wish.channel) in {place.channel, place.channel_name}:
        return place
    if actor.may < Who.WORKSPACE_MANAGER:
        raise NotAllowed(
            "To subscribe another channel, type /subscribe there, or ask somebody who has "
            f"{Who.WORKSPACE_MANAGER.words}."
        )
    meant = channel(wish.channel)
    if not meant:
        raise UsageError("“channel” needs a channel's name, such as #policy.")
    return replace(place, channel=meant, channel_name="", kind="channel", owner=None)


def _chosen(lines: Sequence[SubscriptionLine], typed: str) -> SubscriptionLine:
    """The line that was named by target, target and mode, or number."""
    if not lines:
        raise UsageError("This channel has no subscription. /subscribe makes one.")
    wanted = " ".join(typed.lower().split())
    if not wanted and len(lines) == 1:
        return lines[0]
    meant = [line for line in lines if wanted in _names(line)]
    if len(meant) == 1:
        return meant[0]
    named = "; ".join(f"/unsubscribe {_short(line)}" for line in lines)
    if meant or not wanted:
        raise UsageError(f"Which one? {named}")
    options = [_short(line) for line in lines]
    near = process.extract(wanted, options, limit=3, score_cutoff=_NEAR_ENOUGH)
    raise NotFound(
        "subscription here", typed, tuple(name for name, _, _ in near), instead=f"Try: {named}"
    )


def _short(line: SubscriptionLine) -> str:
    target = line.subscription.target
    return f"{target.id or 'all'} {line.subscription.mode.value}"


def _names(line: SubscriptionLine) -> set[str]:
    target, mode = line.subscription.target, line.subscription.mode.value
    names = {line.name.lower(), target.id or "all"}
    numbers = {str(line.subscription.id), f"#{line.subscription.id}"}
    return names | {f"{name} {mode}" for name in names} | numbers
