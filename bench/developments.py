"""How often a new story follows the right earlier one: `python -m bench.developments [--data DIR]`.

The labels decide which story each report joins; of each event's first report it is asked which
story it follows. Right is the event that its label names, or one that this follows in turn.
"""

import argparse
from pathlib import Path

from bench.clusters import fresh
from bench.sagas import follows
from bench.sets import Corpus, corpora
from bot.model import ArticleId, Report, StoryId


def measure(corpus: Corpus) -> dict[str, float]:
    """Share of named predecessors that are right, exactly right, of the saga; and share named."""
    chain, clusterer = follows(corpus.family), fresh()
    stories: dict[str, StoryId] = {}
    events: dict[StoryId, str] = {}
    named = right = exact = within = wanted = 0
    for number, item in enumerate(corpus.items, 1):
        now = item.judged.article.seen_at
        batch = clusterer.begin()
        found = batch.assign(item.judged, now)
        event = item.event or f"unlabelled {number}"
        if event not in stories:
            stories[event] = StoryId(number)
            events[StoryId(number)] = event
            before = chain.get(event)
            wanted += before is not None
            if found.predecessor is not None and item.event:
                told = events[found.predecessor]
                named += 1
                within += told in chain
                exact += told == before
                right += told in _ancestors(chain, event)
        batch.join(Report(id=ArticleId(number), judged=item.judged, joined=()), stories[event], now)
        clusterer.commit(batch)
    return {
        "right": right / (named or 1),
        "exactly": exact / (named or 1),
        "in the saga": within / (named or 1),
        "recall": right / wanted,
    }


def _ancestors(chain: dict[str, str | None], event: str) -> set[str]:
    found: set[str] = set()
    before = chain.get(event)
    while before is not None:
        found.add(before)
        before = chain.get(before)
    return found


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    for corpus in corpora(parser.parse_args().data):
        if (Path(__file__).parent / f"saga-{corpus.family}.yaml").exists():
            figures = " ".join(f"{k} {v:.2f}" for k, v in measure(corpus).items())
            print(f"{corpus.name:28} {figures}")


if __name__ == "__main__":
    main()
