"""Acronyms of the names that a text spells out."""

import pytest

from bot.stories.acronyms import acronyms
from bot.stories.terms import profile
from tests.support.reports import judged


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The head of the United Bus Drivers said so.", ["ubd"], id="three-words"),
        pytest.param("talks at the Transit and Parks Authority today", ["tpa"], id="little-words"),
        pytest.param(
            "they sent another plea about this to the Board of Harbor Safety Standards",
            ["bhss"],
            id="of",
        ),
        pytest.param("the Harbor Board met", [], id="two-words-are-no-acronym"),
        pytest.param("United Bus Drivers Walk Out Over Face Scans", [], id="title-in-capitals"),
        pytest.param("no name at all", [], id="no-name"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_initials_of_names_of_three_words_and_more(text: str, found: list[str]) -> None:
    assert [each.written for each in acronyms(text)] == found


def test_a_name_and_its_acronym_share_a_term() -> None:
    spelt = profile(judged("United Bus Drivers walk out over scans of faces"))
    short = profile(judged("UBD walks out"))
    assert "ubd" in spelt.terms.keys() & short.terms.keys()


def test_a_tracked_body_has_its_aliases_instead() -> None:
    name = "Bureau of Parking Fines"
    found = profile(judged(f"{name} waits for a ruling", names={name: "bpf"}))
    assert "@bpf" in found.terms
    assert "bpf" not in found.terms
