"""What a check says."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it stands with something."""

    WELL = "well"
    WARNING = "warning"
    """It works, and will hurt some day."""
    BROKEN = "broken"
    """Something does not work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, how it stands, and what mends it where it is not well."""

    subject: str
    state: State
    says: str
    mend: str = ""


def well(subject: str, says: str) -> Finding:
    """Nothing to do."""
    return Finding(subject=subject, state=State.WELL, says=says)


def warning(subject: str, says: str, mend: str) -> Finding:
    """To be looked into some day."""
    return Finding(subject=subject, state=State.WARNING, says=says, mend=mend)


def broken(subject: str, says: str, mend: str) -> Finding:
    """To be mended now."""
    return Finding(subject=subject, state=State.BROKEN, says=says, mend=mend)
