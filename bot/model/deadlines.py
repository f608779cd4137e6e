"""Dated commitments: what an article says is due, and when."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something due: the day there, the instant where an hour is named, and where it says so.

    `about`: the day was counted from publication (“six-month phase-out”) and may be off by a few.
    `start` to `end` are the words of the sentence that name the day.
    """

    day: date
    at: datetime | None = None
    about: bool = False
    sentence: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words of the sentence that name the day."""
        return self.sentence[self.start : self.end]
