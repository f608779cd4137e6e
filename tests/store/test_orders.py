"""Standing orders on real databases: kept as given, and every change counted."""

from datetime import time
from typing import Any

import pytest

from bot.model import (
    ArticleKind,
    Destination,
    Mode,
    QuietHours,
    StoryId,
    Target,
    TargetKind,
)
from bot.model.orders import ActiveQuery
from bot.store import alerts, order_changes, orders, places, stories
from bot.store.database import Store
from tests.support.alerting import HOUR, NOON, story

ANTHROPIC = Target(kind=TargetKind.ENTITY, id="anthropic")


@pytest.fixture
async def here(store: Store) -> Destination:
    async with store.write() as conn:
        home = await places.get_or_create_workspace(conn, "console", "home", now=NOON)
        return await places.get_or_create_destination(conn, home.id, "news", now=NOON)


async def test_a_subscription_is_kept_as_given(store: Store, here: Destination) -> None:
    async with store.write() as conn:
        made = await orders.add_subscription(
            conn,
            destination=here.id,
            target=ANTHROPIC,
            mode=Mode.WEEKLY,
            now=NOON,
            min_sources=2,
            threshold=0.7,
            any_depth=True,
            kinds=frozenset({ArticleKind.NEWS, ArticleKind.OPINION}),
            mention="role-1",
            at=time(17, 30),
            weekday=4,
        )
    async with store.read() as conn:
        assert await orders.subscription(conn, made.id) == made
        assert await orders.subscriptions_of(conn, here.workspace) == [made]
    assert (made.target, made.mode, made.at, made.weekday) == (
        ANTHROPIC,
        Mode.WEEKLY,
        time(17, 30),
        4,
    )
    assert made.kinds == {ArticleKind.NEWS, ArticleKind.OPINION}


async def test_subscribing_again_changes_the_settings(store: Store, here: Destination) -> None:
    async with store.write() as conn:
        order: dict[str, Any] = {
            "destination": here.id,
            "target": ANTHROPIC,
            "mode": Mode.INSTANT,
        }
        first = await orders.add_subscription(conn, now=NOON, **order)
        again = await orders.add_subscription(conn, now=NOON + HOUR, min_sources=3, **order)

    assert (again.id, again.min_sources, again.created_at) == (first.id, 3, NOON)


async def test_pausing_and_resuming_a_watch(store: Store, here: Destination) -> None:
    async with store.write() as conn:
        watch = await orders.add_watch(
            conn, destination=here.id, name="x", query="x", typed="x", now=NOON
        )
        await orders.pause_watch(conn, watch.id, "by Kim", NOON)
        paused = await orders.watch(conn, watch.id)
        assert paused is not None
        assert paused.paused_reason == "by Kim"
        assert await orders.active_queries(conn) == {}
        await orders.pause_watch(conn, watch.id, None, NOON)
        assert await orders.watch(conn, watch.id) == watch
        assert await orders.active_queries(conn) == {
            watch.id: ActiveQuery(watch.destination, watch.workspace, watch.query)
        }


async def test_a_watch_is_edited_and_removed(store: Store, here: Destination) -> None:
    async with store.write() as conn:
        watch = await orders.add_watch(
            conn, destination=here.id, name="x", query="x", typed="x", now=NOON, owner="u1"
        )
        await orders.edit_watch(conn, watch.id, name="y", query="y", typed="Y")
        edited = await orders.watch(conn, watch.id)
        assert edited is not None
        assert (edited.name, edited.query, edited.typed, edited.owner) == ("y", "y", "Y", "u1")
        assert await orders.watches_of(conn, here.workspace) == [edited]
        assert await orders.remove_watch(conn, watch.id)
        assert not await orders.remove_watch(conn, watch.id)


async def test_every_change_is_counted(store: Store, here: Destination) -> None:
    async with store.write() as conn:
        counts = [await order_changes.version(conn)]
        made = await orders.add_subscription(
            conn, destination=here.id, target=Target(), mode=Mode.INSTANT, now=NOON
        )
        counts.append(await order_changes.version(conn))
        await places.set_workspace(conn, here.workspace, zone="Europe/Paris")
        counts.append(await order_changes.version(conn))
        await places.mute(conn, here.id, NOON + HOUR)
        counts.append(await order_changes.version(conn))
        await orders.remove_subscription(conn, made.id)
        counts.append(await order_changes.version(conn))

    assert counts == [1, 2, 3, 4, 5]


async def test_standing_has_everything(store: Store, here: Destination) -> None:
    quiet = QuietHours(start=time(22), end=time(7, 30), let_breaking_through=True)
    async with store.write() as conn:
        await places.set_workspace(conn, here.workspace, zone="Europe/Paris", breaking=0.8)
        await places.set_quiet(conn, here.id, quiet)
        made = await orders.add_subscription(
            conn, destination=here.id, target=Target(), mode=Mode.INSTANT, now=NOON
        )
    async with store.read() as conn:
        standing = await orders.standing(conn)

    [found] = standing.destinations
    assert (found.quiet, found.zone, found.breaking) == (quiet, "Europe/Paris", 0.8)
    assert [w.breaking for w in standing.workspaces] == [0.8]
    assert list(standing.subscriptions) == [made]


async def test_a_story_is_muted_once_and_unmuted(store: Store, here: Destination) -> None:
    one = StoryId(1)
    async with store.write() as conn:
        await stories.begin(conn, [story()])
        for _ in range(2):
            await places.mute_story(conn, here.id, one, by="Kim", now=NOON)
        assert await alerts.muted(conn, [one]) == {(here.id, one)}
        assert await places.unmute_story(conn, here.id, one)
        assert not await places.unmute_story(conn, here.id, one)
