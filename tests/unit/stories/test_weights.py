"""The file of learned weights: read, or refused with what is wrong."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.stories.similarity import FEATURES
from bot.stories.weights import load_weights

GOOD = (Path(__file__).parents[3] / "config" / "story-weights.yaml").read_text("utf-8")


def test_the_bundled_file_is_good(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(GOOD, "utf-8")
    similarity, thresholds = load_weights(path)
    assert len(similarity.weights) == len(FEATURES)
    assert thresholds.join < thresholds.beside < thresholds.reprint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "weights", id="empty"),
        pytest.param("weights: [1]", "weights", id="a-list"),
        pytest.param("weights: {", "line 1", id="no-yaml"),
        pytest.param(GOOD.replace("  near:", "  far:"), "near", id="unknown-feature"),
        pytest.param(GOOD.replace("join: ", "join: x"), "join", id="no-number"),
        pytest.param(GOOD.replace("join: ", "join: 1"), "between 0 and 1", id="out-of-range"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said):
        load_weights(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_weights(tmp_path / "none.yaml")
