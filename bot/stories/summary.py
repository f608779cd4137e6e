"""Summaries made of the text's own sentences: at most two of them and 320 characters."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Protocol

from bot.stories.candidates import Candidate, candidates
from bot.stories.keyterms import likelihoods, terms_of
from bot.stories.readable import UNFIT

MOST_SENTENCES = 2
MOST_CHARACTERS = 320
_READ_MOST = 16_000
"""Characters of a text that are read: a summary of news is near its top."""
_PAIR_MOST = 14
_LATER = 0.02
"""What each later sentence counts less."""
_RETOLD, _NEWS_LEAD = 1 / 3, 0.35
"""The share of the title's terms that a lead of news holds, and what it then counts more."""
_ADDS = 2
"""Terms that a sentence must add to the one it follows."""


class Summariser(Protocol):
    """Tells an article in a few words, none of which it made up."""

    def summarise(self, title: str, text: str) -> tuple[str, ...]:
        """Sentences for one article, empty only where it has no text."""
        ...


class Extractive:
    """Chooses the sentences that say most of what the article is about and can be read alone."""

    def summarise(self, title: str, text: str) -> tuple[str, ...]:
        """One or two sentences found in the text, or its first cut at a word with "…"."""
        text = text.lstrip()[:_READ_MOST]
        found = candidates(title, text)
        if not found:
            return _of_nothing_but_page(text)
        usable = [one for one in found if one.alone < UNFIT and len(one.text) <= MOST_CHARACTERS]
        if usable:
            weights = likelihoods(title, [one.seen for one in found])
            chosen = _best(usable, weights, _lead_counts(found, terms_of(title)))
        else:
            chosen = (_least_bad(found),)
        if len(chosen) < MOST_SENTENCES:
            chosen = _with_next(chosen[0], found)
        return tuple(_cut(one.text) for one in chosen)


def _of_nothing_but_page(text: str) -> tuple[str, ...]:
    """The longest line that is no address, where all is bylines, links and appeals."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    shown = max(lines, key=lambda line: ("http" not in line, len(line)), default="")
    return (_cut(shown),) if shown else ()


def _least_bad(found: Sequence[Candidate]) -> Candidate:
    """A long sentence cut short still beats a bad one."""
    return min(found, key=lambda one: (one.alone, len(one.text) > MOST_CHARACTERS, one.place))


def _best(
    usable: Sequence[Candidate], weights: Mapping[str, float], lead: float
) -> tuple[Candidate, ...]:
    """The one or two sentences with most of what is likely to matter, each term counted once."""

    def worth(chosen: Sequence[Candidate]) -> float:
        total, said = 0.0, frozenset[str]()
        for one in chosen:
            new = sum(weights[term] for term in sorted(one.terms - said))
            total += new * (1 - _LATER * one.place if one.place else lead) * (1 - one.alone)
            said |= one.terms
        return total

    singles = sorted(usable, key=lambda one: (-worth((one,)), one.place))[:_PAIR_MOST]
    choices: list[tuple[Candidate, ...]] = [(single,) for single in singles]
    choices.extend(
        pair
        for pair in combinations(sorted(singles, key=lambda one: one.place), MOST_SENTENCES)
        if _fit(*pair)
    )
    return max(choices, key=lambda choice: (worth(choice), -choice[0].place))


def _with_next(one: Candidate, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentence, and the next one where that reads well after it and adds to it."""
    for two in found[one.place + 1 : one.place + 2]:
        if two.following < UNFIT and len(two.terms - one.terms) >= _ADDS and _fit(one, two):
            return one, two
    return (one,)


def _fit(one: Candidate, two: Candidate) -> bool:
    return len(one.text) + 1 + len(two.text) <= MOST_CHARACTERS


def _lead_counts(found: Sequence[Candidate], title: frozenset[str]) -> float:
    """How much more than others the first sentence counts.

    The fewer sentences there are, the less their words tell which of them matters; and where the
    first one tells in full what the title says in short, it is the news and no scene or joke.
    """
    retells = len(found[0].terms & title) >= _RETOLD * len(title) > 0
    return 1 + 1 / len(found) + (_NEWS_LEAD if retells else 0)


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    head = text[: MOST_CHARACTERS - 1]
    blank = max(head.rfind(" "), head.rfind("\n"))
    if blank >= MOST_CHARACTERS // 2:
        head = head[:blank]
    return head.rstrip(" \n\t,;:–—-") + "…"
