"""Whom a piece credits: the wire whose copy it carries, or the outlet it was taken from."""

import re
from collections.abc import Iterable

# Agencies and the ways they are written, in datelines, bylines and source elements.
WIRES = {
    "Associated Press": (
        "Associated Press",
        "The Associated Press",
        "AP",
        "AP News",
        "Associated Press Finance",
    ),
    "Reuters": ("Reuters", "Thomson Reuters", "Reuters Staff", "Reuters.com"),
    "AFP": ("AFP", "Agence France-Presse", "AFP News"),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "UPI": ("UPI", "United Press International"),
    "dpa": ("dpa", "Deutsche Presse-Agentur"),
    "EFE": ("EFE", "Agencia EFE"),
    "ANSA": ("ANSA",),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI",),
    "IANS": ("IANS",),
    "Xinhua": ("Xinhua",),
    "Kyodo": ("Kyodo", "Kyodo News"),
    "Jiji Press": ("Jiji", "Jiji Press"),
    "Yonhap": ("Yonhap", "Yonhap News Agency"),
    "Canadian Press": ("The Canadian Press", "Canadian Press"),
    "AAP": ("AAP", "Australian Associated Press"),
    "PA Media": ("PA Media", "Press Association"),
    "CNN": ("CNN", "CNN Newsource"),
    "States Newsroom": ("States Newsroom",),
    "Tribune News Service": ("Tribune News Service", "TNS"),
    "The Conversation": ("The Conversation",),
    "PR Newswire": ("PR Newswire", "PRNewswire"),
    "Business Wire": ("Business Wire", "BUSINESS WIRE"),
    "GlobeNewswire": ("GlobeNewswire", "GLOBE NEWSWIRE"),
}
_BY_NAME = {form.casefold(): wire for wire, forms in WIRES.items() for form in forms}
_FORMS = "|".join(
    sorted({re.escape(form) for forms in WIRES.values() for form in forms}, key=len, reverse=True)
)
_OPENING, _CLOSING = 160, 120
# “WASHINGTON, Feb 27 (Reuters) - ”, “(Bloomberg) -- ”, “NEW YORK, Jan. 5 /PRNewswire/ -- ”
_DATELINE = re.compile(
    rf"^[^()\n.]{{0,90}}?(?:\. ?\d[^()\n]{{0,20}})?[(/](?P<wire>{_FORMS})[)/]\s*[-–—]"
)
# “… — AP”, “© 2026 AFP”, “(With inputs from PTI)”
_SIGNED = re.compile(
    rf"(?:[–—-]\s*|©\s*(?:\d{{4}}\s*)?|\bvia\s+|(?i:with\s+(?:inputs?|files)\s+from\s+(?:the\s+)?)|\()"
    rf"(?P<wire>{_FORMS})[)\].]*$"
)
# “Jane Doe, Associated Press”, “REUTERS”
_BYLINE = re.compile(r"^(?:.{2,80}?\s*(?:,|\||/|[–—-])\s*)?(?P<wire>[\w .-]{2,40})$")


def wire_named(name: str) -> str | None:
    """The wire that goes by this name, in its one form."""
    return _BY_NAME.get(name.strip().casefold())


def credit_of(text: str, authors: Iterable[str], source: str | None, outlet: str) -> str | None:
    """The wire, or the other outlet, that a piece itself credits; None where it is its own.

    A wire's own pieces credit that wire, so that they and their reprints share one origin.
    """
    for pattern, part in ((_DATELINE, text[:_OPENING]), (_SIGNED, text[-_CLOSING:])):
        found = pattern.search(part)
        if found:
            return wire_named(found["wire"])
    for author in authors:
        byline = _BYLINE.match(author)
        if byline and (wire := wire_named(byline["wire"])):
            return wire
    if source and source.casefold() != outlet.casefold():
        return wire_named(source) or source
    return wire_named(outlet)
