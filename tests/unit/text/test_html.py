"""HTML of feeds to plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.html import MOST_HTML, MOST_TEXT, html_to_text, one_line, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("Plain words.", "Plain words.", id="plain"),
        pytest.param("", "", id="empty"),
        pytest.param("<p>One.</p><p>Two.</p>", "One.\n\nTwo.", id="paragraphs-apart"),
        pytest.param("Open<b>AI</b> <i>Inc</i>.", "OpenAI Inc.", id="inline-joined"),
        pytest.param("one<br>two", "one two", id="line-break"),
        pytest.param("one<br><br/>two", "one\n\ntwo", id="two-line-breaks-make-a-paragraph"),
        pytest.param("<ul><li>a<li>b</ul>c", "a\n\nb\n\nc", id="unclosed-items"),
        pytest.param("<div>a<div>b</div>c</div>", "a\n\nb\n\nc", id="nested-blocks"),
        pytest.param(
            "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>",
            "a b\n\nc",
            id="table",
        ),
        pytest.param("<p>one\n two\n\n three</p>", "one two three", id="breaks-of-source"),
        pytest.param("one\n\ntwo\nthree", "one\n\ntwo three", id="blank-line-without-markup"),
        pytest.param("a<script>x=1</script><style>p{}</style>b", "ab", id="script-and-style"),
        pytest.param("a<template>x</template><noscript>y</noscript>b", "ab", id="template"),
        pytest.param("a<svg><title>x</title></svg>b", "ab", id="svg"),
        pytest.param("a<!-- <p>no --> b", "a b", id="comment"),
        pytest.param("5 < 6 and 7 > 2", "5 < 6 and 7 > 2", id="less-than"),
        pytest.param('<img alt="a > b" src=x>text', "text", id="bracket-in-attribute"),
        pytest.param('text <a href="http', "text", id="cut-tag"),
        pytest.param("AT&amp;T &mdash; R&amp;D&#8217;s", "AT&T — R&D’s", id="entities"),
        pytest.param("Q&amp;amp;A", "Q&amp;A", id="entities-undone-once"),
        pytest.param("a &lt;b&gt; c", "a <b> c", id="escaped-tag-is-text"),
        pytest.param("<p>a&nbsp;b\u00a0 c", "a b c", id="no-break-space"),
        pytest.param("a\u200bb\ufeffc\u00add", "abcd", id="zero-width"),
        pytest.param("pay\u202egnp.exe", "paygnp.exe", id="bidi-override"),
        pytest.param("<p>a&#x202e;b", "ab", id="bidi-override-by-entity"),
        pytest.param("a\x00b\x07c<p>\x1e\x1fd", "abc\n\nd", id="control-characters"),
        pytest.param("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648", id="zwnj"),
        pytest.param("a\ud800b", "a\ufffdb", id="lone-surrogate"),
        pytest.param("<b>a\udfff", "a\ufffd", id="lone-surrogate-in-markup"),
        pytest.param("<b>" * 3_000 + "deep", "deep", id="nested-too-deep"),
        pytest.param("<div><p>" * 2_000 + "deep &amp; low", "deep & low", id="blocks-too-deep"),
    ],
)
def test_html_to_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    ("title", "line"),
    [
        pytest.param("A plain title", "A plain title", id="plain"),
        pytest.param(" two\n lines\t", "two lines", id="white-space"),
        pytest.param("Tags in <b>a</b> title", "Tags in a title", id="tags"),
        pytest.param("AT&amp;T", "AT&T", id="entity"),
        pytest.param("AT&amp;amp;T", "AT&T", id="doubled-entity"),
        pytest.param("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words", id="escaped-tags"),
        pytest.param("<p>One</p><p>Two</p>", "One Two", id="blocks"),
        pytest.param("5 < 6 & 7", "5 < 6 & 7", id="no-markup"),
        pytest.param("I <3 models", "I <3 models", id="heart"),
        pytest.param("<script>alert(1)</script>", "", id="script"),
        pytest.param("@everyone \u202elook", "@everyone look", id="override"),
    ],
)
def test_one_line(title: str, line: str) -> None:
    assert one_line(title) == line


def test_plain_text_keeps_what_looks_like_markup() -> None:
    assert plain_text("if a <b> c:\n\n  &amp;") == "if a <b> c:\n\n&amp;"


def test_long_bodies_are_cut() -> None:
    assert len(html_to_text("word " * MOST_HTML)) <= MOST_TEXT
    assert len(plain_text("word " * MOST_HTML)) <= MOST_TEXT


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_input_gives_clean_text(source: str) -> None:
    for text in (html_to_text(source), plain_text(source), one_line(source)):
        assert not any(ord(char) < 32 and char != "\n" for char in text)
        assert not any(0xD800 <= ord(char) <= 0xDFFF for char in text)
        assert text == text.strip()
