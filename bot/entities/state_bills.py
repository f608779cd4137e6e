"""Bills of the states: which state a text means, which session, and the legislature's own page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.entities.cued import cued
from bot.entities.sessions import session_of
from bot.model.articles import Field, Reference, Span

_GAP = "[ \u00a0\u202f]?"
_REACH = 300
"""Characters around a bill's number within which a state is taken for its own."""
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
_OWNED = re.compile(rf"(?:{_STATE.pattern})[’']s? $")
_OF_STATE = cued(
    rf"[SHA]\.?B\.?(?:{_GAP}|-)\d|Bill",
    rf"\b(?:(?P<kind>[SHA]\.?B\.?)(?:{_GAP}|-)|(?P<house>Senate|House|Assembly) Bill(?: No\.)? )"
    r"(?P<number>\d{2}[A-C]?-\d{3,4}|\d{1,4})\b",
)
_NEW_YORK = re.compile(
    r"\b(?P<kind>[SA])(?:\.?(?=\d)|\.? (?=\d{4}))(?P<number>\d{3,5})(?:-?[A-E])?(?=/[AS]\d|\b)"
)
_HOUSES = {"Senate": "SB", "House": "HB", "Assembly": "AB"}
_WITH_SESSION = re.compile(r"([a-z]{2}-[a-z]{1,2}-[\da-c-]+)-20\d\d")
"""The id of a bill with the first year of its session, and what it would be without."""
_ROUTE = re.compile(
    r"\b(?:take|taking|exit|northbound|southbound|highway|freeway|route) (?:the )?$",
    re.IGNORECASE,
)
"""What stands before a road: southbound 101 is no bill."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A bill as one place names it; `session` is the first year of its session, where told."""

    state: str
    kind: str
    number: str
    session: int | None
    span: Span

    @property
    def bill(self) -> tuple[str, str, str]:
        return self.state, self.kind, self.number


def state_bills(fields: Sequence[tuple[Field, str]], published: datetime) -> Iterator[Reference]:
    """The bills of states named in an article; one session told in it counts for all its places."""
    places = [(field, text, *place) for field, text in fields for place in _places(text)]
    if not places:
        return
    states = _states_of(places)
    named = [one for place in places if (one := _named(place, published, states)) is not None]
    sessions: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for one in named:
        if one.session is not None:
            sessions[one.bill].add(one.session)
    for one in named:
        told = sessions[one.bill]
        if one.session is None and len(told) == 1:
            yield _reference(replace(one, session=next(iter(told))))
        else:
            yield _reference(one)


def is_of_a_state(text: str, start: int) -> bool:
    """Whether what begins at `start` is said to be a state's (“New Jersey's S. 3742”)."""
    return _OWNED.search(text, max(0, start - 30), start) is not None


def distinct(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Each document once; a bill whose session some reports tell not once more without it."""
    found = {(each.kind, each.id): each for each in references}
    told = {without_session(each.id) for each in found.values() if _has_session(each)}
    return tuple(each for each in found.values() if _has_session(each) or each.id not in told)


def _has_session(reference: Reference) -> bool:
    return reference.kind == "bill" and _WITH_SESSION.fullmatch(reference.id) is not None


def without_session(identifier: str) -> str:
    """The id of a bill as it would be if its text told no session; any other id as it is."""
    found = _WITH_SESSION.fullmatch(identifier)
    return found[1] if found else identifier


_Place = tuple[Field, str, str | None, str, re.Match[str]]
"""A bill's number as it stands: field, its text, the state near it, kind of bill, match."""


def _named(
    place: _Place, published: datetime, states: Mapping[tuple[str, str], str]
) -> _Named | None:
    """`states` tell whose bill a number is where no state stands near, by kind and number."""
    field, text, state, kind, match = place
    whose = state or states.get((kind, match["number"]))
    if whose is None:
        return None
    start, end = match.span()
    headline = field == "title"
    session = session_of(_STATES[whose], text, start, end, published, headline=headline)
    span = Span(field=field, start=start, end=end)
    return _Named(whose, kind, match["number"], session, span)


def _states_of(places: Iterable[_Place]) -> dict[tuple[str, str], str]:
    """Whose bill each kind and number is, where one place says so and none another."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, _, state, kind, match in places:
        if state is not None:
            said[kind, match["number"]].add(state)
    return {bill: next(iter(states)) for bill, states in said.items() if len(states) == 1}


def _places(text: str) -> Iterator[tuple[str | None, str, re.Match[str]]]:
    """State, if one stands near, kind of bill and place of each."""
    for match in _OF_STATE.finditer(text):
        if not _ROUTE.search(text, max(0, match.start() - 20), match.start()):
            yield (
                _state(text, match),
                (match["kind"] or _HOUSES[match["house"]]).replace(".", "").upper(),
                match,
            )
    if "New York" in text:
        for match in _NEW_YORK.finditer(text):
            if _state(text, match) == "New York":
                yield "New York", match["kind"], match


def _state(text: str, match: re.Match[str]) -> str | None:
    """The state named last before the number, else the only one named after it."""
    before = _STATE.findall(text, max(0, match.start() - _REACH), match.start())
    after = set(_STATE.findall(text, match.end(), match.end() + _REACH))
    if before:
        return str(before[-1])
    return str(after.pop()) if len(after) == 1 else None


def _reference(one: _Named) -> Reference:
    code = _STATES[one.state]
    identifier = f"{code}-{one.kind.lower()}-{one.number.lower()}"
    label, session = f"{one.state} {one.kind} {one.number}", one.session
    if "-" in one.number:  # Colorado's numbers hold their year
        session = None
    if session is not None:
        identifier, label = f"{identifier}-{session}", f"{label} ({session})"
    url = _address(code, one.kind, one.number, session)
    return Reference(kind="bill", id=identifier, label=label, url=url, span=one.span)


def _address(code: str, kind: str, number: str, session: int | None) -> str | None:
    """The legislature's own page of the bill, where number and session lead to one."""
    if code == "co":
        if session is not None:
            number = f"{session % 100}-{number.zfill(3)}"
        return f"https://leg.colorado.gov/bills/{kind.lower()}{number}" if "-" in number else None
    pattern = _PAGES.get(code)
    if pattern is None or session is None or "-" in number:
        return None
    # Illinois numbers its General Assemblies; 2025 began the 104th.
    assembly = (session - 1817) // 2
    return pattern.format(
        kind=kind,
        number=number,
        padded=number.zfill(4),
        session=session,
        next=session + 1,
        texas=(session - 1847) // 2,
        assembly=assembly,
        assembly_session=2 * assembly - 94,
    )


_PAGES: Mapping[str, str] = {
    "ca": "https://leginfo.legislature.ca.gov/faces/billNavClient.xhtml"
    "?bill_id={session}{next}0{kind}{number}",
    "ct": "https://www.cga.ct.gov/asp/cgabillstatus/cgabillstatus.asp"
    "?selBillType=Bill&which_year={session}&bill_num={kind}{number}",
    "fl": "https://www.flsenate.gov/Session/Bill/{session}/{number}",
    "il": "https://www.ilga.gov/Legislation/BillStatus"
    "?DocTypeID={kind}&DocNum={number}&GA={assembly}&SessionID={assembly_session}",
    "md": "https://mgaleg.maryland.gov/mgawebsite/Legislation/Details/{kind}{padded}?ys={session}RS",
    "mi": "https://www.legislature.mi.gov/Bills/Bill?ObjectName={session}-{kind}-{padded}",
    "ny": "https://www.nysenate.gov/legislation/bills/{session}/{kind}{number}",
    "tx": "https://capitol.texas.gov/BillLookup/History.aspx?LegSess={texas}R&Bill={kind}{number}",
    "ut": "https://le.utah.gov/~{session}/bills/static/{kind}{padded}.html",
    "wa": "https://app.leg.wa.gov/billsummary?BillNumber={number}&Year={session}",
}
"""By state; the publishers' own schemes for linking by number and session."""
