"""What watches cost a text: 100, 10,000 and 100,000 of them in the index, and evaluated one by one.

    python bench/watches.py [--items headlines.jsonl] [--sizes 100 10000 100000]

Half of the terms are word runs of the headlines, half made-up names. Without --items (JSON lines
with "title" and "dek") the texts are made up too. Times are medians of a text's best of three;
every size runs in a process of its own, so that memory is its own.
"""

import argparse
import itertools
import json
import multiprocessing
import random
import re
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.model import Article, Judged, Published, WatchId
from bot.text.scan import Scanned, Scanner
from bot.watches import GROUP, Query, WatchIndex, parse
from bot.watches.evaluate import Evidence, hits_by_key, holds
from bot.watches.required import required

NOW = datetime(2026, 3, 2, tzinfo=UTC)
OUTLETS = ("NPR", "The Verge", "Reuters", "Politico", "Techmeme", "Wired")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SYLLABLES = "an bel cor da el fi gar ho is ja kel lor mi na or pe qui ras san tor ul vin"
_SUBJECTS = "Senate Pentagon Commission Judge Agency Governor Regulator Lab Union Court"
_VERBS = "blocks weighs sues backs delays drops probes adopts rejects questions"
_OBJECTS = "chip export model audit data centre safety bill copyright training contract"
_ENDS = "after appeal,amid protest,over risk,in May,before vote,despite warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One size's figures: milliseconds, megabytes, microseconds a text, counts a text."""

    watches: int
    literals: int
    parse_ms: float
    build_ms: float
    memory_mb: float
    scan_us: tuple[float, float]
    match_us: tuple[float, float]
    each_us: tuple[float, float]
    tried: tuple[float, float]
    matched: tuple[float, float]


def prose(items: Path | None, rng: random.Random) -> tuple[list[str], list[str]]:
    """Headlines, and what texts are put together from."""
    if items:
        rows = [json.loads(line) for line in items.read_text("utf-8").splitlines()]
        return [r["title"] for r in rows], [f"{r['title']}. {r.get('dek') or ''}" for r in rows]
    parts = list(
        itertools.product(*(words.split() for words in (_SUBJECTS, _VERBS, _OBJECTS, _OBJECTS)))
    )
    ends = _ENDS.split(",")
    titles = [" ".join((*part, rng.choice(ends))) for part in rng.sample(parts, 3_000)]
    return titles, [f"{title}, {name(rng)} of {name(rng)} said." for title in titles]


def name(rng: random.Random) -> str:
    """A word that stands in no dictionary."""
    return "".join(rng.choice(_SYLLABLES.split()) for _ in range(rng.randint(2, 4))).title()


def long_texts(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """Texts of 5,000 characters."""
    texts = []
    for _ in range(100):
        text = ""
        while len(text) < 5_000:
            text += " " + rng.choice(sentences)
        texts.append(text[:5_000])
    return texts


def phrases(titles: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Turn about: a run of one to three words of a headline, and one of made-up names."""
    while True:
        words = _WORD.findall(rng.choice(titles))
        length = rng.choice((1, 2, 2, 3))
        start = rng.randrange(max(1, len(words) - length + 1))
        if len(run := " ".join(words[start : start + length])) > 3:
            yield f'"{run}"'
            yield f'"{name(rng)} {name(rng)}"'


def typed_queries(titles: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """Queries of the shapes that people save."""
    terms = phrases(titles, rng)
    shapes: tuple[Callable[[], str], ...] = (
        lambda: next(terms),
        lambda: next(terms),
        lambda: f"{next(terms)} {next(terms)}",
        lambda: f"{next(terms)} AND ({next(terms)} OR {next(terms)})",
        lambda: f"{next(terms)} NEAR/8 {next(terms)}",
        lambda: f"{next(terms)} -{next(terms)} -source:{rng.choice(OUTLETS)}".replace(":The ", ":"),
        lambda: f"title:{next(terms)} relevance>0.5",
    )
    return [rng.choice(shapes)() for _ in range(count)]


def judged(title: str, text: str, rng: random.Random) -> Judged:
    """An article of one of the outlets, half of them relevant."""
    published = Published(at=NOW, stated=True)
    article = Article(
        key="", title=title, text=text, outlet=rng.choice(OUTLETS), published=published, seen_at=NOW
    )
    return Judged(article=article, relevance=rng.choice((0.2, 0.8)))


def best_us(work: Callable[[], object]) -> float:
    """Microseconds of the best of three calls."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1e6


def measure(size: int, items: Path | None) -> Row:
    """Build everything for one size and time it on headlines and on texts."""
    rng = random.Random(7)
    titles, sentences = prose(items, rng)
    samples = (
        [judged(title, "", rng) for title in rng.sample(titles, 1_000)],
        [judged("", text, rng) for text in long_texts(sentences, rng)],
    )
    typed = [parse(query).canonical for query in typed_queries(titles, size, rng)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    watches = [(WatchId(number), parse(query)) for number, query in enumerate(typed)]
    parsed = time.perf_counter()
    index = WatchIndex.build(watches)
    literals = index.literals()
    scanner = Scanner.build({GROUP: literals})
    built = time.perf_counter()
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    columns = [_columns(index, scanner, watches, sample) for sample in samples]
    scan, match, each, tried, matched = zip(*columns, strict=True)
    return Row(
        watches=size,
        literals=len(literals),
        parse_ms=(parsed - started) * 1e3,
        build_ms=(built - parsed) * 1e3,
        memory_mb=memory,
        scan_us=scan,
        match_us=match,
        each_us=each,
        tried=tried,
        matched=matched,
    )


def _columns(
    index: WatchIndex,
    scanner: Scanner,
    watches: Sequence[tuple[WatchId, Query]],
    sample: Sequence[Judged],
) -> tuple[float, float, float, float, float]:
    scan, match, each, tried, matched = [], [], [], [], []
    keys = [literal.text + "*" * literal.prefix for literal in index.literals()]
    needed = [required(query.root) for query in {query for _watch, query in watches}]
    filed = Counter(word for one in needed if one for word in one.words)
    for place, article in enumerate(sample):
        title, text = article.article.title, article.article.text
        scan.append(best_us(partial(scanner.scan, title, text)))
        scanned = scanner.scan(title, text)
        match.append(best_us(partial(index.matching, scanned, article)))
        matched.append(len(index.matching(scanned, article)))
        found = hits_by_key(scanned, keys)
        tried.append(sum(filed[key] for key in found))
        if place < 10:
            each.append(best_us(partial(_each, watches, keys, scanned, article)))
    median = statistics.median
    return (
        median(scan),
        median(match),
        median(each),
        statistics.mean(tried),
        statistics.mean(matched),
    )


def _each(
    watches: Sequence[tuple[WatchId, Query]], keys: list[str], scanned: Scanned, article: Judged
) -> list[WatchId]:
    """Every watch evaluated on the same evidence, no index."""
    evidence = Evidence(scanned, article, hits_by_key(scanned, keys))
    return [watch for watch, query in watches if holds(query.root, evidence)]


def main() -> None:
    """Print a row a size."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--items", type=Path)
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000])
    chosen = options.parse_args()
    print("watches  literals  parse ms  build ms  MB |  scan µs  match µs  each µs  tried  matched")
    for size in chosen.sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            row = pool.apply(measure, (size, chosen.items))
        built = f"{row.watches:7} {row.literals:9} {row.parse_ms:9.0f} {row.build_ms:9.0f}"
        for place, kind in enumerate(("headline", "5 kB text")):
            times = (
                f"{row.scan_us[place]:8.0f} {row.match_us[place]:9.0f} {row.each_us[place]:8.0f}"
            )
            counts = f"{row.tried[place]:6.1f} {row.matched[place]:8.1f}"
            print(f"{built} {row.memory_mb:4.0f} | {times} {counts}  {kind}")


if __name__ == "__main__":
    main()
