"""Times as people type them, in a zone, over daylight saving."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UsageError
from bot.services.moments import back_to, clock, hours, is_past, moment

BERLIN = ZoneInfo("Europe/Berlin")
# A Monday, 13:00 in Berlin.
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        pytest.param("3h", "2026-03-09 16:00", id="span"),
        pytest.param("in 90 minutes", "2026-03-09 14:30", id="span-in-words"),
        pytest.param("2w", "2026-03-23 13:00", id="weeks"),
        pytest.param("18:00", "2026-03-09 18:00", id="later-today"),
        pytest.param("9:00", "2026-03-10 09:00", id="an-hour-that-passed-is-tomorrow's"),
        pytest.param("6pm", "2026-03-09 18:00", id="pm"),
        pytest.param("noon", "2026-03-10 12:00", id="noon"),
        pytest.param("tomorrow", "2026-03-10 08:00", id="a-day-is-its-morning"),
        pytest.param("tomorrow 17:30", "2026-03-10 17:30", id="day-and-hour"),
        pytest.param("until Friday, 9:00", "2026-03-13 09:00", id="as-in-a-sentence"),
        pytest.param("fri", "2026-03-13 08:00", id="short-day"),
        pytest.param("monday", "2026-03-16 08:00", id="today's-name-past-its-morning-is-next-week"),
        pytest.param("monday 14:00", "2026-03-09 14:00", id="today's-name-before-the-hour"),
        pytest.param("2026-04-01", "2026-04-01 08:00", id="date"),
        pytest.param("2026-04-01 18:15", "2026-04-01 18:15", id="date-and-hour"),
        pytest.param("2026-04-01T18:15:00Z", "2026-04-01 20:15", id="iso-with-its-own-zone"),
    ],
)
def test_a_moment_is_read_in_the_zone(typed: str, local: str) -> None:
    found = moment(typed, BERLIN, NOW)
    assert found.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") == local
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("soon", "no time that is understood", id="no-time"),
        pytest.param("25:00", "no time that is understood", id="no-hour"),
        pytest.param("2026-02-30", "no time that is understood", id="no-date"),
        pytest.param("2020-01-01", "passed already", id="past"),
        pytest.param("today 9:00", "passed already", id="past-hour-of-today"),
        pytest.param("9999d", "more than a year", id="far"),
        pytest.param("9999-12-31", "more than a year", id="end-of-the-calendar"),
        pytest.param("9999-12-31T23:59-10:00", "no time that", id="past-the-calendar"),
    ],
)
def test_a_moment_is_refused_with_what_can_be_typed(typed: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        moment(typed, BERLIN, NOW)


def test_tomorrow_keeps_the_hour_when_clocks_change() -> None:
    # In Berlin clocks go forward in the night to 29 March: that day is 23 hours after this one.
    before = datetime(2026, 3, 28, 7, tzinfo=UTC)
    assert moment("tomorrow 8:00", BERLIN, before) - before == timedelta(hours=23)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("7", time(7)),
        ("07:30", time(7, 30)),
        ("24:00", time(0)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("7h", time(7)),
        ("13pm", None),
        ("7:60", None),
        ("24:01", None),
        ("half past", None),
    ],
)
def test_clock(typed: str, at: time | None) -> None:
    assert clock(typed) == at


@pytest.mark.parametrize(
    "typed", ["22:00-07:00", "22-7", "from 22 to 7", "10pm – 7am", "22:00 until 7:00"]
)
def test_hours(typed: str) -> None:
    assert hours(typed) == (time(22), time(7))


@pytest.mark.parametrize("typed", ["22:00", "22-25", "9-9", "22-7-9", "night"])
def test_hours_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UsageError, match="off"):
        hours(typed)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        pytest.param("6h", NOW - timedelta(hours=6), id="span"),
        pytest.param("2 weeks", NOW - timedelta(weeks=2), id="words"),
        pytest.param("2026-03-01", datetime(2026, 2, 28, 23, tzinfo=UTC), id="a-day-there"),
    ],
)
def test_back_to(typed: str, at: datetime) -> None:
    assert is_past(typed)
    assert back_to(typed, BERLIN, NOW) == at


def test_yesterday_begins_at_midnight_of_the_zone() -> None:
    found = back_to("yesterday", BERLIN, NOW).astimezone(BERLIN)
    assert (found.date(), found.time()) == ((NOW - timedelta(days=1)).date(), time(0))


@pytest.mark.parametrize("typed", ["2026-13-45", "soon", "", "-3d"])
def test_what_is_no_past_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UsageError, match="yesterday"):
        back_to(typed, BERLIN, NOW)
