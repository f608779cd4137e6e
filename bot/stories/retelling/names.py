"""Names of several words as a text writes them, so that no two of them are crossed."""

import re
from collections.abc import Iterator

from bot.stories.lexicon import MONTHS, STOPWORDS
from bot.text.calendar import WEEKDAYS

_CAPITAL = re.compile(r"[^\W\d_][\w-]*(?:['’]s\b)?")
_BETWEEN = re.compile(r" (?:[A-Z]\. )?")
_TITLE = re.compile(r"(?<=\bMr|\bMs|\bDr|\bLt|\bSt)\. |(?<=\bMrs|\bSen|\bRep|\bGov|\bGen|\bCol)\. ")
_NO_PART = frozenset({*STOPWORDS, *MONTHS, *WEEKDAYS})


def joined_names(text: str) -> list[tuple[str, ...]]:
    """Runs of two and more words with capitals, such as ("Mayor", "Ines", "Orr"), no initials.

    Days, months and small words end a run, and so does a possessive: “Anthropic's Amodei” is two.
    """
    return [run for run in _runs(text) if len(run) > 1]


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    run: list[str] = []
    end = -1
    for match in _CAPITAL.finditer(text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        is_part = word[0].isupper() and word.lower() not in _NO_PART and len(word) > 1
        goes_on = bool(run) and _joins(text, end, match.start())
        if not (is_part and goes_on):
            yield tuple(run)
            run = []
        if is_part:
            run.append(word)
            end = match.end()
            if word != match[0]:
                yield tuple(run)
                run = []
    yield tuple(run)


def _joins(text: str, end: int, start: int) -> bool:
    """Whether a name may go on over what stands between, such as an initial or a title's stop."""
    return any(pattern.fullmatch(text, end, start) for pattern in (_BETWEEN, _TITLE))
