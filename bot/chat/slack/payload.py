"""Reading Slack's payloads, of which any part may be missing."""

from collections.abc import Mapping
from typing import Any

from bot.chat.slack.desk import Asked

Body = Mapping[str, Any]


def part(body: object, *path: str) -> Any:  # noqa: ANN401 (JSON)
    """What stands at this path, None where the way breaks off."""
    found = body
    for key in path:
        if not isinstance(found, Mapping):
            return None
        found = found.get(key)
    return found


def text(body: object, *path: str) -> str:
    """The string at this path, empty where there is none."""
    found = part(body, *path)
    return found if isinstance(found, str) else ""


def from_command(body: Body) -> Asked:
    """Who typed a command, and where."""
    return Asked(
        user=text(body, "user_id"),
        user_name=text(body, "user_name"),
        channel=text(body, "channel_id"),
        channel_name=text(body, "channel_name"),
        response_url=text(body, "response_url"),
    )


def from_press(body: Body) -> Asked:
    """Who pressed something in a message, and where that stands."""
    return Asked(
        user=text(body, "user", "id"),
        user_name=text(body, "user", "username") or text(body, "user", "name"),
        channel=text(body, "channel", "id") or text(body, "container", "channel_id"),
        channel_name=text(body, "channel", "name"),
        response_url=text(body, "response_url"),
    )


def request_name(body: Body) -> str:
    """What is the same when Slack sends a request again."""
    actions = part(body, "actions")
    stamp = text(actions[0], "action_ts") if isinstance(actions, list) and actions else ""
    own = text(body, "event_id") or text(body, "trigger_id")
    return f"{text(body, 'type')}/{own}/{stamp}" if own else ""
