"""What is of the page, not the piece: credits, captions, appeals, date lines, slogans.

The lists are of lines seen in feeds and on news pages. A line that could be news is never taken:
"The agency updated its guidance" is not "Updated 7:03 PM".
"""

import re
from functools import lru_cache

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_CLOCK = (
    r"\d{1,2}:\s?\d\d(?::\d\d)?\s?(?:[ap]\.?\s?m\b\.?)?(?:\s?(?-i:[A-Z]{2,4}T|GMT|UTC|ET|PT)\b)?"
)

_OPENS = re.compile(
    rf"""(?xi)
    [(\[]?(?:photo|photograph|image|picture|credit|caption|file\ photo|video|audio|listen|watch
       |graphic|illustration|getty|via)\b[^.!?]{{0,15}}[:/]
    | file\ ?[-–—]\ | \(?ap\ photo\b
    | (?:updated?|published|posted|last\ (?:updated|modified)|first\ published|filed)\b
        [\s:|–—-]*(?:(?:on|at)\s)?(?:\d|{_MONTH}\s\d|{_WEEKDAY}|today)
    | (?:{_WEEKDAY},?\s)?(?:\d{{1,2}}\s)?{_MONTH}\s(?:\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s)?,?\s?\d{{4}}
        [\s.,|·–—-]*(?:(?:at\s)?{_CLOCK})?[.]?$
    | {_CLOCK}$ | (?:an?|\d{{1,2}})\s?(?:h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|days?)\ ago$
    | \d{{1,2}}[\ -]min(?:ute)?s?\ read\b | reading\ time\b
    | \(?(?:additional\ |with\ )?(?:reporting|editing|writing|compiled|edited|written)
        (?:\ and\ (?:reporting|editing|writing))?\ by\b
    | \(?(?:full\ )?(?:disclosure|disclaimer)\b
    | (?:sign\ up|subscribe|log\ in|follow\ us|share\ this|share\ on|read\ more|click\ (?:here|to)
        |tap\ here|learn\ more|continue\ reading|get\ (?:the|our)\ \w+\ (?:newsletter|app)
        |download\ (?:the|our)\ app|support\ our|advertisement|sponsored\b|this\ content
        |more\ on\ this|see\ also|also\ read|read\ (?:also|next|the\ full|our\ full)
        |related\ stories
        |view\ (?:comments|in\ browser)|skip\ to\ |jump\ to\ |table\ of\ contents
        |listen\ to\ (?:this|hear)
        |editor['’]s\ note|note\ to\ (?:readers|editors)|contact\ (?:us|the\ (?:author|reporter))
        |become\ a\ (?:member|subscriber)|already\ a\ subscriber|scroll\ to\ continue|enlarge\ this
        |(?:story|article)\ continues\ below|you\ (?:may|might)\ also\ like|what\ to\ read\ next
        |leave\ a\ comment|copy\ link|heard\ on|(?:got|have)\ a\ (?:news\ )?tip
        |join\ the\ conversation|thanks\ for\ (?:reading|watching|listening)|let\ (?:me|us)\ know
        |welcome\ (?:back\ )?to\ [^.]{{0,60}}\bnewsletter|our\ standards)\b
    | correction:
    | (?:related|more|read|watch|see)\s?:
    | (?:by|photo)\ [^.!?]{{2,60}}\|
    | \[?(?:…|\.\.\.)\]?$ | \|
    | \[[^\]]{{2,120}}\]$
    | (?:\#\w+\s*)+$
    | https?://\S+$
    | (?:share|tweet|print|e-?mail|comments?|facebook|twitter|linkedin|whatsapp|reddit|flipboard)
        (?:[\s|•·,/]+(?:share|tweet|print|e-?mail|comments?|facebook|twitter|linkedin|whatsapp|reddit
        |flipboard|x|on|via|this|article|story))*$
    """
)
_HOLDS = tuple(
    (cue, re.compile(pattern))
    for *cues, pattern in (
        ("all rights reserved", r"\ball rights reserved"),
        ("copyright ©", r"\bcopyright ©"),
        ("©", r"© ?\d{4}"),
        ("may not be", r"\bmay not be (?:published|reproduced)"),
        ("terms of", r"\bterms of (?:use|service) (?:and|apply)"),
        ("purchase licensing", r"\bpurchase licensing rights"),
        ("cookie", r"\bcookie (?:policy|settings|preferences)"),
        ("cookies", r"\b(?:uses?|accept|all|of) (?:\w+ )?cookies\b"),
        ("you agree to", r"\byou agree to our\b"),
        ("privacy", r"\bprivacy (?:policy|notice)\b.{0,40}\b(?:agree|appl(?:y|ies))\b"),
        (
            "subscribe",
            r"\bsubscribe (?:to|now|today|for)\b.{0,40}"
            r"\b(?:newsletter|access|channel|today|now)\b",
        ),
        ("newsletter", r"\bsign up (?:for|to) (?:our|the|get)\b.{0,60}\bnewsletter"),
        ("newsletter here", r"\bnewsletter here\b"),
        ("unsubscribe", r"\bunsubscribe\b"),
        ("your inbox", r"\byour inbox\b"),
        ("in your browser", r"\breading this in your browser\b"),
        ("appeared", r"\bappeared first on\b|\b(?:first|originally) appeared (?:on|in)\b"),
        ("originally published", r"\bwas originally published\b"),
        ("commission", r"\bearn (?:a|an) (?:\w+ )?commission\b"),
        ("affiliate", r"\baffiliate (?:links?|commission)"),
        (
            "this story", "this article", "this post", "this piece", "this report",
            r"\bthis (?:story|article|post|piece|report) (?:has been|was) (?:first |originally )?"
            r"(?:updated|corrected|amended|edited|published|produced|translated|republished"
            r"|supported)",
        ),
        ("this article is", r"\bthis article is more than\b"),
        ("this is a", r"\bthis is a (?:developing|breaking) (?:news )?story\b"),
        ("check back", r"\bcheck back for\b"),
        (
            "read the full", "read our full",
            r"\bread (?:the|our) full (?:story|article|review|post|guide|report|release notes)\b",
        ),
        (
            "contributed",
            r"\bcontributed (?:reporting\b|(?:\w+ )?to this (?:report|story|article|post)\b)",
        ),
        ("can be reached", r"\bcan be reached (?:at|on|via)\b"),
        ("follow", r"\bfollow (?:him|her|them|me) on\b"),
        ("news, analysis", r"^news, analysis and (?:comment|opinion) from\b"),
        ("enjoy the videos", r"^enjoy the videos and music you love\b"),
        ("share your videos", r"^share your videos with\b"),
        (
            "follow here", "follow along",
            r"^follow (?:here|along) for (?:the latest|(?:live )?(?:news )?updates)\b",
        ),
        ("licensing and technology", r"\blicensing and technology agreement\b"),
        ("solely responsible", r"\bsolely responsible for all content\b"),
        ("parent company", r"\bparent company\b.{0,80}\b(?:filed a lawsuit|infring|copyright)"),
        ("caption", r"\b(?:hide|toggle) caption\b"),
        ("|", r"\|\s*(?:photo|image|illustration|graphic|screenshot)s?\b"),
        ("getty images", r"/getty images|\bgetty images\)?[.]?$"),
        ("ap photo/", r"\bap photo/"),
        ("reuters/", r"\breuters/[a-z]"),
        (
            ")",
            r"(?:/|\(|\bvia\s)(?:ap|afp|reuters|getty|bloomberg|epa|shutterstock)"
            r"(?:\sphoto|\simages)?\)$",
        ),
        (
            "seen", "pictured", "shown", "photographed",
            r"\b(?:seen|pictured|shown|photographed) (?:here|above|below|in this)\b",
        ),
        ("(", r"\((?:left|right|center|centre|above|below|pictured)\)"),
        (
            "in this",
            r"\bin this (?:file|undated|handout)? ?(?:photo|image|picture|illustration)\b",
        ),
        ("file photo", r"\bfile photo\b"),
        ("photo", r"\bphoto(?:graph)? (?:by|courtesy)\b"),
        ("illustration by", r"\billustration by\b"),
    )
    for cue in cues
)  # fmt: skip
"""In lower case, each behind the words without which it cannot match: looking for those first is
many times faster than trying every pattern everywhere."""
_BYLINE = re.compile(
    r"(?:By|BY|Written by)\s+[A-Z][\w.'’-]+"
    r"(?:\s+(?:(?:and|of|the|de|van|von)\s+)?[A-Z][\w.'’-]+){1,7}"
    r"(?:\s*[,|]\s*[A-Z][^.!?]{0,40})?[.]?"
)
_PLACE_LINE = re.compile(r"[A-Z][A-Z .,()]+(?:\([A-Za-z]+\))?\s*[—–-]*")

_LABEL = r"(?i:(?:first |last )?(?:posted|published|updated|modified))[:\s|]+(?:on\s|at\s)?"
_ON = rf"(?:(?i:{_WEEKDAY}),?\s)?"
_DATE = rf"(?:(?i:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s(?i:{_MONTH}))"
_AT = rf",?\s(?:at\s)?(?i:{_CLOCK})"
_MOMENT = (
    rf"(?:(?i:{_WEEKDAY})|{_DATE}|(?i:{_CLOCK})|\d{{4}}\b"
    r"|\d{1,4}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}\b)"
)
_STAMP = (
    rf"(?:{_LABEL}{_MOMENT}(?:,?\s(?:at\s)?{_MOMENT}){{0,5}}"
    rf"|(?:on\s)?{_ON}(?:{_DATE},?\s\d{{4}}(?:{_AT})?|{_DATE}{_AT}|\d{{4}}-\d\d-\d\d(?:{_AT})?))"
)
_WIRED = r"(?:\([^)]{2,40}\))?"
_PLACE = r"[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Za-z.'’-]*){0,4}"
_DAY = r"(?:, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+))?"
_LEADS_IN = (
    # Posted: Sep 27, 2013 5:50 PM
    re.compile(rf"{_STAMP}\s*(?:[|•·—–-]\s*)?(?=[A-Z“\"])"),
    # WASHINGTON, Feb 27 (Reuters) - · CALDER — · (Reuters) - · Calder, Ohio (AP) —
    re.compile(
        rf"(?:{_PLACE}{_DAY}\s*{_WIRED}|(?:[A-Z][a-z]+\.? \d{{1,2}} )?\([A-Z][\w ]{{1,30}}\)"
        r"|[A-Z][\w.]+(?:, [A-Z][\w.]+)? \([A-Z][^)]{1,30}\))\s*(?:—|–|--?)\s+(?=[A-Z“\"‘'$\d])"
    ),
    # ISLAMABAD: · NEW DELHI: · BREAKING:
    re.compile(r"[A-Z]{3,}(?: [A-Z]{2,}){0,2}:\s+(?=[A-Z“\"])"),
)


_SHOWN = 400
"""Characters of a sentence that are looked at."""
_BATCH = 512
"""Sentences whose judgement is kept: those of a batch are asked about by several stages."""


def is_boilerplate(sentence: str) -> bool:
    """Whether it is of the page, not the piece: byline, caption, credit, date, slogan."""
    return _is_of_page(sentence.strip()[:_SHOWN])


@lru_cache(maxsize=_BATCH)
def _is_of_page(shown: str) -> bool:
    if not any(char.isalnum() for char in shown):
        return True
    return bool(
        _OPENS.match(shown)
        or _holds(shown.lower())
        or (len(shown) < 120 and _BYLINE.fullmatch(shown))
        or (len(shown) < 40 and shown.count(" ") < 4 and _PLACE_LINE.fullmatch(shown))
    )


def lead_in(sentence: str) -> int:
    """How many characters before the sentence proper are a dateline, a stamp or a label."""
    at = 0
    while at < len(sentence):
        found = (pattern.match(sentence, at) for pattern in _LEADS_IN)
        end = next((match.end() for match in found if match and match.end() > at), None)
        if end is None:
            break
        at = end
    return at


def _holds(lowered: str) -> bool:
    return any(cue in lowered and pattern.search(lowered) for cue, pattern in _HOLDS)
