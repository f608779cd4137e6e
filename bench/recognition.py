"""How fast recognition and relevance are, on the shipped catalog and with 100,000 names more.

    python -m bench.recognition [--names 100000] [--small 2000] [--data DIR] [--plot FILE]

Sizes are 100, 10,000 and --names of aliases, and as many literals of watches; with the development
data, half of those literals are words of real headlines. Texts are made up from the catalog's own
words and filler, with a fixed seed. Each size runs in a process of its own, so that its memory is
its own. One big `re` is the measure to beat; it is tried on the small size alone, for it takes
minutes on the large one.
"""

import argparse
import multiprocessing
import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path

from bench.plot import draw_growth
from bench.quality.draw import read_headlines
from bot.entities import Catalog, Recogniser, load_catalog
from bot.model.entities import Alias, Entity, EntityKind
from bot.model.ids import EntityId
from bot.relevance import Relevance, load_learned, load_topics
from bot.text.scan import Literal, Scanner, searched

CONFIG = Path(__file__).parents[1] / "config"
SYLLABLES = "an bel cor da el fi gar ho is ja kel lor mi na or pe qui ras san tor ul vin wex yo"
FILLER = (
    "the company said on Friday that a new plan for its workers in the north will cost more than "
    "last year while officials in several cities wait for numbers and people ask what comes next"
)
NAMED = 1 / 20


def name(rng: random.Random) -> str:
    """A made-up name of two words."""
    syllables = SYLLABLES.split()
    words = ("".join(rng.choices(syllables, k=rng.randint(2, 4))).title() for _ in range(2))
    return " ".join(words)


def texts(rng: random.Random, names: Sequence[str], length: int, count: int) -> list[str]:
    """Texts of about `length` code points in which one word of 20 is a name."""
    made = []
    filler = FILLER.split()
    for _ in range(count):
        words: list[str] = []
        while sum(map(len, words)) + len(words) < length:
            words.append(rng.choice(names) if rng.random() < NAMED else rng.choice(filler))
        made.append(" ".join(words).capitalize())
    return made


def per_text(run: Callable[[str], object], made: Sequence[str]) -> float:
    """Microseconds of processor time a text, the best of three rounds."""
    rounds = []
    for _ in range(3):
        started = time.process_time()
        for text in made:
            run(text)
        rounds.append((time.process_time() - started) / len(made))
    return min(rounds) * 1e6


def peak() -> float:
    """This process's peak memory, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What so many names more cost: seconds to build, MB at most, microseconds a text."""

    names: int
    build: float
    memory: float
    headline: float
    article: float
    scan_headline: float
    scan_article: float


def watched(rng: random.Random, data: Path, made_up: Sequence[str], count: int) -> list[Literal]:
    """Literals of watches: half from real headlines, where those are; half made-up names."""
    headlines = data / "headlines-2026" / "items.jsonl"
    if not headlines.exists():
        return [Literal(name(rng)) for _ in range(count // 2)] + [
            Literal(rng.choice(made_up)) for _ in range(count - count // 2)
        ]
    titles = [one.title.split() for one in read_headlines(data)]
    real: dict[str, None] = {}
    while len(real) < count // 2:
        words = rng.choice(titles)
        at = rng.randrange(len(words)) if words else 0
        part = " ".join(words[at : at + rng.randint(1, 3)])
        # Beyond what the headlines have to give, a made-up word goes on.
        part = part if part not in real else f"{part} {name(rng).split()[0]}"
        if len(searched(part)) > 3:
            real[part] = None
    return [*map(Literal, real), *(Literal(rng.choice(made_up)) for _ in range(count - len(real)))]


def measure(names: int, data: Path, told: "Queue[Cost]") -> None:
    """Build everything with so many made-up aliases and as many literals, and time it."""
    rng = random.Random(names)
    before = peak()
    catalog = load_catalog(CONFIG / "entities.yaml")
    made_up = [name(rng) for _ in range(names)]
    entities = [
        Entity(
            id=EntityId(f"made-up-{number}"),
            name=each,
            kind=EntityKind.COMPANY,
            aliases=(Alias(text=each),),
        )
        for number, each in enumerate(made_up)
    ]
    literals = watched(rng, data, made_up, names)
    started = time.process_time()
    recogniser = Recogniser(Catalog([*catalog.all(), *entities]))
    learned = load_learned(CONFIG / "relevance-weights.yaml")
    relevance = Relevance(load_topics(CONFIG / "topics.yaml"), learned)
    groups = {
        "alias": recogniser.literals(),
        "topic": relevance.literals(),
        "watch": literals,
    }
    scanner = Scanner.build(groups)
    built = time.process_time()
    memory = peak() - before
    known = [alias.text for entity in catalog.all() for alias in entity.aliases][:400]
    some = [*known, *made_up[:200]]

    def everything(text: str, title: str = "") -> None:
        scanned = scanner.scan(title or text, text if title else "")
        relevance.score(scanned, recogniser.recognise(scanned))

    headlines, articles = texts(rng, some, 70, 2000), texts(rng, some, 5000, 100)
    told.put(
        Cost(
            names=names,
            build=built - started,
            memory=memory,
            headline=per_text(everything, headlines),
            article=per_text(lambda text: everything(text, "A headline"), articles),
            scan_headline=per_text(scanner.scan, headlines),
            scan_article=per_text(lambda text: scanner.scan("", text), articles),
        )
    )


def against_re(names: int) -> None:
    """The scan alone against one big regular expression of the same literals."""
    rng = random.Random(1)
    made_up = [name(rng) for _ in range(names)]
    headlines = texts(rng, made_up[:200], 70, 300)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, made_up))})\b", re.IGNORECASE)
    scanner = Scanner.build({"alias": [Literal(each) for each in made_up]})
    one = per_text(pattern.findall, headlines)
    ours = per_text(scanner.scan, headlines)
    print(f"{names:,} literals: one big re {one:,.0f} µs a headline, scanner {ours:.1f} µs")


def table(costs: Sequence[Cost]) -> None:
    """Print the costs, a line a size."""
    print(f"{'aliases + literals':>20} {'build s':>8} {'MB':>5} {'headline µs':>12} {'5 kB µs':>9}")
    for cost in costs:
        print(
            f"{cost.names:>9,} + {cost.names:<8,} {cost.build:>8.2f} {cost.memory:>5.0f} "
            f"{cost.headline:>6.1f} ({cost.scan_headline:.1f}) "
            f"{cost.article:>7.0f} ({cost.scan_article:.0f})"
        )


def plot(path: Path, costs: Sequence[Cost]) -> None:
    """Draw how the costs grow with the names."""
    lines = {
        "5 kB article, microseconds": [(cost.names, cost.article) for cost in costs],
        "headline, microseconds": [(cost.names, cost.headline) for cost in costs],
        "its scan, microseconds": [(cost.names, cost.scan_headline) for cost in costs],
        "memory, MB": [(cost.names, max(cost.memory, 1.0)) for cost in costs],
        "build, s": [(cost.names, cost.build) for cost in costs],
    }
    title = "Scan, recognition and relevance beside so many more names"
    draw_growth(path, title, "aliases more, and as many literals of watches", lines)


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    told: Queue[Cost] = spawn.Queue()
    costs = []
    for names in sorted({100, min(10_000, given.names), given.names}):
        process = spawn.Process(target=measure, args=(names, given.data, told))
        process.start()
        costs.append(told.get())
        process.join()
    table(costs)
    if given.plot:
        plot(given.plot, costs)
    against_re(given.small)


if __name__ == "__main__":
    main()
