"""What is kept of orders in memory equals a fresh reading after any changes, by any process."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import time

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.order_book import OrderBook, places_of
from bot.alerts.orders import Orders
from bot.app.asked import Asked
from bot.model import (
    Destination,
    DestinationId,
    Mode,
    QuietHours,
    SubscriptionId,
    Target,
    TargetKind,
    WatchId,
    WorkspaceId,
)
from bot.model.orders import ActiveQuery, ChangedOrders
from bot.store import facts, order_changes, orders, places, tenants, turns
from bot.store.database import Store
from bot.store.tables import order_changes as log
from bot.store.tables import watches
from tests.support.alerting import HOUR, NOON

NIGHT = QuietHours(start=time(22), end=time(7))
TARGETS = (Target(), *(Target(kind=TargetKind.ENTITY, id=name) for name in ("xai", "anthropic")))


class Office:
    """People, the outbox and an operator, who change something at random."""

    def __init__(self, conn: AsyncConnection, rng: random.Random) -> None:
        self._conn, self._rng = conn, rng

    async def act(self) -> str:
        """Do one thing; gives its name."""
        return await self._rng.choice(ACTS)(self)

    async def settle(self) -> str:
        home = await places.get_or_create_workspace(
            self._conn, "console", f"home-{self._rng.randrange(3)}", now=NOON
        )
        channel = f"channel-{self._rng.randrange(3)}"
        await places.get_or_create_destination(self._conn, home.id, channel, now=NOON)
        return "settle"

    async def subscribe(self) -> str:
        here = await self._here()
        target, mode = self._rng.choice(TARGETS), self._rng.choice([Mode.INSTANT, Mode.DAILY])
        await orders.add_subscription(
            self._conn, destination=here.id, target=target, mode=mode, now=NOON
        )
        return "subscribe"

    async def unsubscribe(self) -> str:
        await orders.remove_subscription(self._conn, SubscriptionId(self._some()))
        return "unsubscribe"

    async def watch(self) -> str:
        here = await self._here()
        word = self._rng.choice(("court", "chip", "rules"))
        await orders.add_watch(
            self._conn, destination=here.id, name=word, query=word, typed=word, now=NOON
        )
        return "watch"

    async def edit_watch(self) -> str:
        number = self._some()
        await orders.edit_watch(self._conn, WatchId(number), query=f"edited {number}")
        return "edit watch"

    async def pause_watch(self) -> str:
        reason = self._rng.choice(("Kim", None))
        await orders.pause_watch(self._conn, WatchId(self._some()), reason, NOON)
        return "pause watch"

    async def remove_watch(self) -> str:
        await orders.remove_watch(self._conn, WatchId(self._some()))
        return "remove watch"

    async def set_up(self) -> str:
        here = await self._here()
        breaking = self._rng.random()
        await places.set_workspace(self._conn, here.workspace, breaking=breaking)
        return "set up"

    async def be_quiet(self) -> str:
        here = await self._here()
        await places.set_quiet(self._conn, here.id, self._rng.choice((NIGHT, None)))
        await places.mute(self._conn, here.id, self._rng.choice((NOON, None)))
        return "be quiet"

    async def fail(self) -> str:
        here = await self._here()
        if self._rng.random() < 0.5:
            await turns.pause(self._conn, here, "no access", NOON, NOON + HOUR)
        else:
            await turns.pause_workspace(self._conn, here.workspace, "removed", NOON, NOON + HOUR)
        return "fail"

    async def resume(self) -> str:
        here = await self._here()
        if self._rng.random() < 0.5:
            await turns.resume(self._conn, here)
        else:
            await tenants.resume(self._conn, here.workspace)
        return "resume"

    async def leave(self) -> str:
        if self._rng.random() < 0.3:
            await tenants.forget(self._conn, (await self._here()).workspace, NOON)
        return "leave"

    async def lose_the_log(self) -> str:
        if self._rng.random() < 0.3:
            await self._conn.execute(sa.delete(log))
        return "lose the log"

    async def change_with_an_older_program(self) -> str:
        """It counts, and knows no log."""
        change = sa.update(watches).where(watches.c.id == self._some())
        await self._conn.execute(change.values(name=f"{self._rng.random()}"))
        await facts.count_up(self._conn, order_changes.VERSION)
        return "change with an older program"

    def _some(self) -> int:
        """An order's number; at times there is none of that number."""
        return self._rng.randrange(1, 8)

    async def _here(self) -> Destination:
        known = await places.all_destinations(self._conn)
        if not known:
            await self.settle()
            known = await places.all_destinations(self._conn)
        return self._rng.choice(known)


ACTS: tuple[Callable[[Office], Awaitable[str]], ...] = (
    Office.settle,
    Office.subscribe,
    Office.subscribe,
    Office.unsubscribe,
    Office.watch,
    Office.watch,
    Office.edit_watch,
    Office.pause_watch,
    Office.remove_watch,
    Office.set_up,
    Office.be_quiet,
    Office.fail,
    Office.resume,
    Office.leave,
    Office.lose_the_log,
    Office.change_with_an_older_program,
)


class Queries:
    """The active queries as `Live` keeps them."""

    def __init__(self) -> None:
        self._asked, self._seen = Asked(), -1

    async def now(self, conn: AsyncConnection) -> dict[WatchId, ActiveQuery]:
        now = await order_changes.version(conn)
        changed = await order_changes.since(conn, self._seen, now)
        read = await orders.active_queries(conn, changed)
        before, self._seen = self._asked, now
        self._asked = before.after(changed, read, ())
        held = dict(before.watches())
        for watch in self._asked.gone_since(before):
            del held[watch]
        assert held | self._asked.changed_since(before) == dict(self._asked.watches())
        return dict(self._asked.watches())


async def test_what_is_kept_equals_a_fresh_reading(store: Store) -> None:
    rng = random.Random(1)
    often, seldom = ((OrderBook(orders, order_changes), Queries()) for _ in range(2))
    done: list[str] = []
    for number in range(70):
        async with store.write() as conn:
            done.append(await Office(conn, rng).act())
        async with store.read() as conn:
            fresh = Orders.of(places_of(await orders.standing(conn)))
            queries = await orders.active_queries(conn)
            for book, kept in (often, seldom) if number % 7 == 6 else (often,):
                assert await book.orders(conn) == fresh, done
                assert await kept.now(conn) == queries, done


async def test_only_what_changed_is_read(store: Store) -> None:
    async with store.write() as conn:
        home = await places.get_or_create_workspace(conn, "console", "home", now=NOON)
        here, there = [
            await places.get_or_create_destination(conn, home.id, name, now=NOON)
            for name in ("here", "there")
        ]
        seen = await order_changes.version(conn)
        await places.mute(conn, here.id, NOON)
    async with store.read() as conn:
        now = await order_changes.version(conn)
        changed = await order_changes.since(conn, seen, now)
        assert changed == ChangedOrders(destinations=frozenset({here.id}))
        read = (await orders.standing(conn, changed)).destinations
        assert [place.id for place in read] == [here.id]
        assert await order_changes.since(conn, now, now) == ChangedOrders()
    async with store.write() as conn:
        await places.set_workspace(conn, home.id, zone="Europe/Paris")
        changed = await order_changes.since(conn, now, now + 1)
        assert changed == ChangedOrders(workspaces=frozenset({home.id}))
        read = (await orders.standing(conn, changed)).destinations
        assert [place.id for place in read] == [here.id, there.id]


async def test_changes_at_once_are_counted_one_by_one(store: Store) -> None:
    async def change(number: int) -> None:
        async with store.write() as conn:
            await order_changes.changed_in(conn, DestinationId(number))

    await asyncio.gather(*(change(number) for number in range(1, 7)))
    async with store.read() as conn:
        assert await order_changes.version(conn) == 6
        changed = await order_changes.since(conn, 0, 6)
    assert changed == ChangedOrders(destinations=frozenset(map(DestinationId, range(1, 7))))


async def test_the_log_keeps_the_last_changes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_changes, "KEPT", 3)
    async with store.write() as conn:
        for number in range(1, 6):
            await order_changes.changed_all_over(conn, WorkspaceId(number))
        assert await order_changes.since(conn, 1, 5) is None
        changed = await order_changes.since(conn, 2, 5)
    assert changed == ChangedOrders(workspaces=frozenset(map(WorkspaceId, (3, 4, 5))))
