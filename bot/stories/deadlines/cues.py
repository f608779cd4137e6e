"""Words around a day that say whether it is to come: “must”, “takes effect”, “was held”.

Only the learning half of our labelled sentences was looked at while these lists were made.
"""

import re

# Participles after a form of “be” belong to it: “will be filed” is to come, “was filed” is not.
_COMES = r"""
    (?:will|won['’]t|would|shall|must|should|can|could|may|might)(?:\s+(?:also|then|now|instead))?
        (?:\s+be)?\s+(?!not\b)\w+
    |(?:is|are|was|were|be|been|being)\s+(?:now\s+|still\s+|also\s+)?
        (?:to\s+be\s+\w+ed\b|to\b|due|set\s+(?:for|to)|scheduled|slated|expected|planned|required
        |obliged|supposed|open|in\s+place|pencill?ed\s+in|booked|listed|timed|fixed
        |on\s+the\s+(?:calendar|docket|agenda|schedule))\b
    |to\s+be\s+\w+(?:ed|en|wn|ht|ld)\b
    |ha(?:s|ve)\s+(?:to|until|till)\b | had\s+until\b
    |wants?|needs?|plans?|hopes?|intends?|aims?|seeks?|faces?|facing|asks?|calls?\s+for
    |gives?|gets?|grants?|allows?|orders?|directs?|tells|requires?|demands?|urges?
    |requests?|instructs|vows?|promises
    |tak(?:es?|ing)\s+effect
    |(?:goes|go|going|comes?|coming|enters?|entering)\s+into\s+(?:effect|force)
    |appl(?:y|ies) | begins? | starts? | opens? | closes? | ends? | expires? | lapses? | sunsets?
    |runs?\s+(?:out|until|through) | terminates? | resumes? | continues? | stays? | remains?
    |stops? | becomes? | (?<!\d\s)votes | meets? | hears? | convenes? | holds? | decides?
    |launches | presents | unveils | due | scheduled | slated | planned | set\s+for | deadline
    |delays? | reopens? | gathers? | reconvenes? | returns | arrives? | appears? | testif(?:y|ies)
    |debuts | retires? | resigns | departs? | steps?\s+down | takes?\s+(?:office|over|up)
    |goes\s+(?:live|before|to|on) | comes?\s+(?:up|before|due|on) | kicks?\s+(?:off|in)
    |heads?\s+(?:to|for)
    |rolls?\s+out | sits | visits | travels | switches | expects? | argues | phases? | lifts
    |raises | falls | drops | enters | leaves | releases | reveals | debates | reviews | considers?
    |weighs? | finali[sz]es? | completes? | imposes | bans | ships?
"""
# Finite pasts; participles that often stand for a duty (“an answer filed by Friday”) are in _DONE.
_PAST = r"""
    had(?!\s+until) | was | were | did(?:n['’]t|\s+not)?\s+\w+ | said | says | ruled | met | took
    |went | came | heard | held | lasted | ran | broke | fell | rose | wrote | sent | sued | left
    |won | lost | made | spent | became | struck | got | withdrew | died | led | stood | kept
    |spoke | told | gave | began | drew | brought | saw | found | thought | knew | grew | put
    |cut | let | lapsed | expired | ended | closed | passed | opened | started | entered | missed
    |cast | bought | sold | built | paid | fought | caught | chose | flew | taught
    |announced | stayed | reported | collected | applied
    |since | ago | earlier | last
"""
_DONE = (
    r"(?!(?:need|speed|proceed|exceed|succeed|feed|indeed|agreed\s+to|shed|hundred)\b)[a-z]{2,}ed"
)
_ORDERED = r"""
    gave|given|granted|allowed|told|asked|ordered|directed|required|demanded|urged|vowed|promised
    |pledged|instructed|called\s+for|wanted|sought
"""
_COMING = re.compile(rf"(?ix)\b(?:{_COMES})(?![\w-])")
_PASSED = re.compile(rf"(?ix)\b(?:{_PAST}|{_DONE})(?![\w-])")
_FINITE = re.compile(rf"(?ix)\b(?:{_PAST})(?![\w-])")
_BIDS = re.compile(rf"(?ix)\b(?:{_ORDERED})(?![\w-])")
# Small letters after “to”: “to Geneva” is a place.
_INFINITIVE = re.compile(r"\b[Tt]o\s+(?!(?:the|a|an|his|her|its|their|all|be\s+\w+ed)\b)[a-z]{2,}")
_TOLD_BY = re.compile(r"(?i)\b(?:was|were|been)\s+(?:told|asked|given)\s+by\s*$")
_WISH = re.compile(r"(?i)\b(?:wants?|needs?|asks?|calls?)\b")

# What stands right before a day.
LIMIT = re.compile(
    r"(?i)\b(?:by|until|till|before|no later than|not later than|through|prior to)"
    r"(?:\s+(?:at least|about|around|as late as|the))?\s*$"
)
ONSET = re.compile(
    r"(?i)\b(?:from|starting|beginning|effective|as of|as from|as early as)(?:\s+on)?\s*$"
)
NOT_DUE = re.compile(
    r"(?i)\b(?:since|of|after|dated|from|between|and|last|late|an?|every|each)\s*$"
)
DUE_NOUN = re.compile(
    r"(?i)\s*[-\s](?:deadline|cut-?off|due date|target date|hearing|vote|trial date|expiration)\b"
)
EVENT = re.compile(
    r"(?i)\b(?:hearing|vote|trial|meeting|session|markup|argument|summit|deadline|election|arguments"
    r"|conference|sentencing)\b[^,;]{0,30}\bfor\s*$"
)
MOVED_TO = re.compile(
    r"(?i)\b(?:extend|delay|postpon|push|mov|reschedul|defer)\w*\b[^;]{0,80}\b(?:to|until)\s*$"
)
RANGES_FROM = re.compile(r"(?i)\bfrom\s*$")
RANGES_TO = re.compile(r"(?i)\s*(?:through|to|until|till)\s+\w")
RANGED = re.compile(
    r"(?i)\bfrom\s+[\w.]+(?: \d{1,2})?(?:,? 20\d\d)?,?\s+(?:through|to|until|till)\s*$"
)
"""“From January 1 through June 30”: what is told of the span may be over."""
IS_THEN = re.compile(r"(?i)(?<!today )(?<!day )\b(?:is|are)(?:\s+(?:now|still))?(?:\s+on)?\s*$")
"""“The vote is tomorrow.”"""
SUPERSEDED = re.compile(r"(?i)\b(?:originally|initially|previously|at first)\b[^,;\d]*$")
MOVED = re.compile(
    r"(?i)[^.;]{0,20}?\b(?:is|was|were|has been|have been|will be|would be)\s+(?:moved|pushed"
    r"|postponed|rescheduled|delayed|deferred)\b"
)
HAD_UNTIL = re.compile(r"(?i)\bhad\s+until\s*$")
LOOSELY = re.compile(r"(?i)\bat\s*$")
"""“At the end of the day”, nobody means a day."""
ON_A_DAY = re.compile(r"\s+(?:on\s+)?[A-Z][a-z]+")
OWNS = re.compile(r"['’]s?\b|\.com\b")
"""“Friday’s vote” names a thing, not its day."""
CANCELLED = re.compile(
    r"(?i)\b(?:called off|cancel?led|scrapped|withdrawn|anniversary|birthday"
    r"|(?:turn|turns|turned)\s+(?:\d|ten\b|twenty|thirty|forty|fifty|sixty|seventy|eighty))"
)

# Around a span of time.
IF = re.compile(r"(?i)[\W_]*(?:if|unless|should|whenever)\b")
LOOKS_BACK_ON = re.compile(
    r"(?i)\b(?:after|following|since|during|lifted|lifts?|ended|completed|ignored|dropped|past|previous"
    r"|earlier|rejected|defied|throughout|missed|overturned|struck down|blocked|end of"
    r"|over|within|across|dodg(?:es|ed)|avoid(?:s|ed)|escap(?:es|ed)|den(?:ies|ied))"
    r"\s+(?:(?:a|an|the|its|his|her|their|that|this)\s+)?(?:\w+\s+)?$"
)
IS_OVER = re.compile(
    r"(?i)\s*(?:\w+\s+)?(?:ended|expired|closed|passed|lapsed|drew|brought|was|were|had|ran out"
    r"|that (?:ended|expired)|ago|earlier|before|later|is over|took)\b"
)
GUESSES = re.compile(
    r"(?i)\b(?:expects?|expected|forecasts?|predicts?|predicted|could|may|might|projects?|estimates?"
    r"|believes?|likely|had (?:asked|been|given|to))\b"
)
DEPENDS = re.compile(
    r"""(?ix)\s*(?:after|of|from|following|before|upon|prior\ to)\s+
    (?:(?:\w+ing|enactment|publication|notification|notice|receipt|its|their|his|her|a|an|any|each
       |every|such|becoming|release|discovery|the\ (?:date|day|time|incident|event|breach|bill['’]s
       |law['’]s|rule['’]s|final|effective|measure['’]s))\b
      |the\ (?:governor|president|bill|law|rule|act|measure)\b(?!['’]s\ order))"""
)
_ORDERS = (
    r"must|shall|will|ha(?:s|ve)\s+to|(?:is|are)\s+to|need(?:s|ed)?\s+to|required?|requires|ordered"
    r"|orders|told|tells|asked|asks|demand(?:s|ed)?|wants?|due|gave|gives?|given|direct(?:s|ed)?"
    r"|instruct(?:s|ed)?|obliged|calls? for|promise[sd]|vow(?:s|ed)|pledged|plans to|agreed to"
    r"|deadline|expected to"
)
RULES = re.compile(r"(?i)\b(?:requir\w+|must|ha(?:s|ve) to|obliged)\b")
EACH = re.compile(r"(?i)\b(?:each|every|any|usually|normally|typically|generally)\b")
ORDERED_TO = re.compile(
    r"(?i)\b(?:must|shall|ha(?:s|ve) to|(?:is|are|were|was) (?:to|ordered to|told to|due)|ordered"
    r"|tells?|directs|instructs|due|(?:wants|demands)(?! to\b))\b[^.;,]{0,60}$"
)
OBLIGES = re.compile(rf"(?i)\b(?:{_ORDERS})\b")
TAKES_TIME = re.compile(r"(?i)\b(?:takes?|took|taken|spen[dt]|waited|lasted)\b[^.;]{0,30}$")
GIVES_TIME = re.compile(
    r"(?i)\b(?:(?:ha(?:s|ve)|with|gets?|only|another)"
    r"(?:\s+(?:only|just|now|up to|at least|another))?\s*"
    r"|(?:gives?|gave|given|giving|allow(?:s|ed|ing)?|grant(?:s|ed|ing)?|leav(?:es|ing)"
    r"|offer(?:s|ed))\b[^.;,]{0,60})$"
)
BEGINS_OR_ENDS = re.compile(
    r"(?i)\b(?:takes? effect|(?:goes?|comes?|enters?) into (?:effect|force)|becomes?|begins?"
    r"|starts?|expires?|ends?|lapses?|runs? out|closes?|opens?|due|votes?|will)\b[^.;,]{0,40}$"
)
SUSPENDS = re.compile(
    r"(?i)\b(?:pauses?|suspends?|halts?|freezes?|delays?|bars?|bans?|blocks?|stays?|postpones?"
    r"|exempts?|extends?|shields?)\b[^.;,]{0,50}$"
)
SUSPENDED = re.compile(
    r"(?i)\b(?:paused|suspended|halted|froze|barred|banned|blocked|stayed|postponed|extended)\b"
    r"[^.;,]{0,50}$"
)
"""“Regulators froze new permits for six months”: news, unless the words before say when."""
LONG_AGO = re.compile(
    r"(?i)\b(?:had|once|last|ago|earlier|previously|in (?:19|20)\d\d|after|when)\b"
)
LETS_GO_ON = re.compile(
    r"(?i)\b(?:lets?|allows?|may|can|will)\b[^.;,]{0,40}"
    r"\b(?:keep|continue|go(?:es)? on|stay|remain)\b[^.;,]{0,40}$"
)
RUNS_FOR = re.compile(r"(?i)\b(?:runs?|lasts?|(?:is|are|stays?|remains?) (?:open|good|valid))\s*$")
OFTEN = re.compile(r"(?i)\s*(?:per|an?|each|every)\b")
"""“Runs for four hours a day”."""
OF_A_KIND = re.compile(
    r"(?i)\b(?:an?|most|such|each|every|any|usually|normally|typically|generally)\b"
)
"""“A copyright lasts for 70 years” sets nobody a term."""
GOES_ON = re.compile(
    r"(?i)\b(?:will|must|shall|continues?|(?:go|serve)(?:es|s)? on|keeps?|remains?|stays?|bars?"
    r"|pauses?|suspends?|blocks?|to (?:pause|bar|stay|keep|continue|suspend|block))\b[^.;]{0,80}$"
)


def is_coming(clause: str) -> bool | None:
    """Whether the words before “on Friday” speak of what is to come; None where they do not say.

    The verb that stands nearest decides: “said it will vote” is to come, “will miss what passed”
    is not.
    """
    return _later(_last(_COMING, clause), _last(_PASSED, clause))


def is_coming_by(clause: str) -> bool | None:
    """The same before “by Friday”, where an order of the past still sets a day to come."""
    if _TOLD_BY.search(clause):
        return False
    if _WISH.search(clause):
        return True
    ahead = max(_last(pattern, clause) for pattern in (_COMING, _BIDS, _INFINITIVE))
    return _later(ahead, _last(_FINITE, clause))


def begins_coming(clause: str) -> bool | None:
    """The same after “On Friday”: there the first verb decides."""
    coming, passed = _COMING.search(clause), _PASSED.search(clause)
    if coming is None or passed is None:
        return None if coming is passed else coming is not None
    return coming.start() < passed.start()


def obliges(clause: str) -> bool:
    """Whether somebody must, and not had to: the last order is not in the past perfect."""
    return bool(OBLIGES.search(clause)) and not re.search(r"(?i)\bhad\b(?!\s+until)", clause)


def _later(ahead: int, behind: int) -> bool | None:
    return None if ahead < 0 and behind < 0 else ahead >= behind


def _last(pattern: re.Pattern[str], clause: str) -> int:
    """Where the last match ends, -1 without one."""
    return max((match.end() for match in pattern.finditer(clause)), default=-1)
