"""`settings` and `status`: what a workspace has set, and how everything goes."""

from bot.chat.call import Call, Who
from bot.chat.commands.offers import apply_buttons, offered
from bot.chat.registry import Option, OptionKind, Registry
from bot.errors import UsageError
from bot.message import (
    Block,
    Code,
    Fields,
    Heading,
    Item,
    Line,
    Listing,
    Message,
    NamedField,
    TimeStyle,
    Tone,
    When,
    paragraph,
)
from bot.model import FeedHealth
from bot.services import Services
from bot.services.ports.upkeep import OutboxCount, WholeCount
from bot.services.status import FeedCounts, Orders, Status
from bot.services.workspace import NAMES, Setting

_MOST_PARKED = 5


def declare(registry: Registry[Services]) -> None:
    """Declare the commands about the workspace as a whole."""
    registry.command(
        "settings",
        help="What is set for this workspace; with a name and a value, set it",
        who=Who.WORKSPACE_MANAGER,
        options=[
            Option(name="name", help="which setting", choices=NAMES),
            Option(name="value", kind=OptionKind.ZONE, help="its new value", wide=True),
        ],
        examples=("/settings", "/settings zone Europe/Berlin", "/settings flood-limit 6"),
    )(settings)
    registry.command("status", help="How it goes: feeds, news, alerts, and what waits")(status)


async def settings(call: Call[Services], name: str | None, value: str | None) -> Message:
    """`settings`."""
    if name is None:
        if value is not None:
            raise UsageError(f"Say which setting: {', '.join(NAMES)}.")
        known = await call.services.workspace.settings(call.place)
        return Message(
            title="Settings",
            blocks=(Listing(tuple(_setting(one) for one in known)),),
            footer=("To change one: ", Code("/settings <name> <value>")),
            private=True,
        )
    if value is None:
        known = await call.services.workspace.settings(call.place)
        one = next(setting for setting in known if setting.name == name)
        return Message(blocks=(Listing((_setting(one),)),), private=True)
    one = await call.services.workspace.set(call.place, name, value, now=call.now)
    words = f" is {one.value} from now on: {one.meaning}."
    return Message(blocks=(paragraph(Code(one.name), words),), tone=Tone.GOOD)


async def status(call: Call[Services]) -> Message:
    """`status`."""
    now = await call.services.status.status(call.place, call.actor, now=call.now)
    blocks: list[Block] = [Fields(tuple(_fields(now)))]
    offers = await call.services.lessons.offers(call.place, call.now)
    blocks += offered(offers)
    blocks += _troubled(now.feeds)
    if now.outbox is not None and now.outbox.parked:
        blocks += _parked(now.outbox)
    if now.whole is not None:
        blocks += _whole(now.whole)
    well = not now.feeds.troubled and not (now.outbox and now.outbox.parked)
    return Message(
        title="Status",
        blocks=tuple(blocks),
        buttons=apply_buttons(offers),
        tone=Tone.GOOD if well else Tone.WARNING,
        private=True,
    )


def _setting(setting: Setting) -> Item:
    return Item(
        (Code(setting.name), f" {setting.value}"), ((setting.meaning,), (f"takes {setting.takes}",))
    )


def _fields(now: Status) -> list[NamedField]:
    news = now.news
    today = (
        f"{_count(news.articles, 'article')}, {news.relevant:,} of them relevant, "
        f"in {_count(news.stories, 'story', 'stories')}"
    )
    fields = [
        NamedField("Feeds", (_healths(now.feeds),)),
        NamedField("Last read", _last_read(now.feeds)),
        NamedField("Today", (today,)),
    ]
    if now.outbox is not None:
        fields += [
            NamedField("Alerts today", (_count(now.outbox.told, "story", "stories") + " told",)),
            NamedField("Waiting", _waiting(now.outbox)),
        ]
    fields.append(NamedField("This channel", _orders(now.orders)))
    stories, presses = now.rejected
    if presses:
        words = f"{_count(presses, 'time')} on {_count(stories, 'story', 'stories')} in 30 days"
        fields.append(NamedField("Pressed “Not relevant”", (words,)))
    return fields


def _healths(feeds: FeedCounts) -> str:
    words = [
        f"{feeds.by_health[health]} {health}"
        for health in FeedHealth
        if feeds.by_health.get(health)
    ]
    return ", ".join(words) or "none; the operator's feeds.opml is empty"


def _last_read(feeds: FeedCounts) -> Line:
    if feeds.polled_at is None:
        return ("never yet",)
    last: Line = (When(feeds.polled_at, TimeStyle.RELATIVE),)
    if feeds.next_poll_at is None:
        return last
    return (*last, ", next ", When(feeds.next_poll_at, TimeStyle.RELATIVE))


def _waiting(outbox: OutboxCount) -> Line:
    if not outbox.waiting or outbox.oldest_due is None:
        return ("no message",)
    due = When(outbox.oldest_due, TimeStyle.DATE_TIME)
    return (f"{_count(outbox.waiting, 'message')}, the first due ", due)


def _orders(orders: Orders) -> Line:
    words = (
        f"{_count(orders.subscriptions, 'subscription')}, "
        f"{_count(orders.watches, 'watch', 'watches')}, {orders.own_watches} of your own"
    )
    line: Line = (words,)
    if orders.muted_until is not None:
        line = (*line, " · muted until ", When(orders.muted_until, TimeStyle.DATE_TIME))
    if orders.paused_reason is not None:
        line = (*line, f" · cannot be reached: {orders.paused_reason}")
    return line


def _troubled(feeds: FeedCounts) -> list[Block]:
    items = []
    for one in feeds.troubled:
        since: Line = ()
        if one.health.since is not None:
            since = (" since ", When(one.health.since, TimeStyle.DATE_TIME))
        items.append(Item((f"{one.title}: {one.health.state}", *since), ((one.health.cause,),)))
    return [Heading("Feeds in trouble"), Listing(tuple(items))] if items else []


def _parked(outbox: OutboxCount) -> list[Block]:
    items = tuple(Item((f"{one.channel}: {one.error}",)) for one in outbox.examples[:_MOST_PARKED])
    words = f"{_count(outbox.parked, 'message')} the platform did not take; its own words:"
    return [Heading("Not delivered"), paragraph(words), Listing(items)]


def _whole(whole: WholeCount) -> list[Block]:
    orders = (
        f"{_count(whole.subscriptions, 'subscription')} and "
        f"{_count(whole.watches, 'watch', 'watches')} in {_count(whole.destinations, 'channel')}"
    )
    fields = [
        NamedField("Workspaces", (f"{whole.workspaces:,}",)),
        NamedField("Orders", (orders,)),
        NamedField("Outbox", (f"{whole.waiting:,} waiting, {whole.parked:,} parked",)),
        NamedField("Entries that failed", (f"{whole.failed_entries:,}",)),
    ]
    fields += [NamedField("Unreachable", (f"{name}: {why}",)) for name, why in whole.paused]
    return [Heading("The whole installation"), Fields(tuple(fields))]


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
