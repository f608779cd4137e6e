"""Which terms of an article other reports of the event are likely to hold too.

A summary is to carry who did what, to whom, when and how much, and these are the words on which
reports of one event agree; what is one reporter's color they do not share.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import exp, log
from operator import mul
from typing import NamedTuple

from bot.stories.lexicon import NUMBERS, STOPWORDS
from bot.stories.stems import stem

_WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+(?:['’][^\W_]+)*")

WEIGHTS = {
    "base": -0.06,
    "in title": 1.66,
    "often": 1.62,
    "late": -0.22,
    "name": 1.01,
    "number": 0.52,
    "name in title": -0.76,
    "among many": -0.34,
}
"""Log odds that half of an event's reports hold a term, by logistic regression on the full texts of
labelled events (`python -m bench.learn_keyterms`)."""


class Seen(NamedTuple):
    """A term where it stands; `is_name` where it is written as one."""

    term: str
    is_name: bool


def terms_of(text: str) -> frozenset[str]:
    """The stems of a text's words, and its numbers, without those that tell no event."""
    return frozenset(seen.term for seen in seen_in(text))


def likelihoods(title: str, sentences: Sequence[Sequence[Seen]]) -> dict[str, float]:
    """For each term of the sentences how likely it is shared, from 0 to 1."""
    weights = tuple(WEIGHTS.values())
    return {
        term: 1 / (1 + exp(-sum(map(mul, weights, found))))
        for term, found in features(title, sentences).items()
    }


def features(title: str, sentences: Sequence[Sequence[Seen]]) -> dict[str, tuple[float, ...]]:
    """For each term of the sentences what tells whether it is shared, in the order of WEIGHTS."""
    about = terms_of(title)
    first: dict[str, int] = {}
    often, times, as_name = Counter[str](), Counter[str](), Counter[str]()
    for place, seen in enumerate(sentences):
        times.update(one.term for one in seen)
        as_name.update(one.term for one in seen if one.is_name)
        for term in sorted({one.term for one in seen}):
            first.setdefault(term, place)
            often[term] += 1
    among = log(max(len(sentences), 1))
    found: dict[str, tuple[float, ...]] = {}
    for term, count in often.items():
        in_title, is_name = term in about, 2 * as_name[term] > times[term]
        found[term] = (
            1.0,
            float(in_title),
            log(count),
            log(1 + first[term]),
            float(is_name),
            float(term[0].isdigit()),
            float(in_title and is_name),
            among,
        )
    return found


def seen_in(text: str) -> list[Seen]:
    """The terms in order; a capital says nothing where the sentence opens or all are capitals."""
    in_capitals = text.isupper()
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        term = _term(word)
        if term:
            capital = word[0].isupper() and match.start() > 0 and not in_capitals
            found.append(Seen(term, capital))
    return found


@lru_cache(maxsize=1 << 13)
def _term(word: str) -> str:
    """The word's stem, or a number in figures; empty where the word tells nothing."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if word[0].isdigit():
        word = word.replace(",", "")
    word = NUMBERS.get(word, word)
    if word in STOPWORDS or (len(word) < 2 and not word.isdigit()):
        return ""
    return stem(word)
