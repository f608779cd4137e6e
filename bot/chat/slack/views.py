"""The forms of `subscribe` and `watch add`: what they ask, and what was filled in."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.slack.desk import Asked, Desk
from bot.chat.slack.inline import fit
from bot.chat.slack.payload import Body, part, text

Json = dict[str, Any]

SUBSCRIBE, SUBSCRIPTION_EDIT = "form:subscribe", "form:subscription-edit"
WATCH, WATCH_EDIT = "form:watch", "form:watch-edit"
FORMS = {"ui:subscribe": "subscribe", "ui:watch": "watch add"}
TARGET, TEST = "pick:target", "ui:test"
_VALUE = "value"
_MODES = {
    "instant": "At once, story by story",
    "hourly": "Every hour, in one list",
    "daily": "Every day, in one list",
    "weekly": "Every week, in one list",
}
_ORIGINS = {"1": "1", "2": "2 independent ones", "3": "3 independent ones", "5": "5 or more"}
_MOST_TARGETS = 10
OPTION = 70
"""Of an option's text and value; Slack takes 75."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form holds; `where` is the channel that was chosen, with its response address."""

    asked: Asked
    values: Mapping[str, Any]
    kept: Mapping[str, Any]
    """What the form was opened with: of what it changes, and whether from the Home tab."""

    def typed(self, block: str) -> str:
        """What was typed into a field."""
        return text(self.values, block, _VALUE, "value").strip()

    def picked(self, block: str) -> str:
        """What was picked in a field of one."""
        return text(self.values, block, _VALUE, "selected_option", "value")

    def all_picked(self, block: str) -> list[str]:
        """What was picked in a field of several."""
        options = part(self.values, block, TARGET, "selected_options")
        found = options if isinstance(options, list) else []
        return [value for option in found if (value := text(option, "value"))]


async def open_modal(desk: Desk, command: str, asked: Asked, trigger: str) -> bool:
    """Open the form of a command; False where it has none."""
    views: dict[str, Callable[[str], Json]] = {
        "subscribe": subscribe_view,
        "watch add": watch_view,
    }
    view = views.get(command)
    if view is None or not trigger:
        return False
    await desk.api.write("views.open", trigger_id=trigger, view=view(_kept(asked)))
    return True


def filled(body: Body) -> Filled:
    """What a form of ours holds, as it was submitted or stands open."""
    view = part(body, "view") or {}
    values = part(view, "state", "values") or {}
    first = _first(part(body, "response_urls"))
    try:
        kept = json.loads(text(view, "private_metadata") or "{}")
    except ValueError:
        kept = {}
    chosen = text(values, "channel", _VALUE, "selected_conversation")
    known = text(kept, "channel")
    return Filled(
        asked=Asked(
            user=text(body, "user", "id"),
            user_name=text(body, "user", "username") or text(body, "user", "name"),
            channel=chosen or known,
            channel_name=text(kept, "name") if chosen in {"", known} else "",
            response_url=text(first, "response_url"),
        ),
        values=values,
        kept=kept if isinstance(kept, Mapping) else {},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A subscription that is to be changed; `terms` are its other settings, as options of a
    command.
    """

    number: str
    channel: str
    channel_name: str
    target: str
    name: str
    mode: str
    sources: int
    terms: Mapping[str, str]


def subscribe_view(kept: str) -> Json:
    """Which stories, where, how often, when not."""
    blocks = [
        _channel(),
        {
            "type": "input",
            "block_id": "to",
            "optional": True,
            "label": _plain("What"),
            "hint": _plain("People, companies, agencies, laws, topics, seed stories."),
            "element": {
                "type": "multi_external_select",
                "action_id": TARGET,
                "min_query_length": 0,
                "max_selected_items": _MOST_TARGETS,
                "placeholder": _plain("All AI policy"),
            },
        },
        *_how_often(),
    ]
    return _modal(SUBSCRIBE, "Subscribe", "Subscribe", kept, blocks)


def subscription_edit_view(chosen: Chosen) -> Json:
    """Another rhythm for a subscription; its channel and what it is to stay."""
    kept = {
        "home": True,
        "channel": chosen.channel,
        "name": chosen.channel_name,
        "subscription": chosen.number,
        "to": chosen.target,
        "mode": chosen.mode,
        "terms": dict(chosen.terms),
    }
    title = f"#{chosen.channel_name}: {chosen.name}"
    blocks = [
        {"type": "header", "text": _plain(fit(title, 140) or chosen.channel)},
        *_how_often(chosen.mode, chosen.sources),
    ]
    return _modal(SUBSCRIPTION_EDIT, "Change subscription", "Save", json.dumps(kept), blocks)


def watch_view(kept: str, below: Sequence[Json] = ()) -> Json:
    """A query, whose alerts it is, and a try on history before it is saved."""
    blocks: list[Json] = [
        _input("query", "Query", 'anthropic AND "supply chain risk"', multiline=True),
        {
            "type": "actions",
            "block_id": "test",
            "elements": [
                {"type": "button", "action_id": TEST, "text": _plain("Try it on 14 days")}
            ],
        },
        *below,
        _input("name", "Name", "Designation", optional=True),
        _choice("deliver", "Alerts go to", {"here": "The channel below", "me": "Me alone"}),
        _channel(),
    ]
    return _modal(WATCH, "Add a watch", "Save", kept, blocks)


def watch_edit_view(watch: str, name: str, query: str, channel: str = "") -> Json:
    """Another query for a watch; `watch` is its label, `channel` where it is not a person's own."""
    field = _input("query", "Query", "anthropic AND injunction", multiline=True)
    field["element"]["initial_value"] = query[:2_000]
    title = {"type": "header", "text": _plain(fit(name, 140) or watch)}
    kept = {"home": True, "watch": watch, "channel": channel}
    return _modal(WATCH_EDIT, "Change a watch", "Save", json.dumps(kept), [title, field])


def options(choices: Sequence[tuple[str, str]]) -> list[Json]:
    """Choices as a select's options; a value that is too long cannot be picked."""
    return [
        {"text": _plain(fit(label, OPTION) or value), "value": value}
        for value, label in choices
        if 0 < len(value) <= OPTION
    ]


def field_error(error: Exception) -> str:
    """An error's words below a field."""
    return fit(str(error), 500) or "That cannot be."


def _modal(id_: str, title: str, submit: str, kept: str, blocks: list[Json]) -> Json:
    return {
        "type": "modal",
        "callback_id": id_,
        "title": _plain(title),
        "submit": _plain(submit),
        "close": _plain("Cancel"),
        "private_metadata": kept,
        "blocks": blocks,
    }


def _kept(asked: Asked) -> str:
    return json.dumps({"channel": asked.channel, "name": asked.channel_name})


def _how_often(mode: str = "", sources: int = 1) -> list[Json]:
    """The fields that a subscription has besides what it is to, and where."""
    return [
        _choice("mode", "When", _MODES, mode),
        _choice("sources", "Origins that must report it", _ORIGINS, str(sources)),
        _input("quiet", "Quiet hours", "22:00-07:00", optional=True),
    ]


def _channel() -> Json:
    return {
        "type": "input",
        "block_id": "channel",
        "label": _plain("Channel"),
        "element": {
            "type": "conversations_select",
            "action_id": _VALUE,
            "default_to_current_conversation": True,
            "response_url_enabled": True,
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        },
    }


def _choice(id_: str, label: str, choices: Mapping[str, str], chosen: str = "") -> Json:
    made = [{"text": _plain(said), "value": value} for value, said in choices.items()]
    return {
        "type": "input",
        "block_id": id_,
        "label": _plain(label),
        "element": {
            "type": "static_select",
            "action_id": _VALUE,
            "options": made,
            "initial_option": next((one for one in made if one["value"] == chosen), made[0]),
        },
    }


def _input(
    id_: str, label: str, example: str, *, optional: bool = False, multiline: bool = False
) -> Json:
    return {
        "type": "input",
        "block_id": id_,
        "optional": optional,
        "label": _plain(label),
        "element": {
            "type": "plain_text_input",
            "action_id": _VALUE,
            "multiline": multiline,
            "max_length": 2_000,
            "placeholder": _plain(example),
        },
    }


def _first(found: object) -> Mapping[str, Any]:
    first = found[0] if isinstance(found, list) and found else {}
    return first if isinstance(first, Mapping) else {}


def _plain(words: str) -> Json:
    return {"type": "plain_text", "text": words, "emoji": False}
