"""The learned weights, read from config/story-weights.yaml."""

from pathlib import Path

import yaml

from bot.errors import ConfigError
from bot.stories.similarity import FEATURES, Learned, Thresholds


def load_weights(path: Path) -> tuple[Learned, Thresholds]:
    """Similarity and thresholds of the file; ConfigError says what is wrong with it."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, f"cannot be read ({error.strerror})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(path, f"is no YAML ({error.problem})", line) from error
    weights = _numbers(path, found, "weights", FEATURES)
    thresholds = _numbers(path, found, "thresholds", ("join", "beside", "reprint"))
    for name, value in thresholds.items():
        if not 0 < value <= 1:
            raise ConfigError(path, f"threshold “{name}” must lie between 0 and 1, not {value}")
    return (
        Learned(tuple(weights[name] for name in FEATURES)),
        Thresholds(**thresholds),
    )


def _numbers(path: Path, found: object, key: str, names: tuple[str, ...]) -> dict[str, float]:
    section = found.get(key) if isinstance(found, dict) else None
    if not isinstance(section, dict) or set(section) != set(names):
        raise ConfigError(path, f"“{key}” must give a number for each of: {', '.join(names)}")
    for name, value in section.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ConfigError(path, f"“{key}: {name}” must be a number, not {value!r}")
    return {name: float(section[name]) for name in names}
