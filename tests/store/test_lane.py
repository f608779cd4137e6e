"""The ingest lane on real databases: DESIGN's rules of identity, first poll, tenancy, batches."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model import ChangeKind, Feed, FeedId, PollState, Story, StoryId
from bot.pipeline import lane as lane_module
from bot.pipeline.report import PollOutcome
from bot.store import articles, feeds, stories
from bot.store.database import Store
from bot.store.tables import failed_entries, revisions
from bot.store.tables import seen as seen_table
from tests.support.databases import make_workspace
from tests.support.kept_feeds import feed_at
from tests.support.line import DAY, Item, Line
from tests.support.values import HOUR, NOON

MINUTE = timedelta(minutes=1)

NPR, BBC = "https://npr.example/feed", "https://bbc.example/feed"


def item(number: int, **given: object) -> Item:
    words = ["senate", "budget", "harbour", "violin", "glacier", "orchard", "copper", "lantern"]
    default = {
        "title": f"{words[number % 8].title()} {words[(number * 3 + 1) % 8]} number {number}",
        "guid": f"g{number}",
        "link": f"https://npr.example/{number}",
        "at": NOON + DAY + (number + 1) * MINUTE,
    }
    return Item(**{**default, **given})  # type: ignore[arg-type]


@pytest.fixture
async def line(store: Store) -> Line:
    """A line with one feed, whose first poll has passed."""
    made = Line(store, NOON)
    await made.subscribe(NPR)
    await made.poll()
    return made


async def test_a_new_feeds_backlog_becomes_history(store: Store) -> None:
    line = Line(store, NOON)
    await line.subscribe(NPR)
    line.publish(NPR, *(item(n) for n in reversed(range(3))))
    report = await line.poll()
    assert (report.total().new, report.total().backlog) == (3, 3)
    assert [a.backlog for a in await line.stored()] == [True] * 3
    assert line.router.told() == []
    assert len(line.router.joined) == 3


async def test_a_backlog_that_comes_after_an_empty_first_document_is_history_too(
    line: Line,
) -> None:
    polled = line.clock.now()
    old, new = item(0, at=polled - HOUR), item(1, at=polled + HOUR)
    line.publish(NPR, new, old)
    await line.poll()
    assert line.router.told() == [new.title]
    assert [a.backlog for a in await line.stored()] == [True, False]


async def test_later_articles_join_a_backlogs_stories(store: Store) -> None:
    line = Line(store, NOON)
    await line.subscribe(NPR)
    event = "Judge blocks Pentagon ban on Anthropic chatbot Claude"
    line.publish(NPR, Item(title=event, guid="a", link="https://npr.example/a", at=NOON))
    await line.poll()
    again = "Judge blocks the Pentagon's ban on Anthropic's Claude chatbot"
    line.publish(NPR, Item(title=again, guid="b", link="https://npr.example/b", at=NOON + HOUR))
    await line.poll()
    found = await line.told_stories()
    assert found[event] == found[again]
    assert line.router.told() == [again]


async def test_every_new_article_comes_once(line: Line) -> None:
    line.publish(NPR, item(1), item(0))
    await line.poll()
    line.publish(NPR, item(2), item(1), item(0))
    await line.poll()
    assert line.router.told() == [item(n).title for n in range(3)]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda i, n: replace(i, guid=f"new-{n}"), id="every-guid"),
        pytest.param(lambda i, n: replace(i, at=NOON + 9 * DAY), id="every-date"),
        pytest.param(lambda i, n: replace(i, at=None), id="no-dates"),
        pytest.param(lambda i, n: replace(i, guid=None), id="no-guids"),
        pytest.param(lambda i, n: replace(i, link=f"{i.link}?utm_source=rss"), id="tracking"),
        pytest.param(lambda i, n: replace(i, text="Now with a text."), id="every-text"),
    ],
)
async def test_a_feed_that_changes_everything_brings_no_alert(line: Line, change: object) -> None:
    assert callable(change)
    items = [item(n) for n in range(4)]
    line.publish(NPR, *items)
    await line.poll()
    told = line.router.told()
    line.publish(NPR, *(change(one, n) for n, one in enumerate(items)))
    await line.poll()
    line.publish(NPR, *reversed(items))
    report = await line.poll()
    assert report.total().known == 4
    assert line.router.told() == told
    assert len(await line.stored()) == 4


async def test_an_item_that_vanishes_and_returns_is_known(line: Line) -> None:
    line.publish(NPR, item(0), item(1))
    await line.poll()
    line.publish(NPR, item(1))
    await line.poll()
    line.publish(NPR, item(0), item(1))
    assert (await line.poll()).total().new == 0


async def test_two_feeds_that_carry_one_url_carry_one_article(line: Line) -> None:
    await line.subscribe(NPR, BBC)
    await line.poll()
    same = item(0, at=line.clock.now())
    line.publish(NPR, same)
    line.publish(BBC, replace(same, guid="elsewhere", title="Another headline"))
    await line.poll()
    assert len(await line.stored()) == 1
    assert line.router.told() == [same.title]
    async with line.store.read() as conn:
        carriers = (await conn.execute(text("SELECT feed_id FROM article_feeds"))).scalars().all()
    assert len(carriers) == 2


async def test_a_changed_headline_is_a_revision_and_no_alert(line: Line) -> None:
    line.publish(NPR, item(0, title="Judge rules for Anthropic"))
    await line.poll()
    line.publish(NPR, item(0, title="Judge rules against Anthropic"))
    report = await line.poll()
    assert (report.total().new, report.total().revised) == (0, 1)
    assert line.router.told() == ["Judge rules for Anthropic"]
    last = line.router.joined[-1]
    assert last.revised
    assert [(c.kind, c.before, c.after) for c in last.changes] == [
        (ChangeKind.HEADLINE, "Judge rules for Anthropic", "Judge rules against Anthropic")
    ]
    async with line.store.read() as conn:
        assert await conn.scalar(select(revisions.c.title)) == "Judge rules for Anthropic"
    assert [a.title for a in await line.stored()] == ["Judge rules against Anthropic"]


async def test_a_feed_whose_text_changes_at_every_poll_stops_making_revisions(line: Line) -> None:
    made = []
    for n in range(6):
        line.publish(NPR, *(item(k, text=f"Read {n} times.") for k in range(4)))
        made.append((await line.poll()).total().revised)
    assert made == [0, 4, 4, 4, 0, 0]


async def test_a_reused_guid_is_a_new_article(line: Line) -> None:
    line.publish(NPR, item(0, guid="today", title="Senate passes budget after long night"))
    await line.poll()
    other = "Volcano closes airports in Iceland"
    line.publish(NPR, item(5, guid="today", title=other, at=NOON + 5 * DAY))
    await line.poll()
    assert line.router.told()[-1] == other


async def test_an_implausible_date_counts_from_the_last_good_poll(line: Line) -> None:
    polled = line.clock.now()
    line.publish(NPR, item(0, at=NOON - 300 * DAY), item(1, at=NOON + 300 * DAY))
    await line.poll()
    dates = [(a.published.at, a.published.stated) for a in await line.stored()]
    assert dates == [(polled, False)] * 2


async def test_after_downtime_what_is_old_is_told_apart(line: Line) -> None:
    line.clock.advance(5 * DAY)
    now = line.clock.now() + DAY
    line.publish(NPR, item(0, at=now - HOUR), item(1, at=now - 3 * DAY))
    report = await line.poll()
    assert report.total().alerts == {"queued": 1}
    assert {one.last_good for one in line.router.joined} == {NOON + DAY}


async def test_an_entry_on_which_a_stage_raises_is_kept_and_skipped(line: Line) -> None:
    line.recognises.breaks_on = {item(1).title}
    line.publish(NPR, *(item(n) for n in range(3)))
    report = await line.poll()
    assert (report.total().new, report.total().failed) == (2, 1)
    async with line.store.read() as conn:
        row = (await conn.execute(select(failed_entries))).mappings().one()
    assert (row["title"], row["stage"]) == (item(1).title, "judge")
    assert row["error"] == "RuntimeError: recognition broke"


async def test_a_failed_entry_is_taken_once_the_fault_is_mended(line: Line) -> None:
    line.recognises.breaks_on = {item(1).title}
    line.publish(NPR, item(1))
    await line.poll()
    line.recognises.breaks_on = set()
    line.publish(NPR, item(2), item(1))
    assert (await line.poll()).total().new == 2
    async with line.store.read() as conn:
        assert await conn.scalar(select(func.count()).select_from(failed_entries)) == 0


async def test_a_batch_that_routing_breaks_on_loses_only_that_entry(line: Line) -> None:
    line.router.breaks_on = {item(1).title}
    line.publish(NPR, *(item(n) for n in range(4)))
    report = await line.poll()
    assert (report.total().new, report.total().failed) == (3, 1)
    assert line.router.told() == [item(n).title for n in (0, 2, 3)]
    assert len(await line.stored()) == 3
    line.router.breaks_on = set()
    line.publish(NPR, *(item(n) for n in range(5)))
    assert (await line.poll()).total().new == 2


class Breaks:
    """The table of articles, whose database goes away at one write."""

    def __init__(self, at: int) -> None:
        self._left = at

    async def store(self, *given: object) -> None:
        self._left -= 1
        if not self._left:
            raise StoreError("The database is full.")
        await articles.store(*given)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(articles, name)


async def test_a_crash_between_batches_loses_and_doubles_nothing(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [item(n, title=f"{item(n).title} of {n * 7919}") for n in range(120)]
    line.publish(NPR, *reversed(many))
    healthy = line.lane._taker
    broken = replace(healthy, rows=replace(healthy.rows, articles=Breaks(at=3)))  # type: ignore[arg-type]
    line.lane._taker = broken
    report = await line.poll()
    assert [poll.outcome for poll in report.polls] == [PollOutcome.NOT_STORED]
    assert len(await line.stored()) == 2 * lane_module.BATCH
    line.restart()
    # Validators were not stored: the feed gives its document again, though it has not changed.
    report = await line.poll()
    assert report.total().new == 20
    assert sorted(line.router.told()) == sorted(one.title for one in many)


async def test_memory_follows_the_commit(line: Line) -> None:
    """A batch that was rolled back leaves no story behind that a later article could join."""
    healthy = line.lane._taker
    line.lane._taker = replace(
        healthy,
        rows=replace(healthy.rows, articles=Breaks(at=1)),  # type: ignore[arg-type]
    )
    line.publish(NPR, item(0))
    await line.poll()
    line.lane._taker = healthy
    assert (await line.poll()).total().stories == 1
    assert len(line.router.told()) == 1


async def all_stories(store: Store) -> list[Story]:
    async with store.read() as conn:
        ids = (await conn.execute(text("SELECT id FROM stories"))).scalars().all()
        found = await stories.load(conn, [StoryId(number) for number in ids])
    return [found[number] for number in sorted(found)]


async def test_the_same_articles_in_the_same_order_give_the_same_stories(
    store: Store, sqlite_store: Store
) -> None:
    runs = []
    for database, restarts in ((store, False), (sqlite_store, True)):
        line = Line(database, NOON)
        await line.subscribe(NPR, BBC)
        await line.poll()
        for day in range(4):
            line.publish(NPR, *(item(n, at=line.clock.now()) for n in range(day * 5)))
            line.publish(
                BBC,
                *(
                    item(
                        n,
                        link=f"https://bbc.example/{n}",
                        title=f"{item(n).title}, officials say",
                        at=line.clock.now(),
                    )
                    for n in range(day * 4)
                ),
            )
            await line.poll()
            if restarts:
                line.restart()
        runs.append([(s.title, s.origins(), len(s.reports)) for s in await all_stories(database)])
    assert runs[0] == runs[1]
    assert len(runs[0]) < 27


async def test_two_processes_share_the_live_stories(store: Store) -> None:
    one, other = Line(store, NOON), Line(store, NOON)
    other.clock, other.router = one.clock, one.router
    await one.subscribe(NPR, BBC)
    await one.poll()
    other.source = one.source
    other.restart()
    event = "Judge blocks Pentagon ban on Anthropic chatbot Claude"
    one.publish(NPR, Item(title=event, link="https://npr.example/a", at=one.clock.now()))
    await one.poll()
    again = "Judge blocks the Pentagon's ban on Anthropic's Claude chatbot"
    one.publish(BBC, Item(title=again, link="https://bbc.example/b", at=one.clock.now()))
    await other.poll()
    assert len(await all_stories(store)) == 1


async def private_feed(conn: AsyncConnection, url: str, workspace: str, now: datetime) -> None:
    ours = await make_workspace(conn, workspace)
    wanted = Feed(id=FeedId(0), url=url, title="Own", outlet="Own")
    await feeds.add_for_workspace(conn, ours, wanted, by="ann", now=now)


async def test_an_article_of_one_workspace_never_shapes_a_shared_story(line: Line) -> None:
    own = "https://own.example/feed"
    async with line.store.write() as conn:
        await private_feed(conn, own, "ours", line.clock.now())
    line.source.documents[own] = line.source.documents[NPR]
    await line.poll()
    event = "Judge blocks Pentagon ban on Anthropic chatbot Claude"
    secret = "Judge blocks the Pentagon's ban on Anthropic's chatbot Claude, memo shows"
    line.publish(NPR, Item(title=event, link="https://npr.example/a", at=line.clock.now()))
    await line.poll()
    line.publish(own, Item(title=secret, link="https://own.example/b", at=line.clock.now()))
    await line.poll()
    (story,) = await all_stories(line.store)
    assert len(story.reports) == 2
    assert story.title == event
    assert [r.judged.article.title for r in story.visible_to(None)] == [event]
    async with line.store.read() as conn:
        counted = (await conn.execute(text("SELECT origins, outlets FROM stories"))).one()
    assert tuple(counted) == (1, 1)


async def test_a_private_article_that_a_shared_feed_carries_becomes_everyones(line: Line) -> None:
    own = "https://own.example/feed"
    async with line.store.write() as conn:
        await private_feed(conn, own, "ours", line.clock.now())
    line.source.documents[own] = line.source.documents[NPR]
    await line.poll()
    same = item(0, at=line.clock.now())
    line.publish(own, same)
    await line.poll()
    assert [a.shared for a in await line.stored()] == [False]
    line.publish(NPR, same)
    report = await line.poll()
    assert (report.total().new, report.total().opened) == (0, 1)
    assert [a.shared for a in await line.stored()] == [True]
    assert [one.opened for one in line.router.joined] == [False, True]


async def test_what_an_established_feed_brings_is_news_though_a_new_feeds_backlog_had_it(
    line: Line,
) -> None:
    await line.subscribe(NPR, BBC)
    fresh, stale = item(0, at=NOON + 2 * DAY - HOUR), item(1, at=NOON - 3 * DAY)
    line.publish(BBC, fresh, stale)
    await line.poll()
    assert line.router.told() == []
    line.clock.advance(-timedelta(hours=23))
    line.publish(NPR, fresh, stale)
    async with line.store.read() as conn:
        (npr,) = [s for s in await feeds.all_feeds(conn) if s.feed.url == NPR]
    await line.poller.poll([npr])
    assert line.router.told() == [fresh.title]
    assert [a.backlog for a in await line.stored()] == [True, False]


async def test_polls_that_bring_nothing_do_not_wake_the_lane(line: Line) -> None:
    line.publish(NPR, item(0))
    await line.poll()
    async with line.store.read() as conn:
        before = await feed_at(conn, NPR)
    line.clock.advance(HOUR)
    report = await line.poller.poll_due(line.clock.now())
    assert report.count(PollOutcome.UNCHANGED) == 1
    async with line.store.read() as conn:
        after = await feed_at(conn, NPR)
    assert isinstance(before, PollState)
    assert isinstance(after, PollState)
    assert after.changed_at == before.changed_at
    assert (after.polled_at, after.good_at) == (line.clock.now(), line.clock.now())


async def test_hostile_entries_are_stored(line: Line) -> None:
    strange = [
        item(0, title="'; DROP TABLE articles; -- %s {0}"),
        item(1, title="Ж" * 5_000),
        item(2, guid="x" * 20_000),
        item(3, link="javascript:alert(1)"),
        item(4, title="@everyone <script>alert(1)</script>"),
        item(5, at=datetime(1, 1, 1, tzinfo=NOON.tzinfo)),
    ]
    line.publish(NPR, *strange)
    report = await line.poll()
    assert (report.total().new, report.total().failed) == (6, 0)


async def test_what_is_still_listed_is_remembered(line: Line) -> None:
    line.publish(NPR, item(0))
    await line.poll()
    listed = select(func.min(seen_table.c.listed_at))
    async with line.store.read() as conn:
        first = await conn.scalar(listed)
    assert first is not None
    line.clock.advance(DAY)
    line.publish(NPR, item(1), item(0))
    await line.poll()
    async with line.store.read() as conn:
        last = await conn.scalar(listed)
    assert last is not None
    assert last > first
