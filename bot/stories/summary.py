"""Summaries made of the text's own sentences: at most two of them and 320 characters."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Protocol

from bot.stories.lexicon import STOPWORDS
from bot.stories.readable import UNFIT, flaws
from bot.stories.stems import stem
from bot.text.sentences import Sentence, is_boilerplate, sentences

MOST_SENTENCES = 2
MOST_CHARACTERS = 320
_READ_MOST = 16_000
"""Characters of a text that are read: a summary of news is near its top."""
_WEIGH_MOST = 40
_PAIR_MOST = 14

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PLACE_LINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Za-z.'’-]*){0,4}(?:, [A-Z][a-z]+\.? \d{1,2})?\s*"
    r"(?:\([^)]{2,40}\))?|\([A-Z][\w ]{1,30}\)|[A-Z][\w.]+(?:, [A-Z][\w.]+)? \([A-Z][^)]{1,30}\))"
    r"\s*(?:—|–|--?)\s+(?=\S)"
)


class Summariser(Protocol):
    """Tells an article in a few words, none of which it made up."""

    def summarise(self, title: str, text: str) -> tuple[str, ...]:
        """Sentences for one article, empty only where it has no text."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    text: str
    terms: frozenset[str]
    flaws: float


class Extractive:
    """Chooses the sentences that say most of what the article is about and can stand alone."""

    def summarise(self, title: str, text: str) -> tuple[str, ...]:
        """One or two sentences found in the text, or its first cut at a word with "…"."""
        text = text.lstrip()[:_READ_MOST]
        candidates = _candidates(title, text)
        if not candidates:
            bare = text.strip()
            return (_cut(bare),) if bare else ()
        weights = _weights(title, candidates)
        fitting = [c for c in candidates if len(c.text) <= MOST_CHARACTERS]
        least = min((c.flaws for c in fitting), default=0.0)
        usable = [c for c in fitting if c.flaws < UNFIT]
        if not usable:
            # A long sentence cut short still beats a bad one.
            whole = min(candidates, key=lambda c: (c.flaws, c.place))
            if not fitting or whole.flaws < least:
                return (_cut(whole.text),)
            usable = [c for c in fitting if c.flaws == least][:1]
        return _best(usable, weights)


def _candidates(title: str, text: str) -> list[_Candidate]:
    found: list[_Candidate] = []
    about = _terms(title)
    for sentence in _lines(sentences(text)):
        if is_boilerplate(sentence):
            continue
        line = _PLACE_LINE.match(sentence)
        words = sentence[line.end() :] if line else sentence
        terms = _terms(words)
        if not terms and found:
            continue
        found.append(_Candidate(len(found), words, terms, flaws(words, terms, about)))
        if len(found) == _WEIGH_MOST:
            break
    return found


def _lines(found: Sequence[Sentence]) -> list[str]:
    """Sentences, with headings and list items that ran into one set apart again."""
    lines: list[str] = []
    for sentence in found:
        if "\n" not in sentence.text:
            lines.append(sentence.text)
            continue
        start = 0
        for match in re.finditer(r"\s*\n\s*", sentence.text):
            before = sentence.text[start : match.start()]
            after = sentence.text[match.end() : match.end() + 1]
            # A wrapped line is long and goes on in lower case; a heading is neither.
            if len(before) < 50 or not after.islower():
                lines.append(before)
                start = match.end()
        lines.append(sentence.text[start:])
    return [line for line in lines if line]


def _terms(text: str) -> frozenset[str]:
    words = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text.lower()))
    return frozenset(
        stem(word) for word in words if word not in STOPWORDS and (len(word) > 1 or word.isdigit())
    )


def _weights(title: str, candidates: Sequence[_Candidate]) -> dict[str, float]:
    """How much a term matters: in the title, early, often, a name or a figure."""
    often = Counter(term for candidate in candidates for term in candidate.terms)
    about = _terms(title)
    names = {
        stem(word.lower().replace("’", "'").removesuffix("'s"))
        for candidate in candidates
        for word in re.findall(r"(?<=[a-z,] )[A-Z][\w’']*|\$?\d[\d.,]*", candidate.text)
    }
    first = candidates[0].terms
    return {
        term: (1 + log(count)) * (2.2 if term in about else 1.0)
        * (1.35 if term in names else 1.0) * (1.25 if term in first else 1.0)
        for term, count in often.items()
    }  # fmt: skip


def _best(usable: Sequence[_Candidate], weights: dict[str, float]) -> tuple[str, ...]:
    def worth(chosen: Sequence[_Candidate]) -> float:
        total, said = 0.0, frozenset[str]()
        for candidate in chosen:
            new = sum(weights[term] for term in sorted(candidate.terms - said))
            total += new * max(1 - 0.05 * candidate.place, 0.35) * (1 - candidate.flaws)
            said |= candidate.terms
        return total

    singles = sorted(usable, key=lambda c: (-worth((c,)), c.place))[:_PAIR_MOST]
    choices: list[tuple[_Candidate, ...]] = [(single,) for single in singles]
    choices.extend(
        pair
        for pair in combinations(sorted(singles, key=lambda c: c.place), MOST_SENTENCES)
        if len(pair[0].text) + 1 + len(pair[1].text) <= MOST_CHARACTERS
    )
    chosen = max(choices, key=lambda c: (worth(c), -c[0].place))
    return tuple(candidate.text for candidate in chosen)


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    head = text[: MOST_CHARACTERS - 1]
    blank = max(head.rfind(" "), head.rfind("\n"))
    if blank >= MOST_CHARACTERS // 2:
        head = head[:blank]
    return head.rstrip(" \n\t,;:–—-") + "…"
