"""Sentences of a plain text, as places in it; and which of them are boilerplate."""

import re
from typing import NamedTuple

from sentencex import get_sentence_boundaries


class Sentence(NamedTuple):
    """One sentence: its characters as they stand at `start` to `end` (code points) of the text."""

    start: int
    end: int
    text: str


# sentencex ends a sentence after "p.m."; what follows here still belongs to it.
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_ZONE = re.compile(
    r"(?:[ECMP][SD]?T|UTC|GMT|BST|CES?T|Eastern|Central|Pacific|Mountain)\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d"
)
# A name goes on after an initial, a title or a case's "v."; none of these ends a sentence.
_NAME_GOES_ON = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|(?:[A-Z]\.)+[A-Z]"
    r"|Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Adm|Rev|Hon|St|vs?|Nos?)\.$"
)
_COUNTRY = re.compile(r"\b(?:U\.S|U\.K|E\.U|U\.N|D\.C)\.$")
_OPENING = re.compile(
    r"(?:He|She|It|They|We|I|His|Her|Its|Their|The|This|That|But|And|In|On|At|A|An)\b"
)
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")


def sentences(text: str, language: str = "en") -> list[Sentence]:
    """The sentences of `text` in order, trimmed, none empty; a blank line always parts two."""
    found: list[Sentence] = []
    for start, end in _boundaries(text, language):
        part = text[start:end]
        first = start + len(part) - len(part.lstrip())
        last = start + len(part.rstrip())
        if first >= last:
            continue
        if found and _belong_together(text, found[-1], first):
            first = found.pop().start
        found.append(Sentence(first, last, text[first:last]))
    return found


def _boundaries(text: str, language: str) -> list[tuple[int, int]]:
    if not text or text.isspace():
        return []
    # sentencex encodes to UTF-8, where lone surrogates have no place; offsets stay the same.
    sound = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    return [
        (found["start_index"], found["end_index"])
        for found in get_sentence_boundaries(language, sound)
    ]


def _belong_together(text: str, before: Sentence, start: int) -> bool:
    if _PARAGRAPH.fullmatch(text, before.end, start):
        return False
    tail = text[max(before.start, before.end - 12) : before.end]
    head = text[start : start + 16]
    if _CLOCK.search(tail):
        return _ZONE.match(head) is not None
    if _COUNTRY.search(tail):
        return _OPENING.match(head) is None
    return _NAME_GOES_ON.search(tail) is not None


_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_OPENS_AS_BOILERPLATE = re.compile(
    rf"""(?xi)
    (?:photo|photograph|image|picture|credit|caption|file\ photo|video|audio|listen|watch|graphic
       |illustration|getty|via)\b[^.!?]{{0,15}}[:/]
    | (?:updated?|published|posted|last\ (?:updated|modified)|first\ published|filed)\b
        [\s:|–—-]*(?:(?:on|at)\s)?(?:\d|{_MONTH}\s\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|today)
    | (?:\d{{1,2}}\s)?{_MONTH}\s(?:\d{{1,2}}\s?,?\s)?,?\s?\d{{4}}
        [\s.,|·–—-]*(?:\d{{1,2}}:\d\d\s?(?:[ap]\.?m\.?)?(?:\s\w{{2,4}})?)?[.]?$
    | \(?(?:additional\ |with\ )?(?:reporting|editing|writing)\ by\b
    | (?:sign\ up|subscribe|log\ in|follow\ us|share\ this|read\ more|click\ here|tap\ here
        |learn\ more|continue\ reading|get\ (?:the|our)\ \w+\ (?:newsletter|app)
        |download\ (?:the|our)\ app|support\ our|advertisement|sponsored\b|this\ content
        |more\ on\ this|see\ also|also\ read|read\ (?:also|next|the\ full|our\ full)
        |view\ (?:comments|in\ browser)|skip\ to\ |jump\ to\ |table\ of\ contents|listen\ to\ this
        |editor['’]s\ note|note\ to\ (?:readers|editors)|contact\ (?:us|the\ author))\b
    | correction:
    | (?:related|more|read|watch|see)\s?:
    | (?:by|photo)\ [^.!?]{{2,60}}\|
    | \[?(?:…|\.\.\.)\]?$
    | (?:\#\w+\s*)+$
    | https?://\S+$
    """
)
_HOLDS_BOILERPLATE = re.compile(
    r"""(?xi)
    \ball\ rights\ reserved | \bcopyright\ © | ©\ ?\d{4}
    | \bterms\ of\ (?:use|service)\ (?:and|apply)
    | \bcookie\ (?:policy|settings)\b
    | \bsubscribe\ (?:to|now|today|for)\b.{0,40}\b(?:newsletter|access|channel|today|now)\b
    | \bsign\ up\ (?:for|to)\ (?:our|the|get)\b.{0,60}\bnewsletter | \bnewsletter\ here\b
    | \bunsubscribe\b
    | \bappeared\ first\ on\b | \bfirst\ appeared\ (?:on|in)\b | \bwas\ originally\ published\b
    | \bearn\ (?:a|an)\ (?:\w+\ )?commission\b | \baffiliate\ (?:links?|commission)
    | \bthis\ (?:story|article|post)\ (?:has\ been|was)\ (?:updated|corrected)
    | \bthis\ is\ a\ (?:developing|breaking)\ (?:news\ )?story\b | \bcheck\ back\ for\b
    | \bread\ (?:the|our)\ full\ (?:story|article|review|post|guide|report)\b
    | /getty\ images | \bgetty\ images\)?[.]?$
    | (?:/|\(|\bvia\s)(?:AP|AFP|Reuters|Getty|Bloomberg|EPA|Shutterstock)(?:\sPhoto|\sImages)?\)$
    | \b(?:seen|pictured|shown|photographed)\ (?:here|above|below|in\ this)\b
    | \((?:left|right|center|centre|above|below|pictured)\)
    | \bin\ this\ (?:file|undated|handout)?\ ?(?:photo|image|picture|illustration)\b
    | \bfile\ photo\b | \bphoto(?:graph)?\ (?:by|courtesy)\b | \billustration\ by\b
    """
)
_BYLINE = re.compile(
    r"(?:By|BY|Written by)\s+[A-Z][\w.'’-]+"
    r"(?:\s+(?:(?:and|of|the|de|van|von)\s+)?[A-Z][\w.'’-]+){1,7}"
    r"(?:\s*[,|]\s*[A-Z][^.!?]{0,40})?[.]?"
)
_PLACE_LINE = re.compile(r"[A-Z][A-Z .,()]+(?:\([A-Za-z]+\))?\s*[—–-]*")


_HINTS = (
    "rights", "copyright", "©", "terms of", "cookie", "subscribe", "sign up", "newsletter",
    "appeared", "originally", "commission", "affiliate", "this story", "this article", "this post",
    "this is a", "check back", "read the", "read our", "getty", ")", "here", "pictured", "seen",
    "shown", "above", "below", "in this", "photo", "illustration",
)  # fmt: skip
"""Looking for these first is ten times faster than trying every alternative everywhere."""


def _hinted(lowered: str) -> bool:
    return any(hint in lowered for hint in _HINTS)


def is_boilerplate(sentence: str) -> bool:
    """Whether it is of the page, not the piece: byline, caption, credit, date line, appeal."""
    shown = sentence.strip()[:400]
    if not any(char.isalnum() for char in shown):
        return True
    return bool(
        _OPENS_AS_BOILERPLATE.match(shown)
        or (_hinted(shown.lower()) and _HOLDS_BOILERPLATE.search(shown))
        or (len(shown) < 120 and _BYLINE.fullmatch(shown))
        or (len(shown) < 40 and shown.count(" ") < 4 and _PLACE_LINE.fullmatch(shown))
    )
