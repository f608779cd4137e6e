"""How well articles are joined into stories: pairwise and B-cubed against simple baselines.

python -m bench.clusters --data DIR     with the development sets (ECB+, Google News, UCI) in DIR
python -m bench.clusters                our own sets alone: the sample wire and sagas of ours
python -m bench.clusters --archive CLONE    with the magazines that bench/press.py reads
python -m bench.clusters --outlets CLONE    with the real sagas that bench/outlets.py reads
python -m bench.clusters --only NAME    one set; --quick leaves the baselines out
python -m bench.clusters --speed        cost of an article with 10,000 live stories
python -m bench.clusters --errors NAME  what was joined wrongly or kept apart in one set
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.baselines import baselines
from bench.sets import ROOT, Corpus, Item, corpora, labelled
from bot.model import ArticleId, Report, StoryId
from bot.stories.clustering import Clusterer
from bot.stories.terms import profile
from bot.stories.weights import load_weights


def fresh() -> Clusterer:
    """A clusterer with the weights of config/."""
    return Clusterer(*load_weights(ROOT / "config" / "story-weights.yaml"))


def ours(items: Sequence[Item], clusterer: Clusterer | None = None, start: int = 0) -> list[int]:
    """The story of each article, by the clusterer that the program runs."""
    clusterer = clusterer or fresh()
    stories = []
    for number, item in enumerate(items, start):
        now = item.judged.article.seen_at
        batch = clusterer.begin()
        found = batch.assign(item.judged, now)
        story = StoryId(number) if found.story is None else found.story
        report = Report(id=ArticleId(number), judged=item.judged, joined=found.reasons)
        batch.join(report, story, now)
        clusterer.commit(batch)
        stories.append(int(story))
    return stories


def scores(groups: Sequence[int], items: Sequence[Item]) -> dict[str, float]:
    """Pairwise (P, R, F) and B-cubed (bP, bR, bF) precision, recall and F1."""
    events = [item.event for item in items]
    by_group, by_event = Counter(groups), Counter(events)
    both = Counter(zip(groups, events, strict=True))

    def pairs(counts: Counter[int] | Counter[str] | Counter[tuple[int, str]]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right, made, meant = pairs(both), pairs(by_group), pairs(by_event)
    precision, recall = right / made if made else 1.0, right / meant if meant else 1.0
    cubed_p = sum(n * n / by_group[group] for (group, _), n in both.items()) / len(events)
    cubed_r = sum(n * n / by_event[event] for (_, event), n in both.items()) / len(events)
    return {
        "P": precision, "R": recall, "F": _mean(precision, recall),
        "bP": cubed_p, "bR": cubed_r, "bF": _mean(cubed_p, cubed_r),
    }  # fmt: skip


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def compare(corpus: Corpus, *, quick: bool = False) -> None:
    """Print one table."""
    items = corpus.items
    kept = [number for number, item in enumerate(items) if item.event]
    events = [items[number] for number in kept]

    def graded(groups: Sequence[int]) -> dict[str, float]:
        return scores([groups[number] for number in kept], events)

    print(f"\n{corpus.name}: {len(events)} articles, {len({i.event for i in events})} events")
    rows = [] if quick else list(baselines(items, lambda groups: graded(groups)["bF"]))
    for name, groups in [*rows, ("policywire", ours(items))]:
        figures = " ".join(f"{k} {v:.3f}" for k, v in graded(groups).items())
        print(f"  {name:24} {figures}", flush=True)


def show_errors(corpus: Corpus) -> None:
    """Print the stories that mix events, and the events in several stories."""
    groups = ours(corpus.items)
    by_story, by_event = defaultdict(list), defaultdict(list)
    for group, item in zip(groups, corpus.items, strict=True):
        line = f"{item.judged.article.published.at:%m-%d %H:%M} {item.judged.article.title}"
        by_story[group].append((item.event, line))
        by_event[item.event].append((group, line))
    for story, members in by_story.items():
        if len({event for event, _ in members}) > 1:
            print(f"mixed {story}", *(f"    {event}: {line}" for event, line in members), sep="\n")
    for event, reports in by_event.items():
        if len({group for group, _ in reports}) > 1:
            print(f"apart {event}", *(f"    {group}: {line}" for group, line in reports), sep="\n")


def speed(stories: int = 10_000, measured: int = 1_000) -> None:
    """Print the cost of an article with many live stories of made-up words."""
    chance = random.Random(1)
    common = [f"Qw{n}" for n in range(3_000)]
    start = datetime(2026, 3, 1, tzinfo=UTC)

    def article(number: int) -> Item:
        names = [f"Qn{chance.randrange(40_000)}" for _ in range(6)]
        words = [common[min(int(chance.expovariate(1 / 300)), 2_999)] for _ in range(34)]
        text = names[3:] + words[10:]
        chance.shuffle(text)
        title = " ".join(names[:3] + words[:10])
        at = start + timedelta(seconds=number * 20)
        return labelled(str(number), title, " ".join(text) + ".", at, str(number))

    clusterer = fresh()
    ours([article(number) for number in range(stories)], clusterer)
    later = [article(number) for number in range(stories, stories + measured)]
    begun = time.process_time()
    ours(later, clusterer, stories)
    spent = time.process_time() - begun
    begun = time.process_time()
    for item in later:
        profile(item.judged)
    reading = time.process_time() - begun
    print(
        f"{clusterer.live} live stories: {spent / measured * 1000:.2f} ms an article, "
        f"of which {reading / measured * 1000 * 1:.2f} ms is reading it"
    )


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--archive", type=Path, help="a clone of what bench/press.py reads")
    parser.add_argument("--outlets", type=Path, help="a clone of what bench/outlets.py reads")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--only", metavar="NAME")
    parser.add_argument("--errors", metavar="NAME")
    asked = parser.parse_args()
    if asked.speed:
        speed()
        return
    wanted = asked.errors or asked.only
    for corpus in corpora(asked.data, asked.archive, asked.outlets):
        if wanted not in {None, corpus.name, corpus.family}:
            continue
        if not corpus.items:
            print(f"\n{corpus.name}: not there, skipped")
        elif asked.errors:
            show_errors(corpus)
        else:
            compare(corpus, quick=asked.quick)


if __name__ == "__main__":
    main()
