"""How many of the dates that are due in our own sentences are found, and how many are wrong.

    python -m bench.quality.deadlines [--show]

Every second sentence of the first set is held: it only counts. The grammar was learnt from the
other half, from the later ones, the newest and the fresh, which were counted before that; of the
last ones no mistake was ever looked at. `--show` names only mistakes among what was learnt from.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bench.quality.counts import Counts
from bench.quality.gold import LABELS
from bot.stories.deadlines import in_sentence

Due = date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A sentence, when and in which zone it was published, and what is due in it."""

    sentence: str
    published: datetime
    zone: ZoneInfo
    due: frozenset[Due]
    held: bool


def labelled(name: str = "deadlines") -> list[Labelled]:
    """All sentences of a file of labels, in order; every second one is held."""
    found: list[Labelled] = []
    for line in (LABELS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        when, due, sentence = line.split("\t")
        at, _, name = when.partition(" ")
        zone = ZoneInfo(name)
        found.append(
            Labelled(
                sentence=sentence,
                published=datetime.fromisoformat(at).replace(tzinfo=zone),
                zone=zone,
                due=frozenset(_due(word) for word in due.split() if word != "-"),
                held=len(found) % 2 == 1,
            )
        )
    return found


def _due(word: str) -> Due:
    return datetime.fromisoformat(word) if "T" in word else date.fromisoformat(word)


def found_in(one: Labelled) -> frozenset[Due]:
    """What the program says is due in the sentence."""
    return frozenset(
        due.at or due.day for due in in_sentence(one.sentence, one.published, one.zone)
    )


def count(sentences: Sequence[Labelled]) -> Counts:
    """Rightly found, wrongly found and missed dates; an hour must be right to the minute."""
    counts = Counts()
    for one in sentences:
        found = found_in(one)
        counts += Counts(
            right=len(found & one.due), wrong=len(found - one.due), missed=len(one.due - found)
        )
    return counts


def main() -> None:
    """Print the counts of all sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="name the mistakes of the learnt sets")
    asked = parser.parse_args()
    known, later = labelled(), labelled("deadlines-later")
    newest, fresh = labelled("deadlines-newest"), labelled("deadlines-fresh")
    learnt = [one for one in known if not one.held]
    for name, sentences in (
        ("learnt", learnt),
        ("held", [one for one in known if one.held]),
        ("later", later),
        ("newest", newest),
        ("fresh", fresh),
        ("last", labelled("deadlines-last")),
    ):
        none = sum(not one.due for one in sentences)
        print(f"{name:7} {len(sentences)} sentences, {none} without a date: {count(sentences)}")
    if asked.show:
        for one in (*learnt, *later, *newest, *fresh):
            if (found := found_in(one)) != one.due:
                print(f"  {one.sentence}\n    wanted {_shown(one.due)}, found {_shown(found)}")


def _shown(dues: frozenset[Due]) -> str:
    return ", ".join(sorted(due.isoformat() for due in dues)) or "nothing"


if __name__ == "__main__":
    main()
