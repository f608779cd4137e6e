"""Sentences as places in a text."""

import time

import pytest

from bot.text.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["The talks ran until 6:30 p.m. ET on Monday.", "Nobody signed."], id="zone"),
        pytest.param(["They met at 9 a.m. Thursday.", "It was brief."], id="weekday"),
        pytest.param(["The clock stopped at 5:01 p.m.", "Then the firm sued."], id="clock-ends"),
        pytest.param(["Judge Ada B. Crane heard it.", "She will rule in May."], id="initial"),
        pytest.param(["The case is Orr v. Dunn.", "It is old."], id="versus"),
        pytest.param(["He left the U.S. Army in 2004.", "He came back."], id="country-goes-on"),
        pytest.param(["She moved to the U.S.", "He stayed behind."], id="country-ends"),
        pytest.param(["“No deal,” said Ortiz.", "“Not now.”"], id="quotes"),
        pytest.param(["It cost $1.5 million.", "That was 2.5% more."], id="decimals"),
        pytest.param(["Was it legal?", "Nobody knows!", "Not yet."], id="marks"),
        pytest.param(["Orr LLC. signed on Monday.", "Dunn did not."], id="name-with-a-stop"),
        pytest.param(["They used Yahoo! and left.", "It was late."], id="name-with-a-mark"),
        pytest.param(["The vote was close (two left.)", "It is final."], id="bracket-after-stop"),
        pytest.param(["Its then-Gov. Ada Crane won.", "She left."], id="title-in-a-compound"),
        pytest.param(["• Buses stop.", "• Trams run."], id="bullets-in-a-line"),
        pytest.param(["It ended.", "xAI did not."], id="name-in-lower-case"),
        pytest.param(["It may end.", "“ Or it may not.”"], id="loose-opening-mark"),
    ],
)
def test_parts_where_a_reader_would(parts: list[str]) -> None:
    assert [sentence.text for sentence in sentences(" ".join(parts))] == parts


def test_places_are_code_points_of_the_text() -> None:
    text = "  Élan — 😀 grew. \n\nIt’s over.\tGone "
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip()
    assert sentences(text)[0].text == "Élan — 😀 grew."


def test_a_blank_line_always_parts() -> None:
    assert [s.text for s in sentences("Signed by Mr.\n\nThe end")] == ["Signed by Mr.", "The end"]


@pytest.mark.parametrize("text", ["", " \n\t ", "\n\n\n"])
def test_no_sentence_in_blank_text(text: str) -> None:
    assert sentences(text) == []


def test_takes_a_lone_surrogate() -> None:
    assert sentences("a\ud800b. Next one.")[0].text == "a\ud800b."


def test_two_megabytes_without_a_stop_are_one_sentence_at_once() -> None:
    begun = time.process_time()
    assert len(sentences("word " * 400_000)) == 1
    assert time.process_time() - begun < 1
