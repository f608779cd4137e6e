"""How it goes: feeds, news, alerts and what waits; for anyone, and more for the operator."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.address import shown
from bot.feeds.health import Health, health_of
from bot.model import FeedHealth, PollState
from bot.services.asking import Actor, Place, Who
from bot.services.places import Here, Places
from bot.services.ports import Database
from bot.services.ports.upkeep import (
    FeedRows,
    NewsCount,
    OrderRows,
    OutboxCount,
    StatusRows,
    WatchRows,
    WholeCount,
)

_TROUBLED = (FeedHealth.FAILING, FeedHealth.GONE, FeedHealth.QUIET)
_MOST_TROUBLED = 10
FEEDBACK_SINCE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubled:
    """A feed that does not do well, with the cause in words."""

    title: str
    health: Health


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCounts:
    """The feeds that this workspace reads, by how they do; of the troubled the longest so first."""

    by_health: Mapping[FeedHealth, int]
    troubled: tuple[Troubled, ...]
    polled_at: datetime | None
    next_poll_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What this channel has ordered."""

    subscriptions: int = 0
    watches: int = 0
    own_watches: int = 0
    """The asking person's own, in this workspace."""
    muted_until: datetime | None = None
    paused_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How it goes since `since`, the beginning of the day in this workspace.

    `outbox` is None where the workspace is not known yet, `whole` where the asker is no operator.
    `rejected` are stories and presses of “Not relevant” in the last 30 days.
    """

    since: datetime
    feeds: FeedCounts
    news: NewsCount
    outbox: OutboxCount | None
    orders: Orders
    rejected: tuple[int, int]
    whole: WholeCount | None


class Statuses:
    """Counts for one workspace at a time; changes nothing."""

    def __init__(
        self,
        *,
        database: Database,
        places: Places,
        rows: StatusRows,
        feeds: FeedRows,
        subscriptions: OrderRows,
        watches: WatchRows,
        threshold: float = 0.5,
    ) -> None:
        self._database, self._places, self._rows = database, places, rows
        self._feeds, self._subscriptions, self._watches = feeds, subscriptions, watches
        self._threshold = threshold

    async def status(self, place: Place, actor: Actor, *, now: datetime) -> Status:
        """How it goes, as the asker may see it."""
        async with self._database.read() as conn:
            here = await self._places.find(conn, place)
            since = _midnight(now, here.zone)
            states = await self._feeds.all_feeds(conn, workspace=here.tenant)
            news = await self._rows.news(conn, here.tenant, since=since, threshold=self._threshold)
            operator = actor.may >= Who.OPERATOR
            return Status(
                since=since,
                feeds=_counted(states, now),
                news=news,
                outbox=await self._outbox(conn, here, since),
                orders=await self._orders(conn, here, actor, now),
                rejected=await self._rejected(conn, here, now),
                whole=await self._rows.whole(conn) if operator else None,
            )

    async def _outbox(
        self, conn: AsyncConnection, here: Here, since: datetime
    ) -> OutboxCount | None:
        if here.tenant is None:
            return None
        return await self._rows.outbox(conn, here.tenant, since=since)

    async def _rejected(self, conn: AsyncConnection, here: Here, now: datetime) -> tuple[int, int]:
        if here.tenant is None:
            return 0, 0
        found = await self._rows.rejected(conn, here.tenant, since=now - FEEDBACK_SINCE)
        return len(found), sum(presses for _, presses in found)

    async def _orders(
        self, conn: AsyncConnection, here: Here, actor: Actor, now: datetime
    ) -> Orders:
        if here.tenant is None:
            return Orders()
        subscriptions = await self._subscriptions.subscriptions_of(conn, here.tenant)
        watches = await self._watches.watches_of(conn, here.tenant)
        channel = here.destination.id if here.destination is not None else None
        return Orders(
            subscriptions=sum(s.destination == channel for s in subscriptions),
            watches=sum(w.destination == channel and w.owner is None for w in watches),
            own_watches=sum(w.owner == actor.id for w in watches),
            muted_until=_muted(here, now),
            paused_reason=here.destination.paused_reason if here.destination else None,
        )


def _counted(states: Sequence[PollState], now: datetime) -> FeedCounts:
    healths = [(state, health_of(state, now)) for state in states]
    troubled = [
        Troubled(title=state.feed.title or shown(state.feed.url), health=health)
        for state, health in healths
        if health.state in _TROUBLED
    ]
    troubled.sort(key=lambda one: (one.health.since or now, one.title))
    polled = [state.polled_at for state in states if state.polled_at is not None]
    due = [s.next_poll_at for s in states if s.next_poll_at is not None and not s.feed.paused]
    return FeedCounts(
        by_health=Counter(health.state for _, health in healths),
        troubled=tuple(troubled[:_MOST_TROUBLED]),
        polled_at=max(polled, default=None),
        next_poll_at=min(due, default=None),
    )


def _muted(here: Here, now: datetime) -> datetime | None:
    until = here.destination.muted_until if here.destination is not None else None
    return until if until is not None and until > now else None


def _midnight(now: datetime, zone: str) -> datetime:
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date(), time(), tzinfo=local.tzinfo).astimezone(UTC)
