"""How fast recognition and relevance are, on the shipped catalog and with 100,000 names more.

    python -m bench.recognition [--names 100000] [--small 2000]

Texts are made up from the catalog's own words and filler, with a fixed seed. Each part runs in a
process of its own, so that its memory is its own. One big `re` is the measure to beat; it is
tried on the small size alone, for it takes minutes on the large one.
"""

import argparse
import multiprocessing
import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.entities import Catalog, Recogniser, load_catalog
from bot.model.entities import Alias, Entity, EntityKind
from bot.model.ids import EntityId
from bot.relevance import Relevance, load_topics
from bot.text.scan import Literal, Scanner

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


def measure(label: str, names: int) -> None:
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
    literals = [Literal(name(rng)) for _ in range(names // 2)]
    literals += [Literal(rng.choice(made_up)) for _ in range(names - len(literals))]
    started = time.process_time()
    recogniser = Recogniser(Catalog([*catalog.all(), *entities]))
    relevance = Relevance(load_topics(CONFIG / "topics.yaml"))
    groups = {
        "alias": recogniser.literals(),
        "topic": relevance.literals(),
        "watch": literals,
    }
    compiled = time.process_time()
    scanner = Scanner.build(groups)
    built = time.process_time()
    known = [alias.text for entity in catalog.all() for alias in entity.aliases][:400]
    some = [*known, *made_up[:200]]

    def everything(text: str, title: str = "") -> None:
        scanned = scanner.scan(title or text, text if title else "")
        relevance.score(scanned, recogniser.recognise(scanned))

    headlines, articles = texts(rng, some, 70, 2000), texts(rng, some, 5000, 100)
    scan = per_text(scanner.scan, headlines)
    headline = per_text(everything, headlines)
    scan_long = per_text(lambda text: scanner.scan("", text), articles)
    article = per_text(lambda text: everything(text, "A headline"), articles)
    print(
        f"{label:34} compile {compiled - started:5.2f} s  scanner {built - compiled:5.2f} s  "
        f"+{peak() - before:4.0f} MB\n"
        f"{'':34} headline {headline:6.1f} µs (scan {scan:.1f})   "
        f"5 kB {article:7.1f} µs (scan {scan_long:.1f})   "
        f"= {1e6 / headline:,.0f} headlines/s, {1e6 / article:,.0f} articles/s"
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


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=2_000)
    given = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    parts: list[tuple[Callable[..., None], tuple[object, ...]]] = [
        (measure, ("the shipped catalog", 0)),
        (measure, (f"and {given.small:,} + {given.small:,} more", given.small)),
        (measure, (f"and {given.names:,} + {given.names:,} more", given.names)),
        (against_re, (given.small,)),
    ]
    for run, arguments in parts:
        process = spawn.Process(target=run, args=arguments)
        process.start()
        process.join()


if __name__ == "__main__":
    main()
