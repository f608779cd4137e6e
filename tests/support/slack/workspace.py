"""One Slack workspace in memory: its people, channels, messages, views, and Web API methods."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from slack_sdk.models.metadata import Metadata

from tests.support.slack.blocks import Refused, check_blocks, units

TEAM, TEAM_NAME = "T0HOME", "Home"
BOT_USER, BOT_ID = "U0BOT", "B0BOT"
BOT_TOKEN, APP_TOKEN = "xoxb-loopback", "xapp-loopback"
CLIENT_ID, CLIENT_SECRET = "1.2", "loopback-secret"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation; `members` holds the app's own user once it joined."""

    id: str
    name: str
    creator: str = "U0CHIEF"
    private: bool = False
    archived: bool = False
    im: str | None = None
    members: set[str] = field(default_factory=set)
    messages: list[Json] = field(default_factory=list)


# What each method takes, and which kind of token.
TAKES: dict[str, set[str]] = {
    "auth.test": set(),
    "apps.connections.open": set(),
    "chat.postMessage": {
        "channel",
        "text",
        "blocks",
        "thread_ts",
        "metadata",
        "unfurl_links",
        "unfurl_media",
        "parse",
        "link_names",
    },
    "chat.update": {"channel", "ts", "text", "blocks", "parse", "link_names"},
    "conversations.history": {"channel", "oldest", "limit", "cursor", "include_all_metadata"},
    "conversations.replies": {
        "channel",
        "ts",
        "oldest",
        "limit",
        "cursor",
        "include_all_metadata",
    },
    "conversations.info": {"channel"},
    "conversations.join": {"channel"},
    "users.info": {"user"},
    "views.open": {"trigger_id", "view"},
    "views.update": {"view_id", "view", "hash"},
    "views.publish": {"user_id", "view"},
    "files.getUploadURLExternal": {"filename", "length"},
    "files.completeUploadExternal": {"files", "channel_id"},
}
VIEW_KEYS = {
    "type",
    "title",
    "blocks",
    "submit",
    "close",
    "callback_id",
    "private_metadata",
    "notify_on_close",
}


class Workspace:
    """The state that the Web API reads and changes; every method checks what it is given."""

    def __init__(self, team: str = TEAM, team_name: str = TEAM_NAME) -> None:
        self.team, self.team_name = team, team_name
        self.channels: dict[str, Channel] = {}
        self.users: dict[str, Json] = {}
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.triggers: set[str] = set()
        self.opened: dict[str, Json] = {}
        """The views that were opened, by their trigger."""
        self.files: list[tuple[str, str, bytes]] = []
        self.uploads: dict[str, tuple[str, bytes]] = {}
        self.posted: defaultdict[str, list[float]] = defaultdict(list)
        self._tick = count(1)
        self.person("U0CHIEF", "chief")
        self.person("U0ADMIN", "admin", is_admin=True)
        self.person("U0ANY", "any")
        self.channel("C0NEWS", "news")

    def person(self, id_: str, name: str, **rights: bool) -> None:
        self.users[id_] = {"id": id_, "team_id": self.team, "name": name, **rights}

    def channel(self, id_: str, name: str, **given: Any) -> Channel:
        made = Channel(id=id_, name=name, **given)
        self.channels[id_] = made
        return made

    def stamp(self, now: float) -> str:
        """A new message's ts, unique."""
        return f"{int(now)}.{next(self._tick):06d}"

    def call(self, method: str, given: Json, now: float) -> Json:
        """The answer's fields; raises Refused with Slack's word."""
        extra = set(given) - TAKES[method]
        if extra:
            raise Refused("invalid_arguments", f"{method} does not take {sorted(extra)}")
        handler = getattr(self, method.replace(".", "_"))
        answer: Json = handler(given, now)
        return answer

    def auth_test(self, given: Json, now: float) -> Json:
        return {
            "url": f"https://{self.team_name.lower()}.slack.test/",
            "team": self.team_name,
            "team_id": self.team,
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
        }

    def chat_postMessage(self, given: Json, now: float) -> Json:  # noqa: N802 (Slack's name)
        place = self._writable(given["channel"])
        if units(given.get("text", "")) > 40_000:
            raise Refused("msg_too_long", "text")
        check_blocks(given.get("blocks"))
        root, thread = None, given.get("thread_ts")
        if thread is not None:
            root = next((m for m in place.messages if m["ts"] == thread), None)
            if root is None:
                raise Refused("thread_not_found", thread)
        message = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "ts": self.stamp(now),
            "text": given["text"],
            "blocks": given["blocks"],
        }
        if (metadata := given.get("metadata")) is not None:
            Metadata(**metadata)
            message["metadata"] = metadata
        if root is not None:
            message["thread_ts"] = thread
            root["latest_reply"] = message["ts"]
            root["thread_ts"] = thread
        if given.get("unfurl_links") is not False or given.get("unfurl_media") is not False:
            raise Refused("test_unfurls", "links would unfurl")
        place.messages.append(message)
        return {"channel": place.id, "ts": message["ts"], "message": message}

    def chat_update(self, given: Json, now: float) -> Json:
        place = self._channel(given["channel"])
        found = next((m for m in place.messages if m["ts"] == given["ts"]), None)
        if found is None:
            raise Refused("message_not_found", given["ts"])
        if units(given.get("text", "")) > 4_000:
            raise Refused("msg_too_long", "text of an update")
        if "blocks" in given:
            check_blocks(given["blocks"])
        found["text"] = given.get("text", "")
        found["blocks"] = given.get("blocks", [])
        found["edits"] = found.get("edits", 0) + 1
        return {"channel": place.id, "ts": found["ts"], "text": found["text"]}

    def conversations_history(self, given: Json, now: float) -> Json:
        place = self._readable(given["channel"])
        kept = [
            m
            for m in place.messages
            if m.get("thread_ts", m["ts"]) == m["ts"]
            and float(m["ts"]) > float(given.get("oldest", 0))
        ]
        return self._page(list(reversed(kept)), given)

    def conversations_replies(self, given: Json, now: float) -> Json:
        place = self._readable(given["channel"])
        root = [m for m in place.messages if m["ts"] == given["ts"]]
        if not root:
            raise Refused("thread_not_found", given["ts"])
        kept = [
            m
            for m in place.messages
            if m.get("thread_ts") == given["ts"]
            and float(m["ts"]) > float(given.get("oldest", 0))
            and m not in root
        ]
        return self._page([*root, *kept], given)

    def conversations_info(self, given: Json, now: float) -> Json:
        place = self._channel(given["channel"])
        if place.private and BOT_USER not in place.members:
            raise Refused("channel_not_found", "private")
        return {
            "channel": {
                "id": place.id,
                "name": place.name,
                "creator": place.creator,
                "is_private": place.private,
                "is_archived": place.archived,
                "is_im": place.im is not None,
                "is_member": BOT_USER in place.members,
            }
        }

    def conversations_join(self, given: Json, now: float) -> Json:
        place = self._channel(given["channel"])
        if place.private:
            raise Refused("method_not_supported_for_channel_type", place.id)
        if place.archived:
            raise Refused("is_archived", place.id)
        place.members.add(BOT_USER)
        return {"channel": {"id": place.id}}

    def users_info(self, given: Json, now: float) -> Json:
        if given["user"] not in self.users:
            raise Refused("user_not_found", given["user"])
        return {"user": self.users[given["user"]]}

    def views_open(self, given: Json, now: float) -> Json:
        if given["trigger_id"] not in self.triggers:
            raise Refused("expired_trigger_id", "unknown, or used before")
        self.triggers.discard(given["trigger_id"])
        view = self._view(given["view"], "modal")
        self.opened[given["trigger_id"]] = view
        return {"view": view}

    def views_update(self, given: Json, now: float) -> Json:
        if given["view_id"] not in self.views:
            raise Refused("not_found", given["view_id"])
        return {"view": self._view(given["view"], "modal", given["view_id"])}

    def views_publish(self, given: Json, now: float) -> Json:
        view = self._view(given["view"], "home")
        self.homes[given["user_id"]] = view
        return {"view": view}

    def files_getUploadURLExternal(self, given: Json, now: float) -> Json:  # noqa: N802
        id_ = f"F{next(self._tick)}"
        self.uploads[id_] = (given["filename"], b"")
        return {"upload_url": f"{{base}}/upload/{id_}", "file_id": id_}

    def files_completeUploadExternal(self, given: Json, now: float) -> Json:  # noqa: N802
        place = self._writable(given["channel_id"])
        for file in given["files"]:
            name, content = self.uploads.pop(file["id"])
            self.files.append((place.id, name, content))
        return {"files": [{"id": file["id"]} for file in given["files"]]}

    def _view(self, view: Json, kind: str, id_: str = "") -> Json:
        if view.get("type") != kind or set(view) - VIEW_KEYS:
            raise Refused("invalid_arguments", f"view: {sorted(view)}")
        check_blocks(view["blocks"], kind)
        for name in ("title", "submit", "close"):
            if name in view and units(view[name]["text"]) > 24:
                raise Refused("invalid_arguments", f"{name} over 24")
        if units(view.get("private_metadata", "")) > 3_000:
            raise Refused("invalid_arguments", "private_metadata over 3,000")
        has_input = any(block["type"] == "input" for block in view["blocks"])
        if kind == "modal" and (has_input and "submit" not in view):
            raise Refused("invalid_arguments", "inputs without submit")
        made = {**view, "id": id_ or f"V{next(self._tick)}", "team_id": self.team, "hash": "h"}
        self.views[made["id"]] = made
        return made

    def _channel(self, id_: str) -> Channel:
        if id_ in self.users:
            known = next((c for c in self.channels.values() if c.im == id_), None)
            direct = f"D{id_[1:]}"
            return known or self.channel(direct, id_, im=id_, members={BOT_USER}, private=True)
        if id_ not in self.channels:
            raise Refused("channel_not_found", id_)
        return self.channels[id_]

    def _writable(self, id_: str) -> Channel:
        place = self._channel(id_)
        if place.archived:
            raise Refused("is_archived", id_)
        if BOT_USER not in place.members:
            raise Refused("channel_not_found" if place.private else "not_in_channel", id_)
        return place

    def _readable(self, id_: str) -> Channel:
        if id_ in self.users:
            raise Refused("channel_not_found", "a person is no conversation")
        place = self._channel(id_)
        if BOT_USER not in place.members:
            raise Refused("not_in_channel", id_)
        return place

    def _page(self, messages: list[Json], given: Json) -> Json:
        at, limit = int(given.get("cursor") or 0), int(given.get("limit", 100))
        shown = messages[at : at + limit]
        if str(given.get("include_all_metadata", "")).lower() != "true":
            shown = [{k: v for k, v in m.items() if k != "metadata"} for m in shown]
        cursor = str(at + limit) if at + limit < len(messages) else ""
        return {"messages": shown, "response_metadata": {"next_cursor": cursor}}
