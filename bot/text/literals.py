"""What is looked for in texts, and the one form in which it is."""

import re
from dataclasses import dataclass

from bot.text.fold import fold

_PLAIN = re.compile(r"[a-z0-9']+(?: [a-z0-9']+)*")


@dataclass(frozen=True, slots=True)
class Literal:
    """What to look for, in any spelling that folds alike; a prefix may go on within the word."""

    text: str
    prefix: bool = False


def searched(typed: str) -> str:
    """The form in which a literal is looked for; empty when nothing of it can be."""
    if _PLAIN.fullmatch(typed):
        return typed
    pattern = fold(typed).text.replace("-", " ")
    return " ".join(pattern.split()) if "  " in pattern or "\n" in pattern else pattern.strip()
