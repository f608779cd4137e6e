"""How common the words of news are, before any has come in."""

from collections.abc import Iterable, Mapping
from pathlib import Path

PATH = Path(__file__).with_name("common-terms.txt")
"""Lines of a number, the articles of ten thousand that hold a term, and the terms."""


def _read(lines: Iterable[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in lines:
        if not line.startswith("#"):
            share, *terms = line.split()
            found.update(dict.fromkeys(terms, int(share) / 10_000))
    return found


COMMON: Mapping[str, float] = _read(
    PATH.read_text(encoding="utf-8").splitlines() if PATH.exists() else ()
)
"""The share of articles that hold a common term; one that is not here may be rare."""
