"""Edits that would have spared a channel what it rejected, and none of what it kept."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.alerts.conditions import Rules
from bot.alerts.view import view_of
from bot.model import ArticleKind, Subscription, TargetKind
from bot.services.amendments import Amendment, Order, ToldStory, amendment, change_of
from tests.support.alerting import HOME, entity, report, story, subscription, watch

RULES = Rules()


def told(number: int, *, rejected: bool = False, reports: int = 1, **given: Any) -> ToldStory:
    """A story that was told, its reports all alike."""
    many = [
        report(100 * number + each, title=given.get("title", f"Lab {number}"), **_but_title(given))
        for each in range(reports)
    ]
    view = view_of(story(*many, id_=number), HOME)
    assert view is not None
    return ToldStory(view=view, rejected=rejected)


def _but_title(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "title"}


def best(
    order: Order, rejected: Sequence[ToldStory], kept: Sequence[ToldStory], others: Any = ()
) -> Amendment | None:
    return amendment(order, others, [*rejected, *kept], RULES)


def bad(count: int, **given: Any) -> list[ToldStory]:
    return [told(number, rejected=True, **given) for number in range(1, count + 1)]


def good(count: int, **given: Any) -> list[ToldStory]:
    return [told(number, **given) for number in range(50, 50 + count)]


def test_the_gentlest_threshold_that_keeps_what_was_kept() -> None:
    found = best(subscription(), bad(4, relevance=0.58), good(6, relevance=0.8))
    assert found is not None
    assert found.change.code == "threshold:0.6"
    assert found.change.words == "ask for relevance 0.6, not 0.5"
    assert (found.removed, found.rejected, found.kept) == (4, 4, 6)


def test_a_kept_story_is_never_given_up() -> None:
    rejected = [*bad(3, relevance=0.55), *[told(9, rejected=True, relevance=0.9)]]
    kept = [*good(3, relevance=0.9), told(60, relevance=0.62)]
    found = best(subscription(), rejected, kept)
    assert found is not None
    assert (found.change.code, found.removed, found.rejected) == ("threshold:0.6", 3, 4)


@pytest.mark.parametrize(
    ("order", "rejected", "kept", "code"),
    [
        pytest.param(
            subscription(), bad(3), good(3, reports=2), "min-sources:2", id="one-origin-only"
        ),
        pytest.param(
            subscription(1, TargetKind.ENTITY, "anthropic", any_depth=True),
            bad(3, entities=(entity("Anthropic", salient=False),)),
            good(3),
            "depth:salient",
            id="named-in-passing",
        ),
        pytest.param(
            subscription(kinds=frozenset({ArticleKind.NEWS, ArticleKind.OPINION})),
            bad(3, kind=ArticleKind.OPINION),
            good(3),
            "kinds:news",
            id="opinion",
        ),
        pytest.param(
            watch(query="lab"),
            bad(4, outlet="Techmeme"),
            good(4, outlet="NPR"),
            "NOT source:techmeme",
            id="one-outlet",
        ),
        pytest.param(
            watch(query="lab"),
            bad(4, title="The lab has new earphones", outlet="A"),
            good(4, title="The lab is sued", outlet="A"),
            "NOT earphones",
            id="a-word-of-the-titles",
        ),
        pytest.param(
            watch(query="lab"),
            bad(4, relevance=0.15),
            good(4, relevance=0.45),
            "relevance>0.2",
            id="relevance-of-a-watch",
        ),
    ],
)
def test_what_the_rejected_have_in_common(
    order: Order, rejected: list[ToldStory], kept: list[ToldStory], code: str
) -> None:
    found = best(order, rejected, kept)
    assert found is not None
    assert found.change.code == code
    assert found.removed == found.rejected
    assert change_of(order, code) == found.change


@pytest.mark.parametrize(
    ("rejected", "kept", "others"),
    [
        pytest.param(bad(2, relevance=0.55), good(9, relevance=0.9), (), id="too-few-presses"),
        pytest.param(bad(5), good(5), (), id="nothing-tells-them-apart"),
        pytest.param(
            [*bad(2, relevance=0.55), *[told(n, rejected=True) for n in range(5, 12)]],
            good(5),
            (),
            id="it-would-remove-too-few",
        ),
        pytest.param(
            bad(5, relevance=0.55), good(5), (watch(query="lab"),), id="a-watch-wants-them-too"
        ),
    ],
)
def test_nothing_is_offered(
    rejected: list[ToldStory], kept: list[ToldStory], others: Sequence[Order]
) -> None:
    assert best(subscription(), rejected, kept, others) is None


def test_where_nothing_was_kept_the_watched_word_is_not_excluded() -> None:
    found = best(watch(query="lab"), bad(5, title="Lab", relevance=0.15), [])
    assert found is not None
    assert found.change.code == "relevance>0.2"


def test_a_code_of_another_sort_of_order_says_nothing() -> None:
    assert change_of(subscription(), "NOT source:npr") is None
    assert change_of(watch(query="lab"), "NOT (") is None
    assert isinstance(subscription(), Subscription)
