"""When a query holds of an article, and which places are marked."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Article, ArticleKind, Judged
from bot.text.fold import fold
from bot.watches import Trial, WatchMatch, WatchSyntaxError, parse
from tests.support.watched import articles, entity, judged, queries, texts


def match(typed: str, article: Judged) -> WatchMatch | None:
    return Trial(parse(typed)).match(article)


def marked(article: Article, found: WatchMatch | None) -> list[str] | None:
    """The matched places as they are written in the article."""
    if found is None:
        return None
    return [article.field(span.field)[span.start : span.end] for span in found.spans]


@pytest.mark.parametrize(
    ("typed", "text", "places"),
    [
        pytest.param("anthropic", "Anthropic sues. ANTHROPIC’s case.", ["Anthropic", "ANTHROPIC"],
                     id="word"),
        pytest.param("meta", "Metadata, metal", None, id="inside-a-word"),
        pytest.param("cafe", "The Café\u0301 bill", ["Café\u0301"], id="accents"),
        pytest.param("café", "The cafe bill", ["cafe"], id="accents-of-the-query"),
        pytest.param('"supply chain risk"', "a supply\u2011chain\n risk",
                     ["supply\u2011chain\n risk"],
                     id="phrase-over-hyphen-and-line"),
        pytest.param("supply-chain", "the supply chain", ["supply chain"],
                     id="hyphen-of-the-query"),
        pytest.param('"supply chain"', "supply, chain. Supply\n\nchain", None, id="not-a-phrase"),
        pytest.param("anthropic's", "Anthropic wins", ["Anthropic"], id="possessive-of-the-query"),
        pytest.param("regulat*", "Regulators, a regulation", ["Regulat", "regulat"], id="prefix"),
        pytest.param("regulat*", "deregulate", None, id="prefix-inside-a-word"),
        pytest.param("u.s.", "the U.S. Army", ["U.S"], id="dots"),
        pytest.param("c++", "in C++ or C", ["C++"], id="signs"),
        pytest.param("a b", "b then a", ["b", "a"], id="and"),
        pytest.param("a b", "b alone", None, id="and-needs-all"),
        pytest.param("a OR b", "b alone", ["b"], id="or"),
        pytest.param("a -b", "a alone", ["a"], id="not"),
        pytest.param("a -b", "a with b", None, id="not-present"),
        pytest.param("(a b) OR c", "a and c", ["c"], id="only-the-branch-that-holds-is-marked"),
        pytest.param("x OR (NOT y)", "neither", [], id="nothing-to-mark"),
        pytest.param("a NEAR/2 b", "a one b", ["a", "b"], id="near"),
        pytest.param("a NEAR/2 b", "b one a", ["b", "a"], id="near-other-order"),
        pytest.param("a NEAR/2 b", "a one two b", None, id="too-far"),
        pytest.param("a NEAR/1 b", "a-b", ["a", "b"], id="near-hyphen-separates"),
        pytest.param("a NEAR/2 b", "a one two b two a", ["b", "a"],
                     id="only-the-near-pair-is-marked"),
        pytest.param("a NEAR a", "a alone", None, id="near-itself-needs-two"),
        pytest.param("a NEAR/3 a", "a then a", ["a", "a"], id="near-itself"),
        pytest.param('"a b" NEAR/1 "b c"', "a b c", None, id="near-does-not-overlap"),
        pytest.param('"a b" NEAR/2 c', "a b one c", ["a b", "c"],
                     id="near-counts-from-the-phrase's-end"),
        pytest.param("(a OR b) NEAR/1 c", "a x b c", ["b", "c"], id="near-of-a-choice"),
        pytest.param("智能", "人工智能法", ["智能"], id="script-without-spaces"),
    ],
)  # fmt: skip
def test_words_in_the_text(typed: str, text: str, places: list[str] | None) -> None:
    article = judged("Headline", text)
    assert marked(article.article, match(typed, article)) == places


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        pytest.param("title:court", True, id="title"),
        pytest.param("title:appeal", False, id="title-not-text"),
        pytest.param("appeal", True, id="anywhere"),
        pytest.param("title:court NEAR/5 appeal", False, id="near-in-one-field-only"),
        pytest.param("source:npr", True, id="source-by-label-of-domain"),
        pytest.param("source:npr.org", True, id="source-by-domain"),
        pytest.param("source:www.NPR.org", True, id="source-by-host"),
        pytest.param("source:pr.org", False, id="source-by-part-of-label"),
        pytest.param('source:"National Public Radio"', True, id="source-by-name"),
        pytest.param("source:radio", True, id="source-by-word-of-name"),
        pytest.param("source:radi", False, id="source-by-part-of-word"),
        pytest.param("source:techmeme", False, id="other-source"),
        pytest.param("entity:openai", True, id="entity"),
        pytest.param("entity:xai", False, id="other-entity"),
        pytest.param("topic:chips", True, id="topic"),
        pytest.param("topic:courts", False, id="other-topic"),
        pytest.param("lang:english", True, id="language-of-a-region"),
        pytest.param("lang:de", False, id="other-language"),
        pytest.param("kind:opinion", True, id="kind"),
        pytest.param("kind:news", False, id="other-kind"),
        pytest.param("relevance>0.6", False, id="above"),
        pytest.param("relevance>=0.6", True, id="at-least"),
        pytest.param("relevance<0.6", False, id="below"),
        pytest.param("relevance<=0.6", True, id="at-most"),
        pytest.param("relevance=0.6", True, id="as-shown"),
        pytest.param("relevance=0.61", False, id="not-as-shown"),
        pytest.param("court -source:npr", False, id="excluded-source"),
        pytest.param("court -entity:xai", True, id="excluded-entity-absent"),
    ],
)
def test_what_is_known_of_the_article(typed: str, holds: bool) -> None:
    article = judged(
        "Court rules",
        "The appeal failed.",
        outlet="National Public Radio",
        url="https://www.npr.org/2026/03/02/x",
        language="en-US",
        kind=ArticleKind.OPINION,
        entities=[entity("OpenAI")],
        relevance=0.6,
        topics=["chips"],
    )
    assert (match(typed, article) is not None) is holds


def test_a_match_says_what_was_found_where() -> None:
    article = judged(
        "Court and court",
        "A COURT of OpenAI",
        outlet="NPR",
        entities=[entity("OpenAI", "text", 11, 17)],
        relevance=0.724,
    )
    found = match("court entity:openai source:npr relevance>0.5", article)
    assert found is not None
    assert [(reason.term, reason.where) for reason in found.reasons(article.article)] == [
        ("Court", "title"),
        ("court", "title"),
        ("COURT", "text"),
        ("OpenAI", "text"),
        ("source:npr", "article"),
        ("relevance 0.72", "article"),
    ]


def test_a_watch_is_judged_by_its_query_alone() -> None:
    """Neither kind nor relevance counts unless the query says so."""
    article = judged("DeepSeek", kind=ArticleKind.ROUNDUP, relevance=0.0)
    assert match("deepseek", article)
    assert not match("deepseek relevance>0.5", article)


def test_a_word_on_every_line_marks_no_more_than_a_page() -> None:
    article = judged("a", "a b " * 5_000)
    found = match("a NEAR/3 b", article)
    assert found is not None
    assert len(found.spans) == 50


@pytest.mark.parametrize(
    ("outlet", "url", "typed", "holds"),
    [
        pytest.param("The Verge", None, "source:verge", True, id="article-of-a-name"),
        pytest.param("Verge", None, 'source:"the verge"', True, id="article-typed"),
        pytest.param("", "https://tech.example.gov.uk/x", "source:gov.uk", True,
                     id="public-domain"),
        pytest.param("", "https://m.example.com/x", "source:m", False, id="short-label"),
        pytest.param("Ars-Technica", None, 'source:"ars technica"', True, id="hyphen-of-a-name"),
        pytest.param("", "https://ars-technica.com", "source:ars-technica", True,
                     id="hyphen-of-a-host"),
        pytest.param("", "https://[broken", "source:broken", False, id="broken-address"),
        pytest.param(" ".join(["a"] * 500), None, "source:a", True, id="absurd-name"),
    ],
)  # fmt: skip
def test_outlets_by_name_or_domain(outlet: str, url: str | None, typed: str, holds: bool) -> None:
    assert (match(typed, judged("x", outlet=outlet, url=url)) is not None) is holds


@settings(deadline=None, max_examples=60)
@given(texts, st.sampled_from(["court", "supply chain", "ai", "soren", "x", "naive", "strasse"]))
def test_a_word_is_found_where_a_search_by_hand_finds_it(text: str, word: str) -> None:
    by_hand = re.search(rf"(?<!\w){word}(?!\w)", fold(text).text.replace("-", " "))
    unspaced = re.search(r"[人工智能]", text)
    found = match(f'"{word}"', judged("", text))
    if not unspaced:
        assert (found is not None) == (by_hand is not None)
    if found:
        assert {fold(text[s.start : s.end]).text.replace("-", " ") for s in found.spans} == {word}


@settings(deadline=None, max_examples=60)
@given(queries, articles)
def test_of_a_query_and_its_negation_one_holds(typed: str, article: Judged) -> None:
    try:
        plain = parse(typed)
    except WatchSyntaxError:
        return
    denied = parse(f"(relevance>=0) -({typed})")
    assert (Trial(plain).match(article) is None) == (Trial(denied).match(article) is not None)
