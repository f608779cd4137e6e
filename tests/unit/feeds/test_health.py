"""How feeds do, in plain words (DESIGN, "Fetching")."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import FeedErrorKind
from bot.feeds.health import HealthFacts, health
from bot.model import FeedHealth

NOW = datetime(2026, 2, 27, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def spoke(gap: timedelta, silence: timedelta, count: int = 20) -> HealthFacts:
    """A feed in good order that brought an entry every `gap` and then fell silent."""
    return HealthFacts(last_good=NOW, spoken=[NOW - silence - gap * n for n in range(count)])


def failing(kind: FeedErrorKind, failures: int) -> HealthFacts:
    return HealthFacts(
        last_good=NOW - DAY,
        failures=failures,
        failing_since=NOW - 5 * HOUR,
        kind=kind,
        message="the certificate of a.example has expired",
        spoken=[NOW - DAY * n for n in range(20)],
    )


@pytest.mark.parametrize(
    ("facts", "state", "tell"),
    [
        pytest.param(HealthFacts(), FeedHealth.NEW, False, id="new"),
        pytest.param(spoke(HOUR, HOUR), FeedHealth.HEALTHY, False, id="healthy"),
        pytest.param(HealthFacts(last_good=NOW), FeedHealth.HEALTHY, False, id="empty"),
        pytest.param(
            failing(FeedErrorKind.TIMEOUT, 1), FeedHealth.FAILING, False, id="one-failure"
        ),
        pytest.param(
            failing(FeedErrorKind.CERTIFICATE, 3), FeedHealth.FAILING, True, id="three-failures"
        ),
        pytest.param(failing(FeedErrorKind.GONE, 1), FeedHealth.GONE, True, id="gone"),
        pytest.param(HealthFacts(paused=True), FeedHealth.PAUSED, False, id="paused"),
        pytest.param(spoke(7 * DAY, 9 * DAY), FeedHealth.HEALTHY, False, id="slow-by-nature"),
        pytest.param(spoke(7 * DAY, 11 * DAY), FeedHealth.QUIET, True, id="slow-and-silent"),
        pytest.param(spoke(HOUR, 3 * DAY), FeedHealth.HEALTHY, False, id="may-be-a-weekend"),
        pytest.param(spoke(HOUR, 5 * DAY), FeedHealth.QUIET, True, id="no-weekend"),
        pytest.param(
            spoke(HOUR, 30 * HOUR, count=400), FeedHealth.QUIET, True, id="quiet-day-and-night"
        ),
        pytest.param(
            spoke(HOUR, 5 * DAY, count=7), FeedHealth.HEALTHY, False, id="too-little-is-known"
        ),
    ],
)
def test_health(facts: HealthFacts, state: FeedHealth, tell: bool) -> None:
    found = health(facts, NOW)
    assert (found.state, found.tell) == (state, tell)


def test_failing_gives_its_cause_and_since_when() -> None:
    found = health(failing(FeedErrorKind.CERTIFICATE, 3), NOW)
    assert found.cause == "the certificate of a.example has expired"
    assert found.since == NOW - 5 * HOUR


def test_quiet_gives_both_silences_in_words() -> None:
    found = health(spoke(HOUR, 5 * DAY), NOW)
    assert found.cause == "nothing new for 5 days; until now its longest pause was 60 minutes"
    assert found.since == NOW - 5 * DAY


def test_dates_in_the_future_hide_no_silence() -> None:
    facts = spoke(HOUR, 5 * DAY)
    lying = HealthFacts(last_good=NOW, spoken=[*facts.spoken, NOW + DAY])
    assert health(lying, NOW).state is FeedHealth.QUIET
