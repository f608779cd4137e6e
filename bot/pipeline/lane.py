"""The ingest lane: one batch of entries after the other, each one transaction.

What is held in memory (the live stories) changes only after a commit, and is rebuilt from the
database when another process has changed stories, or when a commit's outcome is unknown.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model import Entry, PollState
from bot.pipeline import identify
from bot.pipeline.batch import BatchTaker, Taken
from bot.pipeline.changes import Poll
from bot.pipeline.identify import Failure, Marked
from bot.pipeline.ports import Database, Router, Rows
from bot.pipeline.report import NOTHING, Ingested
from bot.pipeline.stages import Stages
from bot.stories.clustering import SAGA_RELEVANCE, SAGA_WINDOW, STORY_WINDOW, Clusterer

BATCH = 50
"""Entries in one transaction, at most."""
_log = structlog.get_logger(__name__)


Finish = Callable[[Ingested], PollState]


class Lane:
    """Takes the entries of one feed after the other from identity to commit."""

    def __init__(
        self,
        database: Database,
        rows: Rows,
        stages: Stages,
        clusterer: Clusterer,
        router: Router,
        *,
        max_alert_age: timedelta = timedelta(hours=24),
    ) -> None:
        self._database, self._rows, self._clusterer = database, rows, clusterer
        self._taker = BatchTaker(rows=rows, router=router, max_alert_age=max_alert_age)
        self._turn = asyncio.Lock()
        self._stories_version: int | None = None
        self.stages = stages
        """Replaced whole when catalog, topics or watches change; the next batch reads it."""

    async def ingest(
        self, state: PollState, entries: Sequence[Entry], finish: Finish, now: datetime
    ) -> Ingested:
        """Store what is new in a feed's document; with the last batch, the state that `finish`
        makes of the counts.

        Raises StoreError where the database fails: then what was committed stands, the poll counts
        as not made, and the next one takes up the rest.
        """
        marked, failed = await asyncio.to_thread(identify.mark_all, entries, state.feed)
        work = Poll(state=state, marked=marked, now=now)
        total = await self._keep_failures(work, failed) if failed else NOTHING
        batches = [marked[at : at + BATCH] for at in range(0, len(marked), BATCH)] or [[]]
        for batch in batches[:-1]:
            total += await self._commit(work, batch)
        return await self._commit_last(work, batches[-1], total, finish)

    async def _commit_last(
        self, work: Poll, batch: Sequence[Marked], before: Ingested, finish: Finish
    ) -> Ingested:
        try:
            return before + await self._transact(work, batch, before, finish)
        except StoreError:
            raise
        except Exception:
            if not batch:
                raise
            _log.exception("batch_failed", feed_id=work.state.feed.id)
        total = before + await self._one_by_one(work, batch)
        return total + await self._transact(work, [], total, finish)

    async def _commit(self, work: Poll, batch: Sequence[Marked]) -> Ingested:
        try:
            return await self._transact(work, batch)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 (the entry that breaks it is found and kept)
            _log.exception("batch_failed", feed_id=work.state.feed.id)
        return await self._one_by_one(work, batch)

    async def _one_by_one(self, work: Poll, batch: Sequence[Marked]) -> Ingested:
        """Find out which entry a batch fails on, store the others, keep that one's error."""
        total = NOTHING
        for one in batch:
            try:
                total += await self._transact(work, [one])
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 (it is kept with its entry; the rest goes on)
                failed = identify.failure(one.key, one.entry, "store or route", error)
                total += await self._keep_failures(work, [failed])
        return total

    async def _keep_failures(self, work: Poll, failed: Sequence[Failure]) -> Ingested:
        async with self._database.write() as conn:
            for one in failed:
                await self._taker.keep(conn, work.state.feed.id, one, work.now)
        return Ingested(entries=len(failed), failed=len(failed))

    async def _transact(
        self,
        work: Poll,
        batch: Sequence[Marked],
        before: Ingested = NOTHING,
        finish: Finish | None = None,
    ) -> Ingested:
        """One batch, one transaction; memory follows once it is committed."""
        async with self._turn:
            known_version, self._stories_version = self._stories_version, None
            # While the outcome is open, memory counts as stale: whatever ends this block early,
            # the next batch rebuilds it.
            async with self._database.lane() as conn:
                version = await self._catch_up(conn, known_version, work.now)
                staged = self._clusterer.begin()
                taken = Taken()
                if batch:
                    taken = await self._taker.take(conn, work, batch, staged, self.stages)
                if taken.joins:
                    version = await self._rows.facts.stories_changed(conn)
                if finish is not None:
                    await self._rows.feeds.save_polls(conn, [finish(before + taken.counts)])
            if taken.joins:
                self._clusterer.commit(staged)
            self._stories_version = version
        return taken.counts

    async def _catch_up(
        self, conn: AsyncConnection, known_version: int | None, now: datetime
    ) -> int:
        version = await self._rows.facts.stories_version(conn)
        if version != known_version:
            live = await self._rows.stories.live(
                conn,
                now - STORY_WINDOW,
                relevant_since=now - SAGA_WINDOW,
                relevance=SAGA_RELEVANCE,
            )
            self._clusterer.restore(live)
            _log.info("stories_restored", stories=len(live))
        return version
