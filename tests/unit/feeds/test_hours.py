"""skipHours, skipDays, ttl and the syndication module."""

from datetime import timedelta

import pytest

from bot.feeds.hours import LONGEST, minutes, skip_days, skip_hours, update_interval


@pytest.mark.parametrize(
    ("inner", "hours"),
    [
        pytest.param("<hour>0</hour><hour>23</hour>", {0, 23}, id="several"),
        pytest.param("<hour> 7 </hour>\n<hour>07</hour>", {7}, id="spaces-and-zeros"),
        pytest.param("<hour>24</hour>", {0}, id="24-is-midnight"),
        pytest.param("<hour>25</hour><hour>-1</hour><hour>x</hour>", set(), id="nonsense"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_skip_hours(inner: str, hours: set[int]) -> None:
    body = f"<channel><skipHours>{inner}</skipHours><item/></channel>".encode()
    assert skip_hours(body) == hours


@pytest.mark.parametrize(
    ("body", "hours"),
    [
        pytest.param(b"<channel><item>&lt;skipHours><hour>1</hour></item>", set(), id="in-an-item"),
        pytest.param(
            b"<item></item><skiphours><hour>1</hour></skiphours>", {1}, id="after-the-items"
        ),
        pytest.param(b"<SKIPHOURS><HOUR>2</HOUR></SKIPHOURS>", {2}, id="upper-case"),
        pytest.param(b"<skipHours><hour>3</hour>", {3}, id="unclosed"),
        pytest.param(b"", set(), id="nothing"),
    ],
)
def test_where_skip_hours_are_found(body: bytes, hours: set[int]) -> None:
    assert skip_hours(body) == hours


def test_skip_days_count_from_monday() -> None:
    body = b"<skipDays><day>Monday</day><day>SUNDAY</day><day>Someday</day></skipDays>"
    assert skip_days(body) == {0, 6}


@pytest.mark.parametrize(
    ("stated", "interval"),
    [
        pytest.param("60", timedelta(hours=1), id="minutes"),
        pytest.param(" 15 ", timedelta(minutes=15), id="spaces"),
        pytest.param("0", None, id="zero"),
        pytest.param("-5", None, id="negative"),
        pytest.param("soon", None, id="words"),
        pytest.param("nan", None, id="not-a-number"),
        pytest.param("inf", None, id="infinite"),
        pytest.param("9999999", LONGEST, id="absurd"),
        pytest.param(None, None, id="missing"),
        pytest.param({"x": "1"}, None, id="attributes"),
    ],
)
def test_ttl(stated: object, interval: timedelta | None) -> None:
    assert minutes(stated) == interval


@pytest.mark.parametrize(
    ("period", "frequency", "interval"),
    [
        pytest.param("hourly", None, timedelta(hours=1), id="hourly"),
        pytest.param(" Daily\n", "2", timedelta(hours=12), id="twice-daily"),
        pytest.param("weekly", "0", timedelta(weeks=1), id="zero-times"),
        pytest.param("fortnightly", "1", None, id="unknown"),
        pytest.param(None, "2", None, id="missing"),
    ],
)
def test_update_interval(period: object, frequency: object, interval: timedelta | None) -> None:
    assert update_interval(period, frequency) == interval
