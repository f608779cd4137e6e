"""The Home tab: what the workspace ordered, with a way to change it; the latest; how it goes."""

import re
from collections.abc import Iterable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.call import Call, Who
from bot.chat.slack.desk import Asked, Desk
from bot.chat.slack.listeners.buttons import pressed
from bot.chat.slack.listeners.commands import start_buttons
from bot.chat.slack.payload import Body, from_press, text
from bot.chat.slack.render import render
from bot.chat.slack.views import Chosen, Json, subscribe_view, watch_edit_view
from bot.errors import NotFound, SendError
from bot.message import Button, Code, Heading, Message, Tone, note, paragraph
from bot.services import Services
from bot.services.orders import SubscriptionLine
from bot.services.watches import Kept, label
from bot.services.wishes import schedule, terms_of

MOST = 15
"""Subscriptions, and watches, that the tab shows; a view takes 100 blocks."""
_LATEST = "5"
_log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Answer who opens the tab, and what they press there."""

    async def opened(body: dict[str, Any], desk: Desk) -> None:
        if text(body, "event", "tab") == "home":
            await publish(desk, text(body, "event", "user"))

    async def press(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await ack()
        await _press(desk, body)

    app.event("app_home_opened")(opened)
    app.action(re.compile(r"^home:"))(press)


async def publish(desk: Desk, user: str) -> None:
    """Show the tab to a person as things stand."""
    asked = _at_home(user)
    blocks: list[Json] = []

    async def work(call: Call[Services]) -> Message:
        blocks.extend(await _orders(call))
        blocks.extend(_shown(await desk.registry.run(call, "latest", {"count": _LATEST})))
        return await desk.registry.run(call, "status")

    blocks += _shown(await desk.done(asked, work))
    view = {"type": "home", "blocks": [start_buttons(), *blocks]}
    try:
        await desk.api.write("views.publish", user_id=user, view=view)
    except SendError as error:
        _log.warning("home_not_shown", user=user, reason=error.reason)


def _at_home(user: str) -> Asked:
    """A request from the person's own corner of the workspace."""
    return Asked(user=user, user_name="", channel="D", channel_name="directmessage")


async def _orders(call: Call[Services]) -> list[Json]:
    lines = await call.services.orders.everywhere(call.place, call.now)
    watches = await call.services.watches.everywhere(call.place, call.actor)
    blocks = _shown(Message(blocks=(Heading("Subscriptions"),)))
    if not lines:
        blocks += _shown(note("No channel has one yet."))
    for line in lines[:MOST]:
        blocks += _subscription(line)
    blocks += _more(len(lines), "subscriptions")
    blocks += _shown(Message(blocks=(Heading("Watches"),)))
    if not watches:
        blocks += _shown(note("None yet: “Add a watch” tries one on history first."))
    for kept in watches[:MOST]:
        blocks += _watch(kept, call.actor.may)
    return [*blocks, *_more(len(watches), "watches"), {"type": "divider"}]


def _subscription(line: SubscriptionLine) -> list[Json]:
    one = line.subscription
    said = f"#{line.channel}: {line.name}, {schedule(one.mode, terms_of(one))}"
    trouble = f" · paused: {line.trouble}" if line.trouble else ""
    which = f"{line.channel_id}|{one.id}"
    return _shown(Message(blocks=(paragraph(said + trouble),)), _both("subscription", which))


def _watch(kept: Kept, may: Who) -> list[Json]:
    name = label(kept.watch.id)
    where = " · yours alone" if kept.own else ""
    words = paragraph(Code(name), f" {kept.watch.name}{where}: {kept.reading}")
    changes = kept.own or may >= Who.WORKSPACE_MANAGER
    return _shown(Message(blocks=(words,)), _both("watch", name) if changes else ())


def _both(what: str, which: str) -> tuple[Button, ...]:
    return (
        Button(f"home:edit-{what}", "Change", which),
        Button(f"home:end-{what}", "Remove", which, "danger"),
    )


def _shown(message: Message, buttons: Iterable[Button] = ()) -> list[Json]:
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


def _more(count: int, what: str) -> list[Json]:
    left = count - MOST
    return _shown(note(f"… and {left} more {what}.")) if left > 0 else []


async def _press(desk: Desk, body: Body) -> None:
    """Change or remove what was pressed, then show the tab anew."""
    action_id, which = pressed(body)
    user = from_press(body).user
    channel, _, number = which.partition("|")
    of_channel = action_id.endswith("subscription")
    asked = Asked(user=user, user_name="", channel=channel) if of_channel else _at_home(user)
    trigger = text(body, "trigger_id")

    async def work(call: Call[Services]) -> Message:
        match action_id:
            case "home:end-subscription":
                return await desk.registry.run(call, "unsubscribe", {"which": f"#{number}"})
            case "home:end-watch":
                return await desk.registry.run(call, "watch remove", {"watch": which})
            case "home:edit-subscription":
                view = await _subscription_form(call, number)
            case _:
                view = await _watch_form(call, which)
        await desk.api.write("views.open", trigger_id=trigger, view=view)
        return Message()

    reply = await desk.done(asked, work)
    if reply.tone is Tone.WARNING:
        await desk.answer(_at_home(user), reply)
    await publish(desk, user)


async def _subscription_form(call: Call[Services], number: str) -> Json:
    lines = await call.services.orders.everywhere(call.place, call.now)
    for line in lines:
        one = line.subscription
        if str(one.id) == number and line.channel_id == call.place.channel:
            chosen = Chosen(
                channel=line.channel_id,
                target=one.target.id,
                name=line.name,
                mode=one.mode.value,
                sources=one.min_sources,
            )
            return subscribe_view("{}", chosen)
    raise NotFound("subscription", number, instead="It has ended meanwhile.")


async def _watch_form(call: Call[Services], which: str) -> Json:
    for kept in await call.services.watches.everywhere(call.place, call.actor):
        if label(kept.watch.id) == which:
            return watch_edit_view(which, kept.watch.name, kept.watch.typed or kept.watch.query)
    raise NotFound("watch", which, instead="It was removed meanwhile.")
