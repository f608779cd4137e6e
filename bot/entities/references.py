"""Official documents that a text names by their number, normalised and linked to their source.

The addresses follow the publishers' own schemes for linking by number (Congress.gov, govinfo's
link service, Federal Register, eCFR, EUR-Lex, Curia); where a number alone does not lead to one
document, the reference has none.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.entities.bills import GAP, Around, bills
from bot.entities.cued import Cued, cued
from bot.entities.dockets import captions, dockets, rulings
from bot.entities.sources import document_at
from bot.entities.state_bills import state_bills
from bot.model.articles import Field, Reference, Span

_READ = 100_000
_Found = tuple[str, str, str | None]
"""Id, label, address."""


def _executive_order(match: re.Match[str], _around: Around) -> _Found:
    number = match["number"].replace(",", "")
    url = f"https://www.federalregister.gov/executive-order/{number}"
    return f"eo-{number}", f"Executive Order {number}", url


def _cfr(match: re.Match[str], _around: Around) -> _Found:
    title, section = match["title"], match["section"].rstrip(".")
    kind = "section" if "." in section else "part"
    label = f"{title} CFR {section}" if kind == "section" else f"{title} CFR part {section}"
    url = f"https://www.ecfr.gov/current/title-{title}/{kind}-{section}"
    return f"cfr-{title}-{section}", label, url


def _federal_register(match: re.Match[str], _around: Around) -> _Found:
    volume, page = match["volume"], match["page"].replace(",", "")
    url = f"https://www.federalregister.gov/citation/{volume}-FR-{page}"
    return f"fr-{volume}-{page}", f"{volume} FR {page}", url


def _federal_register_document(match: re.Match[str], _around: Around) -> _Found:
    number = match["number"]
    return f"fr-{number}", f"FR Doc. {number}", f"https://www.federalregister.gov/d/{number}"


def _rulemaking(match: re.Match[str], _around: Around) -> _Found:
    docket = match["docket"]
    url = f"https://www.regulations.gov/docket/{docket}"
    return f"docket-{docket.lower()}", f"Docket {docket}", url


def _regulation_number(match: re.Match[str], _around: Around) -> _Found:
    return f"rin-{match['number'].lower()}", f"RIN {match['number']}", None


def _memorandum(match: re.Match[str], around: Around) -> _Found | None:
    """OMB's memoranda, where the text names its office; their addresses follow no scheme."""
    if not re.search(r"\bOMB\b|Management and Budget|memorand|\bmemo\b", around.text):
        return None
    number = re.sub(r"[^\d]+", "-", match["number"])
    return f"omb-m-{number}", f"OMB M-{number}", None


def _public_law(match: re.Match[str], _around: Around) -> _Found:
    congress, number = match["congress"], match["number"]
    url = f"https://www.govinfo.gov/link/plaw/{congress}/public/{number}"
    return f"pl-{congress}-{number}", f"Public Law {congress}-{number}", url


def _us_code(match: re.Match[str], _around: Around) -> _Found:
    title, section = match["title"], match["section"]
    url = f"https://www.govinfo.gov/link/uscode/{title}/{section}"
    return f"usc-{title}-{section}", f"{title} U.S.C. § {section}", url


_ACTS = {"regulation": "R", "directive": "L", "decision": "D"}


def _eu_act(match: re.Match[str], _around: Around) -> _Found | None:
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


def _celex_number(match: re.Match[str], _around: Around) -> _Found:
    return _celex(match["number"].upper(), f"CELEX {match['number'].upper()}")


def _celex(number: str, label: str) -> _Found:
    url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{number}"
    return f"celex-{number.lower()}", label, url


def _commission_document(match: re.Match[str], _around: Around) -> _Found:
    series, year, number = match["series"].upper(), match["year"], int(match["number"])
    url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri={series}:{year}:{number}:FIN"
    return f"{series.lower()}-{year}-{number}", f"{series}({year}) {number}", url


def _eu_case(match: re.Match[str], _around: Around) -> _Found:
    number = f"{match['court']}-{match['number']}/{match['year']}"
    url = f"https://curia.europa.eu/juris/liste.jsf?num={number}"
    return f"case-{number.lower().replace('/', '-')}", f"Case {number}", url


_Reader = Callable[[re.Match[str], Around], _Found | None]
_DASH = "[-\u2010\u2011\u2013]"

_READERS: tuple[tuple[str, Cued, _Reader], ...] = (
    (
        "executive-order",
        cued(
            r"[Ee]xecutive [Oo]rder|E\.?O",
            rf"\b(?:[Ee]xecutive [Oo]rder|E\.?O\.?){GAP}(?:No\.?{GAP})?"
            r"(?P<number>1[0-9],?\d{3})\b",
        ),
        _executive_order,
    ),
    (
        "cfr",
        cued(
            rf"C\.?{GAP}F\.?{GAP}R",
            rf"\b(?P<title>[1-5]?\d){GAP}C\.?{GAP}F\.?{GAP}R\.?{GAP}"
            rf"(?:[Pp]arts?{GAP}|§{{1,2}}{GAP})?(?P<section>\d{{1,4}}(?:\.\d{{1,4}})?)\b",
        ),
        _cfr,
    ),
    (
        "federal-register",
        cued(
            rf"F(?:R|\.R\.|ed\.{GAP}Reg)",
            rf"\b(?P<volume>[4-9]\d|1\d\d){GAP}(?:FR|F\.R\.|Fed\.{GAP}Reg\.){GAP}"
            r"(?P<page>\d{1,3},?\d{3})\b",
        ),
        _federal_register,
    ),
    (
        "federal-register",
        cued("FR Doc", r"\bFR Doc\.?(?: No\.?)? ?(?P<number>(?:19|20)\d\d-\d{4,5})\b"),
        _federal_register_document,
    ),
    (
        "rulemaking",
        cued(
            r"-20\d\d-",
            r"\b(?P<docket>(?:FTC|NIST|BIS|FCC|FDA|NTIA|OMB|DOD|GSA|FAR|CFPB|EEOC|ED|HHS|CMS|DHS|ONC|"
            r"DOE|EPA|NHTSA|USPTO|PTO|COLC|SEC|FERC|DOJ|OPM|TREAS|IRS|CISA|USCIS|OSTP|NSF)"
            r"(?:-[A-Z]{1,4})?-20\d\d-(?:[A-Z]{1,2}-)?\d{4})\b",
        ),
        _rulemaking,
    ),
    (
        "rulemaking",
        cued("RIN", r"\bRIN:? (?P<number>\d{4}-[A-Z]{2}\d{2})\b"),
        _regulation_number,
    ),
    (
        "memorandum",
        cued(rf"M{_DASH}\d", rf"\bM{_DASH}(?P<number>(?:1[7-9]|2\d){_DASH}\d{{2}})\b"),
        _memorandum,
    ),
    (
        "public-law",
        cued(
            r"P(?:ublic Law|ub\.|\.L\.)",
            rf"\b(?:Public Law|Pub\.{GAP}L\.|P\.L\.){GAP}(?:No\.{GAP})?"
            rf"(?P<congress>\d{{2,3}}){_DASH}(?P<number>\d{{1,4}})\b",
        ),
        _public_law,
    ),
    (
        "us-code",
        cued(
            rf"U\.?{GAP}S\.?{GAP}C",
            rf"\b(?P<title>[1-5]?\d){GAP}U\.?{GAP}S\.?{GAP}C\.?{GAP}(?:§{{1,2}}{GAP})?"
            r"(?P<section>\d{1,5}[a-z]{0,2})\b",
        ),
        _us_code,
    ),
    (
        "eu-act",
        cued(
            r"\d/\d",
            r"\b(?P<act>Regulation|Directive|Decision) "
            rf"(?P<shown>(?:\((?:EU|EC|EEC|Euratom)(?:, Euratom)?\){GAP})?(?P<no>No\.?{GAP})?"
            r"(?P<first>\d{2,4})/(?P<second>\d{1,4})(?:/(?:EU|EC|EEC))?)\b",
            re.IGNORECASE,
        ),
        _eu_act,
    ),
    (
        "eu-act",
        cued(
            r"[356](?:19|20)\d\d[A-Z]",
            r"\b(?P<number>[356](?:19|20)\d\d(?:[RLD]|PC|DC|CJ|CC|TJ)\d{4})\b",
        ),
        _celex_number,
    ),
    (
        "eu-document",
        cued(
            r"\(20\d\d\)",
            rf"\b(?P<series>COM|SWD|JOIN){GAP}\((?P<year>20\d\d)\){GAP}(?P<number>\d{{1,4}})\b",
        ),
        _commission_document,
    ),
    (
        "eu-case",
        cued(rf"[CT]{_DASH}\d", rf"\b(?P<court>[CT]){_DASH}(?P<number>\d{{1,3}})/(?P<year>\d\d)\b"),
        _eu_case,
    ),
)


def find_references(
    title: str, text: str, published: datetime, url: str | None = None
) -> tuple[Reference, ...]:
    """The documents named in an article, each once where it is first named, title first.

    `published` tells which Congress an undated bill belongs to, and the session of a state's bill
    that moves in these days. The document that the article's own `url` leads to has its title for a
    place. Reads 100,000 characters at most.
    """
    first: dict[tuple[str, str], Reference] = {}
    fields: tuple[tuple[Field, str], ...] = (("title", title), ("text", text[:_READ]))
    of_states = list(state_bills(fields, published))
    for field, content in fields:
        around = Around(content, published)
        found = [each for each in of_states if each.span.field == field]
        found += _in_field(field, content, around)
        for reference in sorted(found, key=lambda each: each.span.start):
            first.setdefault((reference.kind, reference.id), reference)
    document = document_at(url) if title else None
    if document is not None and url is not None:
        kind, identifier, label = document
        span = Span(field="title", start=0, end=len(title))
        itself = Reference(kind=kind, id=identifier, label=label, url=url, span=span)
        first.setdefault((kind, identifier), itself)
    return tuple(first.values())


def _in_field(field: Field, content: str, around: Around) -> Iterator[Reference]:
    for kind, pattern, read in _READERS:
        for match in pattern.finditer(content):
            found = read(match, around)
            if found is not None:
                identifier, label, url = found
                span = Span(field=field, start=match.start(), end=match.end())
                yield Reference(kind=kind, id=identifier, label=label, url=url, span=span)
    yield from bills(field, around)
    yield from dockets(field, content)
    yield from rulings(field, content)
    yield from captions(field, content)
