"""The labelled items: what a reader says is named in them, and whether they are AI policy."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.quality.draw import half_of, read_headlines

LABELS = Path(__file__).parent / "labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One item with its labels.

    `maybe` holds entities on which readers may differ: they count neither way. `doubtful` says the
    same of `relevant`. `title_tells` is false where only the text shows that it is AI policy.
    """

    id: str
    title: str
    text: str
    entities: frozenset[str]
    in_title: frozenset[str]
    maybe: frozenset[str]
    relevant: bool
    doubtful: bool
    title_tells: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A named set of items; of a hidden one nothing but counts may be shown."""

    name: str
    items: Sequence[Gold]
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One place where an ambiguous name stands, and whether it means the entity there."""

    row: int
    title: str
    text: str
    entity: str
    there: bool


def own_samples() -> list[Sample]:
    """Headlines and ledes of our own: plain, hard, like the press, the last, alias by alias."""
    return [
        Sample(
            name=name,
            items=[_gold(label, label["title"], label.get("text", "")) for label in labels(name)],
        )
        for name in ("own", "hard", "press", "late", "aliases")
    ]


def headline_samples(data: Path) -> list[Sample]:
    """The labelled headlines by sample and half; FileNotFoundError where the data are not.

    Who came into the catalog after they were labelled counts neither way: the hidden half is not
    read again.
    """
    texts = {one.id: one for one in read_headlines(data)}
    parts: dict[tuple[str, str], list[Gold]] = {}
    later = frozenset((LABELS / "later.txt").read_text(encoding="utf-8").split())
    for label in labels("headlines"):
        found = texts[label["id"]]
        part = parts.setdefault((label["sample"], half_of(found.id)), [])
        part.append(_gold(label, found.title, found.text, later))
    return [
        Sample(name=f"{sample}, {half}", items=items, hidden=half == "count-only")
        for (sample, half), items in sorted(parts.items(), reverse=True)
    ]


def contexts(data: Path) -> list[Context]:
    """The labelled places of ambiguous names; FileNotFoundError where the data are not."""
    with (data / "alias-contexts" / "contexts.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Context(
            row=label["row"],
            title=rows[label["row"] - 1]["title"],
            text=rows[label["row"] - 1]["context"],
            entity=label["entity"],
            there=label["there"],
        )
        for label in labels("contexts")
    ]


def labels(name: str) -> Iterator[Mapping[str, Any]]:
    """The labels of one file, in its order."""
    for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _gold(
    label: Mapping[str, Any], title: str, text: str, later: frozenset[str] = frozenset()
) -> Gold:
    entities = frozenset(label["entities"])
    return Gold(
        id=label["id"],
        title=title,
        text=text,
        entities=entities,
        in_title=frozenset(label.get("in_title", entities)),
        maybe=frozenset(label.get("maybe", ())) | later,
        relevant=label["relevant"],
        doubtful=label.get("doubtful", False),
        title_tells=label.get("title_tells", True),
    )
