"""Sentences as places in a text, and the boilerplate among them."""

import time

import pytest

from bot.text.sentences import is_boilerplate, sentences


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


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Crane and Luis Orr",
        "By Ada Crane, Courier staff",
        "Updated 7:03 PM",
        "Updated: March 3, 2026",
        "March 3, 2026 4:15 p.m.",
        "Published on Tuesday",
        "Photo: a camera on a bus",
        "Mayor Quarles, pictured here in 2024, with aides.",
        "The mayor in this file photo.",
        "A bus in Calder. (Ada Crane/AP)",
        "Subscribe to our newsletter today.",
        "Sign up for our morning newsletter.",
        "Read more",
        "Read the full story at The Courier.",
        "This story has been updated.",
        "© 2026 The Courier. All rights reserved.",
        "Reporting by Ada Crane; editing by Luis Orr",
        "CALDER (NW) —",
        "https://courier.example/a",
        "* * *",
    ],
)
def test_boilerplate_is_told(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the company must answer.",
        "By a vote of 9 to 4, the council banned the cameras.",
        "From Monday, agencies must list their contracts.",
        "The agency updated its guidance on Tuesday.",
        "The photo shows nothing, the judge wrote.",
        "Reuters first reported the deal.",
        "Subscribers will pay $12 a month.",
        "The terms of the contract bar surveillance.",
        "Registered lobbyists met the senator.",
        "Mayor Ines Quarles vetoed the ordinance.",
        "Video of the hearing was released by the court on Friday.",
    ],
)
def test_news_is_no_boilerplate(line: str) -> None:
    assert not is_boilerplate(line)
