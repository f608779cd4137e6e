"""What a text denies: the word right after “not”, “no”, “never”, “refused to”."""

import re
from collections.abc import Iterator

from bot.stories.keyterms import seen_in

_DENIAL = re.compile(
    r"(?i)\b(?:not|no|never|nor|neither|nobody|none|without|cannot|\w+n['’]t|refus(?:es?|ed|ing)"
    r"|declin(?:es?|ed|ing)|fail(?:s|ed|ing)?|den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?)\b"
)
_REACH = 40
"""Characters after a word of denial in which what it denies begins."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE = re.compile(r"[.,;:!?—]")


def denied_in(text: str) -> frozenset[str]:
    """The stems that stand denied somewhere."""
    return frozenset(term for _, term in _denied(text))


def said_in(text: str) -> frozenset[str]:
    """The stems that stand somewhere without being denied."""
    spans = [span for span, _ in _denied(text)]
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return frozenset(one.term for part in kept for one in seen_in(part))


def _denied(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """From each word of denial to the end of the first telling word after it, with its stem; or of
    the next word, where none of its clause is telling.
    """
    at = 0
    for match in _DENIAL.finditer(text):
        if match.start() < at:
            continue
        after = text[match.end() : match.end() + _REACH]
        clause = _CLAUSE.search(after)
        if clause:
            after = after[: clause.start()]
        words = list(_WORD.finditer(after))
        telling = next((word for word in words if seen_in(word[0])), words[0] if words else None)
        if telling is not None:
            at = match.end() + telling.end()
            found = seen_in(telling[0])
            yield (match.start(), at), found[0].term if found else telling[0].lower()
