"""How good summaries are: defects by rule, faithfulness, and coverage of what reports share.

    python -m bench.summaries [--data DIR] [--show N]

Coverage: of the terms that at least half of an event's reports hold, the share that the summary of
one of its reports holds, against its first sentence and its first two at the same length.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from bench.sets import Item, ecbplus, saga, wire
from bot.stories.readable import (
    has_cut_quotation,
    lacks_speaker,
    refers_back,
    repeats_title,
)
from bot.stories.summary import MOST_CHARACTERS, Extractive
from bot.stories.terms import profile
from bot.text.sentences import is_boilerplate, sentences

Maker = Callable[[str, str], tuple[str, ...]]


def lead(count: int) -> Maker:
    """The first sentences, as far as the length allows."""

    def summarise(_: str, text: str) -> tuple[str, ...]:
        chosen: list[str] = []
        for sentence in sentences(text[:4000])[:count]:
            left = MOST_CHARACTERS - sum(len(part) + 1 for part in chosen)
            if len(sentence.text) <= left:
                chosen.append(sentence.text)
            elif not chosen:
                chosen.append(sentence.text[:left])
        return tuple(chosen)

    return summarise


MAKERS: dict[str, Maker] = {
    "lead-1": lead(1),
    "lead-2": lead(2),
    "policywire": Extractive().summarise,
}


def terms(title: str, text: str) -> frozenset[str]:
    """The terms that clustering reads, so that one fact in two writings is one."""
    from tests.support.reports import judged

    return frozenset(profile(judged(title, text)).terms)


def coverage(items: Sequence[Item]) -> dict[str, float]:
    """Mean coverage over all reports with text of events of three or more."""
    events: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        events[item.event].append(item)
    sums = dict.fromkeys(MAKERS, 0.0)
    count = 0
    for reports in events.values():
        if len(reports) < 3:
            continue
        held = Counter(
            chain.from_iterable(
                terms(item.judged.article.title, item.judged.article.text[:1500])
                for item in reports
            )
        )
        key = {term for term, number in held.items() if number * 2 >= len(reports)}
        for item in reports:
            article = item.judged.article
            if not key or len(sentences(article.text)) < 2:
                continue
            count += 1
            for name, make in MAKERS.items():
                said = terms("", " ".join(make(article.title, article.text)))
                sums[name] += len(key & said) / len(key)
    return {name: sums[name] / max(count, 1) for name in MAKERS}


def defects(title: str, text: str, found: Sequence[str]) -> Iterator[str]:
    """The names of what is wrong with a summary."""
    if bool(found) != bool(text.strip()):
        yield "empty"
    if len(" ".join(found)) > MOST_CHARACTERS or len(found) > 2:
        yield "too long"
    about = terms(title, "")
    for sentence in found:
        if sentence not in text and sentence.removesuffix("…") not in text:
            yield "not in the source"
        if refers_back(sentence):
            yield "opens with a reference"
        if has_cut_quotation(sentence) or lacks_speaker(sentence):
            yield "quotation"
        if is_boilerplate(sentence):
            yield "boilerplate"
        if repeats_title(terms(sentence, ""), about):
            yield "repeats the title"


def judge(pieces: Sequence[tuple[str, str]], name: str) -> None:
    """Print how many of the summaries have which defect."""
    print(f"\n{name}: {len(pieces)} texts")
    for maker, make in MAKERS.items():
        begun = time.process_time()
        made = [make(title, text) for title, text in pieces]
        spent = (time.process_time() - begun) / len(pieces) * 1000
        kinds: Counter[str] = Counter()
        bad = 0
        for (title, text), found in zip(pieces, made, strict=True):
            wrong = set(defects(title, text, found))
            kinds.update(wrong)
            bad += bool(wrong)
        listed = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(f"  {maker:11} {spent:.2f} ms, defective {bad / len(pieces):.1%}  ({listed})")


def main() -> None:
    """Print coverage, then defects."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    ours = {"wire": wire("full"), "saga": saga("bus-cameras", "dek")}
    pieces: list[tuple[str, str]] = []
    if asked.data is not None:
        ours["ecbplus"] = ecbplus(asked.data / "clusters-ecbplus" / "ecbplus.jsonl", "full")
        path = asked.data / "headlines-2026" / "items.jsonl"
        if path.exists():
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            pieces = [(row["title"], row["dek"]) for row in rows if row.get("dek")]
        else:
            print("headlines-2026: not there, skipped")
    for name, items in ours.items():
        if items:
            figures = ", ".join(f"{k} {v:.3f}" for k, v in coverage(items).items())
            print(f"coverage on {name}: {figures}")
    for name, items in ours.items():
        if items:
            judge([(i.judged.article.title, i.judged.article.text) for i in items], name)
    if pieces:
        judge(pieces, "headlines-2026")
    for title, text in pieces[:: max(len(pieces) // asked.show, 1)] if asked.show else ():
        print(f"\n{title}\n   ", "\n    ".join(Extractive().summarise(title, text)))


if __name__ == "__main__":
    main()
