"""Buttons: those of alerts and replies by the registry's actions, and those of the first steps."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.call import Call
from bot.chat.slack.desk import Desk
from bot.chat.slack.payload import Body, from_press, part, text
from bot.chat.slack.render import ACTION, action_of
from bot.chat.slack.views import FORMS, open_modal
from bot.errors import UsageError
from bot.message import Message
from bot.services import Services

_TYPED = {"ui:latest": "latest", "ui:status": "status"}


def register(app: AsyncApp) -> None:
    """Answer presses."""

    async def press(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await ack()
        await _press(desk, body)

    async def begin(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await ack()
        await _begin(desk, body)

    app.action(re.compile(rf"^{ACTION}"))(press)
    app.action(re.compile(r"^ui:(subscribe|watch|latest|status)$"))(begin)


def pressed(body: Body) -> tuple[str, str]:
    """The id and the value of what was pressed."""
    actions = part(body, "actions")
    first = actions[0] if isinstance(actions, list) and actions else {}
    return text(first, "action_id"), text(first, "value")


async def _press(desk: Desk, body: Body) -> None:
    action_id, argument = pressed(body)
    asked = from_press(body)

    async def work(call: Call[Services]) -> Message:
        name = action_of(action_id)
        if name is None:
            raise UsageError("This button is from an older version; ask with a command instead.")
        return await desk.registry.press(call, name, argument)

    await desk.answer(asked, await desk.done(asked, work))


async def _begin(desk: Desk, body: Body) -> None:
    action_id, _ = pressed(body)
    asked = from_press(body)
    opened = False

    async def work(call: Call[Services]) -> Message:
        nonlocal opened
        form = FORMS.get(action_id)
        if form is not None:
            opened = await open_modal(desk, form, asked, text(body, "trigger_id"))
            return Message()
        return await desk.registry.run(call, _TYPED[action_id])

    reply = await desk.done(asked, work)
    if not opened:
        await desk.answer(asked, reply)
