"""Learning from labels: what is learned separates them, and is written so that it reads back."""

from pathlib import Path

import pytest

from bench.learn_relevance import Example, examples, fit, written
from bench.quality.relevance import Item
from bench.quality.titles import Label, key, labelled, read_labels
from bot.relevance import load_learned
from bot.settings import Settings

POLICY = ["Senate passes AI bill", "Court blocks AI law", "EU fines chatbot maker"]
OTHER = ["Startup raises funds for AI court reporter", "AI bill of materials tool launched"]


@pytest.fixture(scope="module")
def known() -> list[Example]:
    items = [
        Item(id=f"{title} {number}", title=title, text="", relevant=title in POLICY)
        for title in POLICY + OTHER
        for number in range(6)
    ]
    return examples({"titles": items}, Settings.load({}))


def test_what_is_learned_tells_the_examples_apart(known: list[Example]) -> None:
    learned = fit(known)
    for example in known:
        terms = {
            side: [term for of, term in example.terms if of == side]
            for side in ("ai", "policy", "other")
        }
        assert (learned.chance(example.values, terms) >= 0.5) == example.item.relevant


def test_what_is_written_reads_back(known: list[Example], tmp_path: Path) -> None:
    learned = fit(known)
    path = tmp_path / "relevance-weights.yaml"
    path.write_text(written(learned), encoding="utf-8")
    again = load_learned(path)
    assert again.bias == pytest.approx(learned.bias, abs=0.005)
    assert again.features == pytest.approx(learned.features, abs=0.005)


def test_titles_are_found_by_their_key(tmp_path: Path) -> None:
    first = next(iter(read_labels("titles")))
    path = tmp_path / "titles.json"
    path.write_text('{"a title that nobody labelled": ""}', encoding="utf-8")
    assert key("a title that nobody labelled") != first
    assert labelled(path) == {}


def test_labels_are_of_three_kinds() -> None:
    assert set(read_labels("titles").values()) == set(Label)
