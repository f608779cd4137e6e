"""What a chart shows: a count for each day, and the days of which nothing is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """One day's count; `known` is False where no article came at all, so that 0 says nothing."""

    day: date
    count: int
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Counts of consecutive days, at least two; `zone` is where the days begin."""

    name: str
    days: Sequence[DayCount]
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if len(self.days) < 2:
            raise ValueError(f"a chart has two days or more, not {len(self.days)}")

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(day.count for day in self.days)

    @property
    def peak(self) -> DayCount:
        """The day with most; the first of several."""
        return max(self.days, key=lambda day: day.count)

    @property
    def unknown(self) -> int:
        """Days of which nothing is known."""
        return sum(not day.known for day in self.days)


def span(series: Series) -> str:
    """“10 Feb to 11 Mar 2026”."""
    first, last = series.days[0].day, series.days[-1].day
    year = f" {first.year}" if first.year != last.year else ""
    return f"{short(first)}{year} to {short(last)} {last.year}"


def short(day: date) -> str:
    """“3 Mar”."""
    return f"{day.day} {day:%b}"


def summed_up(series: Series) -> str:
    """“57 stories in 30 days, most on 5 Mar (23)”."""
    total, peak = series.total, series.peak
    counted = f"{total:,} {'story' if total == 1 else 'stories'} in {len(series.days)} days"
    return f"{counted}, most on {short(peak.day)} ({peak.count:,})" if total else counted


def in_words(series: Series) -> str:
    """The chart for who cannot see it: what it counts, its span, its peak, its end."""
    week = series.days[-7:]
    recent = sum(day.count for day in week)
    parts = [
        f"Bar chart: stories a day about {series.name}, {span(series)}.",
        f"{summed_up(series)}.",
        f"The last {len(week)} days: {recent:,}.",
    ]
    if series.unknown:
        days = "one day" if series.unknown == 1 else f"{series.unknown} days"
        parts.append(f"Of {days} nothing is known: no article came from any feed.")
    return " ".join(parts)
