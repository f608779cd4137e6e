"""What each part of relevance is worth: F1 without it, on halves of which no error was listed.

    python -m bench.quality.ablation [--data ../shared/data]

All count-only halves together, from the title alone and from all the text.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.quality.counts import Counts
from bench.quality.draw import half_of
from bench.quality.relevance import Item, items
from bot.app.engine import Knowledge
from bot.entities import Recogniser
from bot.relevance import THRESHOLD, Learned, Relevance, Topics
from bot.settings import Settings
from bot.text.scan import Scanner

PARTS: Mapping[str, Callable[[Topics], Topics]] = {
    "everything": lambda topics: topics,
    "no acts": lambda topics: replace(topics, acts=()),
    "no places": lambda topics: replace(topics, places=()),
    "no words against": lambda topics: replace(topics, against=()),
    "no longer expressions": lambda topics: replace(topics, ignore=()),
}


def count(
    sample: Sequence[Item], topics: Topics, learned: Learned, recogniser: Recogniser | None
) -> list[Counts]:
    """Judge all items with these lists, from the title alone and from all the text."""
    relevance = Relevance(topics, learned)
    literals = {"topic": relevance.literals()}
    if recogniser is not None:
        literals["alias"] = recogniser.literals()
    scanner = Scanner.build(literals)
    counts = [Counts(), Counts()]
    for item in sample:
        for whole, counted in enumerate(counts):
            if not whole and not item.title_tells:
                continue
            scanned = scanner.scan(item.title, item.text if whole else "")
            entities = recogniser.recognise(scanned) if recogniser is not None else ()
            found = relevance.score(scanned, entities).value >= THRESHOLD
            counted.add(found=found, true=item.relevant)
    return counts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked = parser.parse_args()
    sample = [
        item
        for each in items(asked.data).values()
        for item in each
        if half_of(item.id) == "count-only" and not item.doubtful
    ]
    knowledge = Knowledge.load(Settings.load({}))
    topics, learned = knowledge.topics, knowledge.learned
    recogniser = Recogniser(knowledge.catalog)
    print(f"{len(sample)} items, {sum(item.relevant for item in sample)} of them AI policy")
    for name, change in PARTS.items():
        _print(name, count(sample, change(topics), learned, recogniser))
    _print("no entities", count(sample, topics, learned, None))
    words = replace(learned, terms={side: {} for side in learned.terms})
    _print("no learned terms", count(sample, topics, words, recogniser))


def _print(name: str, counts: Sequence[Counts]) -> None:
    title, whole = counts
    print(f"  {name:<22} title {title}\n  {'':<22} whole {whole}")


if __name__ == "__main__":
    main()
