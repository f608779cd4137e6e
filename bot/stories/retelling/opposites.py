"""Deeds turned into their opposite: “allow” where the report has only “forbid”."""

import re

from bot.stories.stems import stem

_PAIRS = (
    ("forbid ban bar block prohibit outlaw", "allow permit authorize authorise legalize let"),
    ("approve pass adopt enact accept back support endorse", "reject oppose veto defeat decline"),
    ("raise increase rise grow gain climb", "cut lower reduce fall drop decline shrink slash"),
    ("win won", "lose lost"),
    ("grant", "deny denied refuse"),
    ("uphold upheld affirm", "overturn reverse void annul strike struck"),
    ("convict guilty", "acquit clear cleared"),
    ("hire recruit appoint", "fire sack dismiss oust"),
    ("begin start open launch resume", "end close halt stop suspend pause cancel"),
    ("join enter sign", "leave quit withdraw exit"),
    ("tighten", "loosen ease relax"),
    ("extend", "shorten"),
)
_WORD = re.compile(r"[^\W\d_]+")


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


_SIDES = tuple(
    sides
    for one, other in _PAIRS
    for sides in ((_stems(one), _stems(other)), (_stems(other), _stems(one)))
)


def opposite_told(said: str, source: str) -> str:
    """A word of the answer that stands for the opposite of what the source tells, or nothing.

    No word of its meaning stands in the source, and one of the opposite meaning does.
    """
    there = {stem(word.lower()) for word in _WORD.findall(source)}
    for match in _WORD.finditer(said):
        term = stem(match[0].lower())
        if term in there:
            continue
        for meaning, opposite in _SIDES:
            if term in meaning and there.isdisjoint(meaning) and not there.isdisjoint(opposite):
                return match[0]
    return ""
