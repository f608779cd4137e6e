"""A text → what is due when: days and terms of its sentences that speak of what is to come."""

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from bot.model import Article, Deadline
from bot.stories.deadlines import cues
from bot.stories.deadlines.dates import Day, days_in
from bot.stories.deadlines.terms import terms_in
from bot.stories.deadlines.zones import zone_of_outlet
from bot.text.boilerplate import is_boilerplate
from bot.text.sentences import sentences

_READ_MOST = 40_000
_LONGEST_SENTENCE = 1_200
_FARTHEST_YEARS = 15
# Where another thought begins, its verbs say nothing of the day.
_CLAUSE = re.compile(
    r"[;:—]|,\s+(?:and|but|while|which|who|whose|after|although|though)\b|\bwhile\b"
)


def read_deadlines(article: Article) -> tuple[Deadline, ...]:
    """What the article says is due after its publication, in order; each day once."""
    zone, published = zone_of_outlet(article.url), article.published.at
    found: dict[date, Deadline] = {}
    for sentence in [article.title, *_sentences(article.text)]:
        due = in_sentence(sentence, published, zone)
        # Asked last: of most sentences nothing is due, and this costs more than finding that out.
        if due and is_boilerplate(sentence):
            continue
        for deadline in due:
            # An hour or a named day is worth more than one that was counted.
            known = found.get(deadline.day)
            if known is None or (deadline.at and not known.at) or (known.about > deadline.about):
                found[deadline.day] = deadline
    return tuple(found.values())


def _sentences(text: str) -> Iterator[str]:
    for sentence in sentences(text[:_READ_MOST]):
        if len(sentence.text) <= _LONGEST_SENTENCE:
            yield sentence.text


def in_sentence(sentence: str, published: datetime, zone: tzinfo) -> list[Deadline]:
    """What one sentence says is due after publication, in its order; each day once.

    `zone` is where the outlet's clocks stand; `published` must be aware.
    """
    local = published.astimezone(zone)
    found: dict[date, Deadline] = {}
    for start, end, day, at, about in [
        *_dated(sentence, local, zone),
        *_spanned(sentence, local.date()),
    ]:
        passed = at <= published if at else day < local.date()
        if passed or day.year - local.year > _FARTHEST_YEARS:
            continue
        due = Deadline(day=day, at=at, about=about, sentence=sentence, start=start, end=end)
        found.setdefault(day, due)
    return sorted(found.values(), key=lambda due: due.start)


_Found = tuple[int, int, date, datetime | None, bool]


def _dated(sentence: str, local: datetime, zone: tzinfo) -> Iterator[_Found]:
    for named in days_in(sentence, local.date()):
        day = _day_due(sentence, named)
        if day is not None:
            yield named.start, named.end, day, named.instant(day, zone), False


def _spanned(sentence: str, published: date) -> Iterator[_Found]:
    for term in terms_in(sentence, published):
        yield term.start, term.end, term.day, None, True


def _day_due(sentence: str, named: Day) -> date | None:
    """The day, where the words around it speak of what is to come."""
    clause = _clause_before(sentence, named.start)
    right = sentence[named.end :]
    if cues.CANCELLED.search(clause) or cues.CANCELLED.search(_clause_after(right)):
        return None
    if _is_figure_of_speech(sentence, clause, named):
        return None
    if cues.OWNS.match(right) or cues.SUPERSEDED.search(clause) or cues.MOVED.match(right):
        return None
    return _by_form(clause, right, named)


def _is_figure_of_speech(sentence: str, clause: str, named: Day) -> bool:
    """“At the end of the day”, or that of another day, which is named next; and the “tomorrow” of a
    person who is quoted is any later day.
    """
    words = sentence[named.start : named.end].lower()
    if words.endswith("end of the day"):
        right = sentence[named.end :]
        return bool(cues.LOOSELY.search(clause) or cues.ON_A_DAY.match(right))
    before = sentence[: named.start]
    opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return words == "tomorrow" and opened


def _by_form(clause: str, right: str, named: Day) -> date | None:
    """By what stands right before the day or after it, then by the verb of its clause."""
    coming = cues.is_coming(clause)
    if cues.RANGED.search(clause) or (
        cues.RANGES_FROM.search(clause) and cues.RANGES_TO.match(right)
    ):
        return named.coming if coming else None
    if cues.LIMIT.search(clause):
        return _limit(clause, right, named)
    if cues.MOVED_TO.search(clause) or cues.EVENT.search(clause):
        day: date | None = named.coming
    elif named.today:
        # The news of the day, hardly ever a date to keep.
        day = None
    elif cues.ONSET.search(clause):
        day = None if coming is False else named.coming
    elif cues.DUE_NOUN.match(right):
        day = None if coming is False else named.nearest
    elif cues.NOT_DUE.search(clause):
        day = None
    elif cues.IS_THEN.search(clause):
        day = named.coming
    else:
        if coming is None:
            # “On Friday the court will …”, “A hearing Thursday will …”
            coming = cues.begins_coming(_clause_after(right))
        day = named.coming if coming else None
    return day


def _limit(clause: str, right: str, named: Day) -> date | None:
    """“By Friday”: to come, unless what is to be by then has been."""
    if cues.HAD_UNTIL.search(clause):
        return named.nearest
    coming = cues.is_coming_by(clause)
    if coming is None:
        coming = cues.begins_coming(_clause_after(right))
    if coming is False:
        return None
    return named.coming if coming else named.nearest


def _clause_before(sentence: str, at: int) -> str:
    before = sentence[:at]
    starts = [match.end() for match in _CLAUSE.finditer(before)]
    return before[starts[-1] if starts else 0 :]


def _clause_after(right: str) -> str:
    match = _CLAUSE.search(right)
    return right[: match.start()] if match else right
