"""Bills of Congress and of Canada that a text names by their number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.entities.cued import cued
from bot.entities.state_bills import is_of_a_state
from bot.model.articles import Field, Reference, Span

GAP = "[ \u00a0\u202f]?"
_REACH = 300


@dataclass(frozen=True, slots=True)
class Around:
    """What a number's meaning may hang on besides itself."""

    text: str
    published: datetime

    def congress(self) -> int:
        """The Congress that the text names, else the one in session when it was published."""
        named = _CONGRESS.search(self.text)
        if named:
            return int(named[1])
        year = self.published.year - (self.published.timetuple().tm_yday < 3)
        return (year - 1789) // 2 + 1


_CONGRESS = re.compile(r"\b(1[01]\d)th Congress\b")
_CHAMBERS = {
    "hr": ("house-bill", "H.R."),
    "s": ("senate-bill", "S."),
    "hres": ("house-resolution", "H.Res."),
    "sres": ("senate-resolution", "S.Res."),
    "hjres": ("house-joint-resolution", "H.J.Res."),
    "sjres": ("senate-joint-resolution", "S.J.Res."),
    "hconres": ("house-concurrent-resolution", "H.Con.Res."),
    "sconres": ("senate-concurrent-resolution", "S.Con.Res."),
}
_FEDERAL = cued(
    rf"H\.?{GAP}{GAP}[JCR]|S\.{GAP}[JCR\d]",
    rf"(?<![\w.])(?P<chamber>(?:H\.?{GAP}(?:J\.?|Con\.?)?{GAP}R(?:es)?\.?"
    rf"|S\.{GAP}(?:(?:J\.?|Con\.?){GAP})?Res\.|S\.)){GAP}(?P<number>\d{{1,4}})"
    r"(?![\d.,]\d|\w| [ap]\.?m\b| ?%| (?:percent|million|billion)\b)",
)
_CANADIAN = cued("Bill [CS]", r"\bBill (?P<number>[CS][-\u2011]\d{1,3})\b")
_IN_CANADA = re.compile(r"\b(?:Canad\w+|Ottawa|Parliament Hill|Carney)\b")


def bills(field: Field, around: Around) -> Iterator[Reference]:
    """The bills named in one field."""
    text = around.text
    for match in _FEDERAL.finditer(text):
        found = _of_congress(match, around)
        if found is not None:
            yield _reference(field, match, found)
    for match in _CANADIAN.finditer(text):
        if _IN_CANADA.search(text, max(0, match.start() - _REACH), match.end() + _REACH):
            number = match["number"].replace("\u2011", "-")
            yield _reference(field, match, (f"canada-{number.lower()}", f"Bill {number}", None))


def _reference(field: Field, match: re.Match[str], found: tuple[str, str, str | None]) -> Reference:
    identifier, label, url = found
    span = Span(field=field, start=match.start(), end=match.end())
    return Reference(kind="bill", id=identifier, label=label, url=url, span=span)


def _of_congress(match: re.Match[str], around: Around) -> tuple[str, str, str] | None:
    chamber = re.sub(r"[^a-z]", "", match["chamber"].lower())
    if chamber not in _CHAMBERS or is_of_a_state(around.text, match.start()):
        return None
    path, short = _CHAMBERS[chamber]
    congress, number = around.congress(), int(match["number"])
    ordinal = f"{congress}{_suffix(congress)}"
    return (
        f"{chamber}-{number}-{congress}",
        f"{short} {number} ({ordinal} Congress)",
        f"https://www.congress.gov/bill/{ordinal}-congress/{path}/{number}",
    )


def _suffix(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
