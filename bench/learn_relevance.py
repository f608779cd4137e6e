"""Learn config/relevance-weights.yaml from news that people have labelled; needs numpy.

    python -m bench.learn_relevance --data DIR --archive CLONE --titles FILE --world CLONE
        writes the file; with --held-out, what unseen news come to

A logistic regression over the features of bot/relevance/features.py, the lexicons' own terms and
the words of titles, drawn towards 0: a term that is rare in the samples keeps the weight that its
lexicon gives it, and a rare word weighs nothing. Real news count for more than sentences of ours.
Their texts are learned from once more without their titles, for many a title tells nothing.

What is counted only is not learned from, but for titles, of which there are no others. `--held-out`
learns five times without a fifth of the titles that have no other half, without near-repetitions of
these, and without the count-only halves of all other samples, and judges just these.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import wrap
from zlib import crc32

import numpy as np

from bench.logistic import least_loss
from bench.quality.counts import Counts
from bench.quality.draw import half_of
from bench.quality.relevance import Item, items
from bot.entities import Recogniser, load_catalog
from bot.relevance import THRESHOLD, Learned, Relevance, load_topics
from bot.relevance.features import FEATURES, SIDES
from bot.settings import Settings
from bot.text.scan import Scanner, searched

REAL = {"titles", "world", "month", "headlines", "entries", "archive", "openings"}
FOLDED = {"titles", "world"}
"""Samples of titles that have no count-only half."""
UNTITLED = "untitled"
"""Texts of real news once more, under no title."""
WHOLE = {"articles", "openings", UNTITLED}
"""Samples whose titles tell little, or are in another one."""
WORTH, WORTH_OWN, WORTH_UNTITLED = 2.0, 1.0, 0.5
"""How much an item of real news counts, a sentence of our own, and a text without its title."""
RIDGE = 4.0
SHARE = 0.8
"""Terms and words are drawn to 0 harder than features: by one over the square of this."""
SEEN_AT_LEAST = 4
"""In so many items a term or a word must stand to be learned of."""
WORTH_WRITING = 0.1
"""Log-odds under which a term or a word is not written down."""
FOLDS = 5
WORDS = "words"
OUT = Path(__file__).parents[1] / "config" / "relevance-weights.yaml"
HEAD = """\
# How evidence decides whether an article is AI policy: weights of a logistic regression, in
# log-odds, learned by `python -m bench.learn_relevance`; change them by running it. The lexicons of
# topics.yaml say what is evidence and about how much; `terms` is what reading real news took from
# single terms of theirs or added to them, `words` what the words of titles tell by themselves.
"""


@dataclass(slots=True)
class Notes:
    """An experience that decides nothing and notes what it was asked."""

    values: Mapping[str, float] = field(default_factory=dict)
    found: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Iterable[str] = ()

    def chance(
        self,
        values: Mapping[str, float],
        found: Mapping[str, Sequence[str]],
        words: Iterable[str] = (),
    ) -> float:
        """Keep all three."""
        self.values, self.found, self.words = values, found, words
        return 0.5

    def leaning(self, word: str) -> float:
        """No word leans."""
        del word
        return 0.0

    def share(self, side: str, term: str) -> float:
        """As the lexicon has it."""
        del side, term
        return 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A judged text; `values` is empty where nothing speaks of AI, or nothing of policy.

    A title's words are `terms` of the side `WORDS`.
    """

    sample: str
    item: Item
    whole: bool
    values: Mapping[str, float]
    terms: frozenset[tuple[str, str]]

    @property
    def worth(self) -> float:
        """How much it counts."""
        if self.sample in REAL:
            return WORTH
        return WORTH_UNTITLED if self.sample == UNTITLED else WORTH_OWN

    def chance(self, learned: Learned) -> float:
        """How likely it is AI policy by what was learned."""
        if not self.values:
            return 0.0
        sides: dict[str, list[str]] = {side: [] for side in (*SIDES, WORDS)}
        for side, term in self.terms:
            sides[side].append(term)
        return learned.chance(self.values, {side: sides[side] for side in SIDES}, sides[WORDS])


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
                notes.values, notes.found, notes.words = {}, {}, ()
                scanned = scanner.scan(item.title, item.text if whole else "")
                relevance.score(scanned, recogniser.recognise(scanned))
                kept = {**notes.found, WORDS: notes.words}
                terms = ((side, term) for side, listed in kept.items() for term in listed)
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
            x[row, 1 + len(FEATURES) + vocabulary[term]] = SHARE
    y = np.array([example.item.relevant for example in known], float)
    weights = least_loss(x, y, np.array([example.worth for example in known]), RIDGE)
    terms: dict[str, dict[str, float]] = {side: {} for side in (*SIDES, WORDS)}
    for (side, word), number in vocabulary.items():
        terms[side][word] = float(weights[1 + len(FEATURES) + number] * SHARE)
    return Learned(
        bias=float(weights[0]),
        features={name: float(weights[column]) for name, column in columns.items()},
        terms={side: terms[side] for side in SIDES},
        words=terms[WORDS],
    )


def _vocabulary(known: Iterable[Example]) -> dict[tuple[str, str], int]:
    """The terms of enough items, numbered."""
    items: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for example in known:
        for term in example.terms:
            items[term].add(example.item.id)
    often = sorted(term for term, ids in items.items() if len(ids) >= SEEN_AT_LEAST)
    return {term: number for number, term in enumerate(often)}


def held_out(known: Sequence[Example]) -> Iterator[tuple[Example, float]]:
    """Each example that can be judged by what did not learn of it, with its chance."""
    for part in range(FOLDS):
        away = {_event(e) for e in known if e.sample in FOLDED and _part(e) == part}
        learned = fit(
            [
                e
                for e in known
                if (_event(e) not in away if e.sample in FOLDED else half_of(e.item.id) == "seen")
            ]
        )
        for example in known:
            if example.sample in FOLDED:
                judged = _part(example) == part
            else:
                judged = part == 0 and half_of(example.item.id) == "count-only"
            if judged and example.sample != UNTITLED:
                yield example, example.chance(learned)


def report(judged: Iterable[tuple[Example, float]]) -> None:
    """Print precision, recall and F1 of each sample, and how true the chances of real news are."""
    counts: dict[tuple[str, bool], Counts] = defaultdict(Counts)
    tenths: dict[int, list[bool]] = defaultdict(list)
    for example, chance in judged:
        relevant = example.item.relevant
        counts[example.sample, example.whole].add(found=chance >= THRESHOLD, true=relevant)
        if example.sample in REAL:
            tenths[min(int(chance * 10), 9)].append(relevant)
    for (sample, whole), counted in sorted(counts.items()):
        print(f"{sample:<10} {'title and text' if whole else 'title':<15} {counted}")
    for tenth, true in sorted(tenths.items()):
        share = sum(true) / len(true)
        print(f"chance {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}: {share:.2f} of {len(true)}")


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
    return HEAD + "\n".join([*lines, "words:", *_by_weight(learned.words)]) + "\n"


def _by_weight(words: Mapping[str, float]) -> Iterator[str]:
    """Lines with the words of each weight, to a tenth."""
    alike: defaultdict[float, list[str]] = defaultdict(list)
    for word, weight in sorted(words.items()):
        if abs(weight) >= WORTH_WRITING:
            alike[round(weight, 1)].append(f'"{word}"')
    for weight, listed in sorted(alike.items(), reverse=True):
        yield f'  "{weight}": ['
        yield from wrap(", ".join(listed), 96, initial_indent="    ", subsequent_indent="    ")
        yield "  ]"


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
    samples[UNTITLED] = [
        replace(item, title="")
        for sample in ("openings", "archive", "headlines", "entries")
        for item in samples[sample]
        if item.text
    ]
    known = examples(samples, Settings.load({}))
    counted = Counter(example.sample for example in known)
    print(", ".join(f"{name} {count}" for name, count in counted.items()))
    if asked.held_out:
        report(held_out(known))
        return
    learned = fit([e for e in known if e.sample in FOLDED or half_of(e.item.id) == "seen"])
    OUT.write_text(written(learned), encoding="utf-8")
    print(f"{OUT} written.")


if __name__ == "__main__":
    main()
