"""How much a word weighs: by news at large, and by the stories that are live."""

from math import log

import pytest

from bot.stories.commonness import COMMON
from bot.stories.similarity import Rarity
from bot.stories.stems import stem


def test_a_common_word_is_known_as_such_before_any_news() -> None:
    rarity = Rarity(lambda _: 0, 0)
    assert rarity[stem("announce")] < rarity["veridane"] / 2


def test_a_name_that_many_stories_hold_weighs_less_than_one_that_few_do() -> None:
    held = {"@calder": 900, "@veridane": 2}
    rarity = Rarity(lambda term: held.get(term, 0), 1_000)
    assert rarity["@calder"] < rarity["@veridane"] < rarity["@unheard"]


def test_common_terms_are_shares_and_hold_no_names() -> None:
    assert all(0 < share < 0.2 for share in COMMON.values())
    assert not COMMON.keys() & {"anthropic", "pentagon", "trump", "google"}


@pytest.mark.parametrize(
    ("stories", "volume"),
    [
        pytest.param(0, 0.0, id="none"),
        pytest.param(100, log(2), id="quiet"),
        pytest.param(10_000, log(10), id="no-more-than-busy"),
    ],
)
def test_chance_likeness_grows_with_the_live_stories(stories: int, volume: float) -> None:
    assert Rarity(lambda _: 0, stories).volume == pytest.approx(volume)
