"""Where the marks of a chart stand: round counts, and days whose labels do not touch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

_MOST_TICKS = 5
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A label under the day at this place."""

    at: int
    label: str


def count_ticks(most: int) -> list[int]:
    """Round whole counts from 0 to at least `most`, six at the very most."""
    top = max(most, 1)
    scale = 1
    while True:
        for step in (base * scale for base in _STEPS):
            if step * _MOST_TICKS >= top:
                return list(range(0, -(-top // step) * step + 1, step))
        scale *= 10


def day_marks(days: Sequence[date], fits: Callable[[Sequence[Mark]], bool]) -> list[Mark]:
    """As many days as have room for their labels: each, then Mondays, then firsts of months.

    `fits` says whether labels at these places keep clear of one another.
    """
    for choose in (_every, _every_other, _mondays, _other_mondays, _months, _quarters):
        marks = choose(days)
        if len(marks) >= 2 and fits(marks):
            return marks
    return [Mark(0, _label(days[0])), Mark(len(days) - 1, _label(days[-1]))]


def _every(days: Sequence[date]) -> list[Mark]:
    return [Mark(at, _label(day)) for at, day in enumerate(days)]


def _every_other(days: Sequence[date]) -> list[Mark]:
    # Counted from the last day: that is the one people look for.
    last = len(days) - 1
    return [Mark(at, _label(day)) for at, day in enumerate(days) if (last - at) % 2 == 0]


def _mondays(days: Sequence[date]) -> list[Mark]:
    return [Mark(at, _label(day)) for at, day in enumerate(days) if day.weekday() == 0]


def _other_mondays(days: Sequence[date]) -> list[Mark]:
    return _mondays(days)[::2]


def _months(days: Sequence[date], every: int = 1) -> list[Mark]:
    """Without years: a span of a year or less says them once, above."""
    return [
        Mark(at, f"{day:%b}")
        for at, day in enumerate(days)
        if day.day == 1 and (day.month - 1) % every == 0
    ]


def _quarters(days: Sequence[date]) -> list[Mark]:
    return _months(days, 3)


def _label(day: date) -> str:
    return f"{day.day} {day:%b}"


def rolling(counts: Sequence[int | None], width: int = 7) -> list[float | None]:
    """The mean of each day and those before it, `width` in all; days that are None do not count.

    None where fewer than half of them are known.
    """
    means: list[float | None] = []
    for at in range(len(counts)):
        known = [one for one in counts[max(0, at - width + 1) : at + 1] if one is not None]
        enough = at + 1 >= width and len(known) * 2 > width
        means.append(sum(known) / len(known) if enough else None)
    return means
