"""A session at the console: lines in, replies out; alerts come in between."""

from collections.abc import AsyncIterator
from pathlib import Path

import structlog

from bot.chat.call import Actor, Call, Place, Who
from bot.chat.console.screen import Screen
from bot.chat.problems import problem
from bot.chat.registry import Registry
from bot.chat.typed import read_line
from bot.clock import Clock
from bot.errors import PolicywireError, UsageError
from bot.message import Attachment, Message, Tone, note
from bot.services import Services

HOME = "console"
"""The platform, its one workspace, and the channel that lines act in unless they name another."""
_ENDINGS = frozenset({"exit", "quit", "/exit", "/quit"})
_log = structlog.get_logger()


class Session:
    """One person with all rights. A line is a command (`/latest openai 5`), a button (`!why 12`),
    either of them in another channel (`#policy /subscribe`), or `exit`; `# words` are a comment.

    Files that come with a reply are written to `folder`.
    """

    def __init__(
        self,
        *,
        registry: Registry[Services],
        services: Services,
        clock: Clock,
        screen: Screen,
        folder: Path,
        echo: bool = False,
    ) -> None:
        self._registry, self._services, self._clock = registry, services, clock
        self._screen, self._folder, self._echo = screen, folder, echo
        self._actor = Actor(id="you", name="you", may=Who.OPERATOR)

    async def run(self, lines: AsyncIterator[str]) -> int:
        """Answer each line until their end or `exit`; gives how many could not be done."""
        failed = 0
        async for raw in lines:
            line = raw.strip()
            if line.lower() in _ENDINGS:
                break
            if not line or line == "#" or line.startswith("# "):
                continue
            failed += not await self.answer_aloud(line)
        return failed

    async def answer_aloud(self, line: str) -> bool:
        """Answer a line, shown before its reply where nobody saw it typed."""
        if self._echo:
            self._screen.line(f"› {line}", style="bold")
        return await self.answer(line)

    async def answer(self, line: str) -> bool:
        """Do what one line says and show the reply; False where it could not be done."""
        channel, rest = _addressed(line)
        try:
            reply = await self._done(channel, rest)
        except PolicywireError as error:
            self._show(problem(error), channel)
            return False
        except Exception:  # noqa: BLE001 (a fault of ours must not end the session)
            _log.exception("command_failed", line=rest)
            words = "That went wrong inside policywire; the log says how. Nothing else is affected."
            self._show(note(words, tone=Tone.WARNING), channel)
            return False
        self._show(reply, channel)
        for attachment in _attachments(reply):
            self._save(attachment)
        return True

    async def _done(self, channel: str, line: str) -> Message:
        place = Place(
            platform=HOME,
            workspace=HOME,
            workspace_name=HOME,
            channel=channel,
            channel_name=channel,
        )
        call = Call(services=self._services, place=place, actor=self._actor, now=self._clock.now())
        if line.startswith("!"):
            action, _, argument = line[1:].strip().partition(" ")
            if not action:
                raise UsageError("Type what stands beside a button, such as !why 12.")
            return await self._registry.press(call, action, argument.strip())
        command, values = read_line(self._registry, line)
        return await self._registry.run(call, command.name, values)

    def _show(self, reply: Message, channel: str) -> None:
        caption = "" if channel == HOME else f"#{channel}"
        self._screen.message(reply, now=self._clock.now(), caption=caption)

    def _save(self, attachment: Attachment) -> None:
        """Write a file that came with a reply, never over another."""
        name = Path(attachment.name)
        try:
            for number in range(1, 1000):
                numbered = name.name if number == 1 else f"{name.stem}-{number}{name.suffix}"
                path = self._folder / numbered
                if not path.exists():
                    path.write_bytes(attachment.content)
                    self._screen.line(f"saved as {path}")
                    return
        except OSError as error:
            self._screen.line(f"{name.name} cannot be saved: {error.strerror or error}")


def _addressed(line: str) -> tuple[str, str]:
    """The channel that a line acts in, and the rest of it."""
    if not line.startswith("#"):
        return HOME, line
    channel, _, rest = line[1:].partition(" ")
    return channel, rest.strip()


def _attachments(reply: Message) -> list[Attachment]:
    return [file for page in (reply, *reply.pages) for file in page.attachments]
