"""A person in the loopback workspace: types, presses, fills in forms, opens the Home tab."""

from dataclasses import dataclass, field
from typing import Any

from tests.support.slack.blocks import check_options, shown
from tests.support.slack.server import LoopbackSlack
from tests.support.slack.workspace import TEAM, Json


@dataclass(slots=True, kw_only=True)
class Reply:
    """What one request brought: its envelope, and what came to its response address."""

    slack: LoopbackSlack
    envelope: str
    address: str
    trigger: str

    async def messages(self, count: int = 1) -> list[Json]:
        """The replies, once there are so many."""
        found = self.slack.responses[self.address]
        await self.slack.until(lambda: len(found) >= count)
        return found

    async def said(self) -> str:
        """All that the first reply shows."""
        [message, *_] = await self.messages()
        return shown(message["blocks"])


@dataclass(slots=True, kw_only=True)
class Member:
    """One person; `channel` is where they are."""

    slack: LoopbackSlack
    id: str = "U0CHIEF"
    team: str = TEAM
    channel: str = "C0NEWS"
    channel_name: str = "news"
    sent: list[tuple[str, Json]] = field(default_factory=list)

    async def type(self, text: str) -> Reply:
        """Type `/policywire` with this text, as Slack passes it on."""
        address, url = self.slack.respond_url()
        payload = {
            "command": "/policywire",
            "text": text,
            "team_id": self.team,
            "team_domain": "home",
            "user_id": self.id,
            "user_name": self.id.lower(),
            "channel_id": self.channel,
            "channel_name": self.channel_name,
            "response_url": url,
            "trigger_id": self.slack.trigger(self.team),
            "api_app_id": "A1",
        }
        return await self._send("slash_commands", payload, address)

    async def press(self, action_id: str, value: str = "", *, view: Json | None = None) -> Reply:
        """Press a button: of a message, or in an open view."""
        address, url = self.slack.respond_url()
        action: Json = {
            "type": "button",
            "action_id": action_id,
            "block_id": "b1",
            "action_ts": f"{len(self.sent)}.1",
            "value": value,
        }
        payload: Json = {
            "type": "block_actions",
            "team": {"id": self.team, "domain": "home"},
            "user": {"id": self.id, "username": self.id.lower(), "team_id": self.team},
            "api_app_id": "A1",
            "trigger_id": self.slack.trigger(self.team),
            "actions": [action],
        }
        if view is None:
            payload |= {
                "channel": {"id": self.channel, "name": self.channel_name},
                "container": {"type": "message", "channel_id": self.channel},
                "message": {"ts": "1.1", "text": ""},
                "response_url": url,
            }
        else:
            payload |= {"view": view, "container": {"type": "view", "view_id": view["id"]}}
        return await self._send("interactive", payload, address)

    async def submit(self, view: Json, values: Json, *, channel: str = "C0NEWS") -> Reply:
        """Submit a form with these values by block."""
        address, url = self.slack.respond_url()
        asks = any(block.get("block_id") == "channel" for block in view["blocks"])
        chosen = {"channel": {"value": {"selected_conversation": channel}}} if asks else {}
        payload = {
            "type": "view_submission",
            "team": {"id": self.team, "domain": "home"},
            "user": {"id": self.id, "username": self.id.lower(), "team_id": self.team},
            "api_app_id": "A1",
            "trigger_id": self.slack.trigger(self.team),
            "view": {**view, "state": {"values": {**chosen, **values}}},
            "response_urls": [
                {
                    "block_id": "channel",
                    "action_id": "value",
                    "channel_id": channel,
                    "response_url": url,
                }
            ]
            if asks
            else [],
        }
        return await self._send("interactive", payload, address)

    async def search(self, view: Json, typed: str) -> list[Json]:
        """The options that the form's select offers for what is typed."""
        payload = {
            "type": "block_suggestion",
            "team": {"id": self.team, "domain": "home"},
            "user": {"id": self.id, "name": self.id.lower(), "team_id": self.team},
            "api_app_id": "A1",
            "action_id": "pick:target",
            "block_id": "to",
            "value": typed,
            "view": view,
            "container": {"type": "view", "view_id": view["id"]},
        }
        reply = await self._send("interactive", payload, "")
        answer = await self.slack.acknowledged(reply.envelope) or {}
        check_options(answer["options"])
        options: list[Json] = answer["options"]
        return options

    async def event(self, event: Json) -> Reply:
        """Something happens that the app is told of."""
        payload = {
            "type": "event_callback",
            "team_id": self.team,
            "api_app_id": "A1",
            "event_id": self.slack.event_id(),
            "event": event,
        }
        return await self._send("events_api", payload, "")

    async def again(self, reply: Reply) -> None:
        """Slack sends the same envelope another time."""
        kind, payload = next(one for one in self.sent if one[1].get("_envelope") == reply.envelope)
        sent = {key: value for key, value in payload.items() if key != "_envelope"}
        self.slack.acks.pop(reply.envelope, None)
        await self.slack.send(kind, sent, envelope=reply.envelope)
        await self.slack.acknowledged(reply.envelope)

    async def form(self, reply: Reply) -> Json:
        """The form that a request opened."""
        views = self.slack.workspace(self.team).opened
        await self.slack.until(lambda: reply.trigger in views)
        return views[reply.trigger]

    async def home(self, says: str) -> Json:
        """The person's Home tab, once it says this; it may be published several times till then."""
        homes = self.slack.workspace(self.team).homes
        await self.slack.until(
            lambda: self.id in homes and says in shown(homes[self.id]["blocks"]),
            or_else=lambda: f"the tab says: {shown(homes.get(self.id, {}).get('blocks', []))}",
        )
        return homes[self.id]

    async def _send(self, kind: str, payload: dict[str, Any], address: str) -> Reply:
        envelope = await self.slack.send(kind, payload)
        self.sent.append((kind, {**payload, "_envelope": envelope}))
        if kind != "interactive" or payload["type"] not in {"block_suggestion", "view_submission"}:
            await self.slack.acknowledged(envelope)
        return Reply(
            slack=self.slack,
            envelope=envelope,
            address=address,
            trigger=payload.get("trigger_id", ""),
        )
