"""Digest windows over whole years, in zones that shift by an hour, by half of one, or never.

A digest is looked at often, as ticks come; over a year each window must come once, in order, with a
name of its own, at the local time that was asked for.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.alerts.digests import Window, next_end, window_due
from bot.alerts.quiet import zone_of
from bot.model import Mode, Subscription
from tests.support.alerting import digest

START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
ZONES = [
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",  # shifts by half an hour
    "Asia/Kolkata",  # half an hour off, never shifts
    "Asia/Kathmandu",  # a quarter of an hour off
    "America/Phoenix",  # never shifts
    "America/St_Johns",  # half an hour off, and shifts
    "Pacific/Apia",  # the other side of the date line
]


def order(mode: Mode, at: time = time(8), weekday: int = 0) -> Subscription:
    return digest(mode=mode, at=at, weekday=weekday, created_at=START - YEAR)


def looked_at(
    of: Subscription, zone_name: str, tick: timedelta, span: timedelta
) -> Iterator[Window]:
    """The windows that ticks find due, each looked at once."""
    zone, last = zone_of(zone_name), START
    now = START
    while now < START + span:
        window = window_due(of, zone, now, last)
        if window is not None:
            yield window
            last = window.end
        now += tick


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0), time(2, 30), time(23, 59)])
def test_a_daily_digest_comes_every_day_once(zone: str, at: time) -> None:
    windows = list(looked_at(order(Mode.DAILY, at), zone, timedelta(hours=6), YEAR))
    assert len(windows) in {364, 365}
    assert len({window.name for window in windows}) == len(windows)
    for earlier, later in pairwise(windows):
        assert later.start == earlier.end
        assert (
            timedelta(hours=22, minutes=30)
            <= later.end - later.start
            <= timedelta(hours=25, minutes=30)
        )
    clocks = {window.end.astimezone(zone_of(zone)).time() for window in windows}
    # Only a time that a night skips is told at another: as long after as the clocks were moved.
    assert at in clocks
    assert len(clocks) <= 2


@pytest.mark.parametrize("zone", ZONES)
def test_a_weekly_digest_comes_every_week_once_on_its_day(zone: str) -> None:
    windows = list(looked_at(order(Mode.WEEKLY, time(9), 6), zone, timedelta(hours=12), YEAR))
    assert len(windows) == 52
    local = [window.end.astimezone(zone_of(zone)) for window in windows]
    assert {(at.weekday(), at.time()) for at in local} == {(6, time(9))}
    assert all(b.start == a.end for a, b in pairwise(windows))


@pytest.mark.parametrize("zone", ZONES)
def test_an_hourly_digest_comes_on_every_full_hour_there(zone: str) -> None:
    # March to early April: most of these zones shift then, or never.
    tick = timedelta(minutes=15)
    of = order(Mode.HOURLY)
    windows = [
        window
        for window in looked_at(of, zone, tick, timedelta(days=96))
        if window.end >= START + timedelta(days=60)
    ]
    assert len({window.name for window in windows}) == len(windows)
    assert {window.end.astimezone(zone_of(zone)).minute for window in windows} == {0}
    gaps = {b.end - a.end for a, b in pairwise(windows)}
    assert gaps <= {timedelta(minutes=30), timedelta(hours=1), timedelta(minutes=90)}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("mode", [Mode.HOURLY, Mode.DAILY, Mode.WEEKLY])
def test_what_is_promised_as_the_next_end_is_the_end_that_comes(zone: str, mode: Mode) -> None:
    of, now = order(mode), START + timedelta(days=66)
    for _ in range(40):
        end = next_end(of, zone_of(zone), now)
        assert end > now
        assert window_due(of, zone_of(zone), end - timedelta(seconds=1), now) is None
        window = window_due(of, zone_of(zone), end, now)
        assert window is not None
        assert window.end == end
        now = end
