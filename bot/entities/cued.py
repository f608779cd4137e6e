"""Patterns behind a cue, for texts that hardly ever match: most news names no document's number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cued:
    """A pattern that is tried only where its cue is found; every match must hold the cue.

    A cue that opens with characters is looked for several times faster than a pattern that opens
    with a word's boundary.
    """

    cue: re.Pattern[str]
    pattern: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The pattern's matches, in order."""
        return self.pattern.finditer(text) if self.cue.search(text) else iter(())


def cued(cue: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Cued:
    """Both compiled; the flags are the pattern's alone."""
    return Cued(re.compile(cue), re.compile(pattern, flags))
