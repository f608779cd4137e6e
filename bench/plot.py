"""A picture of how costs grow: one line a measure, both axes logarithmic."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 900, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 250, 50, 60
_INK, _GRID = "#222222", "#dddddd"
_COLOURS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b9770e", "#555555")


def draw_growth(
    path: Path, title: str, across: str, lines: Mapping[str, Sequence[tuple[float, float]]]
) -> None:
    """Write a PNG with one line for each named sequence of (size, cost); all are above 0."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=15)
    points = [point for line in lines.values() for point in line]
    left, right = _decades(x for x, _ in points)
    low, high = _decades(y for _, y in points)

    def place(x: float, y: float) -> tuple[float, float]:
        wide, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return (
            _LEFT + wide * (math.log10(x) - left) / (right - left),
            _HEIGHT - _BOTTOM - tall * (math.log10(y) - low) / (high - low),
        )

    for power in range(left, right + 1):
        at, _ = place(10**power, 10**low)
        pen.line([(at, _TOP), (at, _HEIGHT - _BOTTOM)], fill=_GRID)
        pen.text((at, _HEIGHT - _BOTTOM + 8), f"{10**power:,}", fill=_INK, font=font, anchor="ma")
    for power in range(low, high + 1):
        _, at = place(10**left, 10**power)
        pen.line([(_LEFT, at), (_WIDTH - _RIGHT, at)], fill=_GRID)
        pen.text((_LEFT - 8, at), f"{10.0**power:,g}", fill=_INK, font=font, anchor="rm")
    for (name, line), colour in zip(lines.items(), _COLOURS, strict=False):
        marks = [place(x, y) for x, y in sorted(line)]
        pen.line(marks, fill=colour, width=3)
        for x, y in marks:
            pen.ellipse((x - 4, y - 4, x + 4, y + 4), fill=colour)
        pen.text((marks[-1][0] + 12, marks[-1][1]), name, fill=colour, font=font, anchor="lm")
    pen.text((_LEFT, 18), title, fill=_INK, font=font)
    pen.text((_LEFT, _HEIGHT - 26), across, fill=_INK, font=font)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, optimize=True)


def _decades(values: Iterable[float]) -> tuple[int, int]:
    """The powers of ten that hold all values, at least one decade apart."""
    logs = [math.log10(value) for value in values]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    return low, max(high, low + 1)
