"""Charts: round scales, labels that keep clear, a picture of the right size, the same in text."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.services.charts.axes import Mark, count_ticks, day_marks, rolling
from bot.services.charts.columns import columns
from bot.services.charts.picture import HEIGHT, WIDTH, daily_png, drawable
from bot.services.charts.series import DayCount, Series, in_words, span, summed_up

LAST = date(2026, 3, 11)


def series(*counts: int | None, name: str = "Anthropic") -> Series:
    """These counts, the last on 11 March; None: nothing is known of the day."""
    first = LAST - timedelta(days=len(counts) - 1)
    days = [
        DayCount(day=first + timedelta(days=at), count=count or 0, known=count is not None)
        for at, count in enumerate(counts)
    ]
    return Series(name=name, days=days)


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (7, [0, 2, 4, 6, 8]),
        (23, [0, 5, 10, 15, 20, 25]),
        (2412, [0, 500, 1000, 1500, 2000, 2500]),
    ],
)
def test_counts_have_round_ticks(most: int, ticks: list[int]) -> None:
    assert count_ticks(most) == ticks


def fits(width: float) -> object:
    """Labels of 80 pixels on days of this width."""

    def judged(marks: Sequence[Mark]) -> bool:
        return all((b.at - a.at) * width >= 80 for a, b in pairwise(marks))

    return judged


@pytest.mark.parametrize(
    ("days", "first"),
    [
        pytest.param(2, ["10 Mar", "11 Mar"], id="both-days"),
        pytest.param(10, ["2 Mar", "3 Mar", "4 Mar"], id="each-day"),
        pytest.param(30, ["16 Feb", "23 Feb", "2 Mar"], id="mondays"),
        pytest.param(365, ["Apr", "May", "Jun"], id="months"),
    ],
)
def test_as_many_days_are_labelled_as_have_room(days: int, first: list[str]) -> None:
    shown = [LAST - timedelta(days=days - 1 - at) for at in range(days)]
    marks = day_marks(shown, fits(1050 / days))  # type: ignore[arg-type]
    assert [mark.label for mark in marks][: len(first)] == first


def test_where_nothing_has_room_the_ends_are_labelled() -> None:
    shown = [LAST - timedelta(days=9 - at) for at in range(10)]
    assert [mark.at for mark in day_marks(shown, lambda _: False)] == [0, 9]


def test_a_mean_wants_half_of_its_days_known() -> None:
    assert rolling([1, 2, 3], 3) == [None, None, 2.0]
    assert rolling([1, None, 3], 3) == [None, None, 2.0]
    assert rolling([1, None, None], 3) == [None, None, None]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(series(1, 2), id="two-days"),
        pytest.param(series(*[0] * 30), id="all-zeros"),
        pytest.param(series(*[None] * 30), id="nothing-known"),
        pytest.param(series(*[1] * 200, 90_000, *[1] * 164), id="a-giant-in-a-year"),
        pytest.param(series(1, 2, name="é ü Ж " * 60), id="a-long-name"),
        pytest.param(series(1, 2, name="\x00\u202e<b>\ud800"), id="odd-characters"),
    ],
)
def test_draws_a_picture_of_one_size(given: Series) -> None:
    image = Image.open(BytesIO(daily_png(given)))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    lines = columns(given).splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) >= 10


def test_the_peak_stands_out_and_a_small_day_still_shows() -> None:
    image = Image.open(BytesIO(daily_png(series(1, 0, 900, 0)))).convert("RGB")
    floor = [image.getpixel((x, HEIGHT - 115)) for x in (239, 502, 765, 1028)]
    background = image.getpixel((502, HEIGHT - 300))
    assert floor[0] != background
    assert floor[2] == (255, 180, 84)


def test_the_words_say_what_the_picture_shows() -> None:
    given = series(1, None, 4, 0)
    assert span(given) == "8 Mar to 11 Mar 2026"
    assert summed_up(given) == "5 stories in 4 days, most on 10 Mar (4)"
    assert in_words(given) == (
        "Bar chart: stories a day about Anthropic, 8 Mar to 11 Mar 2026. 5 stories in 4 days, most "
        "on 10 Mar (4). The last 4 days: 5. Of one day nothing is known: no article came from any "
        "feed."
    )


def test_text_columns_are_days_then_weeks() -> None:
    assert columns(series(0, 2, 1)).splitlines() == [
        "2 ┤   ██    ",
        "  ┤   ██    ",
        "  ┤   ██    ",
        "  ┤   ██    ",
        "1 ┤   ██ ██ ",
        "  ┤   ██ ██ ",
        "  ┤   ██ ██ ",
        "  ┤   ██ ██ ",
        "0 ┼─────────",
        "   9 Mar 11 Mar",
    ]
    weekly = columns(series(*[0] * 60, *[1] * 7)).splitlines()
    assert weekly[-1].strip() == "each column a week, from the day it begins"
    assert weekly[1].rstrip().endswith("█")


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Zoë’s C++ — “x”", "Zoë’s C++ — “x”"),
        ("Яндекс Ελλάδα", "Яндекс Ελλάδα"),
        ("e\u0301lan", "élan"),
        ("百度 Baidu", "Baidu"),
        ("Mistral 🤖 AI", "Mistral AI"),
        ("百度 (文心)", ""),
        ("العربية", ""),
    ],
)
def test_of_a_name_only_what_the_font_has_is_drawn(name: str, drawn: str) -> None:
    assert drawable(name) == drawn


def test_a_chart_whose_name_cannot_be_drawn_is_still_one() -> None:
    nameless, named = (daily_png(series(1, 2, name=name)) for name in ("百度", "Baidu"))
    assert nameless == daily_png(series(1, 2, name="文心"))
    assert nameless != named
