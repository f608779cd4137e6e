"""How many independent sources stand behind a story: reprints of one text are one source."""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from bot.model import Judged

_READ_MOST = 4000
_SHINGLE = 5
_REPRINT = 0.5
"""Share of the shorter text's five-word runs that the other holds, from which it is a reprint."""
_LEAST_SHINGLES = 8

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_NAME = r"((?:The )?[A-Z][\w.&’'-]*(?: (?:of |the )?[A-Z][\w.&’'-]*){0,4})"
_CREDITS = (
    re.compile(r"\b(?:first|earlier|previously) reported (?:on \w+ )?(?:by|in) " + _NAME),
    re.compile(_NAME + r" (?:first|was first to|was the first to|earlier|previously) report"),
    re.compile(
        r"\b(?:report|story|article|scoop) (?:first )?(?:published |appeared )?(?:by|in|from) "
        + _NAME
    ),
)  # fmt: skip
_PLACE_CREDIT = re.compile(r"^[^.!?\n]{0,60}\(([A-Z][\w .&’'-]{1,40})\)\s*[—–-]")
_SAME_NAME = {
    "ap": "associated press",
    "associated press": "associated press",
    "afp": "agence france presse",
    "dpa": "deutsche presse agentur",
    "nyt": "new york times",
    "wsj": "wall street journal",
    "wapo": "washington post",
    "ft": "financial times",
}


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
    for report in reports:
        article = report.article
        names = {_name(article.outlet), _name(article.credit or "")}
        names.update(_name(found) for found in credited(article.text[:_READ_MOST]))
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


def credited(text: str) -> list[str]:
    """Outlets that a text credits with the report: "(Reuters) —", "first reported by Axios"."""
    found = [
        match.group(1).rstrip(".'’-") for pattern in _CREDITS for match in pattern.finditer(text)
    ]
    place = _PLACE_CREDIT.match(text)
    return [*found, place.group(1)] if place else found


def _name(outlet: str) -> str:
    words = _words(outlet.replace("’s", "").replace("'s", ""))
    if words[:1] == ["the"]:
        words = words[1:]
    name = " ".join(words)
    return _SAME_NAME.get(name, name)


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
            if shorter >= _LEAST_SHINGLES and count >= _REPRINT * shorter:
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
