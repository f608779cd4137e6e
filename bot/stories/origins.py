"""How many independent sources stand behind a story: reprints of one text are one source."""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from bot.model import Judged
from bot.stories.credits import credited, outlet_name

_READ_MOST = 4000
_SHINGLE = 5
_REPRINT, _LEAST_SHINGLES = 0.5, 8
"""Share of the shorter text's five-word runs that the other holds, from which it is a reprint."""
_COPIED, _LEAST_COPIED = 0.25, 30
"""The same for whole paragraphs under an introduction of the paper's own: a smaller share, but so
many runs as no two reporters write alike."""

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def origins(reports: Sequence[Judged]) -> list[int]:
    """The number of each report's origin, from 0 by first appearance.

    Reports share one when they come from one outlet, reprint or credit the same text, or have
    nothing but another's title.
    """
    if len(reports) == 1:
        return [0]
    groups = _Groups(len(reports))
    for key in (_by_source, _by_bare_title):
        seen: dict[str, int] = {}
        for number, names in enumerate(key(reports)):
            for name in names:
                groups.join(seen.setdefault(name, number), number)
    for one, other in _reprints(reports):
        groups.join(one, other)
    return groups.numbers()


class _Groups:
    """Disjoint sets of positions."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def _root(self, item: int) -> int:
        while self._parent[item] != item:
            item = self._parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first

    def numbers(self) -> list[int]:
        by_root: dict[int, int] = {}
        return [by_root.setdefault(self._root(i), len(by_root)) for i in range(len(self._parent))]


def _by_source(reports: Sequence[Judged]) -> Iterator[set[str]]:
    """The outlet of each report and whom it credits: one name space."""
    outlets = {outlet_name(report.article.outlet) for report in reports} - {""}
    for report in reports:
        article = report.article
        names = {outlet_name(article.outlet), outlet_name(article.credit or "")}
        names.update(credited(article.text[:_READ_MOST], outlets))
        yield names - {""}


def _by_bare_title(reports: Sequence[Judged]) -> Iterator[set[str]]:
    titles = [" ".join(_words(report.article.title)) for report in reports]
    bare = {
        title
        for title, report in zip(titles, reports, strict=True)
        if not _says_more(report, title)
    }
    for title in titles:
        yield {title} if title and title in bare else set()


def _says_more(report: Judged, title: str) -> bool:
    text = " ".join(_words(report.article.text[:_READ_MOST]))
    return bool(text) and text != title


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _reprints(reports: Sequence[Judged]) -> Iterator[tuple[int, int]]:
    runs = [_shingles(report.article.text[:_READ_MOST]) for report in reports]
    holders: dict[int, list[int]] = {}
    for number, run in enumerate(runs):
        shared: Counter[int] = Counter()
        for shingle in run:
            before = holders.setdefault(shingle, [])
            shared.update(before)
            before.append(number)
        for other, count in sorted(shared.items()):
            shorter = min(len(run), len(runs[other]))
            reprints = shorter >= _LEAST_SHINGLES and count >= _REPRINT * shorter
            if reprints or (count >= _LEAST_COPIED and count >= _COPIED * shorter):
                yield other, number


@lru_cache(maxsize=1024)
def _shingles(text: str) -> "array[int]":
    # An array: of thousands of small numbers a set would take forty times the memory.
    # What somebody said is no proof of copying: two reporters quote one post alike.
    words = _words(_QUOTED.sub(" ", text))
    runs = {
        crc32(" ".join(words[i : i + _SHINGLE]).encode("utf-8", "replace"))
        for i in range(len(words) - _SHINGLE + 1)
    }
    return array("I", sorted(runs))
