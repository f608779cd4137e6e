"""Folding: variants of one word become equal, and every offset leads back."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.fold import fold, fold_char


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Anthropic", "anthropic", id="case"),
        pytest.param("Anthropic\u2019s", "anthropic's", id="curly-apostrophe"),
        pytest.param("\u201cred lines\u201d \u00abx\u00bb", '"red lines" "x"', id="quotes"),
        pytest.param("red\u2010line", "red-line", id="hyphen"),
        pytest.param("red\u2011line", "red-line", id="non-breaking-hyphen"),
        pytest.param("U.S.\u2013China", "u.s.-china", id="en-dash"),
        pytest.param("\u2212", "-", id="minus"),
        pytest.param("An\u00adthropic", "anthropic", id="soft-hyphen"),
        pytest.param("Open\u200bAI\ufeff", "openai", id="zero-width"),
        pytest.param("Sam\u00a0Altman", "sam altman", id="no-break-space"),
        pytest.param("Sam\u2009Altman", "sam altman", id="thin-space"),
        pytest.param("Sam \t Altman", "sam altman", id="run-of-spaces"),
        pytest.param("Sam \u200b Altman", "sam altman", id="zero-width-in-a-run"),
        pytest.param("Sam\r\nAltman", "sam altman", id="line-break"),
        pytest.param("Sam\n\n\nAltman", "sam\n\naltman", id="paragraphs-stay-apart"),
        pytest.param("Caf\u00e9 Cafe\u0301", "cafe cafe", id="accents-composed-or-not"),
        pytest.param("\u0130stanbul I\u0307stanbul", "istanbul istanbul", id="dotted-capital-i"),
        pytest.param("Straße STRASSE", "strasse strasse", id="sharp-s"),
        pytest.param("Ærø Łódź", "aero lodz", id="letters-with-strokes"),
        pytest.param("\uff21\uff29", "ai", id="full-width"),
        pytest.param("ΣΑΣ Σας", "σασ σασ", id="final-sigma"),
        pytest.param("й", "и", id="cyrillic-accent"),
        pytest.param("कि", "कि", id="vowel-signs-stay"),
        pytest.param("한국 がく", "한국 がく", id="hangul-and-kana-stay-whole"),
        pytest.param("a\ud800b", "a\ufffdb", id="lone-surrogate"),
        pytest.param("", "", id="empty"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        pytest.param(
            "so\u00adft An\u00adthropic now", "anthropic", "An\u00adthropic", id="dropped"
        ),
        pytest.param("a cafe\u0301, b", "cafe", "cafe\u0301", id="accent-at-the-end-is-inside"),
        pytest.param("Straße nach", "strasse", "Straße", id="grown"),
        pytest.param("x  y   Sam  \n Altman.", "sam altman", "Sam  \n Altman", id="collapsed"),
        pytest.param("\u200b\u200bOpenAI", "openai", "OpenAI", id="dropped-before"),
        pytest.param("İİ Meta", "meta", "Meta", id="same-length-after-all"),
    ],
)
def test_span_leads_back(text: str, word: str, original: str) -> None:
    folded = fold(text)
    start = folded.text.index(word)
    first, last = folded.span(start, start + len(word))
    assert text[first:last] == original


def test_plain_is_kept() -> None:
    assert fold("Caf\u00e9").plain == "Caf\u00e9"


ODD = st.text(
    st.sampled_from("aB é\u0301\u00ad\u200bßİ\n\t\u2029\u2019\u2011\ud800ﬁ中 -'`")
) | st.text(max_size=60)


@given(ODD)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(ODD)
def test_every_place_leads_back_to_what_folds_to_it(text: str) -> None:
    folded = fold(text)
    last = 0
    for place, char in enumerate(folded.text):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last
        last = start
        if not char.isspace():
            assert char in fold(text[start:end]).text


@pytest.mark.parametrize("plane", range(17))
def test_every_code_point_folds_to_something_stable(plane: int) -> None:
    for point in range(max(128, plane << 16), min(plane + 1 << 16, sys.maxunicode + 1), 7):
        folded = fold_char(chr(point))
        assert fold(folded).text == folded


def test_ten_megabytes() -> None:
    text = ("Anthropic\u2019s  cafe\u0301 中国 " * 500_000)[:10_000_000]
    folded = fold(text)
    start = folded.text.rindex("anthropic's cafe")
    first, last = folded.span(start, start + len("anthropic's cafe"))
    assert text[first:last] == "Anthropic\u2019s  cafe\u0301"
