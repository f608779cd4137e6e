"""Who asks, where, and when: what every command and button handler is given."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Generic, TypeVar

S = TypeVar("S")


class Who(IntEnum):
    """The right that a command asks for; each holds the ones before it."""

    ANYONE = 0
    CHANNEL_MANAGER = 1
    WORKSPACE_MANAGER = 2
    OPERATOR = 3

    @property
    def words(self) -> str:
        """The right in words that follow “This needs”."""
        return {
            Who.ANYONE: "no right",
            Who.CHANNEL_MANAGER: "the right to manage this channel",
            Who.WORKSPACE_MANAGER: "the right to manage this workspace",
            Who.OPERATOR: "the operator of this policywire",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a call was made: a channel of a workspace, in the platform's own ids."""

    platform: str
    workspace: str
    workspace_name: str = ""
    channel: str
    channel_name: str = ""
    kind: str = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who asks, and what they may do in that place."""

    id: str
    name: str = ""
    may: Who = Who.ANYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[S]):
    """One use of a command or button; `services` is what does the work."""

    services: S
    place: Place
    actor: Actor
    now: datetime
