"""How well extraction proposes entities, on the development articles beside this file.

    python -m bench.quality.extraction [--errors] [--set dev|check]
    python -m bench.quality.extraction --crossner FILE [--errors]

A proposal and a label are the same where any of their names are, folded. Labels marked optional
count neither way. Errors are listed for the set `dev` alone: `check` is only counted. A file of
CrossNER (token TAB tag) measures the mechanics on sentences apart, by people, bodies and events;
what it tags otherwise is no entity.
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.entities import Catalog, load_catalog
from bot.entities.extract import Extracted, Page, Proposal, extract, from_html
from bot.text.scan import searched

HERE = Path(__file__).parent
CATALOG = HERE.parents[1] / "config" / "entities.yaml"
ALL = "all"


@dataclass(slots=True)
class Count:
    """Right, proposed in vain, and missed, by kind; and how often the kind was right."""

    hits: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    kinds_right: int = 0

    def add(self, other: "Count") -> None:
        self.hits += other.hits
        self.extra += other.extra
        self.missed += other.missed
        self.kinds_right += other.kinds_right


def names_of(label: Mapping[str, Any]) -> set[str]:
    """A label's names, folded."""
    return {searched(str(name)) for name in [label["name"], *label.get("aliases", [])]}


def proposed_names(proposal: Proposal) -> set[str]:
    """A proposal's names, folded."""
    return {searched(name) for name in (proposal.name, *proposal.aliases)}


def count_entities(
    labels: Sequence[Mapping[str, Any]], found: Sequence[Proposal], errors: list[str]
) -> Count:
    """Each label takes the proposal that shares a name with it; required ones choose first.

    A known entity may cover several labels: to the catalog a committee is its parliament.
    """
    count = Count()
    free, known = list(found), [p for p in found if p.known_id is not None]
    for label in sorted(labels, key=lambda label: bool(label.get("optional"))):
        names = names_of(label)
        fits = [p for p in free if proposed_names(p) & names]
        fits.sort(key=lambda p: searched(p.name) != searched(str(label["name"])))
        covered = [p for p in known if proposed_names(p) & names] if not fits else []
        if covered and not label.get("optional"):
            count.hits[label["kind"]] += 1
            count.kinds_right += covered[0].kind.value == label["kind"]
        elif fits:
            free.remove(fits[0])
            if not label.get("optional"):
                count.hits[label["kind"]] += 1
                count.kinds_right += fits[0].kind.value == label["kind"]
                if fits[0].kind.value != label["kind"]:
                    errors.append(f"  kind    {label['name']}: {fits[0].kind} not {label['kind']}")
            free = [p for p in free if not (label.get("optional") and proposed_names(p) & names)]
        elif not label.get("optional"):
            count.missed[label["kind"]] += 1
            errors.append(f"  missed  {label['name']} ({label['kind']})")
    for proposal in free:
        count.extra[proposal.kind.value] += 1
        errors.append(f"  extra   {proposal.name} ({proposal.kind}) {list(proposal.aliases)}")
    return count


def count_texts(labels: Iterable[str], found: Iterable[str], what: str, errors: list[str]) -> Count:
    """Sums or dates, compared as written."""
    wanted, given = {t.casefold() for t in labels}, {t.casefold() for t in found}
    errors += [f"  missed  {what} {text}" for text in wanted - given]
    errors += [f"  extra   {what} {text}" for text in given - wanted]
    count = Count()
    count.hits[what] += len(wanted & given)
    count.extra[what] += len(given - wanted)
    count.missed[what] += len(wanted - given)
    return count


def read(path: Path) -> tuple[Page, dict[str, Any]]:
    """An article and its labels."""
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    page = Page(title=row["title"] or "", text=row["text"])
    return (from_html(row["text"]) if row.get("form") == "html" else page), row


def measure(path: Path, catalog: Catalog) -> tuple[str, Count, Count, list[str], float]:
    """The set of one article, its counts of entities and of figures, the errors, milliseconds."""
    page, row = read(path)
    started = time.perf_counter()
    found: Extracted = extract(page.title, page.text, catalog)
    took = (time.perf_counter() - started) * 1000
    errors: list[str] = []
    entities = count_entities(row["entities"], found.entities, errors)
    figures = count_texts(row["money"], [m.text for m in found.money], "money", errors)
    figures.add(count_texts(row["dates"], found.dates, "dates", errors))
    return row["set"], entities, figures, errors, took


CROSSNER = {
    "person": "person", "politician": "person", "organisation": "body", "politicalparty": "body",
    "election": "event", "event": "event",
}  # fmt: skip
BROAD = {"company": "body", "agency": "body", "organisation": "body"}


def sentences_of(path: Path) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Each sentence of a CrossNER file as text, with its tagged names."""
    for part in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in part.splitlines() if "\t" in line]
        names: list[tuple[str, str]] = []
        for token, tag in rows:
            if tag.startswith("B-"):
                names.append((token, tag[2:]))
            elif tag.startswith("I-") and names:
                names[-1] = (f"{names[-1][0]} {token}", names[-1][1])
        text = re.sub(r" ([,.;:)?!]|'s\b)", r"\1", " ".join(row[0] for row in rows))
        yield text.replace("( ", "("), names


def measure_crossner(path: Path, catalog: Catalog, errors: list[str]) -> tuple[Count, int]:
    """Names found, by broad kind; and how many places were taken for entities."""
    count, places = Count(), 0
    for text, tagged in sentences_of(path):
        wanted = {searched(name.removesuffix(" 's")): tag for name, tag in tagged}
        found = extract("", text, catalog).entities
        seen: set[str] = set()
        for proposal in found:
            tags = {wanted[name] for name in proposed_names(proposal) & set(wanted)}
            seen |= proposed_names(proposal)
            kind = BROAD.get(proposal.kind.value, proposal.kind.value)
            if tags & {"country", "location"}:
                places += 1
            if tags & set(CROSSNER):
                count.kinds_right += kind in {CROSSNER.get(tag) for tag in tags}
            elif kind in {"person", "body", "event"} and "misc" not in tags:
                count.extra[kind] += 1
                errors.append(f"  extra   {proposal.name} ({kind}) in: {text[:90]}")
        for name, tag in wanted.items():
            if tag in CROSSNER:
                (count.hits if name in seen else count.missed)[CROSSNER[tag]] += 1
                if name not in seen:
                    errors.append(f"  missed  {name} ({tag}) in: {text[:90]}")
    return count, places


def rates(hits: int, extra: int, missed: int) -> str:
    """Precision, recall and F1, as printed."""
    precision = hits / (hits + extra) if hits + extra else 1.0
    recall = hits / (hits + missed) if hits + missed else 1.0
    both = precision + recall
    harmonic = 2 * precision * recall / both if both else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {harmonic:.3f}  ({hits} +{extra} -{missed})"


def show(name: str, count: Count) -> None:
    """One set's figures, all and by kind."""
    hits, extra, missed = (sum(c.values()) for c in (count.hits, count.extra, count.missed))
    print(f"{name:22} {rates(hits, extra, missed)}")
    for kind in sorted({*count.hits, *count.extra, *count.missed}):
        print(f"  {kind:20} {rates(count.hits[kind], count.extra[kind], count.missed[kind])}")
    if count.kinds_right:
        print(f"  kind right           {count.kinds_right / max(1, hits):.3f}")


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the errors of set dev")
    parser.add_argument("--set", choices=["dev", "check"], help="only this one")
    parser.add_argument("--crossner", type=Path, help="a file of CrossNER instead")
    options = parser.parse_args()
    catalog = load_catalog(CATALOG)
    if options.crossner:
        found: list[str] = []
        count, places = measure_crossner(options.crossner, catalog, found)
        print(*found if options.errors else (), sep="\n")
        show("crossner", count)
        print(f"  places taken for entities: {places}")
        return
    totals: dict[str, tuple[Count, Count]] = {}
    times: list[float] = []
    for path in sorted((HERE / "articles").glob("*.yaml")):
        which, entities, figures, errors, took = measure(path, catalog)
        times.append(took)
        for name in {which, ALL} if options.set is None else {which} & {options.set}:
            all_entities, all_figures = totals.setdefault(name, (Count(), Count()))
            all_entities.add(entities)
            all_figures.add(figures)
        if options.errors and which == "dev" and options.set != "check":
            print(path.stem, *errors, sep="\n")
    for name, (entities, figures) in sorted(totals.items()):
        show(f"{name}: entities", entities)
        show(f"{name}: figures", figures)
    print(f"milliseconds an article: median {sorted(times)[len(times) // 2]:.1f}")


if __name__ == "__main__":
    main()
