"""Bills of Congress, of the states and of Canada that a text names by their number."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.entities.cued import cued
from bot.model.articles import Field, Reference, Span

GAP = "[ \u00a0\u202f]?"
_REACH = 300
_YEAR_REACH = 60


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

    def year(self, start: int, end: int) -> int | None:
        """The first of the years that stand beside the place, None where none does."""
        before = self.text[max(0, start - _YEAR_REACH) : start]
        after = self.text[end : end + _YEAR_REACH]
        named = [int(year) for year in _YEAR.findall(f"{before} {after}")]
        return min(named, default=None)


_CONGRESS = re.compile(r"\b(1[01]\d)th Congress\b")
_YEAR = re.compile(r"\b(20[12]\d)\b")
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
_STATES = {
    "California": "ca", "New York": "ny", "Colorado": "co", "Texas": "tx", "Utah": "ut",
    "Illinois": "il", "Florida": "fl", "Virginia": "va", "Connecticut": "ct", "Tennessee": "tn",
    "Washington state": "wa", "Massachusetts": "ma", "New Jersey": "nj", "Georgia": "ga",
    "Michigan": "mi", "Ohio": "oh", "Pennsylvania": "pa", "Maryland": "md", "Oregon": "or",
    "Minnesota": "mn", "Arizona": "az", "Nebraska": "ne", "Kentucky": "ky", "Montana": "mt",
    "Maine": "me", "Vermont": "vt", "Hawaii": "hi", "Nevada": "nv", "New Mexico": "nm",
    "Arkansas": "ar", "Louisiana": "la", "Oklahoma": "ok", "Missouri": "mo", "Iowa": "ia",
    "Wisconsin": "wi", "Indiana": "in", "Alabama": "al", "South Carolina": "sc", "Idaho": "id",
    "North Carolina": "nc", "New Hampshire": "nh", "Rhode Island": "ri", "Delaware": "de",
    "North Dakota": "nd", "South Dakota": "sd", "West Virginia": "wv", "Kansas": "ks",
    "Mississippi": "ms", "Alaska": "ak", "Wyoming": "wy",
}  # fmt: skip
_STATE = re.compile("|".join(rf"(?<!West ){name}" if name == "Virginia" else name
                             for name in sorted(_STATES, key=len, reverse=True)))  # fmt: skip
_OF_STATE = cued(
    rf"[SHA]\.?B\.?(?:{GAP}|-)\d|Bill",
    rf"\b(?:(?P<kind>[SHA]\.?B\.?)(?:{GAP}|-)|(?P<house>Senate|House|Assembly) Bill(?: No\.)? )"
    r"(?P<number>\d{2}[A-C]?-\d{3,4}|\d{1,4})\b",
)
_NEW_YORK = re.compile(r"\b(?P<kind>[SA])\.?(?P<number>\d{3,5})(?:-?[A-E])?(?=/[AS]\d|\b)")
_HOUSES = {"Senate": "SB", "House": "HB", "Assembly": "AB"}
_CANADIAN = cued("Bill [CS]", r"\bBill (?P<number>[CS][-\u2011]\d{1,3})\b")
_IN_CANADA = re.compile(r"\b(?:Canad\w+|Ottawa|Parliament Hill|Carney)\b")


def bills(field: Field, around: Around) -> Iterator[Reference]:
    """The bills named in one field."""
    text = around.text
    for match in _FEDERAL.finditer(text):
        found = _of_congress(match, around)
        if found is not None:
            yield _reference(field, match, found)
    for match in _OF_STATE.finditer(text):
        state = _state(text, match)
        if state is not None:
            kind = match["kind"] or _HOUSES[match["house"]]
            kind = kind.replace(".", "").upper()
            yield _reference(field, match, _of_state(state, kind, match, around))
    if "New York" in text:
        for match in _NEW_YORK.finditer(text):
            if _state(text, match) == "New York":
                yield _reference(field, match, _of_state("New York", match["kind"], match, around))
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
    if chamber not in _CHAMBERS:
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


def _state(text: str, match: re.Match[str]) -> str | None:
    """The state named last before the number, else the only one named after it."""
    before = _STATE.findall(text, max(0, match.start() - _REACH), match.start())
    after = set(_STATE.findall(text, match.end(), match.end() + _REACH))
    if before:
        return str(before[-1])
    return str(after.pop()) if len(after) == 1 else None


def _of_state(
    state: str, kind: str, match: re.Match[str], around: Around
) -> tuple[str, str, str | None]:
    code, number = _STATES[state], match["number"]
    year = around.year(match.start(), match.end())
    url = _address(code, kind, number, year)
    return f"{code}-{kind.lower()}-{number.lower()}", f"{state} {kind} {number}", url


def _address(code: str, kind: str, number: str, year: int | None) -> str | None:
    """The legislature's own page of the bill, where number and year lead to one.

    States number their bills anew each session, so without a year a law of 2024 would lead to
    another bill of today; Colorado's numbers hold theirs.
    """
    if code == "co":
        return f"https://leg.colorado.gov/bills/{kind.lower()}{number}" if "-" in number else None
    if "-" in number or year is None:
        return None
    session = year - (year + 1) % 2
    if code == "ut":
        path = f"~{year}/bills/static/{kind}{number.zfill(4)}.html"
        return f"https://le.utah.gov/{path}"
    addresses: Mapping[str, str] = {
        "ca": "https://leginfo.legislature.ca.gov/faces/billNavClient.xhtml"
        f"?bill_id={session}{session + 1}0{kind}{number}",
        "ny": f"https://www.nysenate.gov/legislation/bills/{session}/{kind}{number}",
        "tx": "https://capitol.texas.gov/BillLookup/History.aspx"
        f"?LegSess={(session - 1847) // 2}R&Bill={kind}{number}",
    }
    return addresses.get(code)
