"""What 100,000 watches cost beside as many aliases, against each evaluated alone and one big `re`.

    python -m bench.watches [--items headlines.jsonl] [--sizes 100 10000] [--plot growth.png]

Without `--items` (rows with `title` and `dek`) headlines are made up from a small vocabulary. Half
of the watches' words come from headlines and half are made-up names, so that a headline brings up
20 or more of 100,000 watches; the long texts are headlines in a row, hence the worst there is.
Times are of the processor, the best of five, medians over the texts. `build` is from stored queries
and the loaded catalog to a scanner and an index; `all` is scanning, recognising and matching.
"""

import argparse
import gc
import itertools
import json
import multiprocessing
import random
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.plot import draw_growth
from bot.entities import Catalog, Recogniser, load_catalog
from bot.model import (
    Alias,
    Article,
    Entity,
    EntityId,
    EntityKind,
    Judged,
    Published,
    WatchId,
)
from bot.text.scan import Scanner
from bot.watches import GROUP, Query, WatchIndex, parse, read_stored
from bot.watches.evaluate import Evidence, holds

CONFIG = Path(__file__).parents[1] / "config"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
OUTLETS = ("NPR", "The Verge", "Reuters", "Politico", "Techmeme", "Wired")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SYLLABLES = "an bel cor da el fi gar ho is ja kel lor mi na or pe qui ras san tor ul vin"
_SUBJECTS = "Senate Pentagon Commission Judge Agency Governor Regulator Lab Union Court"
_VERBS = "blocks weighs sues backs delays drops probes adopts rejects questions"
_OBJECTS = "chip export model audit data centre safety bill copyright training contract"
_ENDS = "after appeal,amid protest,over risk,in May,before vote,despite warning"
_FEW = 10
"""Texts on which the slow rivals are tried."""
_MOST_FOR_RE = 20_000
"""Literals up to which one big `re` is tried on long texts; past it one takes half a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Microseconds a text of one kind, and watches that it brought up and matched.

    `each` evaluates every watch on what the scan found; `one_re` only finds the literals.
    """

    kind: str
    scan: float
    recognise: float
    match: float
    all: float
    each: float
    one_re: float | None
    candidates: float
    matched: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One size: seconds to build, megabytes, and the times."""

    size: int
    literals: int
    build: float
    memory: float
    times: tuple[Timed, Timed]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything compiled for one size."""

    index: WatchIndex
    recogniser: Recogniser
    scanner: Scanner
    keys: list[str]


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
    for _ in range(40):
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


def best_us(work: Callable[[], object], rounds: int = 5) -> float:
    """Microseconds of processor time of the best of so many calls."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times) * 1e6


def named(size: int, rng: random.Random) -> Catalog:
    """The shipped catalog and so many made-up companies."""
    made_up = [
        Entity(
            id=EntityId(f"made-up-{number}"),
            name=(both := f"{name(rng)} {name(rng)}"),
            kind=EntityKind.COMPANY,
            aliases=(Alias(text=both),),
        )
        for number in range(size)
    ]
    return Catalog([*load_catalog(CONFIG / "entities.yaml").all(), *made_up])


def built(stored: Sequence[str], catalog: Catalog) -> Parts:
    """From stored queries and a catalog to what judges texts."""
    index = WatchIndex.build(
        (WatchId(number), read_stored(query)) for number, query in enumerate(stored)
    )
    recogniser = Recogniser(catalog)
    scanner = Scanner.build({"alias": recogniser.literals(), GROUP: index.literals()})
    keys = [literal.text + "*" * literal.prefix for literal in index.literals()]
    return Parts(index, recogniser, scanner, keys)


def measure(size: int, items: Path | None) -> Row:
    """Build everything for one size and time it on headlines and on texts."""
    rng = random.Random(7)
    titles, sentences = prose(items, rng)
    headlines = [judged(title, "", rng) for title in rng.sample(titles, 300)]
    texts = [judged("", text, rng) for text in long_texts(sentences, rng)]
    stored = [parse(query).canonical for query in typed_queries(titles, size, rng)]
    catalog = named(size, rng)
    gc.collect()
    before, started = peak(), time.process_time()
    parts = built(stored, catalog)
    build, memory = time.process_time() - started, peak() - before
    # As the service does it with many watches: the collector is not to walk them again and again.
    gc.collect()
    gc.freeze()
    # For the rival alone; the index keeps no queries.
    queries = [read_stored(query) for query in stored]
    return Row(
        size=size,
        literals=len(parts.index.literals()),
        build=build,
        memory=memory,
        times=(
            timed("headline", parts, headlines, queries),
            timed("5 kB", parts, texts, queries),
        ),
    )


def peak() -> float:
    """This process's peak memory, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(kind: str, parts: Parts, sample: Sequence[Judged], queries: Sequence[Query]) -> Timed:
    """The times of one kind of text."""
    scanner, index, recogniser = parts.scanner, parts.index, parts.recogniser
    columns: list[tuple[float, ...]] = []
    for one in sample:
        title, text = one.article.title, one.article.text
        scanned = scanner.scan(title, text)
        matched = index.matching(scanned, one)
        columns.append((
            best_us(partial(scanner.scan, title, text)),
            best_us(partial(recogniser.recognise, scanned)),
            best_us(partial(index.matching, scanned, one)),
            best_us(partial(_all, parts, one)),
            index.candidates(scanned, one),
            len(matched),
        ))  # fmt: skip
    scan, recognise, match, whole, candidates, found = zip(*columns, strict=True)
    middle = statistics.median
    return Timed(
        kind=kind,
        scan=middle(scan),
        recognise=middle(recognise),
        match=middle(match),
        all=middle(whole),
        each=middle(_each_us(parts, queries, one) for one in sample[:_FEW]),
        one_re=_re_us(parts, sample[:_FEW]),
        candidates=statistics.mean(candidates),
        matched=statistics.mean(found),
    )


def _all(parts: Parts, one: Judged) -> object:
    scanned = parts.scanner.scan(one.article.title, one.article.text)
    return parts.recogniser.recognise(scanned), parts.index.matching(scanned, one)


def _each_us(parts: Parts, queries: Sequence[Query], one: Judged) -> float:
    """Every watch evaluated on the same evidence, no index."""
    scanned = parts.scanner.scan(one.article.title, one.article.text)
    evidence = Evidence(scanned, one, parts.keys)
    return best_us(lambda: [q for q in queries if holds(q.root, evidence)], rounds=1)


def _re_us(parts: Parts, sample: Sequence[Judged]) -> float | None:
    """One big expression of all literals, only finding them."""
    literals = [literal.text for literal in parts.index.literals()]
    long = len(sample[0].article.text) > 1_000
    if long and len(literals) > _MOST_FOR_RE:
        return None
    one_re = re.compile(rf"\b(?:{'|'.join(map(re.escape, literals))})\b", re.IGNORECASE)
    texts = [one.article.title or one.article.text for one in sample]
    return statistics.median(best_us(partial(one_re.findall, text), 1) for text in texts)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as text."""
    yield (
        "   size literals  build    MB |     scan recogn.   match     all |     each   one re "
        "| tried matched"
    )
    for row in rows:
        built_ = f"{row.size:7} {row.literals:8} {row.build:5.2f}s {row.memory:5.0f}"
        for one in row.times:
            ours = f"{one.scan:8.0f} {one.recognise:7.0f} {one.match:7.0f} {one.all:7.0f}"
            big = f"{one.one_re:8.0f}" if one.one_re is not None else "       -"
            counts = f"{one.candidates:5.0f} {one.matched:7.0f}"
            yield f"{built_} | {ours} | {one.each:8.0f} {big} | {counts}  µs a {one.kind}"


def plot(path: Path, rows: Sequence[Row]) -> None:
    """Draw how the times grow with the watches."""
    headline, text = ([(row.size, row.times[at]) for row in rows] for at in (0, 1))
    lines = {
        "headline: index": [(size, one.all) for size, one in headline],
        "headline: one re": [(size, one.one_re) for size, one in headline if one.one_re],
        "5 kB: index": [(size, one.all) for size, one in text],
        "5 kB: each alone": [(size, one.each) for size, one in text],
        "5 kB: one re": [(size, one.one_re) for size, one in text if one.one_re],
    }
    title = "Microseconds a text: scanned, recognised, and held against all watches"
    draw_growth(path, title, "watches, and as many aliases", lines)


def main() -> None:
    """Print a row a size, and draw the growth where a file is named."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--items", type=Path)
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000])
    options.add_argument("--plot", type=Path)
    chosen = options.parse_args()
    rows: list[Row] = []
    for size in chosen.sizes:
        # A process of its own: its memory is its own.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(measure, (size, chosen.items)))
    print("\n".join(table(rows)))
    if chosen.plot:
        plot(chosen.plot, rows)


if __name__ == "__main__":
    main()
