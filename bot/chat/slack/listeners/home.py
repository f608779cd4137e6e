"""The Home tab: what the workspace ordered, with a way to change it; the latest; how it goes."""

import re
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.call import Call
from bot.chat.slack.desk import Asked, Desk
from bot.chat.slack.listeners.buttons import pressed
from bot.chat.slack.listeners.commands import start_buttons
from bot.chat.slack.payload import Body, from_press, text
from bot.chat.slack.tab import orders, shown
from bot.chat.slack.views import Chosen, Json, subscription_edit_view, watch_edit_view
from bot.errors import NotFound, SendError
from bot.message import Message, Tone
from bot.services import Services
from bot.services.watches.choice import label

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
    """Show the tab to a person as things stand; the last to ask shows what is newest."""
    async with desk.turn(user):
        blocks: list[Json] = []

        async def work(call: Call[Services]) -> Message:
            blocks.extend(await orders(desk, call))
            blocks.extend(shown(await desk.registry.run(call, "latest", {"count": _LATEST})))
            return await desk.registry.run(call, "status")

        blocks += shown(await desk.done(_at_home(user), work))
        view = {"type": "home", "blocks": [start_buttons(), *blocks]}
        try:
            await desk.api.write("views.publish", user_id=user, view=view)
        except SendError as error:
            _log.warning("home_not_shown", user=user, reason=error.reason)


def _at_home(user: str) -> Asked:
    """A request from the person's own corner of the workspace."""
    return Asked(user=user, user_name="", channel="D", channel_name="directmessage")


async def _press(desk: Desk, body: Body) -> None:
    """Change or remove what was pressed, then show the tab anew."""
    action_id, which = pressed(body)
    user = from_press(body).user
    # What belongs to a channel is changed by the rights that one has there.
    channel, _, name = which.partition("|")
    asked = Asked(user=user, user_name="", channel=channel) if channel else _at_home(user)
    trigger = text(body, "trigger_id")

    async def work(call: Call[Services]) -> Message:
        match action_id:
            case "home:end-subscription":
                return await desk.registry.run(call, "unsubscribe", {"which": f"#{name}"})
            case "home:end-watch":
                return await desk.registry.run(call, "watch remove", {"watch": name})
            case "home:edit-subscription":
                view = await _subscription_form(call, name)
            case _:
                view = await _watch_form(call, name)
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
            return subscription_edit_view(
                Chosen(
                    number=number,
                    channel=line.channel_id,
                    channel_name=line.channel,
                    target=one.target.id,
                    name=line.name,
                    mode=one.mode.value,
                    sources=one.min_sources,
                    terms={
                        "threshold": str(one.threshold),
                        "depth": "any" if one.any_depth else "salient",
                        "kinds": ", ".join(sorted(one.kinds)),
                        "mention": one.mention or "none",
                    },
                )
            )
    raise NotFound("subscription", number, instead="It has ended meanwhile.")


async def _watch_form(call: Call[Services], which: str) -> Json:
    for kept in await call.services.watches.everywhere(call.place, call.actor):
        if label(kept.watch.id) == which:
            query = kept.watch.typed or kept.watch.query
            channel = "" if kept.own else kept.channel_id
            return watch_edit_view(which, kept.watch.name, query, channel)
    raise NotFound("watch", which, instead="It was removed meanwhile.")
