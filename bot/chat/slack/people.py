"""What a person may do in a channel: its creator manages it, the workspace's admins manage all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import structlog

from bot.chat.call import Actor, Place, Who
from bot.chat.slack import PLATFORM
from bot.chat.slack.api import Answer, SlackApi
from bot.clock import Clock
from bot.errors import SendError

T = TypeVar("T")
_KEPT = timedelta(minutes=5)
_MOST = 2_000
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """Who the operator's config names, each as `slack:TEAM/USER`."""

    operators: Collection[str] = ()
    managers: Collection[str] = ()


class _Kept(Generic[T]):
    """Values that are believed for a while."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[datetime, T]] = {}

    def get(self, key: str, now: datetime) -> T | None:
        found = self._values.get(key)
        return found[1] if found is not None and found[0] > now else None

    def put(self, key: str, value: T, now: datetime) -> T:
        if len(self._values) >= _MOST:
            self._values.clear()
        self._values[key] = (now + _KEPT, value)
        return value


class People:
    """Answers who may do what; where Slack does not say, a person may do what anyone may."""

    def __init__(self, api: SlackApi, clock: Clock, rights: Rights) -> None:
        self._api, self._clock, self._rights = api, clock, rights
        self._members: _Kept[Who] = _Kept()
        self._channels: _Kept[Answer] = _Kept()

    async def actor(self, user: str, name: str, place: Place) -> Actor:
        """The person, with the rights in that place."""
        may = await self._in_workspace(user)
        if may is Who.ANYONE and (place.owner == user or await self._created(user, place)):
            may = Who.CHANNEL_MANAGER
        return Actor(id=user, name=name, may=may)

    async def channel(self, id_: str) -> Answer:
        """What Slack tells of a channel; nothing where it does not tell."""
        now = self._clock.now()
        known = self._channels.get(id_, now)
        if known is not None:
            return known
        try:
            told = await self._api.read("conversations.info", channel=id_)
        except SendError as error:
            _log.info("channel_unknown", channel=id_, reason=error.reason)
            return {}
        return self._channels.put(id_, told["channel"], now)

    async def _in_workspace(self, user: str) -> Who:
        now = self._clock.now()
        known = self._members.get(user, now)
        if known is not None:
            return known
        try:
            identity = await self._api.identity()
            told = (await self._api.read("users.info", user=user))["user"]
        except SendError as error:
            _log.warning("rights_unknown", user=user, reason=error.reason)
            return Who.ANYONE
        may = self._right(told, user, identity.team)
        return self._members.put(user, may, now)

    def _right(self, told: Answer, user: str, team: str) -> Who:
        named = f"{PLATFORM}:{team}/{user}"
        if named in self._rights.operators:
            return Who.OPERATOR
        teams = {told.get("team_id"), *((told.get("enterprise_user") or {}).get("teams") or ())}
        # Who comes in by a shared channel manages nothing here.
        if told.get("is_stranger") or team not in teams:
            return Who.ANYONE
        if named in self._rights.managers:
            return Who.WORKSPACE_MANAGER
        admin = any(told.get(name) for name in ("is_admin", "is_owner", "is_primary_owner"))
        return Who.WORKSPACE_MANAGER if admin else Who.ANYONE

    async def _created(self, user: str, place: Place) -> bool:
        if place.owner is not None:
            return False
        return (await self.channel(place.channel)).get("creator") == user
