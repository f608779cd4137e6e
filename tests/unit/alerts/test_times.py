"""Quiet hours and digest windows: local times, over midnight, right across DST."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.alerts.digests import next_digest, next_end, window_due
from bot.alerts.quiet import held_key, quiet_until, zone_of
from bot.model import Mode, QuietHours
from tests.support.alerting import NOON, digest, subscription

NEW_YORK = zone_of("America/New_York")
KATHMANDU = zone_of("Asia/Kathmandu")
NIGHT = QuietHours(start=time(22), end=time(7))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        pytest.param(None, "2026-03-09T03:00", None, id="none-set"),
        pytest.param(NIGHT, "2026-06-10T02:00", "2026-06-10T11:00", id="evening-over-midnight"),
        pytest.param(NIGHT, "2026-06-10T10:59", "2026-06-10T11:00", id="morning"),
        pytest.param(NIGHT, "2026-06-10T11:00", None, id="its-end-is-outside"),
        pytest.param(NIGHT, "2026-06-10T01:59", None, id="before-it-starts"),
        pytest.param(
            QuietHours(start=time(12), end=time(14)),
            "2026-06-10T17:00",
            "2026-06-10T18:00",
            id="within-a-day",
        ),
        pytest.param(QuietHours(start=time(9), end=time(9)), "2026-06-10T13:00", None, id="empty"),
        # 8 March 2026: clocks go from 02:00 EST to 03:00 EDT; 07:00 is an hour earlier in UTC.
        pytest.param(NIGHT, "2026-03-08T05:00", "2026-03-08T11:00", id="spring-forward"),
        # 1 November 2026: 01:30 comes twice; the night ends at its first and does not begin again.
        pytest.param(
            QuietHours(start=time(22), end=time(1, 30)),
            "2026-11-01T05:15",
            "2026-11-01T05:30",
            id="fall-back-first",
        ),
        pytest.param(
            QuietHours(start=time(22), end=time(1, 30)),
            "2026-11-01T06:15",
            None,
            id="fall-back-second",
        ),
    ],
)
def test_quiet_hours(quiet: QuietHours | None, now: str, until: str | None) -> None:
    assert quiet_until(quiet, NEW_YORK, utc(now)) == (utc(until) if until else None)


def test_the_night_is_named_by_the_local_date_of_its_end() -> None:
    assert held_key(utc("2026-06-10T03:30"), NEW_YORK) == "held:2026-06-09"


def test_an_unknown_zone_is_utc() -> None:
    assert zone_of("Mars/Olympus") is UTC
    assert zone_of("../etc/passwd") is UTC


OLD: dict[str, Any] = {"created_at": NOON - timedelta(days=300)}


@pytest.mark.parametrize(
    ("order", "zone", "now", "span", "name"),
    [
        pytest.param(
            digest(**OLD),
            NEW_YORK,
            "2026-06-10T12:05",
            ("2026-06-09T12:00", "2026-06-10T12:00"),
            "2026-06-10",
            id="daily",
        ),
        pytest.param(
            digest(**OLD),
            NEW_YORK,
            "2026-06-10T11:59",
            ("2026-06-08T12:00", "2026-06-09T12:00"),
            "2026-06-09",
            id="daily-before-the-hour-is-yesterday's",
        ),
        pytest.param(
            digest(**OLD),
            NEW_YORK,
            "2026-03-08T12:30",
            ("2026-03-07T13:00", "2026-03-08T12:00"),
            "2026-03-08",
            id="daily-spring-forward-has-23-hours",
        ),
        pytest.param(
            digest(**OLD),
            NEW_YORK,
            "2026-11-01T13:30",
            ("2026-10-31T12:00", "2026-11-01T13:00"),
            "2026-11-01",
            id="daily-fall-back-has-25-hours",
        ),
        pytest.param(
            digest(**OLD, at=time(2, 30)),
            NEW_YORK,
            "2026-03-08T08:00",
            ("2026-03-07T07:30", "2026-03-08T07:30"),
            "2026-03-08",
            id="daily-at-a-time-that-is-skipped",
        ),
        pytest.param(
            digest(mode=Mode.WEEKLY, weekday=0, **OLD),
            NEW_YORK,
            "2026-03-10T00:00",
            ("2026-03-02T13:00", "2026-03-09T12:00"),
            "2026-03-09",
            id="weekly-across-dst",
        ),
        pytest.param(
            digest(mode=Mode.HOURLY, **OLD),
            NEW_YORK,
            "2026-11-01T06:20",
            ("2026-11-01T05:00", "2026-11-01T06:00"),
            "2026-11-01T06:00Z",
            id="hourly-the-doubled-hour-has-a-name-of-its-own",
        ),
        pytest.param(
            digest(mode=Mode.HOURLY, **OLD),
            KATHMANDU,
            "2026-06-10T12:20",
            ("2026-06-10T11:15", "2026-06-10T12:15"),
            "2026-06-10T12:15Z",
            id="hourly-in-a-zone-of-quarter-hours",
        ),
    ],
)
def test_window(order: Any, zone: Any, now: str, span: tuple[str, str], name: str) -> None:
    window = window_due(order, zone, utc(now), None)

    assert window is not None
    assert (window.start, window.end, window.name) == (*map(utc, span), name)


def test_a_window_is_looked_at_once() -> None:
    now = utc("2026-06-10T12:05")
    window = window_due(digest(**OLD), NEW_YORK, now, None)

    assert window is not None
    assert window_due(digest(**OLD), NEW_YORK, now, window.end) is None


def test_windows_missed_are_one_with_the_newest() -> None:
    now = utc("2026-06-10T12:05")
    window = window_due(digest(**OLD), NEW_YORK, now, utc("2026-06-05T12:00"))

    assert window is not None
    assert window.name == "2026-06-10"


def test_a_subscription_has_no_digest_of_before_it_was_made() -> None:
    now = utc("2026-06-10T12:05")

    assert window_due(digest(created_at=now - timedelta(minutes=2)), NEW_YORK, now, None) is None


def test_instant_has_no_window() -> None:
    assert window_due(subscription(), UTC, NOON, None) is None


def test_next_digest_is_the_one_that_ends_first() -> None:
    daily, weekly = digest(1), digest(2, Mode.WEEKLY, weekday=1, at=time(6))

    # Monday noon: Tuesday 06:00 comes before Tuesday 08:00.
    assert next_digest([daily, weekly], UTC, NOON) == weekly
    assert next_end(daily, UTC, NOON) == utc("2026-03-10T08:00")
