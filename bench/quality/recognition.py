"""How well entities are recognised and AI policy is told from other news, against labels.

    python -m bench.quality.recognition [--data ../shared/data] [--figures]

For each sample: precision, recall and F1 of recognition, by kind too, and of relevance at the
default threshold, from the title alone and from title and text, beside what exact aliases without
rules and one regular expression reach. Mistakes are listed, save for hidden halves. `--figures`
leaves the lists out. Where the development data are not there, our own samples are measured alone.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.quality.counts import Counts
from bench.quality.gold import Context, Sample, contexts, headline_samples, own_samples
from bench.quality.measure import FORMS, Measured, Mistake, Program, measure

WIDTH = 100
"""Code points of a title that a list of mistakes shows."""


def run(data: Path, *, lists: bool = True) -> None:
    """Print the figures of every sample that is there."""
    program = Program.load()
    samples = own_samples()
    try:
        samples += headline_samples(data)
        places = contexts(data)
    except FileNotFoundError as error:
        print(f"No development data ({error.filename}): our own samples alone.")
        places = []
    for sample in samples:
        report(program, sample, lists=lists)
    if places:
        report_contexts(program, places, lists=lists)


def report(program: Program, sample: Sample, *, lists: bool) -> None:
    """Print the figures of one sample and, where they may be seen, its mistakes."""
    relevant = sum(item.relevant and not item.doubtful for item in sample.items)
    print(f"\n== {sample.name}: {len(sample.items)} items, {relevant} surely AI policy")
    found = {form: measure(program, sample.items, form) for form in FORMS}
    for form, measured in found.items():
        print(f"  {form}")
        _figures(measured)
    if lists and not sample.hidden:
        _list_mistakes([m for measured in found.values() for m in measured.mistakes])


def report_contexts(program: Program, places: Sequence[Context], *, lists: bool) -> None:
    """Print how often an ambiguous name is taken for the right one, or rightly for nobody."""
    ours, exact = Counts(), Counts()
    mistakes = []
    for place in places:
        judged = program.judge(place.title, place.text)
        found = any(entity.id == place.entity for entity in judged.entities)
        ours.add(found=found, true=place.there)
        exact.add(
            found=place.entity in program.exact.find(place.title, place.text), true=place.there
        )
        if found != place.there:
            what = "found" if found else "missed"
            mistakes.append(f"    row {place.row}: {what} {place.entity}: {place.title[:WIDTH]}")
    print(f"\n== ambiguous names: {len(places)} places")
    print(f"  recognition         {ours}")
    print(f"    exact aliases     {exact}")
    if lists:
        print("\n".join(mistakes))


def _figures(measured: Measured) -> None:
    print(f"    recognition         {measured.recognition}")
    for kind, counts in sorted(measured.by_kind.items()):
        print(f"      {kind:<17} {counts}")
    print(f"      exact aliases     {measured.exact_aliases}")
    names = measured.plain_names
    total = names.right + names.missed
    print(f"      plain names in titles: recall {names.recall:.3f} ({names.right} of {total})")
    print(f"    relevance           {measured.relevance}")
    print(f"      one regex         {measured.one_regex}")
    doubtful = measured.doubtful
    if doubtful:
        print(
            f"      doubtful, not counted: {doubtful['as labelled']} as labelled, "
            f"{doubtful['otherwise']} otherwise"
        )


def _list_mistakes(mistakes: Sequence[Mistake]) -> None:
    """Both forms of one mistake on one line."""
    forms: dict[tuple[str, str], list[str]] = {}
    titles = {}
    for mistake in mistakes:
        forms.setdefault((mistake.item.id, mistake.what), []).append(mistake.form)
        titles[mistake.item.id] = mistake.item.title[:WIDTH]
    for (item, what), seen in sorted(forms.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        print(f"    {what} [{item}, from {' / '.join(seen)}]: {titles[item]}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--figures", action="store_true", help="leave out the lists of mistakes")
    asked = parser.parse_args()
    run(asked.data, lists=not asked.figures)


if __name__ == "__main__":
    main()
