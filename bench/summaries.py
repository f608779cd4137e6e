"""How good summaries are: coverage of what reports share, faithfulness, defects by rule.

    python -m bench.summaries [--data DIR] [--show N]

Coverage: of the terms (words, names, numbers) that at least half of an event's reports hold, the
share that the summary of one of its reports holds, as a mean over all reports of events of three or
more. The others have the same limits: two sentences, 320 characters. Defects are judged by rules
that the summariser does not use. `--show` prints summaries to be read beside their texts.
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from bench.sagas import names
from bench.sets import Item, ecbplus, saga, wire
from bench.summary_defects import FOLLOWS, defects
from bench.summary_rivals import Maker, makers
from bot.feeds.parse import parse
from bot.stories.keyterms import terms_of
from bot.stories.summary import Extractive
from bot.text.sentences import sentences

Piece = tuple[str, str]
"""Title and text."""


def sets(data: Path | None, form: str) -> dict[str, list[Item]]:
    """Labelled events by family, with texts in one form: "dek" or "full"."""
    found = {
        "wire": wire(form),
        "sagas": [item for name in names() for item in saga(name, form)],
    }
    if data is not None:
        found["ecbplus"] = ecbplus(data / "clusters-ecbplus" / "ecbplus.jsonl", form)
    return {name: items for name, items in found.items() if items}


def events(items: Sequence[Item]) -> Iterator[tuple[list[Piece], frozenset[str]]]:
    """Events of three or more reports with text, each with the terms that half of them share."""
    by_event: defaultdict[str, list[Piece]] = defaultdict(list)
    for item in items:
        article = item.judged.article
        if article.text:
            by_event[item.event].append((article.title, article.text))
    for reports in by_event.values():
        if len(reports) < 3:
            continue
        held = Counter(chain.from_iterable(terms_of(f"{t}\n{text}") for t, text in reports))
        key = frozenset(term for term, count in held.items() if 2 * count >= len(reports))
        if key:
            yield reports, key


def coverage(items: Sequence[Item], by: dict[str, Maker]) -> dict[str, float]:
    """Mean share of an event's key terms that the summary of one report holds."""
    sums = dict.fromkeys(by, 0.0)
    count = 0
    for reports, key in events(items):
        for title, text in reports:
            if len(sentences(text)) < 2:
                continue
            count += 1
            for name, make in by.items():
                sums[name] += len(key & terms_of(" ".join(make(title, text)))) / len(key)
    return {name: total / max(count, 1) for name, total in sums.items()}


def texts(data: Path) -> dict[str, list[Piece]]:
    """Texts of the data that is there, by set."""
    found = {
        "ecbplus": [
            (item.judged.article.title, item.judged.article.text)
            for item in ecbplus(data / "clusters-ecbplus" / "ecbplus.jsonl", "full")
        ],
        "bbc": [
            ("", "\n\n".join(path.read_text("utf-8", "replace").split("\n")))
            for path in sorted((data / "summ-bbc100" / "corpus" / "article").glob("*/*.txt"))
        ],
        "feeds": list(_of_feeds(data / "feeds-fastfeedparser")),
    }
    path = data / "headlines-2026" / "items.jsonl"
    if path.exists():
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        found["deks"] = [(row["title"], row["dek"]) for row in rows if row.get("dek")]
    return {name: pieces for name, pieces in found.items() if pieces}


def _of_feeds(folder: Path) -> Iterator[Piece]:
    """Entries of the news feeds: teasers and whole articles."""
    if not (folder / "manifest.tsv").exists():
        return
    for line in (folder / "manifest.tsv").read_text("utf-8").splitlines()[1:]:
        row = line.split("\t")
        path = folder / Path(row[0]).name
        if row[-2] == "news" and path.exists():
            document = parse(path.read_bytes(), url="https://news.example/feed")
            yield from ((entry.title, entry.text) for entry in document.entries if entry.text)


def judge(pieces: Sequence[Piece], name: str, by: dict[str, Maker]) -> None:
    """Print how many of the summaries have which defect."""
    print(f"\n{name}: {len(pieces)} texts")
    for maker, make in by.items():
        begun = time.process_time()
        made = [make(title, text) for title, text in pieces]
        spent = (time.process_time() - begun) / len(pieces) * 1000
        kinds: Counter[str] = Counter()
        bad = strictly = chosen = 0
        for (title, text), found in zip(pieces, made, strict=True):
            wrong = set(defects(title, text, found))
            kinds.update(wrong)
            strictly += bool(wrong)
            wrong -= {FOLLOWS}
            bad += bool(wrong)
            chosen += bool(wrong) and len(sentences(text)) > 1
        listed = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        shares = (
            f"defective {bad / len(pieces):.1%}, sentence by sentence {strictly / len(pieces):.1%}"
        )
        print(f"  {maker:11} {spent:.2f} ms, {shares}, of a choice {chosen}  ({listed})")


def main() -> None:
    """Print coverage, then defects."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    by = makers()
    for form in ("full", "dek"):
        for name, items in sets(asked.data, form).items():
            figures = ", ".join(f"{k} {v:.3f}" for k, v in coverage(items, by).items())
            print(f"coverage, {name}, {form}: {figures}")
    pieces = texts(asked.data) if asked.data is not None else {}
    for name, some in pieces.items():
        judge(some, name, by)
    every = list(chain.from_iterable(pieces.values()))
    for title, text in random.Random(7).sample(every, min(asked.show, len(every))):
        print(f"\n{title}\n  {text[:300]!r}")
        print("    " + "\n    ".join(Extractive().summarise(title, text)))


if __name__ == "__main__":
    main()
