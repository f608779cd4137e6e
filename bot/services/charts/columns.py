"""The chart in characters, for a terminal: columns of blocks under a scale, days below."""

from collections.abc import Sequence

from bot.services.charts.axes import count_ticks
from bot.services.charts.series import DayCount, Series, short

_HEIGHT = 8
_MOST_COLUMNS = 60
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_UNKNOWN = "·"


def columns(series: Series) -> str:
    """Lines of equal meaning: a column for each day, or for each week of a longer span."""
    weekly = len(series.days) > _MOST_COLUMNS
    # Weeks are counted from the end: the last seven days are the ones people look for.
    first = len(series.days) % 7
    cuts = ([0] if first else []) + list(range(first, len(series.days), 7))
    groups = [series.days[at : at + 7 if at or not first else first] for at in cuts]
    bars = [_together(group) for group in groups] if weekly else list(series.days)
    wide = max(1, min(3, _MOST_COLUMNS // len(bars)))
    top = count_ticks(max(bar.count for bar in bars))[-1]
    margin = len(f"{top:,}")
    lines = [
        f"{_scale(row, top).rjust(margin)} ┤{''.join(_cell(bar, row, top, wide) for bar in bars)}"
        for row in range(_HEIGHT, 0, -1)
    ]
    lines.append(f"{'0'.rjust(margin)} ┼{'─' * (wide * len(bars))}")
    begins, ends = short(bars[0].day), short(bars[-1].day)
    room = wide * len(bars) - len(ends)
    lines.append(" " * (margin + 2) + begins.ljust(max(room, len(begins) + 1)) + ends)
    if weekly:
        lines.append(" " * (margin + 2) + "each column a week, from the day it begins")
    if series.unknown:
        lines.append(" " * (margin + 2) + f"{_UNKNOWN} no article came from any feed")
    return "\n".join(lines)


def _together(group: Sequence[DayCount]) -> DayCount:
    known = any(day.known for day in group)
    return DayCount(day=group[0].day, count=sum(day.count for day in group), known=known)


def _scale(row: int, top: int) -> str:
    """The count at the upper edge of a row: at the top, and in the middle where it is whole."""
    whole = row == _HEIGHT or (row == _HEIGHT // 2 and top % 2 == 0)
    return f"{top * row // _HEIGHT:,}" if whole else ""


def _cell(bar: DayCount, row: int, top: int, wide: int) -> str:
    if not bar.known:
        return (_UNKNOWN if row == 1 else " ").ljust(wide)
    eighths = round(bar.count / top * _HEIGHT * 8)
    if bar.count:
        # Beside a giant the small still show.
        eighths = max(eighths, 1)
    filled = _EIGHTHS[min(max(eighths - (row - 1) * 8, 0), 8)]
    return (filled * max(1, wide - 1)).ljust(wide)
