"""What one article states: every figure, date and quotation with its sentence."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.entities.extract.figures import dates_in
from bot.stories.claims.figures import Figure, figures_in
from bot.stories.claims.quotations import quotations_in
from bot.stories.claims.values import ClaimKind
from bot.stories.lexicon import MONTHS, STOPWORDS
from bot.stories.stems import stem
from bot.text.boilerplate import is_boilerplate, lead_in
from bot.text.calendar import WEEKDAY
from bot.text.sentences import Sentence, sentences

_READ_MOST = 20_000
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE = re.compile(r"[,;:—–]|\b(?:and|but|while|which)\b")
_DAY = re.compile(r"(?i)^([a-z]{3,9})\.? (\d{1,2})|^(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WEEKDAY = re.compile(rf"\b{WEEKDAY}")
_PERIOD = re.compile(
    r"(?i)\b(?:(?:first|second|third|fourth|last|previous|this) (?:quarter|half)|Q[1-4])\b"
)
_LONGEST_SENTENCE = 800
"""What goes on for longer is a table or a list run together."""
_MOST = 400
_CLAUSE_COSTS = 3
_MONTHS = frozenset(stem(month) for month in MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing stated. `key` is its value in one form; equal keys are one claim.

    `near` holds the stems of the sentence's other words, each with how near it stands (0 to 1);
    `names` those of them that are written as names; `times` holds the days and years that it tells
    of besides its value; `is_alone` says that the sentence holds no other value of its unit, and
    `beside` holds the amounts of other units.
    """

    kind: ClaimKind
    key: str
    written: str
    sentence: str
    speaker: str = ""
    figure: Figure | None = None
    near: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    is_alone: bool = True
    beside: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@lru_cache(maxsize=512)
def statements_of(title: str, text: str) -> tuple[Statement, ...]:
    """All that an article states, its headline last; boilerplate states nothing."""
    found: list[Statement] = []
    text = text[:_READ_MOST]
    parts = [part for part in sentences(text) if not is_boilerplate(part.text)]
    plain = frozenset(stem(word) for word in _WORD.findall(text) if word.islower())
    for part in parts:
        sentence = part.text[lead_in(part.text) :]
        if len(sentence) <= _LONGEST_SENTENCE:
            found += _of_sentence(sentence, plain)
    found += _quoted(text, parts)
    found += _of_sentence(title[:_LONGEST_SENTENCE], plain)
    return tuple(found[:_MOST])


def _of_sentence(sentence: str, plain: frozenset[str]) -> Iterator[Statement]:
    """Figures and dates; `plain` are stems of words that the article writes small: another word
    that opens the sentence counts as a name.
    """
    figures = [figure for figure in figures_in(sentence) if not figure.is_denied]
    words = _placed_words(sentence)
    names = frozenset(
        term
        for at, term in words
        if sentence[at].isupper() and term not in _MONTHS and (at or term not in plain)
    )
    dates = dates_in(sentence)
    times = [_times(written) for _, written in dates]
    periods = {found.lower() for found in _PERIOD.findall(sentence)}
    of_unit = Counter(figure.unit for figure in figures)
    for figure in figures:
        yield Statement(
            kind=ClaimKind.FIGURE,
            key=f"{figure.unit} {'-'.join(f'{amount:g}' for amount in figure.amounts)}",
            written=figure.written,
            sentence=sentence,
            figure=figure,
            near=_near(sentence, words, figure.start, figure.end),
            names=names,
            times=frozenset().union(*times, periods),
            is_alone=of_unit[figure.unit] == 1,
            beside={each.unit: each.amounts for each in figures if each.unit != figure.unit},
        )
    taken = [(figure.start, figure.end) for figure in figures]
    for number, ((start, end), written) in enumerate(dates):
        # "Friday" is another day in each week's reports.
        if not written.endswith("day") and not any(start < to and at < end for at, to in taken):
            yield Statement(
                kind=ClaimKind.DATE,
                key=day_of(written) or written.casefold(),
                written=written,
                sentence=sentence,
                near=_near(sentence, words, start, end),
                names=names,
                times=frozenset().union(*times[:number], *times[number + 1 :]),
                is_alone=len(dates) == 1,
            )


def _quoted(text: str, parts: list[Sentence]) -> Iterator[Statement]:
    starts = [part.start for part in parts]
    for quotation in quotations_in(text):
        first = bisect_right(starts, quotation.start) - 1
        if first < 0 or not parts:
            continue
        last = max(first, bisect_right(starts, quotation.end - 1) - 1)
        yield Statement(
            kind=ClaimKind.QUOTATION,
            key=" ".join(word.lower() for word in _WORD.findall(quotation.words)),
            written=quotation.words,
            sentence=text[parts[first].start : parts[last].end],
            speaker=quotation.speaker,
        )


def written_as(term: str, sentence: str) -> str:
    """The word of the sentence that has this stem; the stem itself where none has."""
    words = (match[0] for match in _WORD.finditer(sentence))
    return next((word for word in words if stem(_plain(word)) == term), term)


def is_day(key: str) -> bool:
    """Whether a date's key is a day of the year, which two reports can differ on."""
    return re.fullmatch(r"\d\d-\d\d", key) is not None


def day_of(written: str) -> str:
    """“March 24” and “24 Mar.” as 03-24; empty where the words name no day of a month."""
    match = _DAY.match(written)
    if match is None:
        return ""
    name, day = (match[1], match[2]) if match[1] else (match[4], match[3])
    month = 5 if name.lower() == "may" else MONTHS.get(name.lower())
    return f"{month:02}-{int(day):02}" if month and 1 <= int(day) <= 31 else ""


def _times(written: str) -> frozenset[str]:
    """The day of the year, the weekday and the year that a date's words name."""
    named = {day_of(written), *_YEAR.findall(written), *_WEEKDAY.findall(written)}
    return frozenset(named - {""})


def _placed_words(sentence: str) -> list[tuple[int, str]]:
    found = []
    for match in _WORD.finditer(sentence):
        word = _plain(match[0])
        if word not in STOPWORDS and not word[0].isdigit():
            found.append((match.start(), stem(word)))
    return found


def _near(sentence: str, words: list[tuple[int, str]], start: int, end: int) -> dict[str, float]:
    """Stems by nearness, counted in words, where a clause's bound counts for several."""
    near: dict[str, float] = {}
    for at, term in words:
        if start <= at < end:
            continue
        gap = sentence[end:at] if at >= end else sentence[at:start]
        between = gap.count(" ") + _CLAUSE_COSTS * len(_CLAUSE.findall(gap))
        near[term] = max(near.get(term, 0.0), 1 / (1 + between / 4))
    return near


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")
