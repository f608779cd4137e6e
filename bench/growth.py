"""A plot of how times grow, both axes in powers of ten, drawn with Pillow."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONT = Path(__file__).parents[1] / "bot" / "services" / "charts" / "fonts" / "DejaVuSans.ttf"
_SIZE = (900, 560)
_LEFT, _TOP, _RIGHT, _BOTTOM = 90, 56, 660, 480
_INK, _GRID = "#1f2933", "#d9dee4"
_COLOURS = ("#1570ef", "#53b1fd", "#9b8afb", "#087443", "#66c61c", "#dc6803")
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it shows, and its points; both numbers over 0."""

    label: str
    points: Sequence[tuple[float, float]]


def draw(title: str, across: str, up: str, lines: Sequence[Line]) -> bytes:
    """The lines as a PNG, with a legend; a line of no points is left out."""
    lines = [line for line in lines if line.points]
    places = [point for line in lines for point in line.points]
    xs = _powers([x for x, _ in places])
    ys = _powers([y for _, y in places])
    image = Image.new("RGB", _SIZE, "white")
    pen, small, large = ImageDraw.Draw(image), _font(14), _font(18)
    pen.text((_LEFT, 16), title, fill=_INK, font=large)
    for power in xs:
        x = _at(10**power, xs, _LEFT, _RIGHT)
        pen.line((x, _TOP, x, _BOTTOM), fill=_GRID)
        pen.text((x, _BOTTOM + 10), f"{10**power:,}", fill=_INK, font=small, anchor="ma")
    for power in ys:
        y = _at(10**power, ys, _BOTTOM, _TOP)
        pen.line((_LEFT, y, _RIGHT, y), fill=_GRID)
        pen.text((_LEFT - 10, y), f"{10**power:,} {up}", fill=_INK, font=small, anchor="rm")
    middle = (_LEFT + _RIGHT) / 2
    pen.text((middle, _BOTTOM + 40), across, fill=_INK, font=small, anchor="ma")
    for number, line in enumerate(lines):
        colour = _COLOURS[number % len(_COLOURS)]
        points = [
            (_at(x, xs, _LEFT, _RIGHT), _at(y, ys, _BOTTOM, _TOP)) for x, y in sorted(line.points)
        ]
        pen.line(points, fill=colour, width=3, joint="curve")
        for x, y in points:
            pen.ellipse((x - 4, y - 4, x + 4, y + 4), fill=colour)
        y = _TOP + 12 + 26 * number
        pen.line((_RIGHT + 24, y, _RIGHT + 48, y), fill=colour, width=3)
        pen.text((_RIGHT + 56, y), line.label, fill=_INK, font=small, anchor="lm")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _powers(values: Sequence[float]) -> range:
    """The powers of ten from below the least value to above the greatest."""
    return range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)


def _at(value: float, powers: range, low: float, high: float) -> float:
    share = (math.log10(value) - powers[0]) / (powers[-1] - powers[0])
    return low + share * (high - low)


def _font(size: int) -> _Font:
    return ImageFont.truetype(_FONT, size) if _FONT.exists() else ImageFont.load_default(size)
