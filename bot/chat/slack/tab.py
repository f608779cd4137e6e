"""What stands on the Home tab: the workspace's orders, as far as the person may see them.

What is ordered in a private channel is shown to who made the channel and to the workspace's
managers; to others, only counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.chat.call import Call, Who
from bot.chat.slack.desk import Desk
from bot.chat.slack.render import render
from bot.message import Button, Code, Heading, Message, note, paragraph
from bot.services import Services
from bot.services.orders import SubscriptionLine
from bot.services.watches.choice import label
from bot.services.watches.results import Kept
from bot.services.wishes import schedule, terms_of

Json = dict[str, Any]
MOST = 15
"""Subscriptions, and watches, that the tab shows; a view takes 100 blocks."""


class _May(Enum):
    """What a person may do with an order."""

    NOTHING = 0
    SEE = 1
    CHANGE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """A subscription or watch as the tab shows it; `which` is its buttons' value."""

    what: str
    which: str
    says: Message
    may: _May


async def orders(desk: Desk, call: Call[Services]) -> list[Json]:
    """The blocks of all subscriptions and watches."""
    lines = await call.services.orders.everywhere(call.place, call.now)
    watches = await call.services.watches.everywhere(call.place, call.actor)
    subscribed = [_subscription(line, await _may(desk, call, line.channel_id)) for line in lines]
    watched = [
        _watch(kept, _May.CHANGE if kept.own else await _may(desk, call, kept.channel_id))
        for kept in watches
    ]
    return [
        *shown(Message(blocks=(Heading("Subscriptions"),))),
        *_listed(subscribed, "subscriptions", "No channel has one yet."),
        *shown(Message(blocks=(Heading("Watches"),))),
        *_listed(watched, "watches", "None yet: “Add a watch” tries one on history first."),
        {"type": "divider"},
    ]


def shown(message: Message, buttons: Iterable[Button] = ()) -> list[Json]:
    """The first page's blocks; buttons of the tab bear their own ids."""
    blocks = [block for block in render(message)[0].blocks if block["type"] != "actions"]
    made = [
        {
            "type": "button",
            "action_id": button.action,
            "text": {"type": "plain_text", "text": button.label, "emoji": False},
            "value": button.argument,
            **({"style": button.style} if button.style != "plain" else {}),
        }
        for button in buttons
    ]
    return [*blocks, {"type": "actions", "elements": made}] if made else blocks


def _listed(found: Sequence[_Order], what: str, none: str) -> list[Json]:
    if not found:
        return shown(note(none))
    visible = [one for one in found if one.may is not _May.NOTHING]
    blocks = []
    for one in visible[:MOST]:
        buttons = (
            Button(f"home:edit-{one.what}", "Change", one.which),
            Button(f"home:end-{one.what}", "Remove", one.which, "danger"),
        )
        blocks += shown(one.says, buttons if one.may is _May.CHANGE else ())
    if (more := len(visible) - MOST) > 0:
        blocks += shown(note(f"… and {more} more {what}."))
    if hidden := len(found) - len(visible):
        blocks += shown(note(f"{hidden} in private channels."))
    return blocks


def _subscription(line: SubscriptionLine, may: _May) -> _Order:
    one = line.subscription
    said = f"#{line.channel}: {line.name}, {schedule(one.mode, terms_of(one))}"
    trouble = f" · paused: {line.trouble}" if line.trouble else ""
    return _Order(
        what="subscription",
        which=f"{line.channel_id}|{one.id}",
        says=Message(blocks=(paragraph(said + trouble),)),
        may=may,
    )


def _watch(kept: Kept, may: _May) -> _Order:
    name = label(kept.watch.id)
    where = "yours alone" if kept.own else f"#{kept.channel}"
    paused = f" · paused: {kept.watch.paused_reason}" if kept.watch.paused_reason else ""
    said = f" {where}: {kept.watch.name}: {kept.reading}{paused}"
    return _Order(
        what="watch",
        which=f"{'' if kept.own else kept.channel_id}|{name}",
        says=Message(blocks=(paragraph(Code(name), said),)),
        may=may,
    )


async def _may(desk: Desk, call: Call[Services], channel: str) -> _May:
    if call.actor.may >= Who.WORKSPACE_MANAGER:
        return _May.CHANGE
    told = await desk.people.channel(channel)
    if told.get("creator") == call.actor.id:
        return _May.CHANGE
    # Slack does not tell of a private channel that the app is not in.
    return _May.NOTHING if told.get("is_private", True) else _May.SEE
