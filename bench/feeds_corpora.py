"""Our reading of whole corpora of feed documents, against feedparser alone in the same run.

    python bench/feeds_corpora.py [--data ../shared/data] [--verbose]

For each corpus: documents read, entries found by us and by feedparser with its plain settings,
what was refused and why, the share of entries with a title, an absolute link and a date, documents
a second, and the slowest document. The exit status is 1 where a document raised anything but
FeedError or took over five seconds.
"""

import argparse
import io
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import feedparser
import feedparser.api

from bot.errors import FeedError
from bot.feeds.document import UNTITLED, Document
from bot.feeds.parse import parse

TOO_SLOW = 5.0
"""Seconds that no single document may take."""
DRIVER = "bot.feeds.expat"


@dataclass
class Tally:
    """What one corpus gave."""

    read: int = 0
    entries: int = 0
    titled: int = 0
    linked: int = 0
    dated: int = 0
    troubled: int = 0
    plain_entries: int = 0
    seconds: float = 0.0
    plain_seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    refused: Counter[str] = field(default_factory=Counter)
    fewer: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def documents(folder: Path) -> Iterator[Path]:
    """The feed documents of one corpus; expectations, notes and licences are left out."""
    places = {"feeds-rss-parser": "test/input", "feeds-feed-rs": "fixture"}
    for path in sorted((folder / places.get(folder.name, ".")).rglob("*")):
        unwanted = path.name.startswith(("LICENSE", "SOURCE", "manifest", "README"))
        if (
            path.is_file()
            and not unwanted
            and not path.name.endswith((".serde.json", ".expected.json"))
        ):
            yield path


def plainly(body: bytes) -> int:
    """The entries that feedparser finds with its own settings and driver."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return len(feedparser.parse(io.BytesIO(body)).entries)


def timed(call: Callable[[], object]) -> tuple[object, float]:
    """What the call gave, or the exception it raised, and the seconds it took."""
    started = time.perf_counter()
    try:
        outcome = call()
    except Exception as error:  # noqa: BLE001 - what is raised is the finding
        outcome = error
    return outcome, time.perf_counter() - started


def count(tally: Tally, document: Document) -> None:
    """Add one document that was read."""
    tally.read += 1
    tally.troubled += document.problem is not None
    tally.entries += len(document.entries)
    for entry in document.entries:
        tally.titled += bool(entry.title) and entry.title != UNTITLED
        tally.linked += bool(entry.url or entry.shared_url)
        tally.dated += (entry.published or entry.updated) is not None


def measure(folder: Path) -> Tally:
    """Read every document of a corpus twice: by us, and by feedparser alone."""
    tally = Tally()
    drivers = feedparser.api.PREFERRED_XML_PARSERS
    for path in documents(folder):
        body, name = path.read_bytes(), str(path.relative_to(folder))
        outcome, seconds = timed(lambda body=body: parse(body, url="https://feed.example/feed.xml"))  # type: ignore[misc]
        drivers.remove(DRIVER)
        plain, plain_seconds = timed(lambda body=body: plainly(body))  # type: ignore[misc]
        drivers.insert(0, DRIVER)
        tally.seconds += seconds
        tally.plain_seconds += plain_seconds
        tally.slowest = max(tally.slowest, (seconds, name))
        found = plain if isinstance(plain, int) else 0
        tally.plain_entries += found
        if isinstance(outcome, Document):
            count(tally, outcome)
            if len(outcome.entries) < found:
                tally.fewer.append(f"{name}: {len(outcome.entries)} of {found}")
        elif isinstance(outcome, FeedError):
            tally.refused[outcome.kind] += 1
            if found:
                tally.fewer.append(f"{name}: refused ({outcome}), feedparser finds {found}")
        else:
            tally.broken.append(f"{name}: {outcome!r}")
    return tally


def report(name: str, tally: Tally, *, verbose: bool) -> None:
    """Print what one corpus gave."""
    total = tally.read + sum(tally.refused.values()) + len(tally.broken)
    parts = (("title", tally.titled), ("link", tally.linked), ("date", tally.dated))
    share = ", ".join(f"{word} {100 * n / max(tally.entries, 1):.1f} %" for word, n in parts)
    refused = ", ".join(f"{count} {kind}" for kind, count in tally.refused.most_common()) or "none"
    print(f"{name}: {total} documents, {tally.read} read ({tally.troubled} with a problem)")
    print(f"  refused: {refused}; raised: {len(tally.broken)}")
    print(f"  entries: {tally.entries}, feedparser alone {tally.plain_entries}; with {share}")
    speed, plain = total / tally.seconds, total / tally.plain_seconds
    print(
        f"  documents a second: {speed:.0f}, feedparser alone {plain:.0f} ({speed / plain:.1f} x)"
    )
    print(f"  slowest: {tally.slowest[0]:.2f} s ({tally.slowest[1]})")
    for line in tally.broken + (tally.fewer if verbose else []):
        print(f"    {line}")


def main() -> int:
    """Measure every corpus that is there."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--verbose", action="store_true", help="list documents with fewer entries")
    chosen = options.parse_args()
    names = ("feedparser-suite", "feed-rs", "rss-parser", "fastfeedparser")
    folders = [chosen.data / f"feeds-{name}" for name in names]
    there = [folder for folder in folders if folder.is_dir()]
    if not there:
        print(f"No corpora under {chosen.data}: nothing to measure.")
        return 0
    bad = False
    for folder in there:
        tally = measure(folder)
        report(folder.name, tally, verbose=chosen.verbose)
        bad = bad or bool(tally.broken) or tally.slowest[0] > TOO_SLOW
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
