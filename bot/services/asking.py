"""Who asks, and where: what services and chat say of a person and a place alike."""

from dataclasses import dataclass
from enum import IntEnum


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
    """A channel of a workspace, in the platform's own ids.

    What stands in a thread or a forum's post counts as in the channel that messages are sent to.
    `owner` is the person whose direct messages it is.
    """

    platform: str
    workspace: str
    workspace_name: str = ""
    channel: str
    channel_name: str = ""
    kind: str = "channel"
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who asks, and what they may do in that place."""

    id: str
    name: str = ""
    may: Who = Who.ANYONE
