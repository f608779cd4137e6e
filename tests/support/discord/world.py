"""What stands in a small Discord: one server, its channels, the bot, and what was written."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord

BOT, APPLICATION, GUILD = 1000, 1001, 2000
TOKEN = "loopback.token"
TEXT, DIRECT, NEWS, THREAD, FORUM = 0, 1, 5, 11, 15
ALL = discord.Permissions.all().value
Json = dict[str, Any]


@dataclass(slots=True)
class World:
    """Rows by id; a nonce is remembered for ever, where Discord forgets it within minutes."""

    channels: dict[int, Json] = field(default_factory=dict)
    messages: defaultdict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    roles: list[Json] = field(default_factory=list)
    nonces: dict[tuple[int, str], Json] = field(default_factory=dict)
    _next: int = 0

    def id(self) -> int:
        """A snowflake of now."""
        self._next += 1
        return discord.utils.time_snowflake(datetime.now(UTC)) + self._next

    def channel(self, kind: int = TEXT, *, name: str = "policy", **more: Any) -> int:
        """A new channel of the guild."""
        number = self.id()
        self.channels[number] = {
            "id": str(number),
            "type": kind,
            "name": name,
            "guild_id": str(GUILD),
            "position": 0,
            "permission_overwrites": [],
            "parent_id": None,
            "nsfw": False,
            **more,
        }
        return number

    def guild(self) -> Json:
        """The only guild, as the gateway tells it."""
        everyone = {"id": str(GUILD), "name": "@everyone", "permissions": str(ALL), "position": 0}
        common = {"color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False}
        more = {"mentionable": False, "flags": 0}
        return {
            "id": str(GUILD),
            "name": "Loopback",
            "owner_id": "1",
            "roles": self.roles or [{**everyone, **common, **more}],
            "channels": [c for c in self.channels.values() if c["type"] in {TEXT, NEWS, FORUM}],
            "threads": [c for c in self.channels.values() if c["type"] == THREAD],
            "members": [self.member()],
            "emojis": [],
            "features": [],
            "member_count": 1,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "system_channel_flags": 0,
            "nsfw_level": 0,
            "stickers": [],
            "afk_timeout": 60,
            "premium_progress_bar_enabled": False,
        }

    def member(self) -> Json:
        """The bot in the guild."""
        joined = "2026-01-01T00:00:00+00:00"
        return {"user": self.user(), "roles": [], "joined_at": joined, "flags": 0, "deaf": False,
                "mute": False}  # fmt: skip

    def user(self) -> Json:
        """The bot itself."""
        return {"id": str(BOT), "username": "policywire", "discriminator": "0", "avatar": None,
                "bot": True}  # fmt: skip

    def keep(self, channel: int, body: Json) -> Json:
        """Store a message, or give the one that has its nonce already."""
        nonce = body.get("nonce")
        if nonce and body.get("enforce_nonce") and (channel, nonce) in self.nonces:
            return self.nonces[channel, nonce]
        number = self.id()
        message = {
            "id": str(number),
            "channel_id": str(channel),
            "author": self.user(),
            "content": body.get("content") or "",
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "allowed_mentions": body.get("allowed_mentions"),
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "attachments": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "type": 0,
        }
        if reference := body.get("message_reference"):
            message["message_reference"] = reference
        self.messages[channel].append(message)
        self.channels[channel]["last_message_id"] = str(number)
        if nonce:
            self.nonces[channel, nonce] = message
        return message

    def titles(self, channel: int) -> list[str]:
        """The titles of what stands in a channel, in order."""
        return [m["embeds"][0].get("title", "") for m in self.messages[channel]]


def application() -> Json:
    """What Discord says of the bot's application."""
    return {
        "id": str(APPLICATION),
        "name": "policywire",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "summary": "",
        "team": None,
        "owner": {"id": "1", "username": "o", "discriminator": "0", "avatar": None},
    }
