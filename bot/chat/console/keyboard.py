"""Lines that are typed or piped, without blocking the loop and without outliving it."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator

from bot.chat.console.screen import PROMPT

Read = Callable[[], str]
"""Blocks until there is a line; raises EOFError at their end."""


class Keyboard:
    """Where a session's lines come from: a terminal with editing, or whatever is piped in.

    Reading goes on in a thread that ends with the program, so that Ctrl-C need not wait for Enter.
    """

    def __init__(self, read: Read, buffer: Callable[[], str] | None = None) -> None:
        self._read, self._buffer = read, buffer
        self._asked = False

    @classmethod
    def of_this_program(cls) -> "Keyboard":
        """The terminal where a person sits at one, else standard input."""
        if not is_terminal():
            return cls(_piped)
        try:
            import readline  # noqa: PLC0415 - not on every system
        except ImportError:
            return cls(_typed)
        return cls(_typed, readline.get_line_buffer)

    def typing(self) -> str | None:
        """What stands typed at the prompt and is not entered yet; None where nobody is asked."""
        return self._buffer() if self._asked and self._buffer is not None else None

    async def lines(self) -> AsyncIterator[str]:
        """Each line once the one before is done, so that replies stand where they belong."""
        loop = asyncio.get_running_loop()
        wanted = threading.Semaphore(0)
        arrived: asyncio.Queue[str | None] = asyncio.Queue()

        def work() -> None:
            line: str | None = ""
            while line is not None:
                wanted.acquire()
                line = self._next()
                # Nobody waits any more once the loop is closed.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(arrived.put_nowait, line)

        threading.Thread(target=work, name="keyboard", daemon=True).start()
        while True:
            wanted.release()
            line = await arrived.get()
            if line is None:
                return
            yield line

    def _next(self) -> str | None:
        self._asked = True
        try:
            return self._read()
        except EOFError:
            return None
        finally:
            self._asked = False


def is_terminal() -> bool:
    """Whether a person types here and sees what is written."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextlib.contextmanager
def terminal_restored() -> Iterator[None]:
    """Leaves the terminal as it was, even when a line was being edited at the end."""
    if not is_terminal():
        yield
        return
    import termios  # noqa: PLC0415 - only where there is a terminal

    kept = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, kept)


def _typed() -> str:
    return input(PROMPT)


def _piped() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
