"""What a sentence takes from those before it: whom “He”, “the company” or “But” refers to.

Such a sentence is not read alone. After the sentence that names what it refers to it reads well:
“Anthropic signed an agreement on Monday. The agreement runs for two years.”
"""

import re

from bot.stories.keyterms import terms_of
from bot.text.calendar import MONTH, WEEKDAY

NAMED, _FOUND_BEFORE = 0.1, 0.25
"""What is left of the flaw after a sentence that names what is referred to: little where the very
word stands in it, more where the reader has to find it."""

_PERSON = "He|She|His|Her|Hers|Him"
_THIRD = (
    f"{_PERSON}|It|They|Its|Their|Theirs|This|That|These|Those|Both|Such|Neither|Others|Another"
    "|Them|Each"
)
_OTHERS = "We|I|You|Our|My|Your|Here|Who|Which"
# “Many fear”, but not “Many senators fear”.
_SOME = (
    r"(?:One|Some|Many|Most|Several)(?=[,’']| (?:of|in|on|at|to|who|that|have|has|had|are|were|is"
    r"|was|will|would|can|could|may|might|did|do|don|said|says?|also|even)\b)"
)
_LINKS = (
    "But|And|So|Or|Yet|Still|However|Instead|Meanwhile|Also|Then|Thus|Therefore|Moreover"
    "|Furthermore|Nevertheless|Nonetheless|Additionally|Similarly|Likewise|Otherwise|Besides|Plus"
    "|Indeed|Now|Hence|Accordingly|Consequently|Afterwards?|Later|Earlier|Elsewhere|Among them"
    "|As a result|On the other hand|For (?:example|instance|now|that|this)"
    "|(?:After|Before|Since|Prior to) (?:that|this|then)"
    "|Despite (?:this|that)|Because of (?:this|that)|At the same time|At (?:that|this) point"
    "|At the time|According to (?:him|her|them|the (?:company|report|suit|complaint|post|order))"
    "|Number (?:two|three|four|five|six|seven|eight|nine|ten)"
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
    rf"| (?:on|by|in|with|at)\b(?! (?:{WEEKDAY}|an?|its|his|her|their|response|turn|part)\b)"
    r"|, [A-Z])"
)
_IS_NO_REFERENCE = r"(?! of (?:the|its|his)\b| (?:week|month|year)\b|-)"
_OPENS_QUOTED = "[“\"'‘«„(]?"
_BY_THIRD = re.compile(rf"(?:{_THIRD}|{_SOME})\b{_IS_NO_REFERENCE}")
_OPENS_WITH_THIRD = re.compile(
    rf"{_OPENS_QUOTED}(?:(?:{_LINKS}),? )?"
    rf"(?:{_THIRD}|(?i:it|he|she|they)|{_SOME})\b{_IS_NO_REFERENCE}"
)
_AT_ANOTHER_TIME = re.compile(
    r"(?:(?:After|Before|Since|Prior to) (?:that|this|then)|Later|Earlier|Afterwards?"
    r"|At the time)\b"
)
_BY_PERSON = re.compile(rf"(?:{_PERSON})\b")
_BY_PRONOUN = re.compile(
    rf"{_OPENS_QUOTED}(?:(?:{_THIRD}|{_OTHERS}|{_SOME})\b{_IS_NO_REFERENCE}"
    r"|There(?:’s|'s)?\b(?! (?:is|are|was|were|has|have|will|would|may|must)\b))"
)
_BY_THING = re.compile(rf"{_OPENS_QUOTED}The ((?:{_THINGS})\b){_SAID_WHICH}")
_BY_LINK = re.compile(
    rf"{_OPENS_QUOTED}(?:{_LINKS})\b{_IS_NO_REFERENCE}"
    r"|[^,]{3,60}, (?:however|meanwhile|though|instead|therefore|in turn|too|for instance),"
)
# "In July, after an update, it began": nobody has been named before the pronoun.
_UNNAMED_YET = re.compile(
    rf"[A-Z](?:[^A-Z“”\"]|\b(?:{MONTH}|{WEEKDAY}))*?, (?:he|she|it|they|his|her|their)\b"
    r"(?! (?:is|was) (?:not )?(?:\w+ )?(?:that|to)\b)"
)
_UNNAMED_SUBJECT = re.compile(
    rf"{_UNNAMED_YET.pattern}(?! (?:said|says|told|added|wrote|warned|argued)\b)"
)
_SAYS_LITTLE = 35
_UNSPACED = 12
_TOLD = 3
"""Characters and terms below which a sentence says too little to be told alone; Chinese and
Japanese have no blanks and say the same in a third of the characters.
"""

_NO_NAME = (
    r"(?!(?:The|An?|In|On|At|By|For|But|And|As|After|Before|When|While|If|His|Her|Its|Their|Last"
    rf"|This|{WEEKDAY}|{MONTH})\b)"
)
_FULL_NAME = re.compile(rf"\b{_NO_NAME}[A-Z][\w’'-]*\.? (?:[A-Z]\. )?[A-Z][\w’'-]+")
_NAME = re.compile(rf"(?<!\bin )(?<!\bat )(?<!\bon )(?<!\bnear )\b{_NO_NAME}[A-Z]\w")


def looks_back(sentence: str, terms: frozenset[str]) -> float:
    """How much the sentence needs those before it, 0 (not at all) to 1; `terms` are its."""
    if _BY_PRONOUN.match(sentence):
        return 0.72
    if _BY_THING.match(sentence):
        return 0.7
    if _BY_LINK.match(sentence):
        return 0.62
    if len(terms) < _TOLD and len(sentence) < (_SAYS_LITTLE if " " in sentence else _UNSPACED):
        return 0.55
    return 0.55 if _UNNAMED_YET.match(sentence) else 0.0


def refers_back(sentence: str) -> bool:
    """Whether it opens with a pronoun or a bare reference to what stood before."""
    opens = (_BY_PRONOUN, _BY_THING, _BY_LINK)
    return any(pattern.match(sentence) for pattern in opens)


def hides_its_subject(sentence: str) -> bool:
    """Whether only the sentences before tell whom “He” or “In July, it” means, or when it was."""
    opens = (_OPENS_WITH_THIRD, _UNNAMED_SUBJECT, _AT_ANOTHER_TIME)
    return any(pattern.match(sentence) for pattern in opens)


def is_named_in(sentence: str, terms: frozenset[str]) -> bool:
    """Whether “The vote” that opens the sentence is among these terms."""
    thing = _BY_THING.match(sentence)
    named = frozenset() if thing is None else terms_of(thing[1])
    return bool(named) and named <= terms


def left_after(sentence: str, before: str, flaw: float) -> float:
    """What remains of the flaw of looking back where the sentence is told right after `before`."""
    thing = _BY_THING.match(sentence)
    if thing:
        if is_named_in(sentence, terms_of(before)):
            return NAMED
        return _FOUND_BEFORE if _NAME.search(before) else flaw
    if _BY_PERSON.match(sentence):
        return _FOUND_BEFORE if _FULL_NAME.search(before) else flaw
    if _BY_PRONOUN.match(sentence) and not _BY_THIRD.match(sentence):
        return flaw
    return _FOUND_BEFORE
