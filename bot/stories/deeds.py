"""What a report says was done: the deeds of its headline and lead, each with a weight.

A deed that is only said to come ("vows to sue", "will appeal") is another than the deed itself, and
what follows "after" or "over" is background.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from bot.stories.cues import COMING
from bot.stories.lexicon import SCALES
from bot.stories.stems import stem
from bot.text.calendar import WEEKDAY
from bot.text.fold import lowered

_DEEDS = """
    sue: sue sued suing lawsuit suit litigation litigate complaint plaintiff
    rule: rule ruled ruling verdict judgment judgement decision decide decided find
    block: block halt pause freeze froze frozen suspend suspension enjoin injunction stay
        stall shelve bar curb rein limit narrow stop overturn void strike reverse
    uphold: uphold upheld affirm side
    refuse: refuse refusal defy defiance decline rebuff reject rejection deny denied denial
        snub spurn dismiss dismissal resist balk withstand stonewall
    hear: hearing testify testimony argue argument grill skeptical question press oral
        session question spar
    appeal: appeal appellate
    vote: vote pass passage ballot adopt approve approval advance clear override
    veto: veto
    bill: bill legislation amendment introduce draft propose proposal
    law: sign signature enact
    deal: deal agreement agree pact accord contract award partnership partner
    amend: amend rewrite rework revise revision renegotiate tweak alter overhaul change
    settle: settle settlement truce compromise
    label: designate designation blacklist label brand declare tag
    ban: ban prohibit outlaw forbid bar moratorium cease stop
    order: order direct directive instruct mandate command force compel invoke
    threaten: threaten threat ultimatum warn warning deadline
    demand: demand ask urge call plea request seek want insist letter petition
    drop: drop cancel scrap abandon end terminate sever cut ditch purge remove phase cease
        withdraw rescind
    resign: resign resignation quit depart departure exit oust oust leave
    dismiss: fire sack layoff shed axe
    appoint: appoint appointment name nominate nominee hire tap replace succeed
    launch: launch unveil release debut introduce announce
    withhold: withhold withheld restrict hold limit curb
    publish: publish guidance guideline framework spell report
    study: study survey poll paper research researcher scientist
    buy: buy bought acquire acquisition merger merge takeover bid
    fund: funding round invest investment valuation raise
    ipo: ipo listing
    fall: fall fell sink sank slide slid plunge tumble drop slump lose loses lost shed slip
    rise: rise rose soar jump leap surge climb rally gain top
    fine: fine penalty penalise penalize
    probe: probe investigate investigation inquiry subpoena audit examine scrutiny watchdog
        review
    charge: charge indict indictment arrest accuse detain held jail
    plead: plead guilty convict conviction sentence admit
    notify: notify notification formal formally official officially inform notice
    die: die died death dead killed kill
    crash: crash outage breach hack attack strike fail failure fault snap
    talk: talks negotiate negotiation meet met meeting summit discussion discuss dialogue
    protest: protest rally march walkout occupy chain board
    back: back support brief amicus endorse defend defense stand solidarity ally side rally
    letter: letter petition memo note
    oppose: oppose object objection condemn denounce slam blast criticise criticize rebuke
        attack decry lash fault
    apologise: apologise apologize apology sorry regret
    leak: leak memo
    reveal: reveal disclose record document text confirm obtain know knew secret
    say: tell say call describe dispute downplay
    answer: answer reply respond response explain deny
    offer: offer free swap
    resume: resume resumption reopen restart return lift restore
    win: win won victory
    delay: delay postpone extend extension
    allow: allow permit permission grant licence license authorise authorize authorisation
    recall: recall
    sell: sell sold sale divest stake
    pay: pay paid compensation claim cost
    use: use deploy deployment switch adopt
    grow: expand expansion double build
"""
_PHRASES: Sequence[tuple[str, str]] = (
    (
        "sue",
        r"""(?:take|took|taking|haul|bring)\w*\b[^.;:]{1,45}\bto\ (?:\w+\ )?court
        |(?:go(?:es)?|went)\ to\ (?:\w+\ )?court|legal\ (?:challenge|action)|court\ challenge
        |challeng\w+[^.;:]{1,45}in\ (?:\w+\ )?(?:court|lawsuit)
        |files?\ (?:\w+\ ){0,2}(?:suit|lawsuit|complaint|challenge)|class\ action""",
    ),
    (
        "refuse",
        r"""(?:stand|stood|standing|hold|held)\w*\ (?:firm|fast|ground|the\ line)|digs?\ in\b
        |back(?:s|ed|ing)?\ down|turn(?:s|ed)?\ down|sa(?:ys|id)\ no\b|give\ (?:in|way)""",
    ),
    (
        "drop",
        r"phas(?:e|es|ed|ing)\ out|cut(?:s|ting)?\ off|walk(?:s|ed)?\ away|back(?:s|ed)?\ out",
    ),
    ("block", r"put(?:s|ting)?\ on\ hold|put(?:s|ting)?\ [^.;:]{1,30}on\ hold|on\ ice\b"),
    ("talk", r"(?:back\ (?:in|at|to)\ (?:the\ )?(?:talks|table))|at\ the\ table"),
    ("resign", r"step(?:s|ped|ping)?\ (?:down|aside)|is\ out\b|to\ leave\b"),
    ("ban", r"off\ the\ market|pull(?:s|ed)?\b"),
    ("back", r"(?:side|stand|rall)\w*\ (?:with|by|behind)|friend.of.the.court|amicus"),
    ("oppose", r"under\ fire|push(?:es|ed)?\ back|hits?\ back"),
    (
        "deal",
        r"""(?:reach|strike|struck|ink|sign|seal)\w*\ (?:\w+\ ){0,2}
        (?:deal|accord|agreement|pact|contract)""",
    ),
    ("vote", r"\d{1,3}(?:-|\ to\ )\d{1,3}\b"),
    (
        "settle",
        r"end(?:s|ed|ing)?\ (?:the\ |its\ |their\ )?(?:fight|case|suit|dispute|lawsuit)",
    ),
    ("refuse", r"(?:will|would|wo)\ ?n[o'’]t\b|cannot\b|no\ to\b"),
    (
        "deny",
        r"lo(?:se|ses|st|sing)\ [^.;:]{0,25}\b(?:bid|appeal|round|case|fight)|den(?:y|ies|ied)",
    ),
    ("win", r"side(?:s|d)?\ with|in\ favou?r\ of"),
    (
        "dismiss",
        r"""lay(?:s|ing)?\ off|laid\ off|lets?\ go\b|job\ cuts
        |cuts?\ [\w,]+\ (?:jobs|staff|workers|roles)""",
    ),
    (
        "ultimatum",
        rf"(?:until|by)\ {WEEKDAY.lower()}|ultimatum|deadline",
    ),
)
_PATTERNS = tuple((deed, re.compile(rf"(?x)\b(?:{pattern})")) for deed, pattern in _PHRASES)


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    deed = ""
    for word in _DEEDS.split():
        if word.endswith(":"):
            deed = word[:-1]
        elif deed not in found.get(stem(word), ()):
            found[stem(word)] = (*found.get(stem(word), ()), deed)
    return found


_KINDS: Mapping[str, tuple[str, ...]] = _table()
"""Stem of a word to the deeds that it may tell of."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATER = 0.6
"""A deed after the first of a clause is mostly what the first is about."""
_REACH = 25
"""Characters after "will" or "vows to" within which a deed is only to come."""


class Told(NamedTuple):
    """A deed as a text tells it: the word or phrase, and its share of the clause's weight."""

    deed: str
    written: str
    share: float


def add_deeds(clause: str, weight: float, found: dict[str, float]) -> None:
    """Add the deeds of a clause with their weights."""
    for told in told_deeds(clause):
        found[told.deed] = max(found.get(told.deed, 0.0), weight * told.share)


def told_deeds(clause: str) -> Iterator[Told]:
    """The deeds of a clause; the first word that tells one weighs most, and phrases as much."""
    small = lowered(clause)
    coming = [found.end() for found in COMING.finditer(small)]

    def named(deed: str, start: int) -> str:
        return "will " + deed if any(0 <= start - end <= _REACH for end in coming) else deed

    share = 1.0
    for match in _WORDS.finditer(small):
        word = match.group()
        kinds = () if word in SCALES else _KINDS.get(stem(word), ())
        for deed in kinds:
            written = clause[match.start() : match.end()]
            yield Told(named(deed, match.start()), written, share / sqrt(len(kinds)))
        if kinds:
            share = _LATER
    for deed, pattern in _PATTERNS:
        found = pattern.search(small)
        if found:
            yield Told(named(deed, found.start()), clause[found.start() : found.end()], 1.0)


def likeness(
    one: Mapping[str, float], other: Mapping[str, float], rare: Mapping[str, float]
) -> float:
    """Cosine of two reports' deeds, each weighed by its rarity."""
    dot = sum(
        weight * other[deed] * rare[deed] ** 2 for deed, weight in one.items() if deed in other
    )
    return dot / (_norm(one, rare) * _norm(other, rare)) if dot else 0.0


def _norm(deeds: Mapping[str, float], rare: Mapping[str, float]) -> float:
    return sqrt(sum((weight * rare[deed]) ** 2 for deed, weight in deeds.items()))
