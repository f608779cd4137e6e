"""What is typed of a subscription, and the settings that it comes to."""

from datetime import time
from typing import Any

import pytest

from bot.errors import UsageError
from bot.model import ArticleKind, Mode
from bot.services.wishes import Terms, Wish, channel, differences, role, schedule, settled


@pytest.mark.parametrize(
    ("wish", "terms"),
    [
        pytest.param({}, {}, id="nothing-said-nothing-changed"),
        pytest.param({"min_sources": 3}, {"min_sources": 3}, id="origins"),
        pytest.param({"threshold": 0.0}, {"threshold": 0.0}, id="zero-is-a-threshold"),
        pytest.param({"depth": "any"}, {"any_depth": True}, id="depth"),
        pytest.param(
            {"kinds": "news, opinion"},
            {"kinds": frozenset({ArticleKind.NEWS, ArticleKind.OPINION})},
            id="kinds",
        ),
        pytest.param({"kinds": "all"}, {"kinds": frozenset(ArticleKind)}, id="all-kinds"),
        pytest.param({"mode": Mode.DAILY, "at": "7:30"}, {"at": time(7, 30)}, id="daily"),
        pytest.param(
            {"mode": Mode.WEEKLY, "at": "friday 9:00"}, {"at": time(9), "weekday": 4}, id="weekly"
        ),
        pytest.param({"mode": Mode.WEEKLY, "at": "sunday"}, {"weekday": 6}, id="weekly-day-only"),
    ],
)
def test_what_is_said_counts_and_the_rest_stays(
    wish: dict[str, Any], terms: dict[str, Any]
) -> None:
    assert settled(Wish(**wish), Terms()) == Terms(**terms)


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        pytest.param({"kinds": "gossip"}, "The kinds are news, opinion", id="kind"),
        pytest.param({"at": "8:00"}, "mode=daily", id="instant-has-no-hour"),
        pytest.param({"mode": Mode.DAILY, "at": "friday 9:00"}, "08:00", id="daily-has-no-day"),
        pytest.param({"mode": Mode.WEEKLY, "at": "someday"}, "monday 08:00", id="no-time"),
        pytest.param({"mention": "@everyone"}, "one role at most", id="everyone"),
        pytest.param({"mention": "here"}, "one role at most", id="here"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(wish: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        settled(Wish(**wish), Terms())


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("<@&123>", "123"),
        ("<!subteam^S12|@policy>", "S12"),
        ("@policy", "policy"),
        ("none", None),
        ("", None),
    ],
)
def test_a_role_is_its_id(typed: str, id_: str | None) -> None:
    assert role(typed) == id_


@pytest.mark.parametrize(
    ("typed", "id_"), [("<#12>", "12"), ("<#C1|general>", "C1"), ("#ai", "ai"), ("ai", "ai")]
)
def test_a_channel_is_its_id(typed: str, id_: str) -> None:
    assert channel(typed) == id_


def test_differences_are_said_in_words() -> None:
    before, after = Terms(), Terms(min_sources=2, any_depth=True, mention="policy", at=time(7))
    assert differences(before, after) == (
        "independent origins needed: 2",
        "a mention in passing is enough",
        "pings policy",
        "digest at 07:00, weekly on Monday",
    )
    assert differences(after, after) == ()


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (Mode.INSTANT, "instant"),
        (Mode.HOURLY, "hourly"),
        (Mode.DAILY, "daily at 08:00"),
        (Mode.WEEKLY, "weekly on Monday at 08:00"),
    ],
)
def test_schedule(mode: Mode, words: str) -> None:
    assert schedule(mode, Terms()) == words
