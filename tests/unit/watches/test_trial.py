"""What a watch would have brought: alerts, and alerts a day."""

from datetime import UTC, date, datetime, timedelta

from bot.model import StoryId
from bot.watches import back_test

SINCE = datetime(2026, 2, 23, tzinfo=UTC)
WEEK = timedelta(days=7)


def hours(count: float) -> datetime:
    return SINCE + timedelta(hours=count)


def test_a_story_alerts_once_however_many_articles_match() -> None:
    matched = [(StoryId(1), hours(30)), (StoryId(1), hours(1)), (StoryId(2), hours(26))]
    tested = back_test(matched, since=SINCE, until=SINCE + WEEK)
    assert tested.alerts == 2
    assert tested.alerts_a_day == 2 / 7
    assert tested.busiest == (date(2026, 2, 23), 1)


def test_the_busiest_day_is_named() -> None:
    matched = [(StoryId(number), hours(24 + number)) for number in range(3)]
    tested = back_test([*matched, (StoryId(9), hours(1))], since=SINCE, until=SINCE + WEEK)
    assert tested.busiest == (date(2026, 2, 24), 3)


def test_what_lies_outside_the_span_does_not_count() -> None:
    matched = [(StoryId(1), hours(-1)), (StoryId(2), SINCE + WEEK)]
    tested = back_test(matched, since=SINCE, until=SINCE + WEEK)
    assert (tested.alerts, tested.alerts_a_day, tested.busiest) == (0, 0, None)


def test_a_history_of_no_length_has_a_rate_all_the_same() -> None:
    tested = back_test([(StoryId(1), SINCE)], since=SINCE, until=SINCE)
    assert tested.alerts_a_day == 0
