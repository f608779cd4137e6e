"""The figures of a sentence: sums of money, shares, votes, counts of things, spans of time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.entities.extract.figures import sums_in
from bot.stories.stems import stem

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED = {word: number for number, word in enumerate(_ONES, start=1)}
_SPELLED |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_WORDS = f"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES)})"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,4})?"
# "S. 5973 gives", "Article 50 obligations": the number of a document or of its part.
_OF_DOCUMENT = (
    r"(?<!\b[SR]\. )(?<!\bNo\. )(?<!\bSec\. )(?<!\bArt\. )(?<!\bSection )(?<!\bArticle )"
    r"(?<!\bTitle )(?<!\bPart )(?<!\bRule )(?<!\bnumber )(?<!\bNumber )"
)
_NUMBER = rf"(?<![\w.,$€£¥#:/’'-]){_OF_DOCUMENT}(?P<number>(?i:{_WORDS})\b|{_DIGITS})"
_SHARE = re.compile(
    rf"{_NUMBER}[ \u00a0-]?(?P<unit>%|per ?cent\b|pct\b|(?:percentage|basis) points?\b)"
)
_VOTE = re.compile(
    rf"{_NUMBER}(?:[-–—]| to | votes? to )(?P<against>(?:{_WORDS}|\d{{1,3}})\b)(?![-–—.,]?\d)"
)
_VOTING = re.compile(
    r"(?i)\b(?:vot|pass(?:ed|age|es the)\b|approv|rul|decid|decision|split|majority|panel|reject)"
)
_COUNT = re.compile(
    rf"{_NUMBER}(?: (?P<scale>thousand|million|billion|trillion))?"
    r"(?:-(?P<joined>[a-z]{3,})\b|(?P<after>(?: [a-z][a-z’'-]+){1,3}))"
)
_SIZE = re.compile(rf"(?i)\b(?P<unit>magnitude|category|level)(?: of)? {_NUMBER}")
_IRREGULAR = frozenset({"people", "men", "women", "children", "troops", "staff", "police", "feet"})
_NO_NOUN = frozenset({
    "a", "across", "always", "an", "and", "are", "as", "at", "be", "been", "before", "but", "by",
    "does", "for", "from", "had", "has", "have", "if", "in", "into", "is", "its", "less", "more",
    "of", "on", "or", "over", "per", "than", "that", "the", "this", "to", "under", "was", "were",
    "when", "which", "who", "will", "with", "would",
})  # fmt: skip
_BEFORE = re.compile(r"(?i)(?:[\w’'-]+ ){0,2}[\w’'-]+ ?$")
_AT_LEAST = re.compile(
    r"(?i)\b(?:at least|(?<!\bno )(?<!\bnot )(?:more than|over|above)|upwards? of"
    r"|not? (?:fewer|less) than|(?<!\bnot )(?<!\bto )exceed\w*)(?: an?)? ?$"
)
_AT_MOST = re.compile(
    r"(?i)\b(?:up to|nearly|almost|under|less than|fewer than|below|as (?:much|many) as|at most"
    r"|close to|not? (?:more than|over|above)|not (?:to )?exceed\w*|maximum of)(?: an?)? ?$"
)
_ABOUT = re.compile(
    r"(?i)\b(?:about|around|roughly|some|approximately|an estimated|estimated|or so)(?: an?)? ?$"
)
_OF_MORE = re.compile(
    r"(?i)\b(?:first|last|next|other|another|additional|remaining|final|further|extra)(?: the)? ?$"
)
_CHANGED_BY = re.compile(
    r"(?i)\b(?:by|up|down)(?: (?:about|around|roughly|nearly|almost|some|only|just|over|an?))? ?$"
)
_APART = re.compile(r"(?i)-(?:year|month|week|day)s?[- ]old\b")
_DENIED = re.compile(r"(?i)\b(?:not|rather than|instead of|as opposed to)(?: the| an?)? ?$")
_PART_OF = re.compile(rf"(?i)(?:\d|\b{_WORDS}) of $")
_SPANS = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "decades"})
_AGO = re.compile(r"(?i) (?:ago|earlier|later|before|after)\b")


class Bound(StrEnum):
    """How exact a figure is meant."""

    EXACT = "exact"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOUT = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of some unit where it stands in a sentence; a vote has two amounts.

    `unit` is a currency (ISO 4217), "%", "vote", or the stem of what is counted. `of_more` says
    that it is told as a part, as in "the first eight" or "another 20".
    """

    start: int
    end: int
    written: str
    amounts: tuple[float, ...]
    unit: str
    bound: Bound = Bound.EXACT
    digits: int
    """Significant digits, for telling a rounded figure from an exact one."""
    of_more: bool = False
    is_change: bool = False
    """Told as a difference: “grew by $1.7 billion”, “up 14%”."""
    is_denied: bool = False
    """What it is not: “$200 million, not $250 million”."""

    def agrees_with(self, other: "Figure") -> bool:
        """Whether both may be right: equal, one the other rounded, or within its bound."""
        if self.amounts == other.amounts:
            return True
        if len(self.amounts) != 1 or len(other.amounts) != 1:
            return False
        return _allows(self, other) or _allows(other, self)


def figures_in(sentence: str) -> list[Figure]:
    """The figures of a sentence in order; no two overlap, money before shares before counts."""
    found: list[Figure] = []
    for figure in _all(sentence):
        if all(figure.end <= other.start or other.end <= figure.start for other in found):
            found.append(figure)
    return sorted(found, key=lambda figure: figure.start)


def number_of(written: str) -> float:
    """The amount of a number in digits or in words below a hundred."""
    if written[0].isdigit():
        return float(written.replace(",", ""))
    return float(sum(_SPELLED[part] for part in written.lower().split("-")))


def _all(sentence: str) -> Iterator[Figure]:
    for (start, end), money in sums_in(sentence):
        yield _figure(sentence, (start, end), (money.amount,), money.currency)
    for match in _SHARE.finditer(sentence):
        unit = "points" if "point" in match["unit"] else "%"
        yield _figure(sentence, match.span(), (number_of(match["number"]),), unit)
    if _VOTING.search(sentence):
        for match in _VOTE.finditer(sentence):
            sides = sorted((number_of(match["number"]), number_of(match["against"])), reverse=True)
            yield _figure(sentence, match.span(), tuple(sides), "vote")
    for match in _SIZE.finditer(sentence):
        span = match.start("unit"), match.end()
        yield _figure(sentence, span, (number_of(match["number"]),), stem(match["unit"].lower()))
    for match in _COUNT.finditer(sentence):
        if counted := _counted(match):
            end, noun = counted
            amount = number_of(match["number"]) * _SCALES.get(match["scale"] or "", 1.0)
            if not (1900 <= amount <= 2100 and match["number"].isdigit()):
                yield _figure(sentence, (match.start(), end), (amount,), noun)


def _counted(match: re.Match[str]) -> tuple[int, str] | None:
    """Where the words for what is counted end, and their noun's stem."""
    if _PART_OF.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    if match["joined"]:
        apart = _APART.match(match.string, match.end("number"))
        return None if apart else (match.end("joined"), stem(match["joined"]))
    at = match.start("after")
    for word in match["after"].split():
        at += 1 + len(word)
        if word in _NO_NOUN:
            return None
        is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "’s", "'s"))
        if is_plural or word in _IRREGULAR:
            # Spans that are told from the day of writing differ with that day.
            told_from_now = word in _SPANS and _AGO.match(match.string, at)
            return None if told_from_now else (at, stem(word))
    return None


def _figure(sentence: str, span: tuple[int, int], amounts: tuple[float, ...], unit: str) -> Figure:
    start, end = span
    found = _BEFORE.search(sentence, max(0, start - 40), start)
    before = found[0] if found else ""
    return Figure(
        start=start,
        end=end,
        written=" ".join(sentence[start:end].split()),
        amounts=amounts,
        unit=unit,
        bound=_bound(before),
        digits=_digits(sentence[start:end]),
        of_more=_OF_MORE.search(before) is not None,
        is_change=unit != "vote" and _CHANGED_BY.search(before) is not None,
        is_denied=_DENIED.search(before) is not None,
    )


def _bound(before: str) -> Bound:
    for pattern, bound in (
        (_AT_LEAST, Bound.AT_LEAST),
        (_AT_MOST, Bound.AT_MOST),
        (_ABOUT, Bound.ABOUT),
    ):
        if pattern.search(before):
            return bound
    return Bound.EXACT


def _digits(written: str) -> int:
    found = re.search(r"\d[\d,.]*", written)
    return len(found[0].replace(",", "").replace(".", "").strip("0")) if found else 1


def _allows(one: Figure, other: Figure) -> bool:
    """Whether the first, as loosely as it is meant, may stand for the second."""
    [meant], [found] = one.amounts, other.amounts
    off = abs(found - meant) / max(abs(meant), abs(found), 1e-9)
    if one.digits < other.digits and off <= (0.06 if one.digits == 1 else 0.02):
        return True
    match one.bound:
        case Bound.AT_LEAST:
            return found >= meant
        case Bound.AT_MOST:
            return meant * 0.85 <= found <= meant
        case Bound.ABOUT:
            return off <= 0.15
        case Bound.EXACT:
            return False
