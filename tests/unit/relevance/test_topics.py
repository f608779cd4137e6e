"""The lexicons' file: how files merge, and how it says what is wrong."""

from collections import Counter
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.relevance import Topics, load_topics

AI = "ai: {'1.0': [AI]}\n"


def load(tmp_path: Path, *sources: str) -> Topics:
    paths = []
    for number, source in enumerate(sources):
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(source, encoding="utf-8")
    return load_topics(*paths)


def test_later_files_replace_topics_by_id(tmp_path: Path) -> None:
    topics = load(
        tmp_path,
        AI + "topics: [{id: a, terms: {'0.5': [law]}}, {id: b, terms: {'0.5': [court]}}]",
        "topics: [{id: a, name: Acts, terms: {'0.9': [act]}}, {id: b, enabled: false}]",
    )
    assert [(each.id, each.name, each.terms) for each in topics.policy] == [
        ("a", "Acts", (("act", 0.9),))
    ]


def test_finds_a_topic_by_id_or_name(tmp_path: Path) -> None:
    topics = load(tmp_path, AI + "topics: [{id: law, name: Law and courts, terms: {'1': [law]}}]")
    assert topics.find("LAW") == topics.find("law and courts") == topics.get("law")
    assert topics.find("nothing") is None


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        pytest.param("topics: []", 1, "needs the list", id="no-ai"),
        pytest.param("ai: {'2': [AI]}", 1, "is no weight", id="weight"),
        pytest.param("ai: {much: [AI]}", 1, "is no weight", id="no-number"),
        pytest.param("ai: {'1': ['*']}", 1, "nothing to look for", id="empty-term"),
        pytest.param(AI + "topics:\n  - {name: x}", 3, "needs an id", id="no-id"),
        pytest.param(AI + "topics:\n  - {id: x}", 3, "needs its terms", id="no-terms"),
        pytest.param(AI + "topics:\n  - {id: x, terms: {}}\n  - {id: x, terms: {}}", 4, "twice",
                     id="double-id"),
        pytest.param(AI + "colour: red", 2, "unknown key", id="unknown-key"),
    ],
)  # fmt: skip
def test_bad_file_says_where(tmp_path: Path, source: str, line: int, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        load(tmp_path, source)
    assert caught.value.line == line


@pytest.fixture(scope="module")
def shipped() -> Topics:
    return load_topics(Path(__file__).parents[3] / "config" / "topics.yaml")


def test_the_shipped_file_gives_each_term_one_topic(shipped: Topics) -> None:
    terms = Counter(term.lower() for topic in shipped.policy for term, _ in topic.terms)
    assert len(shipped.policy) >= 12
    assert [term for term, count in terms.items() if count > 1] == []


def test_the_shipped_weighty_terms_are_among_the_others(shipped: Topics) -> None:
    terms = {term for topic in shipped.policy for term, _ in topic.terms}
    assert shipped.weighty - terms - {term for term, _ in shipped.acts} == set()


def test_lists_of_later_files_are_added(tmp_path: Path) -> None:
    topics = load(tmp_path, AI + "weighty: [veto]", "weighty: [signs]\nplaces: [Norway]")
    assert topics.weighty == {"veto", "signs"}
    assert topics.places == ("Norway",)
