"""Learn the weights of config/story-weights.yaml on the development sets.

    python -m bench.learn_stories --data DIR [--leave-out NAME]

Each set is replayed through the program's own clusterer while its labels decide, and every story
that was weighed against an article gives one example: same event or not. Each set weighs the same.
Signs are held to what the features mean, so that a set's accident cannot teach nonsense.
"""

import argparse
from collections.abc import Iterator
from math import exp, sqrt
from pathlib import Path

from bench.clusters import Corpus, corpora, ours
from bot.stories.clustering import Clusterer
from bot.stories.shape import Shape
from bot.stories.similarity import FEATURES, Rarity, Thresholds, features
from bot.stories.terms import Profile

UNUSABLE = ("gnews", "uci")
"""Sets whose labels tell only positives, or only topics."""
FALLING = frozenset({"other_action", "other_body", "other_figure", "gap", "age"})
ROUNDS = 1500


class Oracle:
    """A similarity that knows the labels, and notes what it was asked."""

    def __init__(self, events: dict[int, str]) -> None:
        self._events = events
        self.event = ""
        self.examples: list[tuple[tuple[float, ...], bool]] = []

    def score(self, article: Profile, story: Shape, rarity: Rarity) -> float:
        same = self._events[int(story.id)] == self.event
        self.examples.append((features(article, story, rarity), same))
        return float(same)


def examples(corpus: Corpus) -> list[tuple[tuple[float, ...], bool]]:
    """What was weighed while the labels decided."""
    events: dict[int, str] = {}
    oracle = Oracle(events)
    clusterer = Clusterer(oracle, Thresholds(join=0.5, beside=0.5, reprint=0.5))
    for number, item in enumerate(corpus.items):
        oracle.event = item.event
        [story] = ours([item], clusterer, number)
        events[story] = item.event
    return oracle.examples


def fit(rows: list[tuple[tuple[float, ...], bool, float]]) -> list[float]:
    """Weights of a logistic regression, by Adam with signs held; plain Python on purpose."""
    total = sum(weight for _, _, weight in rows)
    scale = [1.0] + [
        sqrt(sum(w * x[i] ** 2 for x, _, w in rows) / total) or 1.0 for i in range(1, len(FEATURES))
    ]
    scaled = [([v / s for v, s in zip(x, scale, strict=True)], y, w / total) for x, y, w in rows]
    weights, first, second = ([0.0] * len(FEATURES) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        slope = [0.0] * len(FEATURES)
        for x, same, weight in scaled:
            logit = sum(w * v for w, v in zip(weights, x, strict=True))
            off = weight * (1 / (1 + exp(-max(min(logit, 30.0), -30.0))) - same)
            for i, value in enumerate(x):
                slope[i] += off * value
        for i, value in enumerate(slope):
            first[i] = 0.9 * first[i] + 0.1 * value
            second[i] = 0.99 * second[i] + 0.01 * value * value
            step = first[i] / (1 - 0.9**turn) / (sqrt(second[i] / (1 - 0.99**turn)) + 1e-9)
            weights[i] = _held(FEATURES[i], weights[i] - 0.05 * step / (1 + turn / 300))
    return [w / s for w, s in zip(weights, scale, strict=True)]


def _held(feature: str, weight: float) -> float:
    if feature == "bias":
        return weight
    return min(weight, 0.0) if feature in FALLING else max(weight, 0.0)


def training(data: Path, leave_out: str | None) -> Iterator[tuple[tuple[float, ...], bool, float]]:
    """All examples, each weighed by how many of its set are the same event."""
    for corpus in corpora(data):
        family = corpus.name.split("/")[0]
        if corpus.items and family not in UNUSABLE and family != leave_out:
            found = examples(corpus)
            same = sum(is_same for _, is_same in found)
            for values, is_same in found:
                yield values, is_same, 1 / same


def main() -> None:
    """Print the weights as the file holds them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--leave-out", metavar="NAME")
    asked = parser.parse_args()
    rows = list(training(asked.data, asked.leave_out))
    print(f"# {len(rows)} examples, {sum(same for _, same, _ in rows)} of the same event")
    print("weights:")
    for name, weight in zip(FEATURES, fit(rows), strict=True):
        print(f"  {name}: {weight:.2f}")


if __name__ == "__main__":
    main()
