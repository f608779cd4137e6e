"""The port to a chat platform, and the name by which a post is known again."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.message import Message
from bot.model import Delivery, Destination

NONCE_LENGTH = 25
"""Discord's limit (CONTRACTS.md, section 1); what another platform takes is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message that stands in a channel; `ref` is the platform's id for it."""

    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How a platform wants to be treated; `edits_a_minute` counts a workspace, None is no limit."""

    edits_a_minute: int | None = None


class Sender(Protocol):
    """Posts to one platform. Every call raises one of SendError's kinds, by the failure's scope.

    `key` and `nonce` name the delivery: a sender marks the post with what its platform offers, so
    that `find` knows it again. No sender sends anything twice by itself.
    """

    @property
    def platform(self) -> str:
        """The platform's name, as destinations bear it."""
        ...

    @property
    def limits(self) -> Limits:
        """What the outbox keeps to."""
        ...

    async def post(
        self,
        destination: Destination,
        message: Message,
        *,
        key: str,
        nonce: str,
        reply_to: str | None,
    ) -> Posted:
        """Post once; `reply_to` is the ref of the message (a forum's post) that it belongs to."""
        ...

    async def edit(self, destination: Destination, ref: str, message: Message) -> None:
        """Replace what a message shows, without pinging anyone."""
        ...

    async def find(
        self, destination: Destination, *, key: str, nonce: str, since: datetime
    ) -> Posted | None:
        """The message of a delivery whose outcome is unknown, None where it does not stand there.

        `since` is when it was about to be posted.
        """
        ...

    async def check(self, destination: Destination) -> None:
        """Return where messages can be posted again; else raise what still forbids it."""
        ...

    def link(self, destination: Destination, ref: str) -> str | None:
        """The address of a posted message for people, None where the platform has none."""
        ...


def nonce_of(delivery: Delivery) -> str:
    """The delivery's name on the platform: 25 characters, the same at every try."""
    named = f"{delivery.id}/{delivery.destination}/{delivery.key}".encode()
    digest = hashlib.blake2b(named, digest_size=16).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:NONCE_LENGTH]
