"""What people type: how it is understood, written back and read out; and what they are told."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.model import EntityId, TopicId
from bot.watches import Query, WatchSyntaxError, parse
from tests.support.watched import queries


class FakeNames:
    """Knows two entities and a topic."""

    def entity(self, typed: str) -> tuple[EntityId, str] | None:
        known = {"anthropic": "Anthropic", "department-of-defense": "Department of Defense"}
        for id_, name in known.items():
            if typed.lower() in {id_, name.lower()}:
                return EntityId(id_), name
        return None

    def topic(self, typed: str) -> tuple[TopicId, str] | None:
        known = typed == "export-control"
        return (TopicId("export-control"), "export control") if known else None

    def like_entity(self, typed: str) -> tuple[str, ...]:
        return ("anthropic",) if typed.lower().startswith("antro") else ()

    def like_topic(self, typed: str) -> tuple[str, ...]:
        return ("export-control",) if typed.startswith("exp") else ()

    def topics(self) -> tuple[str, ...]:
        return ("export-control", "copyright")


def answered(typed: str) -> Query | WatchSyntaxError:
    """What a person gets who types this."""
    try:
        return parse(typed)
    except WatchSyntaxError as error:
        return error


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        pytest.param("Anthropic", "anthropic", id="word"),
        pytest.param("anthropic pentagon", "anthropic AND pentagon", id="space-is-and"),
        pytest.param("a b OR c", "(a AND b) OR c", id="and-binds-before-or"),
        pytest.param("a OR b c", "a OR (b AND c)", id="and-binds-before-or-on-the-right"),
        pytest.param("a AND (b OR c)", "a AND (b OR c)", id="brackets"),
        pytest.param("((a)) AND ((b AND c))", "a AND b AND c", id="needless-brackets"),
        pytest.param("a OR b OR a", "a OR b", id="repeats"),
        pytest.param("a and b or not c", "(a AND b) OR NOT c", id="lower-case-operators"),
        pytest.param('"and" "Not"', '"and" AND "not"', id="quoted-operators-are-words"),
        pytest.param("school near court", 'school AND "near" AND court', id="near-is-a-word"),
        pytest.param("a -b", "a AND NOT b", id="minus"),
        pytest.param('a -"b c" -(d OR e)', 'a AND NOT "b c" AND NOT (d OR e)', id="minus-groups"),
        pytest.param("a NOT NOT b", "a AND b", id="double-negation"),
        pytest.param("“supply\u2011chain risk”", '"supply chain risk"', id="smart-quotes"),
        pytest.param("„Lieferkette“ «risque»", "lieferkette AND risque", id="other-quotes"),
        pytest.param("'red lines' a", '"red lines" AND a', id="single-quotes"),
        pytest.param("'don't stop'", '"don\'t stop"', id="apostrophe-in-single-quotes"),
        pytest.param("&quot;red lines&quot; AT&amp;T", '"red lines" AND at&t', id="entities"),
        pytest.param("（ａ　ＯＲ　ｂ） c", "(a OR b) AND c", id="full-width"),
        pytest.param("\ufeffanthropic\u00a0–openai", "anthropic AND NOT openai", id="pasted"),
        pytest.param("GPT-4", '"gpt 4"', id="hyphenated-word-is-a-phrase"),
        pytest.param("Café Zoë", "cafe AND zoe", id="accents"),
        pytest.param("Anthropic’s", "anthropic", id="possessive"),
        pytest.param('"Is it over?"', '"is it over"', id="punctuation-around"),
        pytest.param("U.S. C++ $100", 'u.s AND c++ AND "$100"', id="punctuation-inside"),
        pytest.param('.ai "domain .ai" …ai .NET', '".ai" AND "domain .ai" AND ai AND ".net"',
                     id="leading-dot"),
        pytest.param('regulat* "supply chai*" "new law"*',
                     'regulat* AND "supply chai*" AND "new law*"', id="prefixes"),
        pytest.param("規制* 법*", "規制* AND 법*", id="short-prefixes-without-spaces"),
        pytest.param("a\x00b \u202ecourt", "a AND b AND court", id="control-characters"),
        pytest.param('a NEAR/5 "b c"', 'a NEAR/5 "b c"', id="near"),
        pytest.param("a NEAR b", "a NEAR/10 b", id="near-without-a-number"),
        pytest.param("NOT a near/3 (b OR c) d", "NOT a NEAR/3 (b OR c) AND d",
                     id="near-binds-first"),
        pytest.param("Title: appeal", "title:appeal", id="field-in-any-case"),
        pytest.param("title:(a OR b) -source:(npr OR ap)",
                     "(title:a OR title:b) AND NOT (source:npr OR source:ap)",
                     id="field-of-a-group"),
        pytest.param('source:"The Verge" OR source:https://www.NPR.org/x',
                     "source:verge OR source:npr.org", id="sources"),
        pytest.param("lang:German OR lang:de-AT OR lang:zh", "lang:de OR lang:zh", id="languages"),
        pytest.param("kind:Opinion", "kind:opinion", id="kind"),
        pytest.param("relevance >= .60 relevance:<1", "relevance>=0.6 AND relevance<1",
                     id="relevance"),
        pytest.param("a AND relevance≥0.5", "a AND relevance>=0.5", id="relevance-signs"),
        pytest.param("人工智能", "人工智能", id="script-without-spaces"),
    ],
)  # fmt: skip
def test_is_written_in_its_normal_form(typed: str, canonical: str) -> None:
    query = parse(typed)
    assert query.canonical == canonical
    assert parse(canonical) == query


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        pytest.param("entity:anthropic (“injunction” OR “appeal”) -source:Techmeme",
                     "stories that mention Anthropic and either “injunction” or “appeal”, "
                     "not from Techmeme", id="the-design's-own"),
        pytest.param("Anthropic", "stories that mention “Anthropic”", id="word-as-typed"),
        pytest.param("a b c", "stories that mention “a”, “b” and “c”", id="three-words"),
        pytest.param("regulat* title:court", "stories that mention “regulat…” and have “court” in "
                     "the title", id="prefix-and-title"),
        pytest.param("a NEAR/1 (b OR c)", "stories that mention “a” within 1 word of either “b” or "
                     "“c”", id="near"),
        pytest.param("topic:export-control lang:de kind:opinion relevance>0.6",
                     "stories that touch the topic export control and are in German and are of the "
                     "kind opinion and have a relevance above 0.6", id="fields"),
        pytest.param("(a b) OR (c -d) OR source:NPR", "stories that either (mention “a” and “b”), "
                     "(mention “c” and do not mention “d”) or are from NPR", id="branches"),
        pytest.param("a -b -lang:fr -(c d)", "stories that mention “a”, without “b”, not in French "
                     "and not those that mention “c” and “d”", id="exclusions"),
        pytest.param("a OR NOT b", "stories that either mention “a” or do not mention “b”",
                     id="denied-branch"),
    ],
)  # fmt: skip
def test_is_read_out_in_plain_english(typed: str, reading: str) -> None:
    assert parse(typed, FakeNames()).reading == reading


@pytest.mark.parametrize(
    ("typed", "at", "says"),
    [
        pytest.param("", 0, "empty", id="empty"),
        pytest.param(" \n", 0, "empty", id="blank"),
        pytest.param("a !b", 2, "To exclude it write -b", id="exclamation-mark"),
        pytest.param("+a b", 0, "Write a", id="plus"),
        pytest.param("a AND", 5, "ends where a term is missing", id="ends-early"),
        pytest.param("OR a", 0, "“OR” joins terms", id="begins-with-an-operator"),
        pytest.param("a AND OR b", 6, "“OR” joins terms", id="two-operators"),
        pytest.param("a (b OR ) c", 8, "A term is missing before “)”", id="half-a-group"),
        pytest.param("a ()", 3, "nothing inside", id="empty-group"),
        pytest.param("(a (b", 3, "parenthesis is never closed", id="open-parenthesis"),
        pytest.param("a) b", 1, "closes none", id="stray-parenthesis"),
        pytest.param('a "b c', 2, "quotation mark is never closed", id="open-quote"),
        pytest.param("&quot;a&quot; (b", 14, "never closed", id="column-of-what-was-typed"),
        pytest.param("(" * 21 + "a" + ")" * 21, 20, "nested more than 20", id="too-deep"),
        pytest.param("NOT a -b", 0, "only says what not to look for", id="only-exclusions"),
        pytest.param("-a OR -b", 0, "only says what not to look for", id="only-exclusions-or"),
        pytest.param("a tittle:b", 2, "Did you mean title:?", id="misspelt-field"),
        pytest.param("site:npr.org", 0, "Did you mean source:?", id="field-of-other-search-boxes"),
        pytest.param("https://npr.org", 0, "as in source:npr.org", id="address"),
        pytest.param("title:(a source:b)", 9, "cannot stand inside another", id="nested-fields"),
        pytest.param("title:(a relevance>0.5)", 9, "cannot stand inside", id="nested-relevance"),
        pytest.param("title:", 6, "a term is missing", id="field-without-value"),
        pytest.param("source:-npr", 7, "-source:npr", id="minus-after-field"),
        pytest.param("entity:antropic", 7, "Did you mean entity:anthropic?", id="unknown-entity"),
        pytest.param("entity:zebra", 7, "leave out “entity:”: zebra", id="entity-like-no-other"),
        pytest.param("topic:exports", 6, "Did you mean topic:export-control?", id="unknown-topic"),
        pytest.param("topic:xyz", 6, "Topics are export-control, copyright.", id="topic-like-none"),
        pytest.param("lang:englsh", 5, "Did you mean lang:en?", id="unknown-language"),
        pytest.param("kind:opinon", 5, "Did you mean kind:opinion?", id="unknown-kind"),
        pytest.param("relevance>0,7", 0, "Did you mean relevance>0.7?", id="relevance-with-comma"),
        pytest.param("relevance>60%", 0, "Did you mean relevance>0.6?", id="relevance-in-percent"),
        pytest.param("relevance>1.5", 0, "from 0 to 1", id="relevance-out-of-range"),
        pytest.param("relevance>1.2.3", 0, "from 0 to 1", id="relevance-no-number"),
        pytest.param("relevance>", 0, "here stands nothing", id="relevance-unfinished"),
        pytest.param("relevance><0.5", 0, "is no comparison", id="relevance-sign"),
        pytest.param("relevance:0.5", 10, "relevance>0.6", id="relevance-without-sign"),
        pytest.param("a NEAR/0 b", 2, "from 1 to 100", id="near-nothing"),
        pytest.param("a NEAR/x b", 2, "from 1 to 100", id="near-no-number"),
        pytest.param("a NEAR/3 b NEAR/3 c", 11, "(a NEAR/5 b) AND (b NEAR/5 c)", id="near-chain"),
        pytest.param("(a b) NEAR/3 c", 6, "NEAR joins two words", id="near-of-and"),
        pytest.param("lang:de NEAR/3 c", 8, "NEAR joins two words", id="near-of-field"),
        pytest.param("a - b", 2, "stands alone", id="lone-minus"),
        pytest.param("AT & T", 3, "Write AND", id="ampersand"),
        pytest.param("a || b", 2, "Write OR", id="bars"),
        pytest.param("openai, xai", 6, "Write AND or OR instead", id="comma"),
        pytest.param("reg*ion", 3, "may only end a word", id="star-inside"),
        pytest.param("*tion", 0, "may only end a word", id="star-before"),
        pytest.param("a re*", 2, "At least 3 letters", id="short-prefix"),
        pytest.param("a !!!", 2, "needs a letter or a digit", id="no-letters"),
        pytest.param("source:!!!", 7, "nothing to look for after “source:”",
                     id="no-letters-in-field"),
    ],
)  # fmt: skip
def test_an_error_points_at_the_place_and_says_what_instead(typed: str, at: int, says: str) -> None:
    with pytest.raises(WatchSyntaxError) as raised:
        parse(typed, FakeNames())
    assert says in str(raised.value)
    assert raised.value.at == at
    line, caret = raised.value.marked.splitlines()
    assert len(caret) == caret.index("^") + 1 <= len(line) + 1


def test_the_marked_place_is_shown_within_a_long_query() -> None:
    with pytest.raises(WatchSyntaxError) as raised:
        parse("anthropic OR " * 20 + "tittle:x" + " OR openai" * 20)
    line, caret = raised.value.marked.splitlines()
    assert line[caret.index("^") :].startswith("tittle:x")
    assert len(line) < 80


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("word " * 10_000, id="10,000-terms"),
        pytest.param("(" * 1_000 + "a" + ")" * 1_000, id="1,000-parentheses"),
        pytest.param("a" + " a" * 900, id="900-terms-in-few-characters"),
        pytest.param("NOT " * 490 + "a b" + " c" * 10, id="many-negations"),
        pytest.param("a-" * 990 + "b", id="one-long-word"),
        pytest.param("&" * 2_000, id="ampersands"),
        pytest.param("'" * 1_999, id="apostrophes"),
        pytest.param("'a" * 990 + " '", id="unfinished-single-quotes"),
        pytest.param("-" * 2_000, id="hyphens"),
        pytest.param("*" * 2_000, id="stars"),
        pytest.param("relevance" + ">" * 1_900, id="signs"),
        pytest.param("a\ud800b \udfff", id="lone-surrogates"),
        pytest.param("\0\x01 a", id="control-characters"),
    ],
)
def test_a_monstrous_query_is_answered_at_once(typed: str) -> None:
    started = time.process_time()
    answer = answered(typed)
    if isinstance(answer, WatchSyntaxError):
        assert len(str(answer)) < 400
    else:
        assert parse(answer.canonical) == answer
    assert time.process_time() - started < 0.5


def test_a_query_has_at_most_200_terms() -> None:
    parse(" ".join(f"w{number}" for number in range(200)))
    with pytest.raises(WatchSyntaxError, match="more than 200 terms") as raised:
        parse(" ".join(f"w{number}" for number in range(201)))
    assert raised.value.query[raised.value.at :] == "w200"


def test_a_query_that_grows_too_long_when_written_out_is_refused() -> None:
    with pytest.raises(WatchSyntaxError, match="Written out in full"):
        parse("title:(" + " ".join(f"w{number}" * 3 for number in range(150)) + ")")


def test_an_entity_is_found_by_its_name_and_kept_by_its_id() -> None:
    query = parse('entity:"Department of Defense"', FakeNames())
    assert query.canonical == "entity:department-of-defense"
    assert query.reading == "stories that mention Department of Defense"
    assert parse(query.canonical) == query


def test_a_stored_query_is_read_though_its_entity_is_gone() -> None:
    assert parse("entity:long-gone").canonical == "entity:long-gone"


def test_queries_that_differ_in_case_and_form_alone_are_equal() -> None:
    assert parse("Supply-Chain  AND “Risk”") == parse("'supply chain' risk")
    assert hash(parse("A")) == hash(parse("a"))


@settings(deadline=None, max_examples=60)
@given(queries)
def test_the_canonical_form_reads_back_as_the_same_query(typed: str) -> None:
    query = answered(typed)
    assume(isinstance(query, Query))
    assert isinstance(query, Query)
    assert parse(query.canonical) == query
    assert parse(query.canonical).canonical == query.canonical
    assert query.reading.startswith("stories that ")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60) | st.text("aA1 ()\"'*-:&;#,.>=<ſİß\u00adNEARNOT/title", max_size=40))
def test_any_text_is_a_query_or_a_clear_error(typed: str) -> None:
    answer = answered(typed)
    if isinstance(answer, WatchSyntaxError):
        assert 0 <= answer.at <= len(typed)
    else:
        assert parse(answer.canonical) == answer
