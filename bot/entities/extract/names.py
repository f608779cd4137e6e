"""Names in running text: chains of capitalised words, with the small words that join them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.entities.extract.gazetteer import bodies
from bot.entities.extract.gazetteer import words as listed
from bot.entities.extract.gazetteer.bodies import (
    AGENCY_HEADS,
    BODY_HEADS,
    COMPANY_HEADS,
    COMPANY_SUFFIXES,
    JOINING,
    LAW_HEADS,
)
from bot.entities.extract.gazetteer.people import GIVEN, PARTICLES, QUALIFIERS, SUFFIXES, TITLES
from bot.entities.extract.gazetteer.places import DEMONYMS, PLACES
from bot.entities.extract.gazetteer.vocabulary import (
    CALENDAR,
    OPENERS,
    POSSESSORS,
    is_field,
)
from bot.entities.extract.reading import Word

_COMPOUND = re.compile(
    r".+-(?:based|led|era|backed|style|owned|made|wide|born|like|only|funded|trained|friendly|linked"
    r"|run|controlled|old|year|hour|elect|designate|sized|level|related|approved|issued|aligned"
    r"|\w{2,}ed|dominated|listed|powered|driven|specific|inspired|savvy|ready"
    r"|first|in|on|to|off|up|wing|bound|educated|and|held|area|occupied|hosted|generated)"
)
_PARTY = re.compile(r"(?:[DRI]|Ind|Lab|Con)-[A-Z][\w.]*")
_PREFIXED = re.compile(r"(?:al|el|bin|ibn|d|l|e|i|x)[-'’]?[A-Z]")
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,2})?[a-zA-Z]?|\d{1,2}[A-Z]{1,2}|(?!v)[ivx]{1,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPACES = (" ", "\u00a0")
_HEADS = AGENCY_HEADS | BODY_HEADS | LAW_HEADS | COMPANY_HEADS
_NAMED = bodies.BODIES | bodies.OUTLETS | bodies.COMPANIES | bodies.AGENCIES
_LAW_VERBS = listed(
    "protect stop stopping protecting preventing keep ensuring transparency keeping ending "
    "securing removing"
)
_OF_MEMBERS = listed("party union association guild federation alliance league council society")
_UNITS = listed(
    "percent per pc million billion trillion thousand hundred hours hour minutes minute seconds "
    "days day weeks week months month years year times points people km miles bps crore lakh"
)
_MOST_LAW_WORDS = 9
_MOST_WORDS = 14
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Chain:
    """The words `first` to `last` (inclusive) of a paragraph, that may be one name or several."""

    first: int
    last: int


def find_chains(words: Sequence[Word], lowered: frozenset[str]) -> list[Chain]:
    """The chains of a paragraph; `lowered` are the words that the article writes in lower case."""
    chains: list[Chain] = []
    at = 0
    while at < len(words):
        if not is_name(words[at]) or _only_opens(words, at, lowered):
            at += 1
            continue
        last = _end(words, at)
        chains.append(Chain(at, last))
        at = last + 1
    return chains


def is_name(word: Word) -> bool:
    """Whether its capitals may mark a name."""
    text = word.text
    if len(text) > _LONGEST_WORD:
        return False
    if text[0].islower():
        return bool(_PREFIXED.match(text)) or (
            len(text) > 2 and text[1:].lower() != text[1:] and text.isalnum()
        )
    if not any(char.isupper() for char in text):
        return False
    if text[0].isdigit() and len(text) < 3 and not text[1:].isupper():
        return False
    lower = word.lower
    if lower in CALENDAR or lower in {"the", "a", "an", "i", "i'm", "i’m"}:
        return False
    return not ((_COMPOUND.fullmatch(text) and not text.isupper()) or _PARTY.fullmatch(text))


def _only_opens(words: Sequence[Word], at: int, lowered: frozenset[str]) -> bool:
    """Whether a word has its capital from where it stands, or is no part of the name behind it."""
    word = words[at]
    lower = word.lower
    if not word.opens:
        return lower in {"but", "and", "or", "if", "in", "on", "for", "he", "she", "it", "we"}
    follows = at + 1 < len(words) and words[at + 1].gap in _SPACES and is_name(words[at + 1])
    joins = at + 2 < len(words) and words[at + 1].lower in JOINING and lower in JOINING["of"]
    if _is_listed(words, at):
        return False
    if lower in OPENERS:
        fits = is_field(lower) or lower in QUALIFIERS or lower in TITLES or lower in GIVEN
        return not ((follows and fits) or (joins and lower in lowered and is_name(words[at + 2])))
    if lower in lowered and lower not in GIVEN:
        return not (follows or joins)
    unfit = lower.endswith(("ing", "ly")) and lower not in GIVEN and not is_field(lower)
    return unfit and not word.possessive and len(lower) > 5


def _is_listed(words: Sequence[Word], at: int) -> bool:
    """Whether the words from here on are a name of several words that the lists have."""
    name = words[at].lower
    for word in words[at + 1 : at + 4]:
        if word.gap not in _SPACES:
            return False
        name = f"{name} {word.lower}"
        if name in _NAMED:
            return True
    return False


def _end(words: Sequence[Word], first: int) -> int:
    """The last word of the chain that begins at `first`."""
    last = first
    joined = ""
    while last + 1 < len(words) and last - first < _MOST_WORDS:
        here, following = words[last], words[last + 1]
        if here.possessive and not _owns_its_name(here, following):
            break
        if following.gap in _SPACES and not following.opens and _goes_on(words, last, joined):
            last += 1
            continue
        if following.gap in {", ", " "} and following.lower in COMPANY_SUFFIXES | SUFFIXES:
            if not following.text[0].isupper() and following.lower not in {"plc", "lp"}:
                break
            last += 1
            continue
        reach, preposition = _joined(words, first, last, joined)
        if not reach:
            break
        joined = joined or preposition
        last = reach
    return last


def _owns_its_name(owner: Word, following: Word) -> bool:
    """“Children's Act”, “Workers' Party”: the possessive belongs to the name behind it."""
    whole = f"{owner.lower}'s".replace("s's", "s'")
    members = whole.endswith("s'") and following.lower in _OF_MEMBERS
    return whole in POSSESSORS or members


def _goes_on(words: Sequence[Word], last: int, joined: str) -> bool:
    here, following = words[last], words[last + 1]
    if "&" in {following.text, here.text}:
        return here.text == "&" or (last + 2 < len(words) and is_name(words[last + 2]))
    if following.lower in CALENDAR:
        return here.lower in GIVEN and following.text == "May"
    if is_name(following):
        return True
    if _YEAR.fullmatch(following.text):
        return here.lower in LAW_HEADS
    if not _NUMBERED.fullmatch(following.text) or joined or not here.text[-1].isalnum():
        return False
    return last + 2 >= len(words) or not _counts(words[last + 2])


def _counts(after: Word) -> bool:
    """Whether the number before this word counts or measures something: “Acme 2.4%”."""
    return after.gap.startswith(("%", "-")) or after.lower in _UNITS


def _joined(words: Sequence[Word], first: int, last: int, joined: str) -> tuple[int, str]:
    """Where the chain goes on behind a small word, 0 if it does not; and the preposition."""
    word = words[last + 1]
    if word.gap == ", " and joined:
        return _listed(words, last + 1), ""
    if word.gap not in _SPACES or last + 2 >= len(words):
        return 0, ""
    reach = _past_preposition(words, first, last, joined)
    if reach:
        return reach, word.lower
    return (
        _past_particle(words, first, last)
        or _past_field(words, last)
        or (_anded(words, last, joined) if word.lower == "and" else _law_ahead(words, first, last))
    ), ""


def _past_particle(words: Sequence[Word], first: int, last: int) -> int:
    """“Ilse van der Berg”."""
    word = words[last + 1]
    if (
        word.lower not in PARTICLES
        or word.text[0].isupper()
        or not _is_personal(words, first, last)
    ):
        return 0
    reach = last + 2
    if words[reach].lower in PARTICLES and reach + 1 < len(words):
        reach += 1
    return reach if _follows(words, reach) else 0


def _past_preposition(words: Sequence[Word], first: int, last: int, joined: str) -> int:
    """“Department of Labor”, “Court of Appeals for the Sixth Circuit”."""
    lower = words[last + 1].lower
    reach = last + 2
    if lower in JOINING and words[last].lower in JOINING[lower]:
        if words[reach].lower in {"the", "a"} and reach + 1 < len(words):
            reach += 1
        if _follows(words, reach) and not (lower == "in" and words[reach].lower in PLACES):
            return reach
    if joined and lower in {"of", "for"} and is_field(words[last].lower) and _follows(words, reach):
        return reach
    court = joined and any(word.lower == "court" for word in words[first:last])
    if lower == "for" and court and reach + 1 < len(words) and _follows(words, reach + 1):
        return reach + 1
    return 0


def _past_field(words: Sequence[Word], last: int) -> int:
    """“Healthcare products Regulatory Agency”: a plain word amid what a body is about."""
    word = words[last + 1]
    amid = word.text.islower() and is_field(word.lower) and is_field(words[last].lower)
    return last + 2 if amid and _head_ahead(words, last + 2) else 0


def _follows(words: Sequence[Word], at: int) -> bool:
    return words[at].gap in _SPACES and is_name(words[at]) and not words[at].opens


def _is_personal(words: Sequence[Word], first: int, last: int) -> bool:
    names = words[first : last + 1]
    return len(names) < 5 and names[-1].lower not in _HEADS | PLACES | DEMONYMS


def _anded(words: Sequence[Word], last: int, joined: str) -> int:
    """Where the chain goes on behind “and”: among what a body is about, or before its head."""
    at = last + 2
    if not _follows(words, at) or not is_field(words[last].lower):
        return 0
    if joined and (is_field(words[at].lower) or words[at].text.isupper()):
        return at
    return at if not joined and _head_ahead(words, at) else 0


def _head_ahead(words: Sequence[Word], at: int) -> bool:
    """Whether the capitalised words from `at` on end in a body's or a law's head."""
    if at >= len(words) or not _follows(words, at):
        return False
    if words[at].lower in PLACES | DEMONYMS and not is_field(words[at].lower):
        return False
    while at + 1 < len(words) and not words[at].possessive:
        plain = is_field(words[at + 1].lower) and at + 2 < len(words)
        if not (_follows(words, at + 1) or (plain and _follows(words, at + 2))):
            break
        at += 1
    return words[at].lower in AGENCY_HEADS | BODY_HEADS | LAW_HEADS


def _listed(words: Sequence[Word], at: int) -> int:
    """The end of “Science, Innovation and Technology” from its first comma on, 0 if it is none."""
    if not is_field(words[at - 1].lower):
        return 0
    reach = at
    while reach < len(words) and is_name(words[reach]) and is_field(words[reach].lower):
        while reach + 1 < len(words) and _follows(words, reach + 1):
            reach += 1
        following = reach + 1
        if following + 1 < len(words) and words[following].lower == "and":
            end = following + 1
            good = _follows(words, end) and is_field(words[end].lower)
            return end if good else 0
        if following >= len(words) or words[following].gap != ", ":
            return 0
        reach = following
    return 0


def _law_ahead(words: Sequence[Word], first: int, last: int) -> int:
    """“Protect Elections from Deceptive AI Act”: small words before the head of a law."""
    lower = words[last + 1].lower
    if lower not in {"from", "in", "of", "for", "to", "by", "against", "on"}:
        return 0
    opening = words[first].lower
    if not (opening in _LAW_VERBS or is_field(opening)) or words[first].opens:
        return 0
    for at in range(last + 2, min(len(words), first + _MOST_LAW_WORDS + 1)):
        if not (_follows(words, at) or words[at].lower in {"and", "the", "of", "from"}):
            return 0
        if words[at].lower in LAW_HEADS:
            return at
    return 0
