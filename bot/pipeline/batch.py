"""One batch of entries within its transaction: identify, judge, assign, store, route."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.identity import Seen, makes_revisions
from bot.model import FeedId, StoryId
from bot.pipeline import identify
from bot.pipeline.assign import assign_all
from bot.pipeline.changes import Changes, Poll
from bot.pipeline.identify import Failure, Marked, Plan
from bot.pipeline.judge import Examined, examine_all
from bot.pipeline.opening import open_to_more
from bot.pipeline.ports import Router, Rows
from bot.pipeline.report import NOTHING, Ingested
from bot.pipeline.stages import Stages
from bot.stories.clustering import Batch as Staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one batch came to; `joins` when it changed what memory holds of stories."""

    counts: Ingested = NOTHING
    joins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTaker:
    """Takes batches. All that will be written is gathered first, then written at one stroke."""

    rows: Rows
    router: Router
    max_alert_age: timedelta

    async def take(
        self,
        conn: AsyncConnection,
        poll: Poll,
        batch: Sequence[Marked],
        staged: Staged,
        stages: Stages,
    ) -> Taken:
        """Store what is new among these entries and tell routing; the caller commits."""
        plan = await self._identify(conn, poll, batch)
        fresh, broken = await _examine((one.marked for one in plan.fresh), stages, poll)
        changes = Changes(poll=poll, failed=broken)
        await self._assign(conn, fresh, staged, changes)
        await self._revise(conn, plan, stages, changes)
        await self._open(conn, plan, staged, stages, changes)
        await self._store(conn, plan, changes)
        routed = await self.router.route(conn, changes.joined, poll.now)
        counts = changes.counted(
            entries=len(batch),
            known=plan.known,
            changed=len(plan.revised),
            alerts=routed.states,
        )
        return Taken(counts=counts, joins=bool(changes.stories))

    async def _identify(self, conn: AsyncConnection, poll: Poll, batch: Sequence[Marked]) -> Plan:
        feed = poll.state.feed
        rows = await self.rows.seen.touching(conn, feed.id, [one.mark for one in batch])
        stored = await self.rows.articles.with_keys(conn, [one.key for one in batch])
        seen = Seen(rows, listed=[one.mark for one in poll.marked])
        return identify.plan(batch, feed, seen, stored)

    async def _assign(
        self, conn: AsyncConnection, fresh: Sequence[Examined], staged: Staged, changes: Changes
    ) -> None:
        """Put each new article into the story that it joins, or into one of its own."""
        if not fresh:
            return
        articles = await self.rows.articles.reserve_ids(conn, len(fresh))
        stories = await self.rows.stories.reserve_ids(conn, len(fresh))
        # In a thread: a batch against many live stories would hold up the chat for too long.
        placed = await asyncio.to_thread(
            assign_all, fresh, staged, iter(articles), iter(stories), changes
        )
        joined = (one.story for one in placed if one.found.story is not None)
        begun = {one.story for one in placed if one.found.story is None}
        await self._need(conn, (story for story in joined if story not in begun), changes)
        await asyncio.to_thread(changes.place_all, placed)

    async def _revise(
        self, conn: AsyncConnection, plan: Plan, stages: Stages, changes: Changes
    ) -> None:
        """Take over new words of known articles, where the feed that first brought one says so."""
        poll = changes.poll
        if not plan.revised or not makes_revisions(poll.state.churn):
            return
        entries = {article: marked for marked, article in plan.revised}
        stored = await self.rows.articles.load(conn, entries)
        own = {None, poll.state.feed.id}
        ours = [n for n, one in stored.items() if one.report.judged.article.feed in own]
        examined, failed = await _examine((entries[number] for number in ours), stages, poll)
        changes.failed += failed
        await self._need(conn, (stored[number].story for number in ours), changes)
        by_key = {one.marked.key: one for one in examined}
        for number in ours:
            after = by_key.get(entries[number].key)
            if after is not None:
                changes.revise(stored[number].report, stored[number].story, after)

    async def _open(
        self,
        conn: AsyncConnection,
        plan: Plan,
        staged: Staged,
        stages: Stages,
        changes: Changes,
    ) -> None:
        """Show articles of other feeds to those who get them by this one too."""
        poll = changes.poll
        stored = await self.rows.articles.load(conn, plan.carried)
        opened = [
            found
            for one in stored.values()
            if (found := open_to_more(one, poll.state, poll.now, self.max_alert_age))
        ]
        await self._need(conn, (one.story for one in opened), changes)
        for one in opened:
            # Judged again only for the watches and workspaces that see it now.
            article = one.report.judged.article
            changes.open(one, await asyncio.to_thread(stages.examine, article))
            if one.shared and one.story is not None:
                staged.join(one.report, one.story, poll.now)

    async def _need(
        self, conn: AsyncConnection, wanted: Iterable[StoryId | None], changes: Changes
    ) -> None:
        missing = {story for story in wanted if story is not None} - changes.stories.keys()
        stories = await self.rows.stories.load(conn, missing)
        reports = [report.id for story in stories.values() for report in story.reports]
        changes.known(stories, await self.rows.own.of_articles(conn, reports))

    async def _store(self, conn: AsyncConnection, plan: Plan, changes: Changes) -> None:
        rows, poll = self.rows, changes.poll
        feed, now = poll.state.feed.id, poll.now
        await rows.stories.begin(conn, changes.new_stories())
        await rows.articles.store(conn, changes.new_reports(), changes.filings)
        await rows.articles.revise(conn, changes.revised, changes.filings, now)
        await rows.own.store(conn, changes.own)
        await rows.deadlines.store(conn, changes.deadlines)
        for shared, news in ((True, True), (True, False), (False, True)):
            ids = [
                one.report.id for one in changes.opened if (one.shared, one.news) == (shared, news)
            ]
            if ids:
                await rows.articles.open_up(conn, ids, shared=shared, news=news)
        await rows.stories.update(conn, changes.changed_stories())
        added = changes.memory_of(plan.fresh) + plan.added
        numbers = await rows.seen.reserve_ids(conn, len(added))
        await rows.seen.add(conn, identify.numbered(added, numbers), now)
        await rows.seen.overwrite(conn, plan.overwritten, now)
        await rows.seen.still_listed(conn, plan.listed, now)
        carried = [report.id for report, _ in changes.new_reports()] + plan.carried
        await rows.articles.link_feed(conn, feed, carried, now)
        await rows.failures.clear(conn, feed, changes.succeeded())
        for failed in changes.failed:
            await self.keep(conn, feed, failed, now)

    async def keep(
        self, conn: AsyncConnection, feed: FeedId, failed: Failure, now: datetime
    ) -> None:
        """Keep an entry that was skipped, with its error."""
        entry = failed.entry
        await self.rows.failures.note(
            conn,
            feed,
            failed.key,
            title=entry.title,
            url=entry.url,
            stage=failed.stage,
            error=failed.error,
            now=now,
        )


async def _examine(
    entries: Iterable[Marked], stages: Stages, poll: Poll
) -> tuple[list[Examined], list[Failure]]:
    wanted = list(entries)
    if not wanted:
        return [], []
    return await asyncio.to_thread(examine_all, wanted, stages, poll.state, poll.now)
