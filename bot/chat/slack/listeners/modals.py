"""The forms: names completed, queries tried, errors on their field, and the work once they fit."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.call import Call
from bot.chat.problems import problem
from bot.chat.slack.desk import Asked, Desk
from bot.chat.slack.line import as_typed
from bot.chat.slack.listeners.commands import with_access
from bot.chat.slack.listeners.home import publish
from bot.chat.slack.payload import Body, part, text
from bot.chat.slack.render import render
from bot.chat.slack.views import (
    SUBSCRIBE,
    SUBSCRIPTION_EDIT,
    TARGET,
    TEST,
    WATCH,
    WATCH_EDIT,
    Filled,
    field_error,
    filled,
    options,
    watch_view,
)
from bot.errors import NotAllowed, PolicywireError
from bot.message import Message, Tone, note
from bot.services import Services

_ACK_SECONDS = 2.0
"""Of the three that Slack waits: what is decided by then can show errors on the form."""
_OPTIONS_SECONDS = 2.5
_log = structlog.get_logger(__name__)


class _OnField(Exception):
    """An error with the field that it belongs to."""

    def __init__(self, field: str, cause: PolicywireError) -> None:
        self.field, self.cause = field, cause
        super().__init__(str(cause))


def register(app: AsyncApp) -> None:
    """Answer what happens in forms."""

    async def complete(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await ack(options=options(await _choices(desk, body)))

    async def subscribe(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await _submitted(desk, ack, body, _subscribe)

    async def watch(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await _submitted(desk, ack, body, _watch)

    async def test(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await ack()
        await _test(desk, body)

    async def edit_subscription(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await _submitted(desk, ack, body, _edit_subscription)

    async def edit_watch(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
        await _submitted(desk, ack, body, _edit_watch)

    app.options(TARGET)(complete)
    app.view(SUBSCRIBE)(subscribe)
    app.view(WATCH)(watch)
    app.view(SUBSCRIPTION_EDIT)(edit_subscription)
    app.view(WATCH_EDIT)(edit_watch)
    app.action(TEST)(test)


async def _choices(desk: Desk, body: Body) -> list[tuple[str, str]]:
    form = filled(body)
    try:
        async with asyncio.timeout(_OPTIONS_SECONDS):
            call = await desk.call(form.asked)
            return await desk.services.complete.complete(
                "target", text(body, "value"), call.place, call.actor, now=call.now
            )
    except (PolicywireError, TimeoutError) as error:
        _log.warning("no_completion", error=str(error))
        return []


async def _submitted(desk: Desk, ack: AsyncAck, body: Body, work: Any) -> None:  # noqa: ANN401
    """Do the work; errors go onto their field while Slack still waits, later to the person."""
    desk.work()
    form = filled(body)
    task = asyncio.ensure_future(work(desk, form))
    done, _ = await asyncio.wait({task}, timeout=_ACK_SECONDS)
    if done and isinstance(error := task.exception(), _OnField):
        await ack(response_action="errors", errors={error.field: field_error(error.cause)})
        return
    await ack()
    for reply in await _outcome(desk, task):
        await desk.answer(form.asked, reply)
    if part(form.kept, "home"):
        await publish(desk, form.asked.user)


async def _outcome(desk: Desk, task: "asyncio.Future[list[Message]]") -> list[Message]:
    try:
        return await task
    except _OnField as error:
        return [desk.wording.message(problem(error.cause))]
    except PolicywireError as error:
        return [desk.wording.message(problem(error))]
    except Exception:  # noqa: BLE001 (a fault of ours must not leave the person in silence)
        _log.exception("form_failed")
        words = "That went wrong inside policywire; its log says how. Nothing else is affected."
        return [note(words, tone=Tone.WARNING, private=True)]


async def _subscribe(desk: Desk, form: Filled) -> list[Message]:
    call = await _call(desk, form.asked)
    hours = form.typed("quiet")
    if hours:
        await _run(desk, call, form, "quiet", {"hours": hours}, field="quiet")
    replies = []
    for target in form.all_picked("to") or [""]:
        wished = {
            "to": target,
            "mode": form.picked("mode"),
            "min-sources": form.picked("sources"),
        }
        replies.append(await _run(desk, call, form, "subscribe", wished, field="to"))
    replies[-1] = await with_access(desk, form.asked.channel, replies[-1])
    return replies


async def _watch(desk: Desk, form: Filled) -> list[Message]:
    call = await _call(desk, form.asked)
    own = form.picked("deliver") == "me"
    wished = {
        "query": as_typed(form.typed("query")),
        "name": form.typed("name"),
        "deliver": form.picked("deliver"),
    }
    reply = await _run(desk, call, form, "watch add", wished, field="query")
    return [reply if own else await with_access(desk, form.asked.channel, reply)]


async def _edit_subscription(desk: Desk, form: Filled) -> list[Message]:
    """A subscription has one rhythm: in another, it is another, which takes its terms over."""
    call = await _call(desk, form.asked)
    if hours := form.typed("quiet"):
        await _run(desk, call, form, "quiet", {"hours": hours}, field="quiet")
    mode, before = form.picked("mode"), text(form.kept, "mode")
    terms = part(form.kept, "terms") if mode != before else {}
    wished = {
        **(terms if isinstance(terms, Mapping) else {}),
        "to": text(form.kept, "to"),
        "mode": mode,
        "min-sources": form.picked("sources"),
    }
    await _run(desk, call, form, "subscribe", wished, field="mode")
    if mode != before:
        which = {"which": f"#{text(form.kept, 'subscription')}"}
        await _run(desk, call, form, "unsubscribe", which, field="mode")
    # The tab shows what it came to.
    return []


async def _edit_watch(desk: Desk, form: Filled) -> list[Message]:
    asked = form.asked if form.asked.channel else replace(form.asked, channel="D")
    wished = {"watch": text(form.kept, "watch"), "query": as_typed(form.typed("query"))}
    await _run(desk, await desk.call(asked), form, "watch edit", wished, field="query")
    return []


async def _run(
    desk: Desk,
    call: Call[Services],
    form: Filled,
    command: str,
    wished: Mapping[str, str],
    *,
    field: str,
) -> Message:
    given = {name: value for name, value in wished.items() if value}
    try:
        return await desk.registry.run(call, command, given)
    except NotAllowed as error:
        # Only forms that ask for the channel can show the error there.
        raise _OnField("channel" if "channel" in form.values else field, error) from None
    except PolicywireError as error:
        raise _OnField(field, error) from None


async def _call(desk: Desk, asked: Asked) -> Call[Services]:
    """The call in the channel that was chosen, by its name where Slack tells it."""
    call = await desk.call(asked)
    if call.place.owner is not None or call.place.channel_name:
        return call
    name = str((await desk.people.channel(asked.channel)).get("name", ""))
    return replace(call, place=replace(call.place, channel_name=name))


async def _test(desk: Desk, body: Body) -> None:
    """Try the query, and show in the form what it would have brought."""
    form = filled(body)

    async def work(call: Call[Services]) -> Message:
        query = as_typed(form.typed("query"))
        return await desk.registry.run(call, "watch test", {"query": query} if query else {})

    reply = await desk.done(form.asked, work)
    page = render(reply)[0]
    kept = text(body, "view", "private_metadata")
    view = watch_view(kept, [*page.blocks, {"type": "divider"}])
    try:
        await desk.api.write(
            "views.update",
            view_id=text(body, "view", "id"),
            hash=str(part(body, "view", "hash") or ""),
            view=view,
        )
    except PolicywireError as error:
        # The form was closed, or changed meanwhile.
        _log.info("form_not_updated", error=str(error))
