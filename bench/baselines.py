"""Simple ways to group articles, each at the best setting that the labels allow: to be beaten."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from bench.sets import Item

Groups = list[int]
_CUTS = [cut / 20 for cut in range(2, 17)]
_HALVED_AFTER = (12, 24, 48, 96)
_WINDOW = 72.0


def baselines(
    items: Sequence[Item], grade: Callable[[Groups], float]
) -> Iterator[tuple[str, Groups]]:
    """Name and groups of each; `grade` says which setting of one is best."""
    yield "every article alone", list(range(len(items)))
    yield "exact title", exact_titles(items)
    words = tfidf(items)
    yield "TF-IDF, best cut", max((_joined(items, words, cut) for cut in _CUTS), key=grade)
    decayed = (_joined(items, words, cut, half) for half in _HALVED_AFTER for cut in _CUTS)
    yield "TF-IDF with decay, best", max(decayed, key=grade)
    if find_spec("wordllama"):
        meaning = embedded(items)
        yield (
            "embedding, best cut",
            max((_joined(items, meaning, 0.3 + cut * 0.8) for cut in _CUTS), key=grade),
        )


def exact_titles(items: Sequence[Item]) -> Groups:
    """One group a title, case and punctuation aside."""
    seen: dict[str, int] = {}
    titles = (" ".join(re.findall(r"\w+", i.judged.article.title.lower())) for i in items)
    return [seen.setdefault(title, len(seen)) for title in titles]


def tfidf(items: Sequence[Item]) -> list[Mapping[int, float]]:
    """Of each article its likeness to earlier ones within 72 hours."""
    bags = [Counter(re.findall(r"\w+", _text(item).lower())) for item in items]
    known = Counter(term for bag in bags for term in bag)
    vectors = []
    for bag in bags:
        raw = {t: (1 + math.log(n)) * math.log(len(bags) / known[t] + 1) for t, n in bag.items()}
        norm = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        vectors.append({term: value / norm for term, value in raw.items()})
    postings: defaultdict[str, list[int]] = defaultdict(list)
    found: list[Mapping[int, float]] = []
    for number, vector in enumerate(vectors):
        likeness: defaultdict[int, float] = defaultdict(float)
        for term, value in vector.items():
            for other in postings[term]:
                if _hours(items, number, other) < _WINDOW:
                    likeness[other] += value * vectors[other][term]
            postings[term].append(number)
        found.append(likeness)
    return found


def embedded(items: Sequence[Item]) -> list[Mapping[int, float]]:
    """The same by static embeddings, of the `semantic` extra."""
    import wordllama

    model = wordllama.WordLlama.load(
        cache_dir=Path(wordllama.__file__).parent, disable_download=True
    )
    vectors = [model.embed(_text(item)[:2000] or " ", norm=True)[0] for item in items]
    return [
        {
            other: float(vector @ vectors[other])
            for other in range(number)
            if _hours(items, number, other) < _WINDOW
        }
        for number, vector in enumerate(vectors)
    ]


def _joined(
    items: Sequence[Item],
    likeness: Sequence[Mapping[int, float]],
    least: float,
    half: float = math.inf,
) -> Groups:
    """Each article with the nearest earlier one, likeness halved after so many hours."""
    groups: Groups = []
    for number, like in enumerate(likeness):
        near = [
            (score * 0.5 ** (_hours(items, number, other) / half), -other)
            for other, score in like.items()
            if score >= least
        ]
        best = max(near, default=(0.0, 0))
        groups.append(groups[-best[1]] if best[0] >= least else number)
    return groups


def _text(item: Item) -> str:
    return f"{item.judged.article.title} {item.judged.article.text}"


def _hours(items: Sequence[Item], one: int, other: int) -> float:
    later, earlier = items[one].judged.article, items[other].judged.article
    return (later.published.at - earlier.published.at).total_seconds() / 3600
