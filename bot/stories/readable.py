"""Whether a sentence can stand alone in a summary, and what is wrong with it where not."""

import re

UNFIT = 0.5
"""From so much on a sentence is chosen only where no other will do."""

_PRONOUNS = (
    "He|She|It|They|We|I|You|His|Her|Hers|Its|Their|Theirs|Our|My|Your|This|That|These|Those|Here"
    "|Both|Such|Neither|Others|Another|One|Who|Which|Him|Them|Each|Some|Many|Most|Several"
)
_LINKS = (
    "But|And|So|Or|Yet|Still|However|Instead|Meanwhile|Also|Then|Thus|Therefore|Moreover"
    "|Furthermore|Nevertheless|Nonetheless|Additionally|Similarly|Likewise|Otherwise|Besides|Plus"
    "|Indeed|Now|Hence|Accordingly|Consequently|Afterwards?|Later|Earlier|Elsewhere|Among them"
    "|As a result|On the other hand|For (?:example|instance|now|that|this)|After (?:that|this)"
    "|Despite (?:this|that)|Because of (?:this|that)|At the same time|At (?:that|this) point"
    "|At the time|According to (?:him|her|them|the (?:company|report|suit|complaint|post|order))"
    "|In (?:addition|response|turn|contrast|fact|short|other words|that|this|doing so|both|all)"
    "|In (?:a|the) (?:statement|post|letter|memo|interview|filing|email|blog post|news release)"
)
_THINGS = (
    "company|firm|startup|start-up|move|decision|ruling|order|agency|department|group|bill|law"
    "|measure|case|suit|lawsuit|report|letter|memo|statement|deal|agreement|plan|proposal"
    "|announcement|two|three|four|pair|duo|trio|latter|former|judge|court|panel|committee|officials?"
    "|spokesperson|spokesman|spokeswoman|executive|organi[sz]ation|policy|rules?|changes?|dispute"
    "|hearing|vote|study|document|filing|contract|model|tool|system|product|service|news|comments?"
    "|remarks|designation|incident|attack|event|episode|man|woman|suspect|victim|senator|lawmaker"
    "|official|post|complaint|petition|request|motion|investigation|probe|inquiry|legislation"
    "|ordinance|amendment|app|chatbot|technology|software|site|website|platform|newspaper|outlet"
    "|country|city|state|findings|results|charges|claims?|accusations?|allegations?|effort|idea|issue"
    "|problem|process|program|programme|project|work|team|board|council|union|ban|fine|penalty"
)
# What follows such a word and says which one is meant: "The company behind Claude", "The judge,
# Rita Lin,". A day or "in a statement" says nothing of the kind.
_SAID_WHICH = (
    r"(?! (?:of|that|to|for|between|against|behind|over|from|known|called|named|whose|who)\b"
    r"| (?:on|by|in|with|at)\b(?! (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|an?|its|his|her"
    r"|their|response|turn|part)\b)"
    r"|, [A-Z])"
)
_IS_NO_REFERENCE = r"(?! of (?:the|its|his)\b| (?:week|month|year)\b|-)"
_OPENS_QUOTED = "[“\"'‘«„(]?"
_BY_PRONOUN = re.compile(
    rf"{_OPENS_QUOTED}(?:(?:{_PRONOUNS})\b{_IS_NO_REFERENCE}"
    r"|There(?:’s|'s)?\b(?! (?:is|are|was|were|has|have|will|would|may|must)\b))"
)
_BY_THING = re.compile(rf"{_OPENS_QUOTED}The (?:{_THINGS})\b{_SAID_WHICH}")
_BY_LINK = re.compile(rf"{_OPENS_QUOTED}(?:{_LINKS})\b{_IS_NO_REFERENCE}")
# "In July, after an update, it began": nobody has been named before the pronoun.
_UNNAMED_YET = re.compile(
    r"[A-Z](?:[^A-Z“”\"]|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Mon|Tues|Wednes"
    r"|Thurs|Fri|Satur|Sun)[a-z]*)*?, (?:he|she|it|they|his|her|their)\b"
    r"(?! (?:is|was) (?:not )?(?:\w+ )?(?:that|to)\b)"
)
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
_SPOKEN = re.compile(rf"(?i)\b{_SAYS}\b")
_SAID_BY_PRONOUN = re.compile(
    rf"(?i)\W*(?:he|she|it|they)\b.{{0,12}}?\b{_SAYS}\b|.*\b{_SAYS} (?:he|she|they)\b"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]|«[^»]*»")
_NAME = re.compile(r"(?<=[a-z,;—–-] )[A-Z][a-z]|^\W*(?!The|A|An|He|She|It|They)[A-Z]")
_OPENER = re.compile(r"(?<![\w’'])['‘](?=[A-Za-z])")
_CLOSER = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’)\]]*$")
_ENDS = re.compile(r"[.!?。！？।؟][\"”’')\]»]*$")
_SHORT = 35
_MARKS = re.compile(r"[^\w\s]")
_MOST_MARKS = 0.15
"""Share of a sentence's characters that are marks, above which it is no prose."""
_LONG_QUOTE = 4
"""Quotations of more words than this need to say whose they are."""


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
        (0.72, _BY_PRONOUN.match(sentence) is not None),
        (0.7, _BY_THING.match(sentence) is not None),
        (0.65, not _ENDS.search(sentence)),
        (0.62, _BY_LINK.match(sentence) is not None),
        (0.6, sentence.rstrip('"”’)').endswith("?")),
        (0.6, is_no_prose(sentence)),
        (0.6, _SAYS_NOTHING.match(sentence) is not None),
        (0.55, len(sentence) < _SHORT),
        (0.55, _UNNAMED_YET.match(sentence) is not None),
        (0.5, "http" in sentence),
    )


def stands_alone(sentence: str) -> bool:
    """Whether nothing is wrong with it but what a title could tell."""
    return flaws(sentence, frozenset(), frozenset()) < UNFIT


def refers_back(sentence: str) -> bool:
    """Whether it opens with a pronoun or a bare reference to what stood before."""
    opens = (_BY_PRONOUN, _BY_THING, _BY_LINK)
    return any(pattern.match(sentence) for pattern in opens)


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


def has_cut_quotation(sentence: str) -> bool:
    """Whether a quotation opens or closes outside the sentence."""
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
