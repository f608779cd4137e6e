"""Persons within a chain: titles and employers before a name, and what shows that it is one."""

import re
from collections.abc import Sequence

from bot.entities.extract.gazetteer import words
from bot.entities.extract.gazetteer.bodies import (
    AGENCY_HEADS,
    BODY_HEADS,
    COMPANY_HEADS,
    COMPANY_NOUNS,
    COMPANY_SUFFIXES,
    LAW_HEADS,
)
from bot.entities.extract.gazetteer.people import (
    AMBIGUOUS_GIVEN,
    BUSINESS_TITLES,
    GIVEN,
    PARTICLES,
    QUALIFIERS,
    ROLE_NOUNS,
    SAYING,
    SUFFIXES,
    TITLES,
)
from bot.entities.extract.gazetteer.places import DEMONYMS, PLACES
from bot.entities.extract.gazetteer.vocabulary import FIELDS, OPENERS, is_field
from bot.entities.extract.reading import Word

_NOT_IN_NAMES = (
    AGENCY_HEADS | BODY_HEADS | COMPANY_HEADS | LAW_HEADS | COMPANY_SUFFIXES | {"&", "and"}
)
_SHAPE = re.compile(
    r"(?:[A-Z][a-z'’À-ÿ]*|[A-ZÀ-Þ][\w'’]*?[a-zß-ÿ][\w'’]*|[A-Z]\.|[A-Z]\.[A-Z]\.|[A-Z]{2})"
    r"(?:-[\w'’]+)*|(?:al|el)-[A-Z]\w+(?:-\w+)*|(?:d|l)['’][A-Z]\w+"
)
_MOST = 6
_ABSTRACT = ("tion", "ity", "ness", "ism", "cracy")
_APPOSITION = re.compile(r",\s(?!and\b|or\b|but\b)([^,.;:()“”\"]{3,90})(?=[,.;:(”\"]|\s[—–]|$)")
_AGE = re.compile(r",\s\d{2},|\s\(\d{2}\)")
_FINITE = words("said says will is was are were that has had have would told did does can could")
_WHO = re.compile(r",?\s(?:who|whose)\b")
_SAID = re.compile(r",?\s(\w+)\b")
_ROLE_BEFORE = re.compile(r"((?:[\w-]+\s){0,4}?)([\w-]+),?\s$")
_LAST_WORD = re.compile(r"([\w-]+),?\s$")
_BY = re.compile(r"\b(?:said|told|asked|says|adds|added|by|with|to|wrote)\s$")


def is_named_like_a_person(names: Sequence[Word]) -> bool:
    """Whether words are shaped like a person's name."""
    bare = [word for word in names if word.lower not in PARTICLES]
    if not 1 <= len(bare) < _MOST or (len(bare) > 1 and bare[-1].lower.endswith(_ABSTRACT)):
        return False
    return all(
        _SHAPE.fullmatch(word.text)
        and (word.lower not in _NOT_IN_NAMES or (word is not bare[-1] and word.lower in GIVEN))
        for word in bare
        if word.lower not in SUFFIXES
    )


def split_titled(words: Sequence[Word]) -> tuple[int, int]:
    """Where the title in a chain begins, and where the name behind it does; -1 where none does.

    “Acme CEO Jane Roe” is (1, 2); a title alone is (its start, its length).
    """
    title = _last_title(words)
    if title < 0:
        return -1, -1
    begin = title
    while begin and _is_of_title(words, begin - 1, title):
        begin -= 1
    if begin and words[begin - 1].lower in {"of", "for"}:
        # "Office of Attorney General" is a body, not a person's title.
        return -1, -1
    return begin, _past_field(words, title + 1)


def _last_title(words: Sequence[Word]) -> int:
    """The last title word with something like a person behind it, or at the end; -1 for none."""
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower not in TITLES or (words[at].possessive and at + 1 < len(words)):
            continue
        rest = words[_past_field(words, at + 1) :]
        if not rest or (is_named_like_a_person(rest) and not _is_common(rest)):
            return at
    return -1


def _is_common(words: Sequence[Word]) -> bool:
    """Whether words are a place, a party or plain nouns rather than anyone's name."""
    if " ".join(word.lower for word in words) in PLACES:
        return True
    return all(
        word.lower in OPENERS | DEMONYMS | FIELDS and word.lower not in GIVEN for word in words
    )


def _past_field(words: Sequence[Word], at: int) -> int:
    """Behind “of Defense”, “for Digital Affairs”, “General” after a title."""
    if at < len(words) and words[at].lower in {"of", "for"}:
        at += 1
        while at < len(words) and (
            is_field(words[at].lower) or words[at].lower in {"the", "and", "state"}
        ):
            at += 1
        return at
    while at < len(words) and words[at].lower in {"general", "elect", "executive", "emeritus"}:
        at += 1
    return at


def _is_of_title(words: Sequence[Word], at: int, title: int) -> bool:
    """Whether the word before a title belongs to it, rather than naming an employer."""
    word = words[at].lower
    if words[at].possessive:
        return False
    if word in TITLES or word in QUALIFIERS or word in DEMONYMS:
        return True
    if words[title].lower in BUSINESS_TITLES:
        return False
    return is_field(word) or word in PLACES or word in {"and", "of", "for", "u.s"}


def evidence(names: Sequence[Word], before: str, after: str) -> float:
    """How much speaks for a person: a first name, an age, an apposition, a verb of saying."""
    first = names[0].lower.split("-")[0]
    score = 0.0
    if len(names) > 1:
        if first in AMBIGUOUS_GIVEN:
            score += 1
        elif first in GIVEN or names[0].lower in GIVEN:
            score += 2.5
        score += any(word.lower in PARTICLES or word.lower in SUFFIXES for word in names[1:]) * 2
        score += any(len(word.text) == 2 and word.text[1] == "." for word in names[:-1]) * 2
    if _AGE.match(after):
        score += 3
    if len(names) > 1 and _WHO.match(after):
        score += 1.5
    score += 2 * bool(role_after(after)) + 2 * bool(role_before(before))
    said = _SAID.match(after)
    if len(names) > 1 and ((said and said[1] in SAYING) or _BY.search(before)):
        score += 0.7
    return score


def role_before(before: str) -> str:
    """The role written in lower case directly before a name: “chief executive”."""
    last = _LAST_WORD.search(before)
    if last is None or last[1].lower() not in ROLE_NOUNS or last[1] != last[1].lower():
        return ""
    match = _ROLE_BEFORE.search(before[-60:])
    role = [last[1]]
    for word in reversed(match[1].split() if match else []):
        if word.lower() not in QUALIFIERS | TITLES or not word.islower():
            break
        role.insert(0, word)
    return " ".join(role)


def role_after(after: str) -> str:
    """The role in the apposition behind a name: “who directs the clinic”, “Acme's counsel”."""
    match = _APPOSITION.match(after)
    if match is None:
        return ""
    said = match[1].split()
    lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in said]
    if lowered[0] in {"who", "which", "whose"} or _FINITE & set(lowered):
        return ""
    role = any(word in ROLE_NOUNS for word in lowered)
    company = any(word in COMPANY_NOUNS for word in lowered[:4]) and lowered[0] in {
        "a",
        "an",
        "the",
    }
    proper = said[0][0].isupper() and len(said) < 3 and lowered[-1] not in ROLE_NOUNS
    return match[1] if role and not proper and not (company and not _leads(lowered)) else ""


def _leads(lowered: Sequence[str]) -> bool:
    return bool({"chief", "president", "director", "founder", "head", "of", "at"} & set(lowered))
