"""The console's sender: an alert is posted by showing it, an edit by showing what is new in it."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime

from bot.chat.console.screen import Screen
from bot.clock import Clock
from bot.message import Block, Fields, Heading, Listing, Message, Paragraph, Preformatted, plain
from bot.model import Destination
from bot.services.sending import Limits, Posted

PLATFORM = "console"
_REMEMBERED = 500
"""Messages whose last form is kept, so that an edit can say what changed."""


class ConsoleSender:
    """Satisfies the outbox's port; the terminal takes everything."""

    def __init__(self, screen: Screen, clock: Clock) -> None:
        self._screen, self._clock = screen, clock
        self._shown: OrderedDict[str, Message] = OrderedDict()

    @property
    def platform(self) -> str:
        """The name that the console's destinations bear."""
        return PLATFORM

    @property
    def limits(self) -> Limits:
        """A terminal has none."""
        return Limits()

    async def post(
        self,
        destination: Destination,
        message: Message,
        *,
        key: str,  # noqa: ARG002 - the port's
        nonce: str,
        reply_to: str | None,
    ) -> Posted:
        """Show it; its ref is the delivery's own name."""
        caption = named(destination)
        if reply_to is not None and (above := self._shown.get(reply_to)) is not None:
            caption += f" · under “{above.title}”"
        self._screen.message(message, now=self._clock.now(), caption=caption)
        self._keep(nonce, message)
        return Posted(ref=nonce)

    async def edit(self, destination: Destination, ref: str, message: Message) -> None:
        """Show the lines that the message did not have before."""
        before = self._shown.get(ref)
        self._keep(ref, message)
        known = set(_lines(before)) if before is not None else set()
        changed = [line for line in _lines(message) if line not in known]
        if before is not None and not changed:
            return
        self._screen.line(f"{named(destination)} · edited: {message.title}", style="bold")
        for line in changed:
            if line != message.title:
                self._screen.line(f"  {line}")

    async def find(
        self,
        destination: Destination,  # noqa: ARG002 - the port's
        *,
        key: str,  # noqa: ARG002 - the port's
        nonce: str,
        since: datetime,  # noqa: ARG002 - the port's
    ) -> Posted | None:
        """What this program has shown; an earlier run's screen cannot be read."""
        return Posted(ref=nonce) if nonce in self._shown else None

    async def check(self, destination: Destination) -> None:
        """A terminal can always be written to."""

    def link(self, destination: Destination, ref: str) -> str | None:  # noqa: ARG002 - the port's
        """A shown message has no address."""
        return None

    def _keep(self, ref: str, message: Message) -> None:
        self._shown[ref] = message
        self._shown.move_to_end(ref)
        while len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)


def named(destination: Destination) -> str:
    """The place as a caption: `#policy`, or `@you` for a person's own."""
    if destination.owner is not None:
        return f"@{destination.name or destination.owner}"
    return f"#{destination.name or destination.channel}"


def _lines(message: Message) -> Iterator[str]:
    """What a message says, line by line; its buttons never change."""
    if message.above:
        yield plain(message.above)
    yield message.title
    for block in message.blocks:
        yield from _block(block)
    if message.footer:
        yield plain(message.footer)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(parts=parts):
            yield plain(parts)
        case Heading(text=text):
            yield text
        case Preformatted(text=text):
            yield from text.splitlines()
        case Fields(fields=fields):
            for field in fields:
                yield f"{field.name}: {plain(field.value)}"
        case Listing(items=items):
            for item in items:
                yield plain(item.line)
                yield from map(plain, item.notes)
