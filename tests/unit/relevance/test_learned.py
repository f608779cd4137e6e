"""The learned weights: what they do to evidence, and what is refused in their file."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.relevance import Learned, load_learned
from bot.relevance.features import FEATURES

SHIPPED = Path(__file__).parents[3] / "config" / "relevance-weights.yaml"
LEARNED = Learned(
    bias=-1.0,
    features={"strength": 2.0},
    terms={"ai": {}, "policy": {"blocked": -1.5}, "other": {}},
    words={"raises": -2.0},
)


def test_a_term_takes_off_what_was_learned_of_it() -> None:
    known = LEARNED.chance({"strength": 1.0}, {"policy": ["blocked"]})
    unknown = LEARNED.chance({"strength": 1.0}, {"policy": ["barred"]})
    assert known == pytest.approx(0.378, abs=0.001)
    assert unknown == pytest.approx(0.731, abs=0.001)


def test_a_term_of_which_nothing_was_learned_is_worth_what_the_lexicon_says() -> None:
    assert LEARNED.share("policy", "barred") == 1.0
    assert LEARNED.share("policy", "blocked") == pytest.approx(0.365, abs=0.001)


def test_a_titles_words_tell_beside_the_terms() -> None:
    assert LEARNED.chance({"strength": 1.0}, {}, ["firm", "raises"]) == pytest.approx(
        0.269, abs=0.001
    )
    assert LEARNED.leaning("raises") == pytest.approx(-0.462, abs=0.001)
    assert LEARNED.leaning("firm") == 0


def test_words_stand_under_what_they_weigh(tmp_path: Path) -> None:
    path = tmp_path / "relevance-weights.yaml"
    path.write_text(
        'bias: 0\nfeatures: {}\nterms: {}\nwords:\n  "-0.5": ["raises", "no"]\n', encoding="utf-8"
    )
    assert load_learned(path).words == {"raises": -0.5, "no": -0.5}


@pytest.mark.parametrize("far", [1e9, -1e9])
def test_no_evidence_is_too_much(far: float) -> None:
    assert 0 <= LEARNED.chance({"strength": far}, {}) <= 1


def test_the_shipped_file_weighs_every_feature() -> None:
    assert set(load_learned(SHIPPED).features) == set(FEATURES)


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        pytest.param("bias: 0\nfeatures: {}\n", 1, "needs “terms”", id="part-missing"),
        pytest.param(
            "bias: 0\nfeatures:\n  luck: 1\nterms: {}\n", 3, "unknown key “luck”", id="feature"
        ),
        pytest.param(
            "bias: 0\nfeatures: {}\nterms:\n  ai:\n    bot: much\n",
            5,
            "expected a number, not “much”",
            id="word",
        ),
        pytest.param(
            "bias: 0\nfeatures: {}\nterms: {}\nwords:\n  much: [raises]\n",
            5,
            "“much” is no weight",
            id="words-weight",
        ),
        pytest.param("bias: .nan\nfeatures: {}\nterms: {ai: {}}\n", 1, "not “.nan”", id="nan"),
        pytest.param("bias: nan\nfeatures: {}\nterms: {ai: {}}\n", 1, "not “nan”", id="not-finite"),
    ],
)
def test_a_bad_file_says_where(tmp_path: Path, source: str, line: int, says: str) -> None:
    path = tmp_path / "relevance-weights.yaml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_learned(path)
    assert f"line {line}" in str(caught.value)
    assert says in str(caught.value)
