"""Court cases that a text names: docket numbers of US courts, and captions ("Roe v. Acme")."""

import re
from collections.abc import Iterator

from bot.entities.cued import cued
from bot.model.articles import Field, Reference, Span

_DOCKET = cued(
    r"\d-(?:cv|cr|mc|md)-",
    r"\b(?P<office>\d{1,2}):(?P<year>\d\d)-(?P<type>cv|cr|mc|md)-(?P<number>\d{3,6})"
    r"(?:-[A-Z]{2,4})*\b",
)
_SUPREME = cued(r"Nos?\. \d", r"\bNos?\. (?P<number>\d{2}-\d{1,4})\b")
_DISTRICTS = {
    "cand": ("Northern District of California", "N.D. Cal."),
    "cacd": ("Central District of California", "C.D. Cal."),
    "nysd": ("Southern District of New York", "S.D.N.Y."),
    "nyed": ("Eastern District of New York", "E.D.N.Y."),
    "dcd": ("District of Columbia", "D.D.C."),
    "ded": ("District of Delaware", "D. Del."),
    "mad": ("District of Massachusetts", "D. Mass."),
    "mdd": ("District of Maryland", "D. Md."),
    "vaed": ("Eastern District of Virginia", "E.D. Va."),
    "txed": ("Eastern District of Texas", "E.D. Tex."),
    "txnd": ("Northern District of Texas", "N.D. Tex."),
    "txwd": ("Western District of Texas", "W.D. Tex."),
    "wawd": ("Western District of Washington", "W.D. Wash."),
    "flmd": ("Middle District of Florida", "M.D. Fla."),
    "ilnd": ("Northern District of Illinois", "N.D. Ill."),
}
_APPEALS = cued(
    r"Nos?\. ?\d",
    r"\bNos?\. ?(?P<year>\d\d)-(?P<number>\d{3,5})\b[^.]{0,30}?"
    r"\((?P<court>(?:D\.C\.|Fed\.|[1-9](?:st|d|nd|rd|th)|1[01]th) Cir\.)",
)
_CIRCUITS = {"D.C. Cir.": "caDC", "Fed. Cir.": "ca13"}
_NEUTRAL = re.compile(
    r"\[(?P<year>20\d\d)\] (?P<court>UKSC|UKPC|EWCA Civ|EWCA Crim|EWHC|UKUT) (?P<number>\d{1,4})"
    r"(?: \((?P<division>Ch|KB|QB|Admin|Comm|Pat|TCC|IPEC|AAC|LC|TCC)\))?"
)
_REACH = 250

_WORD = r"(?:[A-Z][\w.&’'-]*|of|the|and|for|de|&)"
_CAPTION = re.compile(
    rf"(?P<plaintiff>[A-Z][\w.&’'-]*(?: {_WORD}|, (?:Inc\.|LLC|Corp\.)){{0,5}})"
    r"(?P<sign> v\. | vs\.? | v )"
    rf"(?P<defendant>[A-Z][\w.&’'-]*(?: (?:{_WORD}|Inc\.|Corp\.|LLC))*)"
)
_VERSUS = re.compile(r" vs?\.? ")
_COURTLY = re.compile(
    r"\b(?:lawsuit|sue[sd]?|suing|plaintiffs?|jury|jurors|High Court|Court of Appeal|docket|ruling"
    r"|injunction|complaint|\[20\d\d\] (?:EW|UK))"
)
_LEADING = re.compile(
    r"^(?:(?:In|The|A|An|See|Case|And|But|As|From|Since|After|Under|Like|Unlike|Both|Its|Today’s)"
    r"(?: the)? )+"
)
_TRAILING = re.compile(r"(?: (?:of|the|and|for|de|&))+$|[.,’']+s?$")
_MOST_WORDS = 6
_ABBREVIATED = frozenset({"Inc.", "Corp.", "Co.", "Ltd.", "Dept.", "Bros.", "U.S.", "St.", "Dr."})


def dockets(field: Field, text: str) -> Iterator[Reference]:
    """Docket numbers of federal district courts, and of the Supreme Court where it is named."""
    for match in _DOCKET.finditer(text):
        short = f"{match['office']}:{match['year']}-{match['type']}-{match['number'].zfill(5)}"
        court = _district(_near(text, match))
        # The path is govinfo's own: USCOURTS-court-office_year-type-number.
        path = f"USCOURTS-{court}-{short.replace(':', '_')}"
        yield Reference(
            kind="docket",
            id=f"{court}-{short}".lower().replace(":", "-") if court else short.replace(":", "-"),
            label=f"No. {short}",
            url=f"https://www.govinfo.gov/app/details/{path}" if court else None,
            span=Span(field=field, start=match.start(), end=match.end()),
        )
    for match in _SUPREME.finditer(text):
        if "Supreme Court" in _near(text, match):
            number = match["number"]
            site = "https://www.supremecourt.gov/docket/docketfiles/html/public"
            yield Reference(
                kind="docket",
                id=f"scotus-{number}",
                label=f"No. {number} (U.S.)",
                url=f"{site}/{number}.html",
                span=Span(field=field, start=match.start(), end=match.end()),
            )


def rulings(field: Field, text: str) -> Iterator[Reference]:
    """Dockets of the federal courts of appeals, and rulings of British courts by citation."""
    for match in _APPEALS.finditer(text):
        court = _CIRCUITS.get(match["court"]) or "ca" + re.sub(r"\D", "", match["court"])
        short = f"{match['year']}-{match['number']}"
        path = f"USCOURTS-{court}-{match['year']}-{match['number'].zfill(5)}"
        yield Reference(
            kind="docket",
            id=f"{court.lower()}-{short}",
            label=f"No. {short} ({match['court']})",
            url=f"https://www.govinfo.gov/app/details/{path}",
            span=Span(field=field, start=match.start(), end=match.end("number")),
        )
    for match in _NEUTRAL.finditer(text):
        parts = [*match["court"].lower().split(), *filter(None, [match["division"]])]
        path = "/".join([*map(str.lower, parts), match["year"], match["number"]])
        yield Reference(
            kind="ruling",
            id=path.replace("/", "-"),
            label=match[0],
            url=f"https://caselaw.nationalarchives.gov.uk/{path}",
            span=Span(field=field, start=match.start(), end=match.end()),
        )


def captions(field: Field, text: str) -> Iterator[Reference]:
    """Cases by the names of their parties; a name alone leads to no official address."""
    if not _VERSUS.search(text):
        return
    for match in _CAPTION.finditer(text):
        if match["sign"] != " v. " and not _COURTLY.search(_near(text, match)):
            # Teams play each other under these signs.
            continue
        plaintiff, defendant = match["plaintiff"], match["defendant"]
        lead = _LEADING.match(plaintiff)
        start = match.start() + (lead.end() if lead else 0)
        start = _sentence_start(text, start, match.end("plaintiff"))
        plaintiff = text[start : match.end("plaintiff")]
        defendant = " ".join(_party(defendant.split()))
        defendant = _TRAILING.sub("", _TRAILING.sub("", defendant))
        if not plaintiff or not defendant:
            continue
        label = f"{plaintiff} v. {defendant}"
        yield Reference(
            kind="caption",
            id=re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-"),
            label=label,
            url=None,
            span=Span(field=field, start=start, end=match.start("defendant") + len(defendant)),
        )


def _sentence_start(text: str, start: int, end: int) -> int:
    """Where a plaintiff's name begins that the caption took from before its sentence too."""
    for word in re.finditer(r"\S{3,}\. ", text[start:end]):
        if word[0].rstrip() not in _ABBREVIATED:
            start += word.end()
            return _sentence_start(text, start, end)
    return start


def _party(words: list[str]) -> Iterator[str]:
    """The words up to the sentence's end."""
    for word in words[:_MOST_WORDS]:
        yield word
        if word.endswith(".") and word not in _ABBREVIATED:
            return


def _near(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _REACH) : match.end() + _REACH]


def _district(text: str) -> str | None:
    return next(
        (code for code, names in _DISTRICTS.items() if any(name in text for name in names)), None
    )
