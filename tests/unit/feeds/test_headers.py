"""Retry-After and freshness, as servers really send them."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.headers import LONGEST, fresh_for, http_date, retry_after

NOW = datetime(2026, 2, 27, 22, 1, tzinfo=UTC)
DAY = LONGEST.total_seconds()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({}, None, id="absent"),
        pytest.param({"Retry-After": "120"}, 120, id="seconds"),
        pytest.param({"Retry-After": " 1.5 "}, 1.5, id="fraction"),
        pytest.param({"Retry-After": "0"}, 0, id="zero"),
        pytest.param({"Retry-After": "9" * 400}, DAY, id="absurd"),
        pytest.param({"Retry-After": "-5"}, None, id="negative"),
        pytest.param({"Retry-After": "soon"}, None, id="word"),
        pytest.param({"Retry-After": "١٢"}, None, id="other-digits"),
        pytest.param({"Retry-After": "Fri, 27 Feb 2026 22:06:00 GMT"}, 300, id="date"),
        pytest.param({"Retry-After": "Fri, 27 Feb 2026 21:00:00 GMT"}, 0, id="past-date"),
        pytest.param({"Retry-After": "Fri, 27 Feb 2099 21:00:00 GMT"}, DAY, id="far-date"),
        pytest.param(
            {
                "Retry-After": "Thu, 01 Jan 2026 00:02:00 GMT",
                "Date": "Thu, 01 Jan 2026 00:00:00 GMT",
            },
            120,
            id="by-the-servers-clock",
        ),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds


@given(st.text(), st.text())
def test_retry_after_is_always_a_bearable_wait(value: str, date: str) -> None:
    wait = retry_after({"Retry-After": value, "Date": date}, NOW)
    assert wait is None or 0 <= wait <= DAY


@given(st.integers(0, 2**35))
def test_every_http_date_is_read(seconds: int) -> None:
    instant = datetime.fromtimestamp(seconds, UTC)
    assert http_date(format_datetime(instant, usegmt=True)) == instant


@given(st.text())
def test_no_date_raises(value: str) -> None:
    found = http_date(value)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        pytest.param({}, None, id="absent"),
        pytest.param({"Cache-Control": "public, max-age=600"}, 10, id="max-age"),
        pytest.param({"Cache-Control": 'MAX-AGE="600"'}, 10, id="quoted"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "300"}, 5, id="aged"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "900"}, None, id="over-aged"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "old"}, 10, id="bad-age"),
        pytest.param({"Cache-Control": "max-age=0"}, None, id="zero"),
        pytest.param({"Cache-Control": "s-maxage=600"}, None, id="for-shared-caches"),
        pytest.param({"Cache-Control": "no-cache, max-age=600"}, None, id="no-cache"),
        pytest.param({"Cache-Control": "max-age=" + "9" * 400}, 1440, id="absurd"),
        pytest.param({"Expires": "Fri, 27 Feb 2026 22:31:00 GMT"}, 30, id="expires"),
        pytest.param({"Expires": "0"}, None, id="expired"),
        pytest.param(
            {"Cache-Control": "max-age=60", "Expires": "Fri, 27 Feb 2026 22:31:00 GMT"},
            1,
            id="max-age-wins",
        ),
        pytest.param(
            {"Cache-Control": "public", "Expires": "Fri, 27 Feb 2026 22:31:00 GMT"},
            30,
            id="expires-beside-public",
        ),
    ],
)
def test_fresh_for(headers: dict[str, str], minutes: float | None) -> None:
    assert fresh_for(headers, NOW) == (None if minutes is None else timedelta(minutes=minutes))


@given(st.text(), st.text(), st.text())
def test_freshness_never_exceeds_a_day(control: str, age: str, expires: str) -> None:
    said = {"Cache-Control": f"max-age={control}", "Age": age, "Expires": expires}
    fresh = fresh_for(said, NOW)
    assert fresh is None or timedelta() < fresh <= LONGEST
