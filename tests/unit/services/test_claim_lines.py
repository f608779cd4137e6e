"""Claims as a reply shows them: who prints what, with an address of the very sentence."""

import pytest

from bot.model import ArticleId
from bot.services.claims import claim_lines, sentence_address
from bot.stories.claims import Printed
from tests.support.reports import judged, report


def printed(url: str | None, sentence: str) -> Printed:
    return Printed(
        report=ArticleId(1), outlet="Wire", url=url, origin=0, written="", sentence=sentence
    )


@pytest.mark.parametrize(
    ("url", "sentence", "address"),
    [
        pytest.param(
            "https://w.example/a",
            "It is four words.",
            "https://w.example/a#:~:text=It%20is%20four%20words.",
            id="short",
        ),
        pytest.param(
            "https://w.example/a",
            "One two three four five six, seven eight-nine ten eleven.",
            "https://w.example/a#:~:text=One%20two%20three%20four%20five,"
            "six%2C%20seven%20eight%2Dnine%20ten%20eleven.",
            id="first-and-last-words",
        ),
        pytest.param(
            "https://w.example/a#part", "Yes.", "https://w.example/a#part:~:text=Yes.", id="part"
        ),
        pytest.param(None, "Yes.", None, id="no-address"),
        pytest.param("javascript:alert(1)", "Yes.", None, id="no-web-address"),
    ],
)
def test_leads_to_the_sentence(url: str | None, sentence: str, address: str | None) -> None:
    assert sentence_address(printed(url, sentence)) == address


def test_one_reports_two_officials_are_not_worth_a_line() -> None:
    text = "Two officials left. Riders won $4 million."
    lines = claim_lines([report(1, judged("", text))])
    assert [line.said for line in lines.claims] == ["$4 million"]


def test_what_has_no_room_is_counted() -> None:
    text = " ".join(f"Suit {n} cost ${n} million." for n in range(10, 30))
    lines = claim_lines([report(1, judged("", text))])
    assert len(lines.claims) + lines.left == 20


def test_a_long_quotation_is_shortened_and_keeps_its_speaker() -> None:
    [line] = claim_lines(
        [report(1, judged("", f"“We {'really ' * 40}mean it,” Ines Orr said."))]
    ).claims
    assert line.said.endswith("really…” (Ines Orr)")
