"""Official documents that a text names by their number, normalised and linked to their source.

The addresses follow the publishers' own schemes for linking by number (Congress.gov, govinfo's
link service, Federal Register, eCFR, EUR-Lex, Curia); where a number alone does not lead to one
document, the reference has none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.entities.dockets import captions, dockets
from bot.model.articles import Field, Reference, Span

_READ = 100_000
_Found = tuple[str, str, str | None]
"""Id, label, address."""


@dataclass(frozen=True, slots=True)
class _Around:
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


def _bill(match: re.Match[str], around: _Around) -> _Found | None:
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


_STATES = {
    "California": "ca", "New York": "ny", "Colorado": "co", "Texas": "tx", "Utah": "ut",
    "Illinois": "il", "Florida": "fl", "Virginia": "va", "Connecticut": "ct", "Tennessee": "tn",
    "Washington state": "wa", "Massachusetts": "ma", "New Jersey": "nj", "Georgia": "ga",
    "Michigan": "mi", "Ohio": "oh", "Pennsylvania": "pa", "Maryland": "md", "Oregon": "or",
    "Minnesota": "mn", "Arizona": "az", "Nebraska": "ne", "Kentucky": "ky", "Montana": "mt",
}  # fmt: skip
_STATE = re.compile("|".join(_STATES))
_STATE_REACH = 300


def _state_bill(match: re.Match[str], around: _Around) -> _Found | None:
    state = _state(around.text, match)
    if state is None:
        return None
    kind, number = match["kind"].replace(" ", "").upper(), match["number"]
    code = _STATES[state]
    url = None
    if code == "co" and "-" in number:
        url = f"https://leg.colorado.gov/bills/{kind.lower()}{number}"
    return f"{code}-{kind.lower()}-{number}", f"{state} {kind} {number}", url


def _state(text: str, match: re.Match[str]) -> str | None:
    """The state named last before the number, else the only one named after it."""
    before = _STATE.findall(text, max(0, match.start() - _STATE_REACH), match.start())
    after = set(_STATE.findall(text, match.end(), match.end() + _STATE_REACH))
    if before:
        return str(before[-1])
    return str(after.pop()) if len(after) == 1 else None


def _executive_order(match: re.Match[str], _around: _Around) -> _Found:
    number = match["number"].replace(",", "")
    url = f"https://www.federalregister.gov/executive-order/{number}"
    return f"eo-{number}", f"Executive Order {number}", url


def _cfr(match: re.Match[str], _around: _Around) -> _Found:
    title, section = match["title"], match["section"].rstrip(".")
    kind = "section" if "." in section else "part"
    label = f"{title} CFR {section}" if kind == "section" else f"{title} CFR part {section}"
    url = f"https://www.ecfr.gov/current/title-{title}/{kind}-{section}"
    return f"cfr-{title}-{section}", label, url


def _federal_register(match: re.Match[str], _around: _Around) -> _Found:
    volume, page = match["volume"], match["page"].replace(",", "")
    url = f"https://www.federalregister.gov/citation/{volume}-FR-{page}"
    return f"fr-{volume}-{page}", f"{volume} FR {page}", url


def _federal_register_document(match: re.Match[str], _around: _Around) -> _Found:
    number = match["number"]
    return f"fr-{number}", f"FR Doc. {number}", f"https://www.federalregister.gov/d/{number}"


def _public_law(match: re.Match[str], _around: _Around) -> _Found:
    congress, number = match["congress"], match["number"]
    url = f"https://www.govinfo.gov/link/plaw/{congress}/public/{number}"
    return f"pl-{congress}-{number}", f"Public Law {congress}-{number}", url


def _us_code(match: re.Match[str], _around: _Around) -> _Found:
    title, section = match["title"], match["section"]
    url = f"https://www.govinfo.gov/link/uscode/{title}/{section}"
    return f"usc-{title}-{section}", f"{title} U.S.C. § {section}", url


_ACTS = {"regulation": "R", "directive": "L", "decision": "D"}


def _eu_act(match: re.Match[str], _around: _Around) -> _Found | None:
    first, second = int(match["first"]), int(match["second"])
    act = match["act"].lower()
    # Until 2014 regulations put the number first ("No 45/2001"); all else puts the year first.
    turned = match["no"] is not None
    year, number = (second, first) if turned else (first, second)
    if year < 100:
        year += 1900
    if not 1952 <= year <= 2100:
        return None
    return _celex(f"3{year}{_ACTS[act]}{number:04d}", f"{act.capitalize()} {match['shown']}")


def _celex_number(match: re.Match[str], _around: _Around) -> _Found:
    return _celex(match["number"].upper(), f"CELEX {match['number'].upper()}")


def _celex(number: str, label: str) -> _Found:
    url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{number}"
    return f"celex-{number.lower()}", label, url


def _commission_document(match: re.Match[str], _around: _Around) -> _Found:
    series, year, number = match["series"].upper(), match["year"], int(match["number"])
    url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri={series}:{year}:{number}:FIN"
    return f"{series.lower()}-{year}-{number}", f"{series}({year}) {number}", url


def _eu_case(match: re.Match[str], _around: _Around) -> _Found:
    number = f"{match['court']}-{match['number']}/{match['year']}"
    url = f"https://curia.europa.eu/juris/liste.jsf?num={number}"
    return f"case-{number.lower().replace('/', '-')}", f"Case {number}", url


_Reader = Callable[[re.Match[str], _Around], _Found | None]
_DASH = "[-\u2010\u2011\u2013]"
_GAP = "[ \u00a0\u202f]?"

_READERS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = (
    (
        "bill",
        re.compile(
            rf"(?<![\w.])(?P<chamber>(?:H\.?{_GAP}(?:J\.?|Con\.?)?{_GAP}R(?:es)?\.?"
            rf"|S\.{_GAP}(?:(?:J\.?|Con\.?){_GAP})?Res\.|S\.)){_GAP}(?P<number>\d{{1,4}})(?![\d.,]\d|\w)"
        ),
        _bill,
    ),
    (
        "bill",
        re.compile(rf"\b(?P<kind>[SHA]B){_GAP}(?P<number>\d{{2}}-\d{{3,4}}|\d{{1,4}})\b"),
        _state_bill,
    ),
    (
        "executive-order",
        re.compile(
            rf"\b(?:[Ee]xecutive [Oo]rder|E\.?O\.?){_GAP}(?:No\.?{_GAP})?"
            r"(?P<number>1[0-9],?\d{3})\b"
        ),
        _executive_order,
    ),
    (
        "cfr",
        re.compile(
            rf"\b(?P<title>[1-5]?\d){_GAP}C\.?{_GAP}F\.?{_GAP}R\.?{_GAP}"
            rf"(?:[Pp]arts?{_GAP}|§{{1,2}}{_GAP})?(?P<section>\d{{1,4}}(?:\.\d{{1,4}})?)\b"
        ),
        _cfr,
    ),
    (
        "federal-register",
        re.compile(
            rf"\b(?P<volume>[4-9]\d|1\d\d){_GAP}(?:FR|F\.R\.|Fed\.{_GAP}Reg\.){_GAP}"
            r"(?P<page>\d{1,3},?\d{3})\b"
        ),
        _federal_register,
    ),
    (
        "federal-register",
        re.compile(r"\bFR Doc\.?(?: No\.?)? ?(?P<number>(?:19|20)\d\d-\d{4,5})\b"),
        _federal_register_document,
    ),
    (
        "public-law",
        re.compile(
            rf"\b(?:Public Law|Pub\.{_GAP}L\.|P\.L\.){_GAP}(?:No\.{_GAP})?"
            rf"(?P<congress>\d{{2,3}}){_DASH}(?P<number>\d{{1,4}})\b"
        ),
        _public_law,
    ),
    (
        "us-code",
        re.compile(
            rf"\b(?P<title>[1-5]?\d){_GAP}U\.?{_GAP}S\.?{_GAP}C\.?{_GAP}(?:§{{1,2}}{_GAP})?"
            r"(?P<section>\d{1,5}[a-z]{0,2})\b"
        ),
        _us_code,
    ),
    (
        "eu-act",
        re.compile(
            r"\b(?P<act>Regulation|Directive|Decision) "
            rf"(?P<shown>(?:\((?:EU|EC|EEC|Euratom)(?:, Euratom)?\){_GAP})?(?P<no>No\.?{_GAP})?"
            r"(?P<first>\d{2,4})/(?P<second>\d{1,4})(?:/(?:EU|EC|EEC))?)\b",
            re.IGNORECASE,
        ),
        _eu_act,
    ),
    (
        "eu-act",
        re.compile(r"\b(?P<number>[356](?:19|20)\d\d(?:[RLD]|PC|DC|CJ|CC|TJ)\d{4})\b"),
        _celex_number,
    ),
    (
        "eu-document",
        re.compile(
            rf"\b(?P<series>COM|SWD|JOIN){_GAP}\((?P<year>20\d\d)\){_GAP}(?P<number>\d{{1,4}})\b"
        ),
        _commission_document,
    ),
    (
        "eu-case",
        re.compile(rf"\b(?P<court>[CT]){_DASH}(?P<number>\d{{1,3}})/(?P<year>\d\d)\b"),
        _eu_case,
    ),
)


def find_references(title: str, text: str, published: datetime) -> tuple[Reference, ...]:
    """The documents named in an article, each once where it is first named, title first.

    `published` tells which Congress an undated bill belongs to. Reads 100,000 characters at most.
    """
    first: dict[tuple[str, str], Reference] = {}
    fields: tuple[tuple[Field, str], ...] = (("title", title), ("text", text[:_READ]))
    for field, content in fields:
        around = _Around(content, published)
        for reference in sorted(_in_field(field, content, around), key=lambda r: r.span.start):
            first.setdefault((reference.kind, reference.id), reference)
    return tuple(first.values())


def _in_field(field: Field, content: str, around: _Around) -> Iterator[Reference]:
    for kind, pattern, read in _READERS:
        for match in pattern.finditer(content):
            found = read(match, around)
            if found is not None:
                identifier, label, url = found
                span = Span(field=field, start=match.start(), end=match.end())
                yield Reference(kind=kind, id=identifier, label=label, url=url, span=span)
    yield from dockets(field, content)
    yield from captions(field, content)
