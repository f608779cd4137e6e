"""Feeds and what their polls brought."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import FeedErrorKind
from bot.model import Feed, FeedHealth, FeedId, PollState, Tier, WorkspaceId
from bot.store.rows import Row, clean, clean_or_none, instants_to_json
from bot.store.sql import chunks, insert, update_all
from bot.store.tables import feed_workspaces, feeds

# Asked at every tick: to make these statements anew costs more than to run them.
_POLLED = (feeds.c.paused_at.is_(None), feeds.c.gone_at.is_(None))
_NEXT = sa.select(sa.func.min(feeds.c.next_poll_at)).where(*_POLLED)
# No poll is put off longer than a day: what is due later, a clock that ran ahead has written.
_CREDIBLE = timedelta(hours=25)
_DUE = (
    sa.select(feeds)
    .where(
        *_POLLED,
        sa.or_(
            feeds.c.next_poll_at <= sa.bindparam("now"),
            feeds.c.next_poll_at > sa.bindparam("credible"),
        ),
    )
    .order_by(feeds.c.next_poll_at, feeds.c.id)
    .limit(sa.bindparam("most"))
)


async def due_feeds(conn: AsyncConnection, *, now: datetime, limit: int) -> list[PollState]:
    """Feeds whose next poll has come, most overdue first."""
    return await _states(conn, _DUE, {"now": now, "credible": now + _CREDIBLE, "most": limit})


async def next_due(conn: AsyncConnection) -> datetime | None:
    """When the next feed is due, None where none ever is."""
    at: datetime | None = await conn.scalar(_NEXT)
    return at


async def all_feeds(
    conn: AsyncConnection, *, workspace: WorkspaceId | None = None
) -> list[PollState]:
    """All shared feeds, and those that the workspace added; by folder and title."""
    own = sa.select(feed_workspaces.c.feed_id).where(feed_workspaces.c.workspace_id == workspace)
    query = (
        sa.select(feeds)
        .where(feeds.c.shared | feeds.c.id.in_(own))
        .order_by(feeds.c.folder, sa.func.lower(feeds.c.title), feeds.c.id)
    )
    return await _states(conn, query)


async def own_feeds(conn: AsyncConnection, workspace: WorkspaceId) -> list[PollState]:
    """The feeds that the workspace added, by title."""
    own = sa.select(feed_workspaces.c.feed_id).where(feed_workspaces.c.workspace_id == workspace)
    query = sa.select(feeds).where(feeds.c.id.in_(own))
    return await _states(conn, query.order_by(sa.func.lower(feeds.c.title), feeds.c.id))


async def by_ids(conn: AsyncConnection, ids: Iterable[FeedId]) -> list[PollState]:
    """These feeds, by id."""
    found: list[PollState] = []
    for some in chunks(sorted(set(ids))):
        query = sa.select(feeds).where(feeds.c.id.in_(some)).order_by(feeds.c.id)
        found += await _states(conn, query)
    return found


async def save_polls(conn: AsyncConnection, states: Sequence[PollState]) -> None:
    """Write what polls brought, all in one statement; addresses and names stay as they are."""
    await update_all(conn, feeds, [_poll_row(state) for state in states])


async def sync_configured(conn: AsyncConnection, wanted: Sequence[Feed], now: datetime) -> None:
    """Make the config's feeds the shared ones, by address; ids in `wanted` do not count.

    One that the config no longer names stays with the workspaces that added it, else it rests.
    """
    known: dict[str, Row] = {
        row["url"]: row
        for row in (
            await conn.execute(sa.select(feeds.c.url, feeds.c.id, feeds.c.configured))
        ).mappings()
    }
    fresh, changed = [], []
    for feed in {feed.url: feed for feed in wanted}.values():
        columns = {
            **_name_row(feed),
            "shared": True,
            "configured": True,
            "paused_at": now if feed.paused else None,
        }
        if (row := known.pop(feed.url, None)) is None:
            fresh.append({**columns, "url": feed.url, "added_at": now, "next_poll_at": now})
        else:
            changed.append({**columns, "id": row["id"]})
    if fresh:
        await conn.execute(sa.insert(feeds), fresh)
    await update_all(conn, feeds, changed)
    await _retire(conn, [row["id"] for row in known.values() if row["configured"]], now)


async def add_for_workspace(
    conn: AsyncConnection, workspace: WorkspaceId, feed: Feed, *, by: str, now: datetime
) -> tuple[FeedId, bool]:
    """Let the workspace have this feed; gives its id, and whether the workspace had it not before.

    A feed at that address, whoever added it, is polled once for all.
    """
    statement = insert(conn, feeds).values(
        **_name_row(feed), url=feed.url, shared=False, added_at=now, next_poll_at=now
    )
    await conn.execute(statement.on_conflict_do_nothing(index_elements=["url"]))
    found = await conn.scalar(sa.select(feeds.c.id).where(feeds.c.url == feed.url))
    assert found is not None
    # A feed that nobody had any more rests; it is polled again from now on.
    await conn.execute(
        sa.update(feeds)
        .where(feeds.c.id == found, feeds.c.shared.is_(False), feeds.c.paused_at.is_not(None))
        .values(paused_at=None, next_poll_at=now)
    )
    link = insert(conn, feed_workspaces).values(
        feed_id=found, workspace_id=workspace, added_by=by, added_at=now
    )
    added = await conn.execute(
        link.on_conflict_do_nothing(index_elements=["feed_id", "workspace_id"]).returning(
            feed_workspaces.c.feed_id
        )
    )
    return FeedId(found), added.first() is not None


async def remove_from_workspace(
    conn: AsyncConnection, workspace: WorkspaceId, feed: FeedId, now: datetime
) -> bool:
    """Take the feed from the workspace; whether it had it. One that nobody has any more rests."""
    result = await conn.execute(
        sa.delete(feed_workspaces).where(
            feed_workspaces.c.workspace_id == workspace, feed_workspaces.c.feed_id == feed
        )
    )
    shared = await conn.scalar(sa.select(feeds.c.shared).where(feeds.c.id == feed))
    if result.rowcount and not shared:
        await _retire(conn, [feed], now)
    return result.rowcount > 0


async def _retire(conn: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    """Unshare these feeds; those that no workspace has are paused, with all that they brought."""
    had = sa.select(feed_workspaces.c.feed_id)
    for some in chunks(ids):
        gone = feeds.c.id.in_(some)
        await conn.execute(sa.update(feeds).where(gone).values(shared=False, configured=False))
        await conn.execute(
            sa.update(feeds).where(gone, feeds.c.id.not_in(had)).values(paused_at=now)
        )


async def _states(
    conn: AsyncConnection, query: sa.Select[Any], given: Mapping[str, object] | None = None
) -> list[PollState]:
    rows = (await conn.execute(query, given)).mappings().all()
    private = [row["id"] for row in rows if not row["shared"]]
    owners: dict[int, set[WorkspaceId]] = defaultdict(set)
    for some in chunks(private):
        links = sa.select(feed_workspaces).where(feed_workspaces.c.feed_id.in_(some))
        for link in (await conn.execute(links)).mappings():
            owners[link["feed_id"]].add(WorkspaceId(link["workspace_id"]))
    return [_state(row, frozenset(owners.get(row["id"], ()))) for row in rows]


def _state(row: Row, workspaces: frozenset[WorkspaceId]) -> PollState:
    return PollState(
        feed=feed_from(row),
        workspaces=workspaces,
        next_poll_at=None if row["gone_at"] else row["next_poll_at"],
        error_kind=FeedErrorKind(row["error_kind"]) if row["error_kind"] else None,
        told_health=FeedHealth(row["told_health"]) if row["told_health"] else None,
        spoken=tuple(datetime.fromtimestamp(at, UTC) for at in row["rhythm"] or ()),
        **{name: row[name] for name in _PLAIN},
    )


def feed_from(row: Row) -> Feed:
    """The feed of a row of `feeds`."""
    return Feed(
        id=FeedId(row["id"]),
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        tier=Tier(row["tier"]),
        folder=row["folder"],
        site=row["site"],
        language=row["language"],
        every=timedelta(seconds=row["every_seconds"]) if row["every_seconds"] else None,
        shared=row["shared"],
        paused=row["paused_at"] is not None,
    )


# Columns of `feeds` that a PollState carries as they are.
_PLAIN = (
    "polled_at",
    "good_at",
    "changed_at",
    "entry_at",
    "full_fetch_at",
    "etag",
    "last_modified",
    "body_hash",
    "hints",
    "failures",
    "error",
    "failing_since",
    "gone_at",
    "moved_to",
    "moved_seen",
    "churn",
)


def _poll_row(state: PollState) -> dict[str, Any]:
    row = {name: getattr(state, name) for name in _PLAIN}
    row["error"] = clean_or_none(state.error)
    row["id"] = state.feed.id
    # A feed that is gone keeps a date in this column, which has none to say "never".
    row["next_poll_at"] = state.next_poll_at or state.gone_at
    row["error_kind"] = state.error_kind.value if state.error_kind else None
    row["told_health"] = state.told_health.value if state.told_health else None
    row["rhythm"] = instants_to_json(state.spoken)
    return row


def _name_row(feed: Feed) -> dict[str, Any]:
    return {
        "title": clean(feed.title),
        "outlet": clean(feed.outlet),
        "site": clean(feed.site),
        "tier": int(feed.tier),
        "folder": clean(feed.folder),
        "language": feed.language,
        "every_seconds": int(feed.every.total_seconds()) if feed.every else None,
    }
