"""What is wrong with a summary, by rules of its own: it shares none with what makes summaries."""

import re
from collections.abc import Iterator, Sequence

from bot.stories.summary import MOST_CHARACTERS, MOST_SENTENCES

_PRONOUN = re.compile(
    r"[“\"'‘(]*(?:He|She|It|They|We|I|You|His|Her|Its|Their|Our|My|This|That|These|Those)\b"
    r"(?! (?:week|month|year)\b)"
)
_BARE = re.compile(
    r"[“\"'‘(]*The (?:company|firm|startup|move|decision|ruling|order|agency|group|bill|law|measure"
    r"|case|lawsuit|suit|report|letter|deal|agreement|plan|proposal|announcement|designation) "
    r"(?:is|was|has|had|will|would|said|says|also|could|may|comes?|came|follows?|marks?)\b"
)
_BYLINE = re.compile(r"By [A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][\w’'-]+(?: and [A-Z]\w+ [A-Z]\w+)?\W*$")
_PAGE = re.compile(
    r"(?i)\bgetty images|\bphoto(?:graph)? by|\bimage credit|\bsubscribe\b.*\bnewsletter|\bcookies"
    r"|^(?:updated|published|posted)[: ]+\S*\d|\ball rights reserved|\bread more\b|\bsign up for\b"
    r"|\(reporting by|\bcontributed to this (?:report|story)|appeared first on|\((?:left|right)\)$"
    r"|\bstory continues below|^advertisement\b|/ap\)|\(ap photo|^share (?:this|on)\b"
)
_DATELINE = re.compile(r"[A-Z]{4,}(?:, [A-Z][\w. ]{1,20})? (?:\([A-Z]\w+\) )?[—–-]{1,2} ")
_WORD = re.compile(r"\w+")

FOLLOWS = "refers to the sentence before it"
"""A pronoun or bare reference that is told right after the sentence it follows in the source: no
defect for a reader, but one for a rule that looks at sentences one by one."""


def defects(title: str, text: str, found: Sequence[str]) -> Iterator[str]:
    """The names of what is wrong; faithfulness is judged on the text with blanks folded."""
    if bool(found) != bool(text.strip()):
        yield "empty"
    if len(" ".join(found)) > MOST_CHARACTERS or len(found) > MOST_SENTENCES:
        yield "too long"
    flat = " ".join(text.split())
    about = set(_WORD.findall(title.lower()))
    before = ""
    for sentence in found:
        bare = " ".join(sentence.split())
        if bare not in flat and bare.removesuffix("…") not in flat:
            yield "not in the source"
        follows = bool(before) and f"{before} {bare}" in flat
        if _PRONOUN.match(bare):
            yield FOLLOWS if follows else "pronoun"
        if _BARE.match(bare):
            yield FOLLOWS if follows else "bare reference"
        before = bare
        if bare.count("“") != bare.count("”") or bare.count('"') % 2:
            yield "cut quotation"
        if _PAGE.search(bare) or _BYLINE.match(bare) or _DATELINE.match(bare):
            yield "boilerplate"
        words = set(_WORD.findall(bare.lower()))
        if title and words and words <= about:
            yield "repeats the title"
