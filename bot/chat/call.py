"""One use of a command or button: what every handler is given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from bot.services.asking import Actor, Place, Who

__all__ = ["Actor", "Call", "Place", "Who"]

S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[S]):
    """Who asks what where and when; `services` is what does the work."""

    services: S
    place: Place
    actor: Actor
    now: datetime
