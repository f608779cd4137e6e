"""Acronyms that a text itself spells out: “Mission Extension Pods (MEPs)” are no parliamentarians.

Newspapers give an acronym in brackets, or after “or”, behind the name that it stands for. Where
that name shares no word with any name of the entity, the acronym is somebody else's in the whole
text.
"""

import re
from collections.abc import Iterable

from bot.model.entities import Entity
from bot.text.fold import fold

BEFORE_ACRONYMS = ("(", ", or ")
"""What stands before an acronym where a text introduces it."""
_LONGEST = 6
_REACH = 120
"""Characters before the bracket in which the name is looked for."""
_TELLING = 4
"""Letters from which a word is more than “of” and “the”."""
_WORD = re.compile(r"[^\W\d_][\w'’&.-]*")


def is_spelled_out_otherwise(text: str, start: int, end: int, entity: Entity) -> bool:
    """Whether the acronym at `start` to `end` of plain `text` is introduced as another's."""
    letters = text[start:end].rstrip("s").replace(".", "")
    if not letters.isupper() or not 1 < len(letters) <= _LONGEST:
        return False
    name = _spelling(letters, text[max(0, start - _REACH) : start])
    return bool(name) and name.isdisjoint(_telling(_names(entity)))


def _spelling(letters: str, before: str) -> frozenset[str]:
    """The telling words of the name that ends before the bracket; none where the initials differ.

    Small words (“of the”) may be left out of the acronym.
    """
    words = _WORD.findall(before)
    left = len(letters)
    for place in range(len(words) - 1, -1, -1):
        if words[place][0] == letters[left - 1]:
            left -= 1
        elif words[place][0].isupper():
            break
        if left == 0:
            return _telling(words[place:])
    return frozenset()


def _names(entity: Entity) -> Iterable[str]:
    for name in (entity.name, *(alias.text for alias in entity.aliases)):
        yield from name.split()


def _telling(words: Iterable[str]) -> frozenset[str]:
    """The words that tell one name from another, folded and without their endings."""
    folded = (fold(word).text.rstrip(".,'s") for word in words)
    return frozenset(word for word in folded if len(word) >= _TELLING)
