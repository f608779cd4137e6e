"""Replay successive snapshots of real feeds through the whole line with a stepped clock.

    python -m bench.replay FOLDER

FOLDER holds manifest.tsv (feed, commit_time, commit, path, bytes) and the snapshots. Each is served
at its time; what the line takes for new is held against the links and guids that no earlier
snapshot of the feed listed. First snapshots are a feed's first poll: history, not alerts.
"""

import argparse
import asyncio
import csv
import logging
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.engine import Engine, Knowledge
from bot.clock import SteppedClock
from bot.errors import FeedError
from bot.feeds.fetch import Body, FetchRequest, Validators
from bot.feeds.health import Health
from bot.feeds.normalise import canonical_of
from bot.feeds.parse import parse
from bot.model import AlertState, Entry, Feed, FeedId, Joined, PollState
from bot.pipeline.lane import Lane
from bot.pipeline.polling import Poller
from bot.pipeline.ports import Rows
from bot.settings import Settings
from bot.store import articles, deadlines, facts, failures, feeds, own, seen, stories
from bot.store.database import Store

MAX_ALERT_AGE = timedelta(hours=24)
HOST = "https://feeds.example/"


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One document and the instant from which it was served."""

    feed: str
    at: datetime
    body: bytes


@dataclass
class Told:
    """Stands for routing: counts, by feed, what would be judged, alerted and told apart as old."""

    states: Mapping[AlertState, int] = field(default_factory=dict)
    joined: dict[FeedId | None, list[str]] = field(default_factory=lambda: defaultdict(list))
    alerted: Counter[FeedId | None] = field(default_factory=Counter)
    revised: Counter[FeedId | None] = field(default_factory=Counter)

    async def route(
        self, _conn: AsyncConnection, joined: Sequence[Joined], now: datetime
    ) -> "Told":
        for one in joined:
            article = one.report.judged.article
            if one.revised:
                self.revised[article.feed] += 1
            elif one.last_good is not None:
                young = now - article.published.at <= MAX_ALERT_AGE
                self.joined[article.feed].append(article.key)
                self.alerted[article.feed] += young and not article.backlog
        return self


class NoReports:
    """Managers are not told here."""

    async def report(
        self, conn: AsyncConnection, state: PollState, health: Health, now: datetime
    ) -> None:
        pass


class Server:
    """Serves the snapshot of each feed that is current."""

    def __init__(self) -> None:
        self.current: dict[str, Snapshot] = {}

    async def fetch(self, request: FetchRequest) -> Body:
        snapshot = self.current[request.url]
        return Body(
            content=snapshot.body,
            hash=str(hash(snapshot.body)),
            url=request.url,
            content_type="application/xml",
            charset=None,
            validators=Validators(),
            fresh_for=None,
            moved_to=None,
        )


def read(folder: Path) -> list[Snapshot]:
    """All snapshots, oldest first."""
    with (folder / "manifest.tsv").open(encoding="utf-8") as rows:
        found = [
            Snapshot(
                feed=row["feed"],
                at=datetime.fromisoformat(row["commit_time"]).astimezone(UTC),
                body=(folder / row["path"]).read_bytes(),
            )
            for row in csv.DictReader(rows, delimiter="\t")
            if (folder / row["path"]).is_file()
        ]
    return sorted(found, key=lambda one: (one.at, one.feed))


def places(entry: Entry, feed: Feed) -> set[str]:
    """What says that an entry is one that was listed before."""
    found = {canonical_of(entry, feed) or "", f"guid:{entry.guid}" if entry.guid else ""}
    return found - {""} or {f"title:{entry.title}"}


def truth(snapshots: Sequence[Snapshot], known: Mapping[str, Feed]) -> Counter[FeedId]:
    """How many entries of each feed's later snapshots no earlier one listed."""
    listed: dict[str, set[str]] = defaultdict(set)
    new: Counter[FeedId] = Counter()
    first: set[str] = set()
    for snapshot in snapshots:
        feed = known[snapshot.feed]
        try:
            entries = parse(snapshot.body, url=feed.url).entries
        except FeedError:
            continue
        fresh = [entry for entry in entries if not places(entry, feed) & listed[snapshot.feed]]
        if snapshot.feed in first:
            new[feed.id] += len(fresh)
        first.add(snapshot.feed)
        for entry in entries:
            listed[snapshot.feed] |= places(entry, feed)
    return new


async def replay(folder: Path, console: Console) -> bool:
    """Run it; whether nothing was missed or doubled."""
    snapshots = read(folder)
    names = sorted({snapshot.feed for snapshot in snapshots})
    knowledge = Knowledge.load(Settings.load({}))
    clock, server, told = SteppedClock(snapshots[0].at), Server(), Told()
    with tempfile.TemporaryDirectory() as place:
        store = await Store.open(f"sqlite:///{Path(place) / 'replay.db'}")
        wanted = [
            Feed(id=FeedId(0), url=f"{HOST}{name}", title=name, outlet=name) for name in names
        ]
        async with store.write() as conn:
            await feeds.sync_configured(conn, wanted, clock.now())
            states = {s.feed.title: s for s in await feeds.all_feeds(conn)}
        rows = Rows(
            feeds=feeds,
            seen=seen,
            articles=articles,
            own=own,
            deadlines=deadlines,
            stories=stories,
            failures=failures,
            facts=facts,
        )
        lane = Lane(store, rows, Engine.build(knowledge).stages, knowledge.clusterer(), told)
        poller = Poller(
            database=store,
            feeds=feeds,
            fetcher=server,
            lane=lane,
            reporter=NoReports(),
            clock=clock,
            at_once=1,
        )
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        began = time.process_time()
        for snapshot in snapshots:
            clock.move_to(snapshot.at)
            server.current[f"{HOST}{snapshot.feed}"] = snapshot
            async with store.read() as conn:
                (state,) = await feeds.by_ids(conn, [states[snapshot.feed].feed.id])
            report = await poller.poll([state])
            total = report.total()
            counts[snapshot.feed].update(
                snapshots=1,
                entries=total.entries,
                **{"backlog" if state.good_at is None else "new": total.new},
                failed=total.failed,
                unread=len(report.errors()),
            )
        spent = time.process_time() - began
        await store.close()
    gold = truth(snapshots, {name: states[name].feed for name in names})
    return _print(
        console, names=names, states=states, counts=counts, gold=gold, told=told, spent=spent
    )


def _print(
    console: Console,
    *,
    names: Sequence[str],
    states: Mapping[str, PollState],
    counts: Mapping[str, Counter[str]],
    gold: Counter[FeedId],
    told: Told,
    spent: float,
) -> bool:
    columns = (
        "snapshots entries unread backlog truly-new new missed doubled would-alert revised failed"
    )
    table = Table("feed", *columns.split())
    sums: Counter[str] = Counter()
    for name in names:
        feed = states[name].feed.id
        keys = told.joined[feed]
        row = counts[name] + Counter(
            {
                "truly-new": gold[feed],
                "missed": max(gold[feed] - len(set(keys)), 0),
                "doubled": len(keys) - len(set(keys)) + max(len(set(keys)) - gold[feed], 0),
                "would-alert": told.alerted[feed],
                "revised": told.revised[feed],
            }
        )
        sums.update(row)
        table.add_row(name, *(str(row[column]) for column in columns.split()))
    table.add_section()
    table.add_row("all", *(str(sums[column]) for column in columns.split()))
    console.print(table)
    console.print(f"{sums['snapshots']} snapshots, {sums['entries']} entries, {spent:.1f} s CPU")
    return not sums["missed"] and not sums["doubled"] and not sums["failed"]


def main() -> int:
    parser = argparse.ArgumentParser(description="Replay snapshots of feeds through the line.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if not (folder / "manifest.tsv").is_file():
        print("replay: no snapshots there, nothing to measure")
        return 0
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    return 0 if asyncio.run(replay(folder, Console(width=150))) else 1


if __name__ == "__main__":
    sys.exit(main())
