"""Lines that are typed or piped, without blocking the loop and without outliving it."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator

from bot.chat.console.screen import PROMPT, is_terminal, prompted


async def lines(read: Callable[[], str]) -> AsyncIterator[str]:
    """Lines from a blocking `read` until it raises EOFError.

    It is called in a thread that ends with the program, so that Ctrl-C need not wait for Enter; and
    only when the line before is done, so that replies stand where they belong.
    """
    loop = asyncio.get_running_loop()
    wanted = threading.Semaphore(0)
    arrived: asyncio.Queue[str | None] = asyncio.Queue()

    def work() -> None:
        line: str | None = ""
        while line is not None:
            wanted.acquire()
            try:
                line = read()
            except EOFError:
                line = None
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


def typed() -> str:
    """The next line from the terminal, with a prompt and editing; EOFError at its end."""
    with prompted():
        return input(PROMPT)


def piped() -> str:
    """The next line of standard input; EOFError at its end."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


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
