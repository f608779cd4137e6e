"""How feeds do, from what their polls left behind."""

from datetime import datetime

from bot.feeds.health import Health, HealthFacts, health
from bot.model import PollState


def health_of(state: PollState, now: datetime) -> Health:
    """The judgement on a feed, with its cause in words."""
    facts = HealthFacts(
        paused=state.feed.paused,
        last_good=state.good_at,
        failures=state.failures,
        failing_since=state.failing_since,
        kind=state.error_kind,
        message=state.error or "",
        spoken=state.spoken,
    )
    return health(facts, now)
