"""`/policywire …`: the registry's commands by their own words."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.call import Call
from bot.chat.registry import Command
from bot.chat.slack import COMMAND
from bot.chat.slack.desk import Asked, Desk
from bot.chat.slack.line import as_typed
from bot.chat.slack.payload import Body, from_command, text
from bot.chat.slack.views import open_modal
from bot.chat.typed import read_line
from bot.errors import ChannelUnavailable, SendError
from bot.message import Message, paragraph
from bot.services import Services

POSTS_THERE = frozenset({"subscribe", "watch add"})
"""Commands after which alerts come to the channel, so the app must be able to post there."""
STARTS = (
    ("ui:subscribe", "Subscribe a channel"),
    ("ui:watch", "Add a watch"),
    ("ui:latest", "Latest stories"),
    ("ui:status", "Status"),
)
"""The buttons below the help that `/policywire` alone opens."""


def register(app: AsyncApp) -> None:
    """Answer the slash command."""

    async def command(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await ack()
        await answer(desk, body)

    app.command(COMMAND)(command)


async def answer(desk: Desk, body: Body) -> None:
    """Do what was typed; what lacks its words opens a form."""
    asked, line = from_command(body), as_typed(text(body, "text"))
    if not line:
        await _start(desk, asked)
        return
    opened = False

    async def work(call: Call[Services]) -> Message:
        nonlocal opened
        command, values = read_line(desk.registry, line)
        if not values and call.actor.may >= command.who:
            opened = await open_modal(desk, command.name, asked, text(body, "trigger_id"))
            if opened:
                return Message()
        return await run(desk, call, asked, command, values)

    reply = await desk.done(asked, work)
    if not opened:
        await desk.answer(asked, reply)


async def run(
    desk: Desk, call: Call[Services], asked: Asked, command: Command, values: dict[str, str]
) -> Message:
    """The command's reply, worded for Slack where no feed speaks in it."""
    reply = await desk.registry.run(call, command.name, values)
    if command.name == "help":
        return desk.wording.message(reply)
    if command.name in POSTS_THERE and call.place.owner is None and not reply.private:
        return await with_access(desk, asked.channel, reply)
    return reply


async def with_access(desk: Desk, channel: str, reply: Message) -> Message:
    """The reply, with a word where the app cannot post in the channel yet."""
    try:
        await desk.check(channel)
    except ChannelUnavailable as error:
        words = f"Nothing can be posted there yet ({error.reason}). It begins by itself after that."
        return replace(reply, blocks=(*reply.blocks, paragraph(words)))
    except SendError:
        # The outbox says what is wrong once there is something to post.
        return reply
    return reply


async def _start(desk: Desk, asked: Asked) -> None:
    """Help, with buttons for what one begins with."""

    async def work(call: Call[Services]) -> Message:
        return desk.wording.message(await desk.registry.run(call, "help"))

    reply = await desk.done(asked, work)
    await desk.answer(asked, reply, extra=[start_buttons()])


def start_buttons() -> dict[str, Any]:
    """A row of buttons for the first steps."""
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": name,
                "text": {"type": "plain_text", "text": label, "emoji": False},
            }
            for name, label in STARTS
        ],
    }
