"""Learn config/relevance-weights.yaml from news that people have labelled; needs numpy.

    python -m bench.learn_relevance --data DIR --archive CLONE --titles FILE --world CLONE
        writes the file; with --held-out, what unseen news come to

A logistic regression over the features of bot/relevance/features.py and the lexicons' own terms,
drawn towards 0: a term that is rare in the samples keeps the weight that its lexicon gives it. How
people and companies are written of changes from month to month, so their names are not among the
terms. Real news count for more than sentences of our own.

What is counted only is not learned from, but for the titles, of which there are no others.
`--held-out` learns five times without a fifth of the real titles, without their near-repetitions
among them, and without the count-only halves of all other samples, and judges just these.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bench.quality.counts import Counts
from bench.quality.draw import half_of
from bench.quality.relevance import Item, items
from bot.entities import Recogniser, load_catalog
from bot.relevance import Learned, Relevance, load_topics
from bot.relevance.features import FEATURES, SIDES
from bot.settings import Settings
from bot.text.scan import Scanner, searched

Numbers = npt.NDArray[np.float64]

REAL = {"titles", "world", "month", "headlines", "entries", "archive", "openings"}
WHOLE = {"articles", "openings"}
"""Samples whose titles tell little, or are in another one."""
WORTH, WORTH_OWN = 2.0, 0.5
"""How much an item of real news counts, and one of our own."""
RIDGE = 4.0
TERM_SHARE = 0.6
"""Terms are drawn to 0 harder than features: by one over the square of this."""
SEEN_AT_LEAST = 4
WORTH_WRITING = 0.1
"""Log-odds under which a term is not written down."""
FOLDS = 5
OUT = Path(__file__).parents[1] / "config" / "relevance-weights.yaml"
HEAD = """\
# How evidence decides whether an article is AI policy: weights of a logistic regression, in
# log-odds, learned by `python -m bench.learn_relevance`; change them by running it. The lexicons of
# topics.yaml say what is evidence and about how much; `terms` is what reading real news took from
# single terms of theirs or added to them.
"""


@dataclass(slots=True)
class Notes:
    """An experience that decides nothing and notes what it was asked."""

    values: Mapping[str, float] = field(default_factory=dict)
    found: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def chance(self, values: Mapping[str, float], found: Mapping[str, Sequence[str]]) -> float:
        """Keep both."""
        self.values, self.found = values, found
        return 0.5

    def share(self, side: str, term: str) -> float:
        """As the lexicon has it."""
        del side, term
        return 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A judged text; `values` is empty where nothing speaks of AI, or nothing of policy."""

    sample: str
    item: Item
    whole: bool
    values: Mapping[str, float]
    terms: frozenset[tuple[str, str]]

    @property
    def real(self) -> bool:
        """Whether it is news, not a sentence of ours."""
        return self.sample in REAL


def examples(samples: Mapping[str, Sequence[Item]], settings: Settings) -> list[Example]:
    """Each sure item, from its title alone and from all its text."""
    notes = Notes()
    recogniser = Recogniser(load_catalog(*settings.files("entities.yaml")))
    relevance = Relevance(load_topics(*settings.files("topics.yaml")), notes)
    scanner = Scanner.build({"alias": recogniser.literals(), "topic": relevance.literals()})
    found = []
    for sample, listed in samples.items():
        for item in listed:
            for whole in (False, True):
                if item.doubtful or (whole and not item.text) or not (whole or item.title_tells):
                    continue
                if sample in WHOLE and not whole:
                    continue
                notes.values, notes.found = {}, {}
                scanned = scanner.scan(item.title, item.text if whole else "")
                relevance.score(scanned, recogniser.recognise(scanned))
                terms = ((side, term) for side, listed in notes.found.items() for term in listed)
                found.append(
                    Example(
                        sample=sample,
                        item=item,
                        whole=whole,
                        values=notes.values,
                        terms=frozenset(terms),
                    )
                )
    return found


def fit(known: Sequence[Example]) -> Learned:
    """The weights by Newton's method."""
    known = [example for example in known if example.values]
    vocabulary = _vocabulary(known)
    columns = {name: number for number, name in enumerate(FEATURES, start=1)}
    x = np.zeros((len(known), 1 + len(FEATURES) + len(vocabulary)))
    x[:, 0] = 1.0
    for row, example in enumerate(known):
        for name, value in example.values.items():
            x[row, columns[name]] = value
        for term in example.terms & vocabulary.keys():
            x[row, 1 + len(FEATURES) + vocabulary[term]] = TERM_SHARE
    y = np.array([example.item.relevant for example in known], float)
    worth = np.array([WORTH if example.real else WORTH_OWN for example in known])
    weights = _newton(x, y, worth)
    terms: dict[str, dict[str, float]] = {side: {} for side in SIDES}
    for (side, word), number in vocabulary.items():
        terms[side][word] = float(weights[1 + len(FEATURES) + number] * TERM_SHARE)
    return Learned(
        bias=float(weights[0]),
        features={name: float(weights[column]) for name, column in columns.items()},
        terms=terms,
    )


def _vocabulary(known: Iterable[Example]) -> dict[tuple[str, str], int]:
    """The terms of enough items, numbered."""
    items: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for example in known:
        for term in example.terms:
            items[term].add(example.item.id)
    often = sorted(term for term, ids in items.items() if len(ids) >= SEEN_AT_LEAST)
    return {term: number for number, term in enumerate(often)}


def _newton(x: Numbers, y: Numbers, worth: Numbers) -> Numbers:
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-6
    for _ in range(50):
        guess = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (worth * (guess - y)) + ridge * weights
        bend = (x.T * (worth * guess * (1 - guess))) @ x + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step * min(1.0, 3.0 / float(abs(step).max()))
        if abs(step).max() < 1e-7:
            break
    return weights


def held_out(known: Sequence[Example]) -> None:
    """Print precision, recall and F1 on what was not learned from."""
    counts: dict[tuple[str, bool], Counts] = defaultdict(Counts)
    for part in range(FOLDS):
        away = {_event(e) for e in known if e.sample == "titles" and _part(e) == part}
        learned = fit(
            [
                e
                for e in known
                if (_event(e) not in away if e.sample == "titles" else half_of(e.item.id) == "seen")
            ]
        )
        for example in known:
            title = example.sample == "titles"
            if title and _part(example) != part:
                continue
            if not title and (part or half_of(example.item.id) == "seen"):
                continue
            terms = {side: [t for s, t in example.terms if s == side] for side in SIDES}
            found = bool(example.values) and learned.chance(example.values, terms) >= 0.5
            counts[example.sample, example.whole].add(found=found, true=example.item.relevant)
    for (sample, whole), counted in sorted(counts.items()):
        print(f"{sample:<10} {'title and text' if whole else 'title':<15} {counted}")


def _event(example: Example) -> str:
    """What near-repetitions of a title share: its longest words."""
    words = sorted(set(searched(example.item.title).split()), key=lambda word: (-len(word), word))
    return " ".join(sorted(words[:2]))


def _part(example: Example) -> int:
    return crc32(_event(example).encode("utf-8", "replace")) % FOLDS


def written(learned: Learned) -> str:
    """The content of the file."""
    lines = [f"bias: {learned.bias:.2f}", "features:"]
    lines += [f"  {name}: {learned.features[name]:.2f}" for name in FEATURES]
    lines.append("terms:")
    for side in SIDES:
        kept = {t: w for t, w in learned.terms[side].items() if abs(w) >= WORTH_WRITING}
        lines.append(f"  {side}:" if kept else f"  {side}: {{}}")
        lines += [f'    "{term}": {kept[term]:.2f}' for term in sorted(kept)]
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Learn, and write or measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--titles", type=Path, required=True)
    parser.add_argument("--world", type=Path, required=True)
    parser.add_argument("--held-out", action="store_true")
    asked = parser.parse_args()
    samples = items(asked.data, asked.archive, asked.titles, asked.world)
    known = examples(samples, Settings.load({}))
    counted = Counter(example.sample for example in known)
    print(", ".join(f"{name} {count}" for name, count in counted.items()))
    if asked.held_out:
        held_out(known)
        return
    learned = fit([e for e in known if e.sample == "titles" or half_of(e.item.id) == "seen"])
    OUT.write_text(written(learned), encoding="utf-8")
    print(f"{OUT} written.")


if __name__ == "__main__":
    main()
