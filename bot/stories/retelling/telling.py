"""Who tells it, in which order the votes fell, and to whom a summary speaks: to nobody."""

import re

_SAYS = r"(?:said|says|told|tells|announced|vowed|warned|argued|promised|pledged)"
_TELLER = re.compile(rf"\b([A-Z][\w-]+)(?:['’]s? [a-z]+)? {_SAYS}\b")
_SCORE = re.compile(r"\b(\d{1,3})(?:[-–]| to )(\d{1,3})\b")
_ADDRESSED = re.compile(
    r"(?i)\b(?:you|your|yours|dear|readers? (?:should|must|can|may|are|will))\b"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def untold_by(answer: str, source: str) -> str | None:
    """A name that says something in the answer and nothing in a clause of the source."""
    for name in _TELLER.findall(answer):
        word = re.escape(name)
        says = rf"\b{word}\b[^.;]{{0,120}}\b{_SAYS}\b"
        said = rf"\b(?:{_SAYS}|[Aa]ccording to)\b[^.;]{{0,60}}\b{word}\b"
        if not re.search(rf"{says}|{said}", source):
            return str(name)
    return None


def turned_score(answer: str, source: str) -> str | None:
    """A vote or score of the answer that the source gives the other way round alone."""
    there = set(_SCORE.findall(source))
    for ours, theirs in _SCORE.findall(answer):
        if (theirs, ours) in there and (ours, theirs) not in there:
            return f"{ours}-{theirs}"
    return None


def addressed(answer: str) -> str | None:
    """A word that speaks to the reader outside a quotation: news does not, instructions do."""
    found = _ADDRESSED.search(_QUOTED.sub(" ", answer))
    return found[0] if found else None
