"""The stem of an English word."""

import re
from functools import lru_cache

_VOWEL = re.compile("[aeiouy]")
_IRREGULAR = {
    form: base
    for base, *forms in (
        line.split()
        for line in """
            agree agreed
            break broke broken
            build built
            buy bought
            choose chose chosen
            die died dying
            draw drew drawn
            fight fought
            flee fled
            forbid forbade forbidden
            freeze froze frozen
            hide hid hidden
            hold held
            leave left
            lead led
            lose lost
            meet met
            pay paid
            sell sold
            seek sought
            send sent
            shoot shot
            spend spent
            steal stole stolen
            strike struck
            sue sued suing
            teach taught
            throw threw thrown
            win won
            withdraw withdrew withdrawn
            """.splitlines()
        if line.strip()
    )
    for form in forms
}
"""Verbs of news whose forms share no ending."""


@lru_cache(maxsize=1 << 13)
def stem(word: str) -> str:
    """A word without its usual English endings, so that "sues" and "sued" are one; crude."""
    word = _IRREGULAR.get(word, word)
    if len(word) > 4 and word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and word[-2] not in "su":
        word = word[:-1]
    if len(word) > 6 and word.endswith("ation"):
        return word[:-3]
    for ending in ("ing", "ion", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and _VOWEL.search(base):
            word = base
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word
