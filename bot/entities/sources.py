"""Primary sources: which official document an address leads to, and whose address is official.

A source's own feed gives a document's number in its address more often than in its text.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

_OFFICIAL = (
    "congress.gov", "courtlistener.com", "curia.europa.eu", "eur-lex.europa.eu",
    "federalregister.gov", "govinfo.gov", "regulations.gov", "supremecourt.gov", "uscourts.gov",
    "whitehouse.gov",
)  # fmt: skip
_Found = tuple[str, str, str]
"""Kind, id, label."""
_CHAMBERS = {
    "house-bill": ("hr", "H.R."),
    "senate-bill": ("s", "S."),
    "house-resolution": ("hres", "H.Res."),
    "senate-resolution": ("sres", "S.Res."),
    "house-joint-resolution": ("hjres", "H.J.Res."),
    "senate-joint-resolution": ("sjres", "S.J.Res."),
}
_ELI = {"reg": "R", "dir": "L", "dec": "D"}


def is_official(url: str | None) -> bool:
    """Whether the address is a publisher's of official documents, or one of their registers."""
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # a feed may give anything for an address
        return False
    return any(host == name or host.endswith(f".{name}") for name in _OFFICIAL)


def document_at(url: str | None) -> _Found | None:
    """The document that an official address leads to, named as in a text; None for any other."""
    if url is None or not is_official(url):
        return None
    parts = urlsplit(url)
    where = unquote(f"{parts.hostname}{parts.path}?{parts.query}")
    for pattern, read in _ADDRESSES:
        match = pattern.search(where)
        if match is not None:
            return read(match)
    return None


def _register(match: re.Match[str]) -> _Found:
    number = match["number"]
    return "federal-register", f"fr-{number}", f"FR Doc. {number}"


def _order(match: re.Match[str]) -> _Found:
    return "executive-order", f"eo-{match['number']}", f"Executive Order {match['number']}"


def _bill(match: re.Match[str]) -> _Found | None:
    if match["chamber"] not in _CHAMBERS:
        return None
    short, label = _CHAMBERS[match["chamber"]]
    number, congress = match["number"], match["congress"]
    return "bill", f"{short}-{number}-{congress}", f"{label} {number}"


def _celex(match: re.Match[str]) -> _Found:
    number = match["number"].upper()
    return "eu-act", f"celex-{number.lower()}", f"CELEX {number}"


def _eli(match: re.Match[str]) -> _Found:
    number = f"3{match['year']}{_ELI[match['act']]}{int(match['number']):04d}"
    return "eu-act", f"celex-{number.lower()}", f"CELEX {number}"


_ADDRESSES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Found | None]], ...] = (
    (
        re.compile(
            r"federalregister\.gov/(?:documents/\d{4}/\d\d/\d\d|d)/(?P<number>(?:19|20)\d\d-\d{4,5})\b"
        ),
        _register,
    ),
    (re.compile(r"federalregister\.gov/executive-order/(?P<number>\d{5})\b"), _order),
    (
        re.compile(
            r"congress\.gov/bill/(?P<congress>\d{2,3})(?:st|nd|rd|th)-congress/(?P<chamber>[a-z-]+)/"
            r"(?P<number>\d+)\b"
        ),
        _bill,
    ),
    (re.compile(r"(?i)celex:(?P<number>[356](?:19|20)\d\d(?:[RLD]|PC|DC|CJ)\d{4})\b"), _celex),
    (
        re.compile(
            r"europa\.eu/eli/(?P<act>reg|dir|dec)(?:_impl|_del)?/(?P<year>\d{4})/(?P<number>\d{1,4})\b"
        ),
        _eli,
    ),
)
