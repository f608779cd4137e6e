"""The evaluation's own arithmetic, and that labels speak of what is there."""

import json
from collections import Counter

import pytest

from bench.quality.counts import Counts
from bench.quality.draw import half_of
from bench.quality.gold import LABELS, Gold, own_samples
from bench.quality.measure import Program, measure
from bench.quality.plain import by_one_regex


@pytest.fixture(scope="module")
def program() -> Program:
    return Program.load()


def gold(title: str, *entities: str, text: str = "", maybe: str = "", relevant: bool) -> Gold:
    return Gold(
        id="1",
        title=title,
        text=text,
        entities=frozenset(entities),
        in_title=frozenset(entities),
        maybe=frozenset(maybe.split()),
        relevant=relevant,
        doubtful=False,
    )


def test_counts_give_precision_recall_and_f1() -> None:
    counts = Counts(right=6, wrong=2, missed=4)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 / 3)


def test_nothing_found_where_nothing_is_is_perfect() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (1.0, 1.0, 1.0)


def test_finds_and_misses_are_counted_by_kind(program: Program) -> None:
    item = gold("OpenAI answers senators on a chatbot bill", "openai", "sb-53", relevant=True)
    measured = measure(program, [item], "title")
    assert (measured.by_kind["company"].right, measured.by_kind["law"].missed) == (1, 1)
    assert measured.recognition.recall == 0.5
    assert [mistake.what for mistake in measured.mistakes] == ["missed sb-53"]


def test_an_entity_on_which_readers_differ_counts_neither_way(program: Program) -> None:
    item = gold("OpenAI answers senators", maybe="openai", relevant=False)
    assert measure(program, [item], "title").recognition == Counts()


def test_one_regex_wants_ai_and_policy() -> None:
    assert by_one_regex("Senate weighs AI bill", "")
    assert not by_one_regex("AI writes a poem", "")


def test_labels_name_entities_of_the_catalog(program: Program) -> None:
    known = {str(entity.id) for entity in program.catalog.all()}
    lines = (LABELS / "headlines.jsonl").read_text(encoding="utf-8").splitlines()
    named = {who for line in lines for who in json.loads(line)["entities"]}
    for sample in own_samples():
        for item in sample.items:
            assert item.in_title <= item.entities
            named |= item.entities | item.maybe
    assert named <= known


def test_labels_of_others_headlines_hold_no_text() -> None:
    allowed = {"id", "sample", "entities", "in_title", "maybe", "relevant", "doubtful"}
    for line in (LABELS / "headlines.jsonl").read_text(encoding="utf-8").splitlines():
        assert json.loads(line).keys() <= allowed


def test_halves_are_near_halves_and_stay() -> None:
    assert half_of("15315cc38e86") == "seen"
    shares = Counter(half_of(f"{number:012x}") for number in range(2000))
    assert 900 < shares["seen"] < 1100


def test_our_own_samples_are_large_and_have_both_sides() -> None:
    items = [item for sample in own_samples() for item in sample.items]
    assert len(items) >= 850
    assert len({item.title for item in items}) == len(items)
    assert 150 < sum(item.relevant for item in items) < len(items) - 150
