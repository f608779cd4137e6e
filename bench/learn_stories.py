"""Learn the weights of config/story-weights.yaml on the development sets; needs numpy.

    python -m bench.learn_stories --data DIR --outlets CLONE    weights, as the file holds them
    the same with --held-out                        each family by what the others teach
    the same with --held-out --without FEATURE...

CLONE is of what bench/outlets.py reads: real sagas and news with their true times. The headlines
are parted by time into two families, for real news is held out too.
Each set is replayed through the program's own clusterer while its labels decide, and every story
that was weighed against an article gives one example: same event or not. Each set weighs the same,
its dense and mixed forms half. The sagas of VALIDATION teach nothing: --held-out shows them too.
Signs are held to what the features mean, so that an accident of the sets cannot teach nonsense.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.clusters import ours, scores
from bench.sets import Corpus, corpora
from bot.stories.clustering import Clusterer
from bot.stories.shape import Shape
from bot.stories.similarity import FEATURES, Around, Learned, Thresholds, features
from bot.stories.terms import Profile

Numbers = npt.NDArray[np.float64]
Examples = tuple[Numbers, Numbers]

UNUSABLE = ("gnews", "uci", "crowd")
"""Sets whose labels tell only positives, or only topics; or that are made of the others."""
VALIDATION = ("chip-licence", "lab-breach")
"""Sagas that nothing is learned from and nothing chosen by."""
FALLING = frozenset({"other_body", "other_actor", "same_outlet", "crowd", "rank"})
EITHER = frozenset({"bias", "bare", "both_bare"})
GIVEN = {"volume": -0.5}
"""Not learned: the more stories, the more strangers are alike by chance, but how many strangers the
sets have to each event is our doing. Of five values tried this did best on held-out sets."""
RIDGE = 1e-4
REAL_SAGAS = (
    "auto-strike", "house-speaker", "game-merger", "lab-board", "crypto-trial", "film-strikes",
)  # fmt: skip
WORTH = {
    "headlines-early": 3.0, "headlines-late": 3.0, "june": 4.0, "ecbplus": 1.0,
    "harbor-drones": 0.2, **dict.fromkeys(REAL_SAGAS, 1.5),
}  # fmt: skip
"""Real news counts for more than sagas of our own; of one of those, many reports of one event share
no word."""
OWN = 0.7


class Teacher:
    """A similarity that notes what it was asked; the labels decide."""

    def __init__(self) -> None:
        self.event = ""
        self.told: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.examples: list[tuple[tuple[float, ...], bool]] = []

    def score(self, article: Profile, story: Shape, around: Around, least: float) -> float:
        """A story's event is the one that most of its reports tell, the first of them on a tie."""
        del least  # every story that is asked about is an example
        [(event, _)] = self.told[int(story.id)].most_common(1)
        if self.event:
            self.examples.append((features(article, story, around), event == self.event))
        return float(event == self.event)


def examples(corpus: Corpus) -> Examples:
    """Features and labels of what was weighed while the labels decided."""
    teacher = Teacher()
    clusterer = Clusterer(teacher, Thresholds(join=0.5, beside=0.5, reprint=0.5))
    for number, item in enumerate(corpus.items):
        teacher.event = item.event
        [story] = ours([item], clusterer, number)
        teacher.told[story][item.event or f"unlabelled {number}"] += 1
    values, same = zip(*teacher.examples, strict=True)
    return np.array(values, float), np.array(same, float)


def parted(corpus: Corpus) -> list[Corpus]:
    """The set; the headlines as an earlier and a later half."""
    if corpus.family != "headlines":
        return [corpus]
    half, form = len(corpus.items) // 2, corpus.name.split("/")[1]
    return [
        Corpus(f"headlines-early/{form}", corpus.items[:half]),
        Corpus(f"headlines-late/{form}", corpus.items[half:]),
    ]


def fit(sets: Mapping[str, Examples], without: Collection[str] = ()) -> list[float]:
    """Weights of a logistic regression: Newton steps; a weight of the wrong sign becomes 0."""
    x = np.vstack([values for values, _ in sets.values()])
    y = np.concatenate([same for _, same in sets.values()])
    share = np.concatenate(
        [np.full(len(same), _worth(name) / same.sum()) for name, (_, same) in sets.items()]
    )
    share /= share.sum()
    scale = np.maximum(np.sqrt((share[:, None] * x**2).sum(0)), 0.05)
    held = {**GIVEN, **dict.fromkeys(without, 0.0)}
    while True:
        weights = _newton(x / scale, y, share, scale, held) / scale
        wrong = [
            (abs(weight), name)
            for name, weight in zip(FEATURES, weights, strict=True)
            if name not in EITHER and name not in held and (weight > 0) == (name in FALLING)
        ]
        if not wrong:
            return [float(weight) for weight in weights]
        held[max(wrong)[1]] = 0.0


def _newton(
    x: Numbers, y: Numbers, share: Numbers, scale: Numbers, held: Mapping[str, float]
) -> Numbers:
    free = np.array([number for number, name in enumerate(FEATURES) if name not in held])
    weights = np.array([held.get(name, 0.0) for name in FEATURES]) * scale
    ridge = np.eye(len(free)) * RIDGE
    ridge[0, 0] = 0.0
    for _ in range(50):
        guess = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x[:, free].T @ (share * (guess - y)) + ridge @ weights[free]
        bend = (x[:, free] * (share * guess * (1 - guess))[:, None]).T @ x[:, free] + ridge
        step = np.linalg.solve(bend + np.eye(len(free)) * 1e-9, slope)
        weights[free] -= step * min(1.0, 2.0 / float(abs(step).max()))
        if abs(step).max() < 1e-6:
            break
    return weights


def _worth(name: str) -> float:
    form = 0.5 if name.endswith("-dense") or name.startswith("mixed") else 1.0
    return form * WORTH.get(name.removeprefix("mixed-").split("/")[0], OWN)


def held_out(sets: Sequence[Corpus], join: float, without: Collection[str]) -> None:
    """Print how each set is grouped by weights that its family had no part in."""
    found = {c.name: (c, examples(c)) for c in sets}
    marks = []
    for family in dict.fromkeys(corpus.family for corpus in sets):
        others = {
            name: known
            for name, (corpus, known) in found.items()
            if corpus.family not in (family, *VALIDATION)
        }
        weights = Learned(tuple(fit(others, without)))
        for corpus in sets:
            if corpus.family == family:
                thresholds = Thresholds(join=join, beside=join, reprint=join)
                groups = ours(corpus.items, Clusterer(weights, thresholds))
                kept = [(g, i) for g, i in zip(groups, corpus.items, strict=True) if i.event]
                figures = scores([g for g, _ in kept], [i for _, i in kept])
                marks.append(figures)
                print(f"{corpus.name:28}", *(f"{k} {v:.3f}" for k, v in figures.items()))
    means = (f"{key} {sum(mark[key] for mark in marks) / len(marks):.3f}" for key in marks[0])
    print(f"{'mean':28}", *means)


def main() -> None:
    """Print the weights as the file holds them, or what held-out sets come to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--join", type=float, default=0.47)
    parser.add_argument("--without", nargs="*", default=[], choices=FEATURES[1:])
    parser.add_argument("--outlets", type=Path, help="a clone of what bench/outlets.py reads")
    asked = parser.parse_args()
    found = corpora(asked.data, None, asked.outlets)
    usable = [c for c in found if c.items and c.family not in UNUSABLE]
    sets = [half for corpus in usable for half in parted(corpus)]
    if asked.held_out:
        held_out(sets, asked.join, asked.without)
        return
    print("weights:")
    known = {corpus.name: examples(corpus) for corpus in sets if corpus.family not in VALIDATION}
    for name, weight in zip(FEATURES, fit(known, asked.without), strict=True):
        print(f"  {name}: {weight:.2f}")


if __name__ == "__main__":
    main()
