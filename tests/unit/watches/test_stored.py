"""Stored queries read back: as the grammar reads them, and what is not canonical by the grammar."""

import pytest
from hypothesis import assume, given

from bot.watches import WatchSyntaxError, parse, read_stored
from bot.watches.stored import _Reader
from tests.support.watched import queries


@given(queries)
def test_a_canonical_query_is_read_as_the_grammar_reads_it(typed: str) -> None:
    try:
        query = parse(typed)
    except WatchSyntaxError:
        assume(False)
    assert read_stored(query.canonical) == query
    assert _Reader(query.canonical).whole() == query.root  # not by way of the grammar


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("anthropic openai", id="no-joint"),
        pytest.param("a1 AND b1 OR c1", id="two-joints"),
        pytest.param("“red lines” -court", id="as-typed"),
        pytest.param("relevance > .5", id="spaced-comparison"),
        pytest.param("(title:chip OR gpu) NEAR/3 export", id="near"),
        pytest.param("NOT (a1 AND b1) AND c1", id="not-of-both"),
        pytest.param("Anthropic", id="capitals"),
        pytest.param("source:NPR", id="a-source-in-capitals"),
        pytest.param("source:人民日报", id="a-source-without-case"),
    ],
)
def test_other_forms_are_parsed(typed: str) -> None:
    assert read_stored(typed) == parse(typed)


@pytest.mark.parametrize(
    "typed", ["", "(", "AND", "a1 AND", "x:y", "relevance>>1", "a1 NEAR/2 (b1"]
)
def test_what_nobody_can_read_is_refused(typed: str) -> None:
    with pytest.raises(WatchSyntaxError):
        read_stored(typed)
