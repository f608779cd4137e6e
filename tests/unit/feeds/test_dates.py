"""DESIGN, "First poll, downtime": which date counts."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.dates import age, published
from bot.model import Entry, Published

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
POLL = NOW - timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def dated(at: datetime | None, updated: datetime | None = None) -> Entry:
    return Entry(guid="g", url=None, title="t", published=at, updated=updated)


@pytest.mark.parametrize(
    ("entry", "at", "stated"),
    [
        pytest.param(dated(NOW - HOUR), NOW - HOUR, True, id="plausible"),
        pytest.param(dated(NOW + HOUR), NOW + HOUR, True, id="an-hour-ahead"),
        pytest.param(dated(NOW + HOUR + timedelta(seconds=1)), POLL, False, id="future"),
        pytest.param(dated(POLL - 7 * DAY), POLL - 7 * DAY, True, id="seven-days-before-the-poll"),
        pytest.param(dated(POLL - 7 * DAY - timedelta(seconds=1)), POLL, False, id="older"),
        pytest.param(dated(EPOCH), POLL, False, id="epoch"),
        pytest.param(dated(datetime(2099, 1, 1, tzinfo=UTC)), POLL, False, id="2099"),
        pytest.param(dated(None), POLL, False, id="missing"),
        pytest.param(dated(EPOCH, NOW - HOUR), NOW - HOUR, True, id="updated-is-believed-instead"),
        pytest.param(dated(None, EPOCH), POLL, False, id="neither"),
    ],
)
def test_published(entry: Entry, at: datetime, stated: bool) -> None:
    assert published(entry, NOW, POLL) == Published(at=at, stated=stated)


@pytest.mark.parametrize(
    ("entry", "at", "stated"),
    [
        pytest.param(dated(NOW - 900 * DAY), NOW - 900 * DAY, True, id="old-is-history"),
        pytest.param(dated(EPOCH), NOW, False, id="epoch"),
        pytest.param(dated(NOW + DAY), NOW, False, id="future"),
        pytest.param(dated(None), NOW, False, id="missing"),
    ],
)
def test_published_on_a_first_poll(entry: Entry, at: datetime, stated: bool) -> None:
    assert published(entry, NOW, None) == Published(at=at, stated=stated)


def test_after_downtime_an_undated_article_is_as_old_as_the_time_since_the_poll() -> None:
    when = published(dated(None), NOW, NOW - 2 * DAY)
    assert age(when, NOW) == 2 * DAY


def test_after_downtime_a_date_before_it_still_counts() -> None:
    when = published(dated(NOW - 3 * DAY), NOW, NOW - 2 * DAY)
    assert age(when, NOW) == 3 * DAY


def test_age_is_never_negative() -> None:
    assert age(Published(at=NOW + HOUR, stated=True), NOW) == timedelta(0)
