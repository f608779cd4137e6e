"""The chart as a PNG: a dark card that reads on light and dark pages alike."""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional, category, normalize

from PIL import Image, ImageDraw, ImageFont

from bot.services.charts.axes import Mark, count_ticks, day_marks, rolling
from bot.services.charts.series import Series, short, span, summed_up

WIDTH, HEIGHT = 1200, 640
_FONTS = Path(__file__).parent / "fonts"
# Chat shows a picture at a third of its size: what is to be read there is large here.
_TITLE, _BODY, _SMALL = 40, 24, 22
_TWICE = 2
"""Drawn at twice the size and scaled down, so that slopes and thin bars are smooth."""

_CARD, _GRID, _GAP = "#1f232c", "#3a404d", "#323946"
_TEXT, _FAINT = "#f2f4f8", "#b3bac7"
_BAR, _PEAK, _LINE = "#5b9bf3", "#ffb454", "#f2f4f8"
_LEFT, _RIGHT, _TOP, _BOTTOM = 108, 40, 150, 112
_FOOT = HEIGHT - 34
_EDGE = 38
_WIDEST_BAR = 120
_SHOW_MEAN_FROM = 21
_CLEAR = 18
_NO_CHARACTER = "\U0010ffff"
"""Never assigned: a font shows for it what it shows for all that it has not."""

_Font = ImageFont.FreeTypeFont
_Box = tuple[float, float, float, float]


def daily_png(series: Series) -> bytes:
    """The bars of a series with title, axes and peak; days of which nothing is known are shaded."""
    image = Image.new("RGBA", (WIDTH * _TWICE, HEIGHT * _TWICE), (0, 0, 0, 0))
    _Chart(ImageDraw.Draw(image), series).draw()
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    content = BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


class _Chart:
    """One drawing; places are in the picture's own pixels, scaled at the last step."""

    def __init__(self, draw: ImageDraw.ImageDraw, series: Series) -> None:
        self._draw, self._series = draw, series
        self._ticks = count_ticks(series.peak.count)
        self._slot = (WIDTH - _LEFT - _RIGHT) / len(series.days)

    def draw(self) -> None:
        self._draw.rounded_rectangle(
            (0, 0, WIDTH * _TWICE - 1, HEIGHT * _TWICE - 1), radius=24 * _TWICE, fill=_CARD
        )
        self._heading()
        self._gaps()
        self._counts()
        self._bars()
        if len(self._series.days) >= _SHOW_MEAN_FROM and self._series.total:
            self._mean()
        self._peak()
        self._dates()

    def _heading(self) -> None:
        room = WIDTH - 2 * _EDGE
        name, says = drawable(self._series.name), ": stories a day"
        if name:
            name = _fitted(name, _TITLE, room - _width(says, _TITLE, bold=True), bold=True)
        title = name + says if name else "Stories a day"
        self._text((_EDGE, 30), title, _TITLE, _TEXT, bold=True)
        said = f"{span(self._series)} · {summed_up(self._series)}"
        self._text((_EDGE, 86), _fitted(said, _BODY, room), _BODY, _FAINT)

    def _gaps(self) -> None:
        """Shade runs of days without any article, so that nothing is not taken for none."""
        for first, last in _runs([not day.known for day in self._series.days]):
            self._box((self._x(first), _TOP, self._x(last + 1), HEIGHT - _BOTTOM), _GAP)
        if self._series.unknown:
            middle = WIDTH * 0.62
            self._box((middle, _FOOT - 12, middle + 28, _FOOT + 12), _GAP)
            self._text((middle + 40, _FOOT), "no articles", _SMALL, _FAINT, anchor="lm")

    def _counts(self) -> None:
        for tick in self._ticks:
            y = self._y(tick)
            self._line([(_LEFT, y), (WIDTH - _RIGHT, y)], _GRID, 2)
            self._text((_LEFT - 16, y), f"{tick:,}", _SMALL, _FAINT, anchor="rm")
        self._text((_EDGE, _TOP - 6), "stories", _SMALL, _FAINT, anchor="lm")
        if not self._series.total:
            middle = (_LEFT + (WIDTH - _LEFT - _RIGHT) / 2, HEIGHT / 2)
            self._text(middle, "No stories in this time", _BODY, _FAINT, anchor="mm")

    def _bars(self) -> None:
        gap = max(min(self._slot * 0.25, 12), self._slot - _WIDEST_BAR)
        peak = self._series.peak
        for at, day in enumerate(self._series.days):
            if not day.count:
                continue
            left, right = self._x(at) + gap / 2, self._x(at + 1) - gap / 2
            # Beside a giant the small still show.
            top = min(self._y(day.count), self._y(0) - 3)
            colour = _PEAK if day is peak else _BAR
            box = (left, top, right, self._y(0))
            radius = min((right - left) / 4, 6, (self._y(0) - top) / 2)
            self._draw.rounded_rectangle(
                _scaled(box), radius * _TWICE, fill=colour, corners=(True, True, False, False)
            )

    def _mean(self) -> None:
        counts = [day.count if day.known else None for day in self._series.days]
        points: list[tuple[float, float]] = []
        for at, mean in enumerate([*rolling(counts), None]):
            # On the floor it would hide the small bars and say nothing.
            if mean is not None and self._y(0) - self._y(mean) > 8:
                points.append((self._x(at + 0.5), self._y(mean)))
            elif len(points) > 1:
                self._line(points, _CARD, 8)
                self._line(points, _LINE, 4)
                points = []
        words = "mean of 7 days"
        right = WIDTH - _RIGHT
        left = right - _width(words, _SMALL)
        self._text((right, _FOOT), words, _SMALL, _FAINT, anchor="rm")
        self._line([(left - 52, _FOOT), (left - 12, _FOOT)], _LINE, 4)

    def _peak(self) -> None:
        """The count on top of the highest bar, inside the frame at either end."""
        peak = self._series.peak
        if not peak.count:
            return
        at = self._series.days.index(peak)
        label = f"{peak.count:,} on {short(peak.day)}"
        half = _width(label, _SMALL, bold=True) / 2
        x = min(max(self._x(at + 0.5), _LEFT + half), WIDTH - _RIGHT - half)
        self._text(
            (x, self._y(peak.count) - 8), label, _SMALL, _PEAK, anchor="mb", bold=True, halo=True
        )

    def _dates(self) -> None:
        y = HEIGHT - _BOTTOM
        for mark in day_marks([day.day for day in self._series.days], self._fits):
            x = self._x(mark.at + 0.5)
            self._line([(x, y), (x, y + 8)], _FAINT, 2)
            self._text((self._inside(x, mark.label), y + 16), mark.label, _SMALL, _FAINT, "ma")
        zone = _fitted(f"day a story began ({self._series.zone})", _SMALL, WIDTH / 2 - _EDGE)
        self._text((_EDGE, _FOOT), zone, _SMALL, _FAINT, anchor="lm")

    def _fits(self, marks: Sequence[Mark]) -> bool:
        ends = 0.0
        for mark in marks:
            half = _width(mark.label, _SMALL) / 2
            x = self._inside(self._x(mark.at + 0.5), mark.label)
            if x - half < ends:
                return False
            ends = x + half + _CLEAR
        return True

    def _inside(self, x: float, label: str) -> float:
        return min(x, WIDTH - 12 - _width(label, _SMALL) / 2)

    def _x(self, at: float) -> float:
        return _LEFT + at * self._slot

    def _y(self, count: float) -> float:
        floor = HEIGHT - _BOTTOM
        # Room over the top tick for the peak's own label.
        return floor - count / self._ticks[-1] * (floor - _TOP - 34)

    def _text(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        colour: str,
        anchor: str = "la",
        *,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        self._draw.text(
            (at[0] * _TWICE, at[1] * _TWICE),
            words,
            font=_font(size * _TWICE, bold=bold),
            fill=colour,
            anchor=anchor,
            stroke_width=4 * _TWICE if halo else 0,
            stroke_fill=_CARD if halo else None,
        )

    def _line(self, points: Sequence[tuple[float, float]], colour: str, width: int) -> None:
        scaled = [(x * _TWICE, y * _TWICE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=width * _TWICE, joint="curve")

    def _box(self, box: _Box, colour: str) -> None:
        self._draw.rectangle(_scaled(box), fill=colour)


def _scaled(box: _Box) -> _Box:
    left, top, right, bottom = (side * _TWICE for side in box)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of true flags."""
    start: int | None = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at - 1
            start = None


def drawable(name: str) -> str:
    """The words of a name that our font can draw; empty where it can draw none that says anything.

    It has no Chinese, and Arabic would stand letter by letter, the wrong way round. The message
    that brings the picture gives the name whole.
    """
    words = [word for word in normalize("NFC", name).split() if all(map(_has_shape, word))]
    return " ".join(words) if any(char.isalnum() for word in words for char in word) else ""


@cache
def _has_shape(char: str) -> bool:
    if bidirectional(char) in {"R", "AL"} or category(char).startswith("M"):
        return False
    font = _font(_TITLE, bold=True)
    return bytes(font.getmask(char)) != bytes(font.getmask(_NO_CHARACTER))


def _fitted(words: str, size: int, room: float, *, bold: bool = False) -> str:
    """The words, shortened with “…” where they are too long for one line."""
    words = " ".join(words.split())
    if _width(words, size, bold=bold) <= room:
        return words
    while words and _width(words + "…", size, bold=bold) > room:
        words = words[:-1]
    return words.rstrip(" :,·") + "…"


def _width(words: str, size: int, *, bold: bool = False) -> float:
    return float(_font(size, bold=bold).getlength(words))


@cache
def _font(size: int, *, bold: bool = False) -> _Font:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    # Basic layout: the other one needs a library that a server may lack, and looks elsewhere alike.
    return ImageFont.truetype(_FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)
