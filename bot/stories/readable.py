"""Whether a sentence can stand alone in a summary, and what is wrong with it where not."""

import re
from typing import NamedTuple

from bot.stories.lookback import looks_back

UNFIT = 0.5
"""From so much on a sentence is chosen only where no other will do."""

_SAYS = (
    r"(?:said|says?|told|tells?|wrote|writes?|according|added|adds|asked|asks|called|calls|argued"
    r"|argues|warned|warns|posted|tweeted|testified|replied|stated|announced|declared|described"
    r"|describes|insisted|claimed|claims|explained|explains|noted|notes|reads?|ruled|quoted|continued"
    r"|concluded|tell|responded)"
)
# "Musk wrote on X on Jan. 10 in one post.": what was written stands elsewhere.
_SAYS_NOTHING = re.compile(
    r"(?:[A-Z][\w.’'-]* ){1,4}(?:said|says|wrote|told|added|posted|tweeted|replied)"
    r"(?: (?:on|in|at|to|by|during|via|last|this|earlier|later)\b[^,;:“\"]{0,60})*\.$"
)
_NO_COMMENT = re.compile(
    r"(?:not|n['’]t) (?:immediately )?(?:respond|reply|be reached|return)\b|declined to comment\b"
)
_SPOKEN = re.compile(rf"(?i)\b{_SAYS}\b")
_SAID_BY_PRONOUN = re.compile(
    rf"(?i)\W*(?:he|she|it|they)\b.{{0,12}}?\b{_SAYS}\b|.*\b{_SAYS} (?:he|she|they)\b"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]|«[^»]*»")
_NAME = re.compile(r"(?<=[a-z,;—–-] )[A-Z][a-z]|^\W*(?!The|A|An|He|She|It|They)[A-Z]")
_MARKED = re.compile("[“”\"„«»'‘’]")
_OPENER = re.compile(r"(?<![\w’'])['‘](?=[A-Za-z])")
_CLOSER = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’)\]]*$")
_ENDS = re.compile(r"[.!?。！？।؟][\"”’')\]»]*$")
_MARKS = re.compile(r"[^\w\s]")
_MOST_MARKS = 0.15
"""Share of a sentence's characters that are marks, above which it is no prose."""
_LONG_QUOTE = 4
"""Quotations of more words than this need to say whose they are."""


class Flaws(NamedTuple):
    """How ill a sentence reads, from 0 to 1: by itself, and for what it takes from others."""

    own: float
    leaning: float


def flaws(sentence: str, terms: frozenset[str], title: frozenset[str]) -> Flaws:
    """What is wrong with the sentence; `terms` are its own, `title` holds the title's."""
    own = max((weight for weight, is_so in _judge(sentence, terms, title) if is_so), default=0.0)
    return Flaws(own, looks_back(sentence, terms))


def _judge(
    sentence: str, terms: frozenset[str], title: frozenset[str]
) -> tuple[tuple[float, bool], ...]:
    return (
        (0.9, repeats_title(terms, title)),
        (0.85, bool(_CUT_OFF.search(sentence))),
        (0.8, has_cut_quotation(sentence)),
        (0.75, lacks_speaker(sentence)),
        (0.65, not _ENDS.search(sentence)),
        (0.6, sentence.rstrip('"”’)').endswith("?")),
        (0.6, is_no_prose(sentence)),
        (0.6, _SAYS_NOTHING.match(sentence) is not None),
        (0.55, has_no_comment(sentence)),
        (0.5, "http" in sentence),
    )


def stands_alone(sentence: str) -> bool:
    """Whether nothing is wrong with it but what a title could tell."""
    return max(flaws(sentence, frozenset(), frozenset())) < UNFIT


def is_no_prose(sentence: str) -> bool:
    """Whether it is code, a table's row or a list of links, or a bracket stays open in it."""
    return (
        len(_MARKS.findall(sentence)) > _MOST_MARKS * len(sentence)
        or sentence.count("(") != sentence.count(")")
        or sentence.count("[") != sentence.count("]")
    )


def repeats_title(terms: frozenset[str], title: frozenset[str]) -> bool:
    """Whether it says nothing that the title does not."""
    new = len(terms - title)
    return bool(terms) and bool(title) and (new == 0 or (new <= 2 and new * 5 <= len(terms)))


def has_no_comment(sentence: str) -> bool:
    """Whether it tells that somebody had nothing to tell."""
    return _NO_COMMENT.search(sentence) is not None


def has_cut_quotation(sentence: str) -> bool:
    """Whether a quotation opens or closes outside the sentence."""
    if not _MARKED.search(sentence):
        return False
    bare = _QUOTED.sub(" ", sentence)
    if any(mark in bare for mark in '“”"„«»'):
        return True
    openers, closers = len(_OPENER.findall(bare)), _CLOSER.findall(bare)
    ends = len(re.findall(r"[.,!?]['’](?!\w)", bare))
    return openers > len(closers) or ends > openers


def lacks_speaker(sentence: str) -> bool:
    """Whether it quotes at length and does not say whom, or only “he” or “she”."""
    quoted = _QUOTED.findall(sentence)
    if not any(len(words.split()) > _LONG_QUOTE for words in quoted):
        return False
    outside = _QUOTED.sub(" ", sentence).strip()
    if not _SPOKEN.search(outside):
        return len(outside.split()) < 6
    return not _NAME.search(outside) and _SAID_BY_PRONOUN.match(outside) is not None
