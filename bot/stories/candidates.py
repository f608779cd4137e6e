"""The sentences of an article that a summary may choose from, freed of what runs into them.

Words may be dropped from a sentence's beginning (its dateline, a time stamp, the headline again),
never put into it: what remains stands in the text as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.stories.keyterms import Seen, seen_in, terms_of
from bot.stories.lookback import NAMED, is_named_in, left_after
from bot.stories.readable import Flaws, flaws
from bot.text.boilerplate import is_boilerplate, lead_in
from bot.text.sentences import Sentence, sentences

_MOST = 40
_LEAST_REST = 35
"""Where less than so much would be left of a sentence, the headline before it stays."""
_BREAK = re.compile(r"\s*\n\s*")
_ENDS = re.compile(r"[.!?:。！？]\W*$")
_WRAPPED = range(50, 101)
"""Lengths of the lines of a text that was wrapped by a mail program or a terminal."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, its number in the text, what it names, and how ill it can be read (0 to 1):
    alone, and told right after the candidate before it.
    """

    place: int
    text: str
    seen: Sequence[Seen]
    terms: frozenset[str]
    alone: float
    following: float


def candidates(title: str, text: str) -> list[Candidate]:
    """The first sentences of a text that are no boilerplate, in order."""
    found: list[Candidate] = []
    about = terms_of(title)
    for line in _lines(text):
        if line.startswith("|") and found:
            # A credit; what stands before it is the caption of its picture.
            found.pop()
        words = _proper(line, title)
        if is_boilerplate(words):
            continue
        seen = seen_in(words)
        terms = frozenset(one.term for one in seen)
        if not terms and found:
            continue
        wrong = flaws(words, terms, about)
        alone, following = _alone(wrong, words, about), max(wrong)
        if wrong.leaning and found:
            # Title and summary are shown together: what either names has been named.
            before = f"{title}\n{found[-1].text}"
            following = max(wrong.own, left_after(words, before, wrong.leaning))
        found.append(Candidate(len(found), words, seen, terms, alone, following))
        if len(found) == _MOST:
            break
    return found


def _alone(wrong: Flaws, words: str, title: frozenset[str]) -> float:
    """How ill it reads under its title: “The vote” of a title that tells of one is no riddle."""
    if wrong.leaning and is_named_in(words, title):
        return max(wrong.own, NAMED)
    return max(wrong)


def _proper(line: str, title: str) -> str:
    """The line from where its sentence begins."""
    if title and line.startswith(title):
        rest = line[len(title) :].lstrip(" \n\t:|–—-·•")
        if len(rest) >= _LEAST_REST and not rest[0].islower():
            line = rest
    return line[lead_in(line) :] or line


def _lines(text: str) -> Iterator[str]:
    """Sentences; headings and list items that ran into one are set apart again."""
    found = sentences(text)
    wrapped = _is_wrapped(text[:4000])
    for sentence in found:
        yield from _unwrapped(sentence, wrapped) if "\n" in sentence.text else (sentence.text,)


def _unwrapped(sentence: Sentence, wrapped: bool) -> Sequence[str]:
    lines: list[str] = []
    start = 0
    for match in _BREAK.finditer(sentence.text):
        before = sentence.text[start : match.start()]
        after = sentence.text[match.end() : match.end() + 1]
        last = len(before) - (before.rfind("\n") + 1)
        # A wrapped line is long; a heading is short, and what follows it opens with a capital.
        if last < _WRAPPED.start or not (wrapped or after.islower()):
            lines.append(before)
            start = match.end()
    lines.append(sentence.text[start:])
    return [line for line in lines if line]


def _is_wrapped(text: str) -> bool:
    """Whether lines break where they are full, not where a sentence or a paragraph ends."""
    lines = [line for line in text.split("\n")[:-1] if line.strip()]
    full = sum(len(line.strip()) in _WRAPPED and not _ENDS.search(line) for line in lines)
    return full >= 3 and 2 * full > len(lines)
