"""The console's sender: an alert is posted by showing it, an edit by showing what is new in it."""

from collections import OrderedDict
from datetime import datetime

from bot.chat.console.screen import Screen
from bot.clock import Clock
from bot.message import Message
from bot.model import Destination
from bot.services.sending import Limits, Posted

PLATFORM = "console"
_REMEMBERED = 500
"""Messages whose last form is kept, so that an edit can say what changed."""
_TITLE, _ONE_LINE = 44, 98
"""Characters of a title in the line of an edit, and of that line."""


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
        caption = self._stamp(destination)
        if reply_to is not None and (above := self._shown.get(reply_to)) is not None:
            caption += f" · under “{above.title}”"
        self._screen.message(message, now=self._clock.now(), caption=caption)
        self._keep(nonce, message)
        return Posted(ref=nonce)

    async def edit(self, destination: Destination, ref: str, message: Message) -> None:
        """Show on one line that it changed, and the lines that say something new to the reader.

        A terminal keeps what it has shown, so an edit is worth less room than a post.
        """
        before = self._shown.get(ref)
        self._keep(ref, message)
        known = set(self._lines(before)) if before is not None else set()
        changed = [line for line in self._lines(message) if line not in known]
        if before is not None and not changed:
            return
        told = [line for line in changed if line != message.title]
        head = f"{self._stamp(destination)} · edited: {_short(message.title)}"
        if len(told) == 1 and len(head) + len(told[0]) < _ONE_LINE:
            self._screen.line(f"{head} — {told[0]}")
            return
        self._screen.line(head)
        for line in told:
            self._screen.line(line, indent=2)

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

    def _stamp(self, destination: Destination) -> str:
        """When and where, as the frame of a message has it."""
        return f"{self._screen.time(self._clock.now())} {named(destination)}"

    def _lines(self, message: Message) -> list[str]:
        """What a message says, line by line, but for what every new report changes: the details
        after the first, and the count below.
        """
        now, screen = self._clock.now(), self._screen
        lines = [screen.words(message.above, now), message.title]
        for block in message.blocks:
            lines += screen.lines(block, now)
        return lines

    def _keep(self, ref: str, message: Message) -> None:
        self._shown[ref] = message
        self._shown.move_to_end(ref)
        while len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0] + "…"


def named(destination: Destination) -> str:
    """The place as a caption: `#policy`, or `@you` for a person's own."""
    if destination.owner is not None:
        return f"@{destination.name or destination.owner}"
    return f"#{destination.name or destination.channel}"
