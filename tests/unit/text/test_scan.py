"""The one pass: word boundaries, prefixes, groups, layers, hostile text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.bounds import begins_inside
from bot.text.fold import fold
from bot.text.scan import READ, Hit, Literal, Scanner, joined, searched


def found(text: str, *literals: str | Literal) -> list[str]:
    typed = [Literal(each) if isinstance(each, str) else each for each in literals]
    scanned = Scanner.build({"watch": typed}).scan("", text)
    places = [scanned.text.span(hit.start, hit.end) for hit in scanned.hits("watch")]
    return [text[start:end] for start, end in places]


@pytest.mark.parametrize(
    ("text", "literal", "hits"),
    [
        pytest.param("OpenAI sued", "openai", ["OpenAI"], id="any-case"),
        pytest.param("OPENAI SUED", "OpenAI", ["OPENAI"], id="all-capitals"),
        pytest.param("Metadata, metal, beta", "meta", [], id="inside-a-word"),
        pytest.param("meta_key meta9", "meta", [], id="underscore-and-digit-join"),
        pytest.param("(Meta), Meta's, Meta\u2019s.", "meta", ["Meta"] * 3, id="possessive"),
        pytest.param("workers' union", "workers", ["workers"], id="plural-possessive"),
        pytest.param("Anthropic-backed", "anthropic", ["Anthropic"], id="hyphen-ends-a-word"),
        pytest.param("red\u2011lines, red lines", "red lines", ["red\u2011lines", "red lines"],
                     id="hyphen-is-space"),
        pytest.param("supply chain risk", "supply-chain risk", ["supply chain risk"],
                     id="space-is-hyphen"),
        pytest.param("Caf\u00e9, cafe\u0301", "cafe", ["Caf\u00e9", "cafe\u0301"], id="accents"),
        pytest.param("Sam\u00a0Altman", "Sam Altman", ["Sam\u00a0Altman"], id="no-break-space"),
        pytest.param("the Act\n\nof 1950", "act of 1950", [], id="not-across-paragraphs"),
        pytest.param("the Act\nof 1950", "act of 1950", ["Act\nof 1950"], id="across-lines"),
        pytest.param("中国のOpenAIは", "OpenAI", ["OpenAI"], id="latin-in-japanese"),
        pytest.param("美国国防部表示", "国防部", ["国防部"], id="chinese-has-no-spaces"),
        pytest.param("मेटाल मेटा", "मेटा", ["मेटा"], id="indic-words-have-bounds"),
        pytest.param("कि", "क", [], id="vowel-sign-goes-on"),
        pytest.param("x \ud83dOpenAI \udfff", "openai", ["OpenAI"], id="lone-surrogates"),
        pytest.param("C++ and @DeptofWar", "@deptofwar", ["@DeptofWar"], id="sign-in-front"),
        pytest.param("me@deptofwar.mil", "@deptofwar", [], id="address-is-no-handle"),
    ],
)  # fmt: skip
def test_finds(text: str, literal: str, hits: list[str]) -> None:
    assert found(text, literal) == hits


def test_prefix_goes_on_within_the_word() -> None:
    assert found("Regulators regulate deregulation", Literal("regulat", prefix=True)) == [
        "Regulat",
        "regulat",
    ]


def test_long_literals_that_begin_alike_are_told_apart() -> None:
    alike = ["department of commerce", "department of common ground", "department of com"]
    assert found("The Department of Commerce", *alike) == ["Department of Commerce"]
    assert found("Department of Com, Department of", *alike) == ["Department of Com"]
    assert found("departments of commerce", *alike) == []
    assert found("a department of commerces", Literal(alike[0], prefix=True)) == [
        "department of commerce"
    ]


def test_a_long_literal_whose_beginning_ends_the_text() -> None:
    alike = ["white houses memo", "the whitest house memo"]
    for cut in range(4, len(alike[1])):
        assert found(alike[1][:cut], *alike) == []
        assert found(alike[0][:cut].strip(), *alike) == ([alike[0]] if cut > 16 else [])


@given(st.text("ab -.$é中…'", max_size=20), st.lists(st.text("ab -.$é中", min_size=1, max_size=6)))
def test_what_is_decided_in_bulk_is_what_each_alone_would_be(text: str, typed: list[str]) -> None:
    literals = [Literal(each, prefix=len(each) > 3) for each in typed if searched(each)]
    haystack = fold(text).text.replace("-", " ")
    expected = {
        (index, place)
        for index, literal in enumerate(literals)
        for place in range(len(haystack))
        if haystack.startswith(pattern := searched(literal.text), place)
        and (place == 0 or not begins_inside(pattern[0], haystack[place - 1]))
        and (
            literal.prefix
            or (end := place + len(pattern)) == len(haystack)
            or not joined(pattern[-1], haystack[end])
        )
    }
    scanned = Scanner.build({"watch": literals}).scan(text)
    assert {(hit.index, hit.start) for hit in scanned.hits("watch")} == expected
    in_both = scanned.indices("watch", "title") | scanned.indices("watch", "text")
    assert in_both == {index for index, _place in expected}


def test_same_literal_whole_and_prefix() -> None:
    literals = {"watch": [Literal("regulator"), Literal("regulator", prefix=True)]}
    hits = Scanner.build(literals).scan("Regulators, regulator").hits("watch")
    assert [(hit.index, hit.start) for hit in hits] == [(1, 0), (0, 12), (1, 12)]


def test_overlapping_hits_all_come_back_longest_first() -> None:
    assert found("The Pentagon", "pentagon", "the pentagon") == ["The Pentagon", "Pentagon"]


def test_groups_share_the_pass_and_keep_their_own_indices() -> None:
    scanner = Scanner.build(
        {"alias": [Literal("xAI"), Literal("Grok")], "watch": [Literal("grok")]}
    )
    scanned = scanner.scan("Grok", "By xAI")
    assert scanned.hits("alias") == (Hit(1, "title", 0, 4), Hit(0, "text", 3, 6))
    assert scanned.hits("watch") == (Hit(0, "title", 0, 4),)
    assert scanned.hits("topic") == ()


def test_extension_acts_at_once_and_leaves_the_first_alone() -> None:
    base = Scanner.build({"alias": [Literal("xAI")]})
    more = base.extended({"alias": [Literal("Acme")], "watch": [Literal("xai")]})
    assert [h.index for h in more.scan("xAI and Acme").hits("alias")] == [0, 1]
    assert [h.index for h in more.scan("xAI and Acme").hits("watch")] == [0]
    assert [h.index for h in base.scan("xAI and Acme").hits("alias")] == [0]


@pytest.mark.parametrize("empty", ["", "  ", "\u200b", "\u00ad", "-", "\n"])
def test_empty_literal_is_refused(empty: str) -> None:
    with pytest.raises(ValueError, match="empty literal"):
        Scanner.build({"watch": [Literal(empty)]})


def test_nothing_to_look_for() -> None:
    assert Scanner.build({}).scan("title", "text").hits("alias") == ()


WORDS = st.lists(st.sampled_from(["open", "ai", "café", "Meta", "x-y", "中国", "ß", "U.S."]))


@given(WORDS, st.sampled_from([" ", "-", "  ", "\u00a0", ""]))
def test_hits_point_to_what_folds_to_the_literal(words: list[str], between: str) -> None:
    text = between.join(words)
    literals = ["open ai", "cafe", "meta", "x y", "中国", "ss", "u.s."]
    scanned = Scanner.build({"watch": [Literal(each) for each in literals]}).scan(text)
    for hit in scanned.hits("watch"):
        assert scanned.title.text[hit.start : hit.end].replace("-", " ") == literals[hit.index]


def test_of_ten_megabytes_the_beginning_is_read() -> None:
    scanner = Scanner.build({"watch": [Literal("xai"), Literal("ai policy")]})
    text = ("An AI policy for xAIs. " * 450_000)[:10_000_000]
    assert len(scanner.scan("", text).hits("watch")) == text[:READ].count("AI policy")
    assert scanner.scan("", " " * (READ - 3) + "xAI").hits("watch")
    assert not scanner.scan("", " " * (READ - 2) + "xAI").hits("watch")


@pytest.mark.parametrize(
    ("literal", "text", "found"),
    [
        pytest.param(".ai", "Visit character.ai or c.ai.", [".ai", ".ai"], id="domain"),
        pytest.param(".ai", "AI, an AI. air", [], id="not-the-word"),
        pytest.param("$200", "US$200 and $2000", ["$200"], id="currency"),
        pytest.param("u.s.", "U.S.S.R.", [], id="not-the-beginning-of-a-longer-one"),
        pytest.param("c++", "C++ and C++20", ["C++"], id="ends-within-a-word"),
    ],
)
def test_a_literal_that_begins_with_a_mark_begins_anywhere(
    literal: str, text: str, found: list[str]
) -> None:
    scanned = Scanner.build({"a": [Literal(literal)]}).scan("", text)
    places = [scanned.text.span(hit.start, hit.end) for hit in scanned.hits("a")]
    assert [text[start:end] for start, end in places] == found
