"""A chat platform in memory that can fail in every way, and a newsroom that alerts through it."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.conditions import Rules
from bot.alerts.delivery import Kit, OutboxRules
from bot.alerts.drafting import Drafts
from bot.alerts.outbox import Outbox
from bot.alerts.planner import Digests
from bot.alerts.router import Routed, Router
from bot.alerts.senders import Limits, Posted
from bot.clock import SteppedClock
from bot.errors import ChannelUnavailable, MessageGone, OutcomeUnknown, StoreError
from bot.message import Message, plain
from bot.model import (
    Alert,
    Delivery,
    Destination,
    Joined,
    Mode,
    Report,
    Story,
    StoryId,
    Subscription,
    Target,
)
from bot.store import (
    alerts,
    articles,
    digests,
    order_changes,
    orders,
    outbox,
    places,
    stories,
    turns,
)
from bot.store.database import Store
from tests.support.alerting import NOON, report, story
from tests.support.values import filing

RULES = Rules()


@dataclass(slots=True, kw_only=True)
class Shown:
    """One message as it stands in a channel."""

    ref: str
    key: str
    message: Message
    at: datetime
    reply_to: str | None = None
    edits: int = 0


@dataclass(frozen=True, slots=True)
class StoreThenFail:
    """The platform keeps the message, and then this happens to its answer."""

    error: BaseException


class FakeSender:
    """Remembers messages by channel; `troubles` are met one a call, first in first out."""

    def __init__(self, clock: SteppedClock, limits: Limits | None = None) -> None:
        self.platform = "console"
        self.limits = limits or Limits()
        self.channels: defaultdict[str, list[Shown]] = defaultdict(list)
        self.troubles: deque[BaseException | StoreThenFail | None] = deque()
        self.edit_troubles: deque[BaseException | None] = deque()
        self.find_troubles: deque[BaseException | None] = deque()
        self.closed: dict[str, BaseException] = {}
        self.slow: dict[str, asyncio.Event] = {}
        self.lookups: list[str] = []
        self.calls: list[tuple[str, str]] = []
        self._clock, self._next = clock, 0
        self._heard = asyncio.Condition()

    async def post(
        self,
        destination: Destination,
        message: Message,
        *,
        key: str,
        nonce: str,
        reply_to: str | None,
    ) -> Posted:
        await self._call("post", key)
        if destination.channel in self.slow:
            await self.slow[destination.channel].wait()
        self._refuse(destination)
        trouble = self.troubles.popleft() if self.troubles else None
        if isinstance(trouble, BaseException):
            raise trouble
        self._next += 1
        shown = Shown(
            ref=f"m{self._next}",
            key=key,
            message=message,
            at=self._clock.now(),
            reply_to=reply_to,
        )
        self.channels[destination.channel].append(shown)
        await self._call("posted", key)
        if trouble is not None:
            raise trouble.error
        return Posted(ref=shown.ref)

    async def edit(self, destination: Destination, ref: str, message: Message) -> None:
        await self._call("edit", ref)
        self._refuse(destination)
        if self.edit_troubles and (trouble := self.edit_troubles.popleft()) is not None:
            raise trouble
        shown = next((s for s in self.channels[destination.channel] if s.ref == ref), None)
        if shown is None:
            raise MessageGone("unknown message")
        shown.message, shown.edits = message, shown.edits + 1

    async def find(
        self, destination: Destination, *, key: str, nonce: str, since: datetime
    ) -> Posted | None:
        self.lookups.append(key)
        self._refuse(destination)
        if self.find_troubles and (trouble := self.find_troubles.popleft()) is not None:
            raise trouble
        for shown in self.channels[destination.channel]:
            if shown.key == key and shown.at >= since:
                return Posted(ref=shown.ref)
        return None

    async def check(self, destination: Destination) -> None:
        await self._call("check", destination.channel)
        self._refuse(destination)

    def link(self, destination: Destination, ref: str) -> str | None:
        return f"https://chat.test/{destination.channel}/{ref}"

    async def until(self, call: str, what: str) -> None:
        """Wait for a call, or for a message to stand (`posted`)."""
        async with self._heard:
            await self._heard.wait_for(lambda: (call, what) in self.calls)

    def made(self) -> list[str]:
        """The names of the calls that came, in order."""
        return [call for call, _ in self.calls if call != "posted"]

    async def _call(self, call: str, what: str) -> None:
        async with self._heard:
            self.calls.append((call, what))
            self._heard.notify_all()

    def _refuse(self, destination: Destination) -> None:
        if (error := self.closed.get(destination.channel)) is not None:
            raise error

    def said(self, channel: str = "news") -> list[str]:
        """What stands in a channel, in order."""
        return [shown.key for shown in self.channels[channel]]

    def one(self, key: str, channel: str = "news") -> Shown:
        """The only message with this key."""
        [shown] = [s for s in self.channels[channel] if s.key == key]
        return shown


class FullDisk:
    """A store that refuses every write while it is `full`, and counts what it refused."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.full = False
        self.refused = 0

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._store.read()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        if self.full:
            self.refused += 1
            raise StoreError("The disk is full.")
        async with self._store.write() as conn:
            yield conn


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """A store, its router, digests and outbox, and one channel called news."""

    store: Store
    disk: FullDisk
    """The store as the outbox sees it."""
    clock: SteppedClock
    sender: FakeSender
    router: Router
    digests: Digests
    outbox: Outbox
    here: Destination
    written: dict[StoryId, Story] = field(default_factory=dict)

    @classmethod
    async def open(cls, store: Store, limits: Limits | None = None, **workspace: Any) -> "Newsroom":
        clock = SteppedClock(NOON)
        async with store.write() as conn:
            home = await places.get_or_create_workspace(conn, "console", "home", now=NOON)
            if workspace:
                await places.set_workspace(conn, home.id, **workspace)
            here = await places.get_or_create_destination(conn, home.id, "news", now=NOON)
        sender, disk = FakeSender(clock, limits), FullDisk(store)
        return cls(
            store=store,
            disk=disk,
            clock=clock,
            sender=sender,
            router=Router(
                orders=orders, changes=order_changes, alerts=alerts, deliveries=outbox, rules=RULES
            ),
            digests=Digests(store=store, digests=digests, alerts=alerts, deliveries=outbox),
            outbox=_outbox(disk, sender, clock),
            here=here,
        )

    def restart(self) -> None:
        """The process is gone; another opens the same database."""
        self.outbox = _outbox(self.disk, self.sender, self.clock)

    async def channel(self, name: str, **given: Any) -> Destination:
        """Another channel of the same workspace."""
        async with self.store.write() as conn:
            return await places.get_or_create_destination(
                conn, self.here.workspace, name, now=NOON, **given
            )

    async def subscribe(self, place: Destination | None = None, **given: Any) -> Subscription:
        """Subscribe the channel to all AI policy, a month ago."""
        values: dict[str, Any] = {
            "target": Target(),
            "mode": Mode.INSTANT,
            "now": NOON - timedelta(days=30),
            **given,
        }
        async with self.store.write() as conn:
            return await orders.add_subscription(
                conn, destination=(place or self.here).id, **values
            )

    async def publish(self, *numbers: int, **given: Any) -> Routed:
        """Stories of one report each, under these numbers, in one batch."""
        begun = [
            story(
                report(n * 1000, at=self.clock.now(), title=f"Story {n}", **given),
                id_=n,
                predecessor=None,
            )
            for n in numbers
        ]
        return await self.write(begun)

    async def write(self, begun: Sequence[Story], **given: Any) -> Routed:
        """Store these new stories and route the last report of each."""
        async with self.store.lane() as conn:
            await stories.begin(conn, begun)
            for one in begun:
                await _store_articles(conn, one.reports, one.id)
            self.written.update({one.id: one for one in begun})
            batch = [
                Joined(story=one, report=one.reports[-1], began=True, **given) for one in begun
            ]
            return await self.router.route(conn, batch, self.clock.now())

    async def join(self, number: int, *, outlets: int = 1, **given: Any) -> Routed:
        """More reports of a story, each of an origin of its own."""
        joined: list[Joined] = []
        routing = {
            name: given.pop(name) for name in ("watch_hits", "changes", "revised") if name in given
        }
        for _ in range(outlets):
            was = self.written[StoryId(number)]
            last = was.reports[-1]
            new = report(last.id + 1, at=self.clock.now(), origin=int(last.id) + 1, **given)
            now = replace(was, reports=(*was.reports, new), last_at=self.clock.now())
            self.written[now.id] = now
            joined.append(Joined(story=now, report=new, **routing))
        async with self.store.lane() as conn:
            await stories.update(conn, [joined[-1].story])
            await _store_articles(conn, [one.report for one in joined], StoryId(number))
            return await self.router.route(conn, joined, self.clock.now())

    async def revise(self, number: int, **given: Any) -> Routed:
        """The last report of a story is told of again, such as with a changed headline."""
        was = self.written[StoryId(number)]
        async with self.store.lane() as conn:
            one = Joined(story=was, report=was.reports[-1], revised=True, **given)
            return await self.router.route(conn, [one], self.clock.now())

    async def settle(self, most: int = 60) -> None:
        """Step the clock to each next thing that is due within the coming day, and do it."""
        end = self.clock.now() + timedelta(days=1)
        for _ in range(most):
            await self.outbox.run_once()
            due = await self.outbox.next_due()
            if due is None or due > end:
                return
            self.clock.move_to(due)

    async def alert(self, number: int, at: Destination | None = None) -> Alert | None:
        """The alert of a story."""
        async with self.store.read() as conn:
            return await alerts.one(conn, (at or self.here).id, StoryId(number))

    async def delivery(self, key: str, at: Destination | None = None) -> Delivery:
        """The delivery with this key, which must be there."""
        async with self.store.read() as conn:
            found = await outbox.by_key(conn, (at or self.here).id, key)
        assert found is not None
        return found

    async def place(self) -> Destination:
        """The channel as it stands in the database."""
        async with self.store.read() as conn:
            found = await places.destination(conn, self.here.id)
        assert found is not None
        return found


def dropped_answer() -> StoreThenFail:
    """The message is posted, the connection breaks before the answer."""
    return StoreThenFail(OutcomeUnknown("connection reset"))


def no_access() -> ChannelUnavailable:
    """The bot may not post here."""
    return ChannelUnavailable("50001 missing access")


def titles_in(message: Message) -> str:
    """All words of a message and its pages."""
    blocks = [str(block) for page in (message, *message.pages) for block in page.blocks]
    return "\n".join([message.title, plain(message.above), *blocks])


def _outbox(store: FullDisk, sender: FakeSender, clock: SteppedClock) -> Outbox:
    kit = Kit(
        store=store,
        alerts=alerts,
        deliveries=outbox,
        turns=turns,
        drafts=Drafts(stories=stories, alerts=alerts, deliveries=outbox, rules=RULES),
        senders={sender.platform: sender},
        clock=clock,
        rules=OutboxRules(),
        jitter=lambda: 1.0,
    )
    return Outbox(kit)


async def _store_articles(conn: Any, reports: Sequence[Report], story_id: StoryId) -> None:
    pairs = [(one, story_id) for one in reports]
    await articles.store(conn, pairs, {one.id: filing() for one in reports})
