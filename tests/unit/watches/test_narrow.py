"""History search narrows with the database's full-text index, and never loses a match."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from bot.model import Judged
from bot.watches import Narrowing, Trial, WatchSyntaxError, indexed, narrow, parse
from tests.support.watched import articles, queries


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        pytest.param("court", (("court",),), id="word"),
        pytest.param("a bc", (("bc",), ("a",)), id="and-longest-first"),
        pytest.param('"supply-chain risk"', (("supply",), ("chain",), ("risk",)), id="phrase"),
        pytest.param("a OR b", (("a", "b"),), id="or"),
        pytest.param("(a bcd) OR e", (("bcd", "e"),), id="or-of-and-takes-the-longer-word"),
        pytest.param("regulat*", (("regulat*",),), id="prefix"),
        pytest.param('"supply chai*"', (("supply",), ("chai*",)), id="prefix-of-a-phrase"),
        pytest.param("AT&T C++", (("at",), ("t",), ("c",)), id="signs-separate"),
        pytest.param("a NEAR/3 (b OR cd)", (("a",), ("b", "cd")), id="near"),
        pytest.param("title:court source:npr", (("court",),),
                     id="fields-are-left-to-the-evaluator"),
        pytest.param("court -chip", (("court",),), id="not"),
        pytest.param("人工 x", (("人",), ("工",), ("x",)),
                     id="scripts-without-spaces-by-character"),
        pytest.param("court OR source:npr", None, id="branch-that-no-word-narrows"),
        pytest.param("entity:openai relevance>0.5", None, id="no-words"),
    ],
)  # fmt: skip
def test_what_narrows(typed: str, clauses: Narrowing | None) -> None:
    assert narrow(parse(typed)) == clauses


def test_a_long_query_stays_small_enough_for_a_database() -> None:
    wide = narrow(parse(" OR ".join(f"w{number}" for number in range(200))))
    assert wide is not None
    assert [len(clause) for clause in wide] == [200]
    deep = narrow(parse(" ".join(f"w{number}" for number in range(200))))
    assert deep is not None
    assert len(deep) <= 12


def fts5(clauses: Narrowing) -> str:
    """The narrowing as an FTS5 expression."""
    return " AND ".join(
        "(" + " OR ".join(f'"{w.removesuffix("*")}"' + "*" * w.endswith("*") for w in clause) + ")"
        for clause in clauses
    )


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "CREATE VIRTUAL TABLE history USING fts5(words, tokenize='unicode61 remove_diacritics 2')"
    )
    yield conn
    conn.close()


@settings(deadline=None, max_examples=60)
@given(typed=queries, article=articles)
def test_full_text_search_never_loses_a_match(
    database: sqlite3.Connection, typed: str, article: Judged
) -> None:
    try:
        query = parse(typed)
    except WatchSyntaxError:
        return
    clauses = narrow(query)
    if clauses is None or Trial(query).match(article) is None:
        return
    database.execute("DELETE FROM history")
    words = indexed(article.article.title, article.article.text)
    database.execute("INSERT INTO history VALUES (?)", [words])
    found = database.execute("SELECT 1 FROM history WHERE history MATCH ?", [fts5(clauses)])
    assert found.fetchone(), (clauses, words)


def test_search_does_narrow(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM history")
    database.execute("INSERT INTO history VALUES (?)", [indexed("Court", "rules on chips")])
    for typed, rows in (("court chip*", 1), ("court memo", 0), ("memo OR rules", 1)):
        clauses = narrow(parse(typed))
        assert clauses is not None
        found = database.execute("SELECT 1 FROM history WHERE history MATCH ?", [fts5(clauses)])
        assert len(found.fetchall()) == rows
