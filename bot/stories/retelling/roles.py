"""Who did it to whom: a sentence that turns the source's two names around is not believed."""

import re
from collections.abc import Iterator
from itertools import product

from bot.stories.keyterms import seen_in
from bot.stories.lexicon import MONTHS
from bot.text.calendar import WEEKDAYS
from bot.text.sentences import sentences

_NAME = re.compile(r"[A-Z][\w-]*(?:['’]s)?(?: (?:(?:of|for|the) ){0,2}[A-Z][\w-]*)*")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_PASSIVE = re.compile(r"(?i)\b(?:is|are|was|were|be|been|being)\b|\bby\b")
_NO_NAME = frozenset(word.capitalize() for word in (*WEEKDAYS, *MONTHS))
_REACH = 60
"""Characters between a deed and the names beside it."""

Deed = tuple[str, str, str]
"""The name before a word, its stem, the name after it."""


def turned_around(answer: str, source: str) -> Deed | None:
    """A deed of the answer that the source tells only of the two the other way round."""
    known = set(_deeds(source))
    for one, deed, other in _deeds(answer):
        if (other, deed, one) in known and (one, deed, other) not in known:
            return one, deed, other
    return None


def _deeds(text: str) -> Iterator[Deed]:
    """Words between two names, told actively: in the passive the order says the contrary."""
    for sentence in sentences(text):
        for clause in re.split(r"[;:—]", sentence.text):
            yield from _in_clause(clause)


def _in_clause(clause: str) -> Iterator[Deed]:
    names = list(_NAME.finditer(clause))
    for match in _WORD.finditer(clause):
        at = match.start()
        if not match[0].islower() or not (found := seen_in(match[0])):
            continue
        before = [name for name in names if at - _REACH < name.end() <= at]
        after = [name for name in names if at < name.start() < at + _REACH]
        if not before or not after or _PASSIVE.search(clause[max(0, at - 10) : after[0].start()]):
            continue
        for doer, done_to in product(_parts(before[-1][0]), _parts(after[0][0])):
            yield doer, found[0].term, done_to


def _parts(name: str) -> list[str]:
    """The words of a name that may stand for it: “Department of Defense”."""
    return [
        word
        for word in _WORD.findall(name)
        if word[0].isupper() and word not in _NO_NAME and seen_in(word)
    ]
