"""Make bot/stories/common-terms.txt: `python -m bench.common_terms --data DIR`.

A term is common if three of four sets of news, of 2011 to 2026 and many subjects, know it: so no
name and no fashion of a year is among them.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from bench.sets import Item, ecbplus, gnews, headlines, uci
from bot.stories.commonness import PATH
from bot.stories.terms import profile

KNOWN_FROM, COMMON_FROM = 4.0, 15.0
"""Of ten thousand articles: a set knows a term from the first, the second makes it common."""

HEAD = """\
# Terms of news that are nothing special, by how many articles of ten thousand hold them.
# Made by `python -m bench.common_terms` from four sets of news; stems, as clustering reads them.
"""


def shares(items: Sequence[Item]) -> dict[str, float]:
    """Of each word-like term, in how many articles of ten thousand it stands."""
    held: Counter[str] = Counter()
    for item in items:
        held.update(t for t in profile(item.judged).terms if t[0] not in "!#@0123456789")
    return {term: count / len(items) * 10_000 for term, count in held.items()}


def common(sets: Sequence[dict[str, float]]) -> dict[int, list[str]]:
    """The common terms by their share, most common first."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for term in sorted({term for known in sets for term in known}):
        each = [known.get(term, 0.0) for known in sets]
        mean = sum(each) / len(each)
        if mean >= COMMON_FROM and sum(share >= KNOWN_FROM for share in each) >= len(each) - 1:
            found[round(mean)].append(term)
    return dict(sorted(found.items(), reverse=True))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    sets = [
        headlines(data / "headlines-2026" / "items.jsonl", "dek"),
        gnews(data / "clusters-gnews-2026-01" / "clusters.jsonl"),
        uci(data / "clusters-uci-2014" / "uci_news_first6k.csv"),
        ecbplus(data / "clusters-ecbplus" / "ecbplus.jsonl", "full"),
    ]
    lines = (
        f"{share} {' '.join(terms)}\n" for share, terms in common([*map(shares, sets)]).items()
    )
    PATH.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
