"""What a sentence of another report adds to what was told of a story.

Reporters have many words for one deed. So a sentence that tells of the deed again must bring what
a reader keeps: a figure, a day, a person or a reaction; one that tells of another deed need only
name somebody or something that was not named yet.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.stories.claims.figures import figures_in
from bot.stories.deeds import told_deeds
from bot.stories.keyterms import Seen, seen_in, terms_of
from bot.stories.lexicon import MONTHS
from bot.stories.stems import stem

_LEAST_TERMS = 4
_SMALL = 3
"""“Two ports”, “three days after”: counts up to this one tell a story and are no figures of it."""
_MONTHS = frozenset(stem(month) for month in MONTHS)
_HOUR = re.compile(r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b")
_PERSON = re.compile(r"\b([A-Z][\w’'-]*[a-z]) (?:[A-Z]\. )?([A-Z][\w’'-]*[a-z])(?:’s|'s)?\b")
_SPOKEN_FOR = re.compile(
    r"(?:[A-Z][\w.’'-]* ){1,3}?[A-Z][\w’'-]*, (?:(?:an?|its|the) )?(?:\w+ )?"
    r"spokes(?:person|wo?man)\b"
    r"|\bspokes(?:person|wo?man) (?:[A-Z][\w.’'-]* ?){2,3}"
)
"""Who speaks for somebody is no news."""
_OF_BODIES = frozenset({
    "administration", "agency", "ai", "american", "authority", "board", "british", "bureau",
    "center", "centre", "coalition", "college", "commission", "committee", "company", "congress",
    "council", "court", "defence", "defense", "department", "district", "eu", "european",
    "federal", "group", "house", "institute", "ministry", "national", "office", "organization",
    "party", "pentagon", "republic", "secretary", "security", "senate", "service", "social",
    "society", "state", "states", "supreme", "trade", "uk", "university", "us", "war", "white",
})  # fmt: skip
_BODY_TERMS = frozenset(map(stem, _OF_BODIES))
"""A body has many names, and another one of them is no news; nor is a name for all of AI."""
_REACTION = re.compile(r"“[^”]{12,}”|\"[^\"]{12,}\"")
_SAYS = frozenset({"say", "reveal"})
"""Telling is no deed of its own."""


class Worth(NamedTuple):
    """How much a sentence adds; the larger, the more. Compared in this order."""

    facts: int
    names: int
    terms: int


def worth_adding(sentence: str, told: str) -> Worth | None:
    """What the sentence adds to a title and a summary, None where that is too little.

    It must share a term with them: what shares none tells of something else.
    """
    sentence = _SPOKEN_FOR.sub("", sentence)
    seen, known = seen_in(sentence), terms_of(told)
    terms = frozenset(one.term for one in seen)
    new = terms - known
    same = len(terms) - len(new)
    if len(new) < _LEAST_TERMS or not 0 < same <= len(new):
        return None
    facts = len({*_figures(sentence, known), *_times(sentence, seen, new)})
    facts += len(set(_people(sentence, known))) + _has_new_reaction(sentence, told)
    names = len({one.term for one in seen if one.is_name} & new - _BODY_TERMS)
    if not facts and (not names or _deeds(sentence) & _deeds(told)):
        return None
    return Worth(facts, names, len(new))


def _figures(sentence: str, known: frozenset[str]) -> Iterator[str]:
    """Sums, shares, votes and counts that were not told."""
    for figure in figures_in(sentence):
        is_count = figure.unit.islower() and figure.unit not in {"vote", "points"}
        if is_count and max(figure.amounts) <= _SMALL:
            continue
        if not terms_of(figure.written) <= known:
            yield figure.written


def _times(sentence: str, seen: Sequence[Seen], new: frozenset[str]) -> Iterator[str]:
    """Months and hours that were not told; every report names the weekday."""
    yield from (one.term for one in seen if one.is_name and one.term in new & _MONTHS)
    yield from (hour[0] for hour in _HOUR.finditer(sentence) if terms_of(hour[0]) & new)


def _people(sentence: str, known: frozenset[str]) -> Iterator[str]:
    """Full names of people who were not named."""
    for match in _PERSON.finditer(sentence):
        words = [word.lower() for word in match.groups()]
        is_body = not _OF_BODIES.isdisjoint(words)
        if not is_body and known.isdisjoint(stem(word) for word in words):
            yield match[0]


def _has_new_reaction(sentence: str, told: str) -> bool:
    return any(match[0] not in told for match in _REACTION.finditer(sentence))


def _deeds(text: str) -> frozenset[str]:
    """What is done in it; “will appeal” and “appeals” are the same here."""
    return frozenset(told.deed.removeprefix("will ") for told in told_deeds(text)) - _SAYS


def most_added(sentences: Sequence[str], told: str) -> str:
    """The sentence that adds most, the first of equals; empty where none adds enough."""
    found = ((worth_adding(one, told), one) for one in dict.fromkeys(sentences))
    adding = [(worth, one) for worth, one in found if worth is not None]
    return max(adding, key=lambda pair: pair[0], default=(None, ""))[1]
