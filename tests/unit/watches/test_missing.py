"""What keeps a query from holding, in words; and that these never contradict the evaluator."""

import pytest
from hypothesis import assume, given

from bot.model import ArticleKind, Judged
from bot.watches import Trial, WatchSyntaxError, parse
from tests.support.watched import articles, entity, judged, queries

CASE = judged(
    "Judge weighs injunction against the lab",
    "The court heard both sides. Experts on chips say that every new export rule may wait.",
    outlet="Gazette",
    kind=ArticleKind.OPINION,
    entities=[entity("OpenAI")],
    relevance=0.41,
)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("injunction appeal", ["“appeal” is not in it"], id="word"),
        pytest.param(
            "appeal AND supreme",
            ["“appeal” is not in it", "“supreme” is not in it"],
            id="each-missing-word",
        ),
        pytest.param(
            "title:court", ["“court” is not in the title, only in the text"], id="only-in-text"
        ),
        pytest.param("title:senate", ["“senate” is not in the title"], id="title"),
        pytest.param(
            "injunction (appeal OR verdict)",
            ["neither “appeal” nor “verdict” is in it"],
            id="choice",
        ),
        pytest.param(
            "injunction -court", ["“court” is in it, which the query excludes"], id="excluded"
        ),
        pytest.param(
            "injunction -(senate OR court)",
            ["“court” is in it, which the query excludes"],
            id="excluded-choice",
        ),
        pytest.param("relevance>0.5", ["relevance 0.41, needed above 0.5"], id="relevance"),
        pytest.param(
            "chips NEAR/3 wait", ["“chips” and “wait” are more than 3 words apart"], id="apart"
        ),
        pytest.param("chips NEAR/3 tariff", ["“tariff” is not in it"], id="near-nothing"),
        pytest.param("source:npr court", ["it is from Gazette, not from npr"], id="source"),
        pytest.param(
            "court -source:gazette",
            ["it is from gazette, which the query excludes"],
            id="excluded-source",
        ),
        pytest.param("court lang:de", ["it is in English, not in German"], id="language"),
        pytest.param("court kind:news", ["it is an opinion piece, not news"], id="kind"),
        pytest.param("entity:xai", ["xai was not recognised in it"], id="entity"),
        pytest.param("topic:chips", ["it does not touch the topic chips"], id="topic"),
        pytest.param("injunction AND court", [], id="nothing"),
    ],
)
def test_names_what_is_missing(query: str, said: list[str]) -> None:
    assert list(Trial(parse(query)).missing(CASE)) == said


def test_a_query_of_many_missing_words_names_a_few() -> None:
    query = parse(" ".join(f"word{number}" for number in range(100)))
    assert len(Trial(query).missing(CASE)) == 4


@given(queries, articles)
def test_something_is_missing_exactly_where_the_query_does_not_hold(
    typed: str, article: Judged
) -> None:
    try:
        trial = Trial(parse(typed))
    except WatchSyntaxError:
        assume(False)
    assert bool(trial.missing(article)) == (trial.match(article) is None)
