"""Fit the weights of bot/stories/keyterms.py on the labelled events; needs numpy.

    python -m bench.learn_keyterms --data ../shared/data

A term of a report counts as shared where half of its event's reports hold it. Logistic regression
by Newton's method; every article weighs the same within its family of sets, and every family alike.
Prints each weight, to be copied.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.summaries import events, sets
from bot.stories.candidates import candidates
from bot.stories.keyterms import WEIGHTS, features

_RIDGE = 1e-4
_MOST_STEPS = 50


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path)
    rows: list[tuple[float, ...]] = []
    shared: list[bool] = []
    families: list[tuple[str, int]] = []
    for family, items in sets(parser.parse_args().data, "full").items():
        for reports, key in events(items):
            for title, text in reports:
                found = features(title, [one.seen for one in candidates(title, text[:16_000])])
                rows += found.values()
                shared += [term in key for term in found]
                families += [(family, len(found))] * len(found)
    articles = Counter[str]()
    for family, terms in families:
        articles[family] += 1 / terms  # type: ignore[assignment]  # a sum of ones over an article
    weight = np.array([1 / (articles[family] * terms) for family, terms in families])
    for name, value in zip(WEIGHTS, fit(np.array(rows), np.array(shared), weight), strict=True):
        print(f"{name:14} {value:.2f}")


def fit(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.bool_], weight: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The weights that make what was seen likeliest."""
    found = np.zeros(x.shape[1])
    for _ in range(_MOST_STEPS):
        likely = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weight * (likely - y))
        bend = (x * (weight * likely * (1 - likely))[:, None]).T @ x
        step = np.linalg.solve(bend + _RIDGE * np.eye(len(found)), slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


if __name__ == "__main__":
    main()
