"""The quotations of a text, with who is quoted as far as their sentence names them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.stories.lexicon import STOPWORDS

LEAST_WORDS = 4
"""A quotation of fewer words is a name or a single word in marks, no statement."""
_MOST = 600
_QUOTED = re.compile(
    rf"“(?P<curly>[^“”\n]{{1,{_MOST}}})”|(?<!\w)\"(?P<straight>[^\"\n]{{1,{_MOST}}})\"(?!\w)"
)
_SAYS = (
    r"(?:said|says|told|tells|wrote|writes|added|adds|argued|argues|warned|warns|posted|tweeted"
    r"|testified|replied|stated|announced|declared|insisted|claimed|explained|noted|asked|ruled"
    r"|continued|concluded|called|described)"
)
_NAME = r"(?P<name>[A-Z][\w.’'-]*(?: (?:of |the |de |van |von |bin )?[A-Z][\w.’'-]*){0,4})"
_TITLE = r"(?:[a-z][\w-]* ){0,4}"
# “…,” Dario Amodei, who runs it, said · “…,” said judge Rita Lin · Hegseth wrote: “…”
_SPEAKERS = (
    (
        "after",
        re.compile(rf"^[\s,]*{_NAME}(?:, [^,.]{{2,80}},| \([^)]*\))? (?:also |later )?{_SAYS}\b"),
    ),
    ("after", re.compile(rf"^[\s,]*{_SAYS} {_TITLE}{_NAME}")),
    (
        "before",
        re.compile(
            rf"{_NAME}(?:, [^,.]{{2,80}},| \([^)]*\))? (?:also |later )?{_SAYS}\b[^.!?“\"]{{0,80}}$"
        ),
    ),
    ("before", re.compile(rf"\b[Aa]ccording to {_TITLE}{_NAME}[^.!?“\"]{{0,40}}$")),
    ("after", re.compile(rf"^[^.!?“\"]{{0,60}}\baccording to {_TITLE}{_NAME}")),
)
_NOBODY = STOPWORDS | {"but", "and"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words in quotation marks, without the marks; offsets are of the text, marks included."""

    start: int
    end: int
    words: str
    speaker: str


def quotations_in(text: str) -> Iterator[Quotation]:
    """The quotations of at least `LEAST_WORDS` words, in order, each within a line."""
    for match in _QUOTED.finditer(text):
        words = (match["curly"] or match["straight"]).strip()
        if len(words.split()) >= LEAST_WORDS:
            yield Quotation(
                start=match.start(),
                end=match.end(),
                words=words.rstrip(",").rstrip(),
                speaker=_speaker(text, match.start(), match.end()),
            )


def _speaker(text: str, start: int, end: int) -> str:
    around = {
        "before": text[max(0, start - 200) : start].rpartition("\n")[2],
        "after": text[end : end + 200].partition("\n")[0],
    }
    for side, pattern in _SPEAKERS:
        found = pattern.search(around[side])
        if found and found["name"].split()[0].lower() not in _NOBODY:
            return found["name"].rstrip(".,’'-").removesuffix("’s").removesuffix("'s")
    return ""
