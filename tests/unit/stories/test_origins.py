"""Ten reprints are one source: which reports share an origin."""

import pytest

from bot.model import Judged
from bot.stories.origins import credited, origins
from tests.support.reports import judged

WIRE = (
    "The council of Calder voted nine to four on Tuesday to forbid face scans on buses and trams. "
    "The mayor has ten days to sign the ordinance or send it back to the chamber."
)
OWN = (
    "After a debate of six hours, nine councillors raised their hands for the ban that Deke Marsh "
    "had proposed in December, and four did not."
)


@pytest.mark.parametrize(
    ("reports", "numbers"),
    [
        pytest.param([], [], id="none"),
        pytest.param(
            [judged("Ban passes", WIRE, outlet="A"), judged("Calder bans scans", WIRE, outlet="B")],
            [0, 0],
            id="reprint-under-another-title",
        ),
        pytest.param(
            [
                judged("Ban passes", WIRE, outlet="A"),
                judged("Ban passes", f"CALDER — {WIRE} Our reporter adds a line.", outlet="B"),
            ],
            [0, 0],
            id="reprint-with-additions",
        ),
        pytest.param(
            [judged("Ban passes", WIRE, outlet="A"), judged("Council bans", OWN, outlet="B")],
            [0, 1],
            id="own-words",
        ),
        pytest.param(
            [
                judged("One", OWN, outlet="A", credit="AP"),
                judged("Two", WIRE, outlet="B", credit="The Associated Press"),
                judged("Three", "Something else entirely.", outlet="Associated Press"),
            ],
            [0, 0, 0],
            id="credit-by-any-name",
        ),
        pytest.param(
            [
                judged("One", "CALDER (Northern Wire) — Nine to four it was.", outlet="A"),
                judged("Two", "The ban passed, Northern Wire first reported.", outlet="B"),
            ],
            [0, 0],
            id="credit-in-the-text",
        ),
        pytest.param(
            [judged("One", OWN, outlet="A"), judged("Two", WIRE, outlet="A")],
            [0, 0],
            id="one-outlet",
        ),
        pytest.param(
            [
                judged("Calder bans scans", OWN, outlet="A"),
                judged("Calder Bans Scans!", "", outlet="B"),
                judged("Calder bans scans", WIRE, outlet="C"),
            ],
            [0, 0, 0],
            id="title-only-copies-a-title",
        ),
        pytest.param(
            [
                judged("Calder bans scans", OWN, outlet="A"),
                judged("Calder bans scans", WIRE, outlet="B"),
            ],
            [0, 1],
            id="same-title-and-own-texts",
        ),
        pytest.param(
            [
                judged("One", f"Marsh said: “{OWN}” Nobody clapped in there.", outlet="A"),
                judged("Two", f"“{OWN}” With that Deke Marsh sat down again.", outlet="B"),
            ],
            [0, 1],
            id="quoting-alike-is-no-copying",
        ),
        pytest.param(
            [judged("", "", outlet=""), judged("", "", outlet="")], [0, 1], id="nothing-known"
        ),
        pytest.param(
            [
                judged("One", OWN, outlet="A"),
                judged("Two", WIRE, outlet="B"),
                judged("Three", WIRE, outlet="C", credit="A"),
            ],
            [0, 0, 0],
            id="chained",
        ),
    ],
)
def test_origins(reports: list[Judged], numbers: list[int]) -> None:
    assert origins(reports) == numbers


def test_the_same_text_under_ten_outlets_is_one_origin() -> None:
    assert set(origins([judged("Ban", WIRE, outlet=f"Paper {n}") for n in range(10)])) == {0}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("WASHINGTON (AP) — The vote is over.", ["AP"], id="place-line"),
        pytest.param("The deal was first reported by Axios.", ["Axios"], id="first-reported-by"),
        pytest.param("The Verge first reported the deal.", ["The Verge"], id="first-reported"),
        pytest.param("Rita Lin (a judge) — wrote it.", [], id="no-name-in-brackets"),
        pytest.param("Profits fell, the company reported.", [], id="no-outlet"),
    ],
)
def test_credits(text: str, names: list[str]) -> None:
    assert credited(text) == names
