"""How well AI policy is told from other news, against labels.

    python -m bench.quality.relevance [--data DIR] [--archive CLONE] [--titles FILE] [--world CLONE]
        [--figures]

For each sample and half: precision, recall and F1 at the default threshold, from the title alone
and from all the text, and how many items reach the breaking threshold. Beside them two rivals: one
regular expression, and our own lexicons without weights (any term of AI with any term of policy).
Mistakes are listed, save for the count-only halves; `--figures` leaves the lists out. Where the
development data are not there, the samples of our own are measured alone; `--archive` adds whole
articles that others published (see archive.py), once with their openings and once in full.

What a label calls AI policy: law, regulation, courts and liability (a lawsuit that an AI company is
party to for its models, its training or its founding; an AI text in a court's file), elections and
lobbying on AI, use by government, police or military, export control and trade in chips, models and
robots, public governance and public money, data centers and driverless cars where a public body or
residents act. It is not: launches, funding, markets, incidents and misuse without a public act, a
company's or an academy's own rules, social media without AI, war without AI. Doubtful, and counted
neither way: round-ups with one such item, trade-secret suits, drones and plate readers that no one
calls AI, op-eds that touch on it.
"""

import argparse
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from bench.quality.archive import read_articles
from bench.quality.counts import Counts
from bench.quality.draw import half_of, read_headlines
from bench.quality.entries import read_entries
from bench.quality.gold import Gold, Sample, headline_samples, labels, own_samples
from bench.quality.measure import Form, Program
from bench.quality.plain import Unweighted, by_one_regex
from bench.quality.titles import Label, labelled, read_labels
from bench.quality.world import read_world
from bot.relevance import load_topics
from bot.settings import Settings

ARTICLES = Path(__file__).parent / "policy-articles.yaml"
BREAKING = 0.9
DEK = 350
"""Code points of an article's opening, as feeds give them."""
WIDTH = 100
"""Code points of a title that a list of mistakes shows."""
_BOTH: Sequence[Form] = ("title", "title and text")
_WHOLE: Sequence[Form] = ("title and text",)
_WITHOUT_TITLES = {"articles", "openings"}
"""Samples whose titles tell little, or were counted already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One labelled piece of news.

    `doubtful` ones count neither way. `title_tells` is false where only the text shows it.
    """

    id: str
    title: str
    text: str
    relevant: bool
    doubtful: bool = False
    title_tells: bool = True


@dataclass(slots=True)
class Figures:
    """The counts of one sample in one form."""

    ours: Counts = field(default_factory=Counts)
    regex: Counts = field(default_factory=Counts)
    unweighted: Counts = field(default_factory=Counts)
    breaking: int = 0
    mistakes: list[str] = field(default_factory=list)


def items(
    data: Path,
    archive: Path | None = None,
    titles: Path | None = None,
    world: Path | None = None,
) -> dict[str, list[Item]]:
    """All samples by name; those of the development data only where they are there.

    `month` is what the other samples leave of a whole month's headlines; `titles` the public list
    of bench/quality/titles.py, `world` the reports of bench/quality/world.py. FileNotFoundError
    where a clone is given and lacks what was labelled.
    """
    found = {
        "terse": [
            _item(label, label["title"], label.get("text", "")) for label in labels("policy")
        ],
        "articles": [
            _item(each, each["title"], each["text"])
            for each in yaml.safe_load(ARTICLES.read_text(encoding="utf-8"))
        ],
        "own": _of(own_samples()),
    }
    try:
        found["headlines"] = _of(headline_samples(data))
        found["entries"] = _entries(data)
        found["month"] = _month(data, {each.id for sample in found.values() for each in sample})
    except FileNotFoundError as error:
        print(f"No development data ({error.filename}): our own samples alone.")
    if archive is not None:
        found["archive"] = _archived(archive)
        found["openings"] = [replace(each, text=each.text[:DEK]) for each in found["archive"]]
    if titles is not None:
        found["titles"] = [
            _read(key, title, "", label) for key, (title, label) in labelled(titles).items()
        ]
    if world is not None:
        found["world"] = [
            _read(name, title, dek, label)
            for name, (title, dek, label) in read_world(world).items()
        ]
    return found


def _read(key: str, title: str, text: str, label: Label) -> Item:
    return Item(
        id=key,
        title=title,
        text=text,
        relevant=label == Label.POLICY,
        doubtful=label == Label.UNSURE,
    )


def _month(data: Path, others: Collection[str]) -> list[Item]:
    labels = read_labels("month")
    return [
        Item(
            id=one.id,
            title=one.title,
            text=one.text,
            relevant=labels.get(one.id) == Label.POLICY,
            doubtful=labels.get(one.id) == Label.UNSURE,
        )
        for one in read_headlines(data)
        if one.id not in others
    ]


def _of(samples: Sequence[Sample]) -> list[Item]:
    return [_from_gold(each) for sample in samples for each in sample.items]


def _from_gold(gold: Gold) -> Item:
    return Item(
        id=gold.id,
        title=gold.title,
        text=gold.text,
        relevant=gold.relevant,
        doubtful=gold.doubtful,
        title_tells=gold.title_tells,
    )


def _item(label: Mapping[str, Any], title: str, text: str) -> Item:
    return Item(
        id=label["id"],
        title=title,
        text=text,
        relevant=label["relevant"],
        doubtful=label.get("doubtful", False),
        title_tells=label.get("title_tells", True),
    )


def _entries(data: Path) -> list[Item]:
    wanted: dict[str, set[str]] = defaultdict(set)
    listed = list(labels("entries"))
    for label in listed:
        wanted[label["source"]].add(label["id"])
    texts = read_entries(data, wanted)
    return [_item(label, *texts[label["id"]]) for label in listed]


def _archived(archive: Path) -> list[Item]:
    listed = list(labels("archive"))
    texts = read_articles(archive, [label["id"] for label in listed])
    return [_item(label, *texts[label["id"]]) for label in listed]


def measure(
    program: Program, unweighted: Unweighted, sample: Sequence[Item], form: Form
) -> Figures:
    """Judge each item that the form tells about, from its title alone or from all of it."""
    figures = Figures()
    for item in sample:
        if item.doubtful or (form == "title" and not item.title_tells):
            continue
        text = "" if form == "title" else item.text
        relevance = program.judge(item.title, text).relevance
        found = relevance >= program.threshold
        figures.ours.add(found=found, true=item.relevant)
        figures.regex.add(found=by_one_regex(item.title, text), true=item.relevant)
        figures.unweighted.add(found=unweighted.find(item.title, text), true=item.relevant)
        figures.breaking += relevance >= BREAKING
        if found != item.relevant:
            said = "is AI policy" if item.relevant else "is not AI policy"
            figures.mistakes.append(
                f"{relevance:.2f}, {said} [{item.id}, {form}]: {item.title[:WIDTH]}"
            )
    return figures


def report(
    program: Program, unweighted: Unweighted, name: str, sample: Sequence[Item], *, lists: bool
) -> None:
    """Print the figures of a sample's two halves, and the mistakes that may be seen."""
    for half in ("seen", "count-only"):
        part = [item for item in sample if half_of(item.id) == half]
        relevant = sum(item.relevant for item in part if not item.doubtful)
        sure = sum(not item.doubtful for item in part)
        print(f"\n== {name}, {half}: {sure} sure items, {relevant} of them AI policy")
        for form in _WHOLE if name in _WITHOUT_TITLES else _BOTH:
            figures = measure(program, unweighted, part, form)
            print(f"  {form:<15} {figures.ours}, {figures.breaking} breaking")
            print(f"    one regex     {figures.regex}")
            print(f"    no weights    {figures.unweighted}")
            if lists and half == "seen":
                print("".join(f"    {mistake}\n" for mistake in sorted(figures.mistakes)), end="")


def run(
    data: Path,
    archive: Path | None = None,
    titles: Path | None = None,
    world: Path | None = None,
    *,
    lists: bool = True,
) -> None:
    """Print the figures of every sample that is there."""
    program = Program.load()
    unweighted = Unweighted(load_topics(*Settings.load({}).files("topics.yaml")))
    for name, sample in items(data, archive, titles, world).items():
        report(program, unweighted, name, sample, lists=lists)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--archive", type=Path, help="a clone of the archive of articles")
    parser.add_argument("--titles", type=Path, help="the list of bench/quality/titles.py")
    parser.add_argument(
        "--world", type=Path, help="a clone of the reports of bench/quality/world.py"
    )
    parser.add_argument("--figures", action="store_true", help="leave out the lists of mistakes")
    asked = parser.parse_args()
    run(asked.data, asked.archive, asked.titles, asked.world, lists=not asked.figures)


if __name__ == "__main__":
    main()
