"""What interactions are answered with, and what is asked of the program around Discord."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.chat.call import Place
from bot.chat.discord.asking import Rights
from bot.chat.registry import Registry
from bot.clock import Clock
from bot.message import Message
from bot.model import Destination
from bot.services import Services


class Tenants(Protocol):
    """What the database keeps of servers."""

    async def reconcile(self, servers: AbstractSet[str]) -> None:
        """The bot is in these and no others: pause what it left, resume what it came back to."""
        ...

    async def removed(self, server: str) -> None:
        """The bot was removed: pause everything of this server."""
        ...

    async def returned(self, server: str) -> None:
        """The bot is there again: what waited goes on."""
        ...

    async def opened(self, server: str) -> None:
        """Permissions changed there: look soon at what could not be reached."""
        ...

    async def closed(self, server: str, channel: str) -> None:
        """A channel was deleted there: pause what would go to it."""
        ...

    async def forget(self, after: timedelta) -> int:
        """Forget servers that the bot left so long ago; how many."""
        ...


class Notes(Protocol):
    """Small facts that outlive the process."""

    async def get(self, name: str) -> str | None: ...
    async def put(self, name: str, value: str) -> None: ...


class Told(Protocol):
    """Messages that were posted, written again as they stand now."""

    async def again(self, place: Place, ref: str) -> Message | None:
        """The message with this ref there, None where it is no longer kept."""
        ...


class Reach(Protocol):
    """Whether messages can be posted somewhere; the sender."""

    async def check(self, destination: Destination) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that interactions are answered with."""

    registry: Registry[Services]
    services: Services
    clock: Clock
    reach: Reach
    tenants: Tenants
    notes: Notes
    told: Told
    rights: Rights
    home: int | None = None
    """The one server that commands are made for while developing; None makes them everywhere."""
