"""Whether a sentence can stand alone in a summary, and what is wrong with it where not."""

import re

UNFIT = 0.5
"""From so much on a sentence is chosen only where no other will do."""

_PRONOUNS = (
    "He|She|It|They|We|I|You|His|Her|Its|Their|Our|My|This|That|These|Those|Here|There|Both|Such"
    "|Neither|Others|Another|One|Who|Which|Him|Them"
)
_LINKS = (
    "But|And|So|Or|Yet|Still|However|Instead|Meanwhile|Also|Then|Thus|Therefore|Moreover"
    "|Furthermore|Nevertheless|Nonetheless|Additionally|Similarly|Likewise|Otherwise|Besides|Plus"
    "|Indeed|Now|As a result|On the other hand|For example|For instance|After that|After this"
    "|Despite this|Despite that|Because of this|Because of that|At the same time|At that point"
    "|At the time|According to (?:him|her|them|the (?:company|report|suit|complaint|post))"
    "|In (?:addition|response|turn|contrast|fact|short|other words|that|this|doing so)"
    "|In (?:a|the) (?:statement|post|letter|memo|interview|filing|email|blog post)"
)
_THINGS = (
    "company|firm|startup|start-up|move|decision|ruling|order|agency|department|group|bill|law"
    "|measure|case|suit|lawsuit|report|letter|memo|statement|deal|agreement|plan|proposal"
    "|announcement|two|pair|latter|former|judge|court|panel|committee|officials?|spokesperson"
    "|spokesman|spokeswoman|executive|organi[sz]ation|policy|rules?|changes?|dispute|hearing|vote"
    "|study|document|filing|contract|model|tool|system|product|service|news|comments?|remarks"
    "|designation"
)
_REFERS_BACK = re.compile(
    rf"[“\"'‘(]?(?:(?:{_PRONOUNS}|{_LINKS})\b(?! of the|’s? no| (?:week|month|year|is no|are no)\b)"
    rf"|The (?:{_THINGS})\b"
    r"(?! (?:of|that|to|for|between|against|on|behind|over|by|from|in|with|known|called|named)\b))"
)
_SPOKEN = re.compile(
    r"(?i)\b(?:said|says|say|told|tell|tells|wrote|writes|according|added|adds|asked|asks|called|calls"
    r"|argued|argues|warned|warns|posted|tweeted|testified|replied|stated|announced|declared|described"
    r"|describes|insisted|claimed|claims|explained|noted|notes|read|reads|ruled|quoted)\b"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’)\]]*$")
_ENDS = re.compile(r"[.!?。！？।؟][\"”’)\]»]*$")
_SHORT = 35


def flaws(sentence: str, terms: frozenset[str], title: frozenset[str]) -> float:
    """How ill the sentence stands alone, from 0 (well) to 1; `title` holds the title's terms."""
    return max(
        (weight for weight, is_so in _judge(sentence, terms, title) if is_so),
        default=0.0,
    )


def _judge(
    sentence: str, terms: frozenset[str], title: frozenset[str]
) -> tuple[tuple[float, bool], ...]:
    return (
        (0.9, repeats_title(terms, title)),
        (0.85, bool(_CUT_OFF.search(sentence))),
        (0.8, has_cut_quotation(sentence)),
        (0.75, lacks_speaker(sentence)),
        (0.7, refers_back(sentence)),
        (0.65, not _ENDS.search(sentence)),
        (0.6, sentence.rstrip('"”’)').endswith("?")),
        (0.55, len(sentence) < _SHORT),
        (0.5, "\n" in sentence or "http" in sentence),
    )


def refers_back(sentence: str) -> bool:
    """Whether it opens with a pronoun or a bare reference to what stood before."""
    return _REFERS_BACK.match(sentence) is not None


def repeats_title(terms: frozenset[str], title: frozenset[str]) -> bool:
    """Whether it says nothing that the title does not."""
    new = len(terms - title)
    return bool(terms) and bool(title) and (new == 0 or (new <= 2 and new * 5 <= len(terms)))


def has_cut_quotation(sentence: str) -> bool:
    """Whether a quotation opens or closes outside the sentence."""
    return sentence.count("“") != sentence.count("”") or sentence.count('"') % 2 == 1


def lacks_speaker(sentence: str) -> bool:
    """Whether it quotes at length and does not say whom."""
    quoted = _QUOTED.findall(sentence)
    if not any(len(words.split()) > 4 for words in quoted):
        return False
    outside = _QUOTED.sub(" ", sentence)
    return len(outside.split()) < 2 or (not _SPOKEN.search(outside) and len(outside.split()) < 6)
