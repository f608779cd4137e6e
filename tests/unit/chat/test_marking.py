"""Matched places set off in texts of articles."""

import pytest

from bot.chat.marking import excerpt, marked
from bot.message import Strong, plain
from bot.model import Span
from tests.support.values import article


def spans(text: str, *words: str) -> list[Span]:
    return [
        Span(field="text", start=(at := text.index(word)), end=at + len(word)) for word in words
    ]


@pytest.mark.parametrize(
    ("places", "parts"),
    [
        pytest.param([], ("the court rules",), id="none"),
        pytest.param([(4, 9)], ("the ", Strong("court"), " rules"), id="one"),
        pytest.param([(4, 9), (0, 9)], (Strong("the court"), " rules"), id="overlapping"),
        pytest.param([(10, 99)], ("the court ", Strong("rules")), id="past-the-end"),
        pytest.param(
            [(10, 15), (0, 3)], (Strong("the"), " court ", Strong("rules")), id="out-of-order"
        ),
    ],
)
def test_places_are_set_off(places: list[tuple[int, int]], parts: tuple[object, ...]) -> None:
    given = [Span(field="text", start=start, end=end) for start, end in places]
    assert marked("the court rules", given) == parts


def test_an_excerpt_shows_the_first_place_between_whole_words() -> None:
    text = "Words before it. " * 20 + "The injunction stands. " + "Words after it. " * 20
    line = excerpt(article(text=text), spans(text, "injunction"))
    shown = plain(line)
    assert Strong("injunction") in line
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 180
    assert shown.strip("…").split()[0] in {"Words", "before", "it."}


def test_a_short_text_is_shown_whole() -> None:
    text = "An injunction.\nAnother line."
    assert plain(excerpt(article(text=text), spans(text, "injunction"))) == (
        "An injunction. Another line."
    )


def test_a_match_in_the_title_alone_has_no_excerpt() -> None:
    title = Span(field="title", start=0, end=3)
    assert excerpt(article(text="Nothing here."), [title]) == ()
