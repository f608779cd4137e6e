"""The guard: what a language model wrote is believed only where the source bears it out.

Every number, name and quotation must stand in the source, most other words too, and the answer
must be about what the extractive summary is about. A wrong “not” it cannot see: hence the last
rule, that words of denial must stand in the source as well.
"""

import re

from bot.errors import PolicywireError
from bot.stories.claims.figures import figures_in
from bot.stories.keyterms import terms_of
from bot.stories.lexicon import NUMBERS
from bot.stories.lookback import refers_back
from bot.stories.summary import MOST_CHARACTERS, MOST_SENTENCES
from bot.text.sentences import sentences

_SAME_MATTER = 0.25
"""Share of the extractive summary's terms that the answer must hold."""
_KNOWN = 0.75
"""Share of the answer's terms that must stand in the source."""
_MARKUP = re.compile(r"https?:|www\.|[<>`@#*_\[\]{}|\\]|\n")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
_DENIES = frozenset({"not", "no", "never", "without", "neither", "nor", "nobody", "none", "cannot"})
_MARKS = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " "})


class Refused(PolicywireError):
    """An answer that the source does not bear out; the extractive summary is used."""


def accepted(answer: str, title: str, text: str, extractive: tuple[str, ...]) -> tuple[str, ...]:
    """The answer's sentences; raises Refused with the first thing in it that cannot be trusted."""
    answer = " ".join(answer.strip().split(" "))
    found = tuple(sentence.text for sentence in sentences(answer))
    _check_form(answer, found)
    source = _plain(f"{title}\n{text}")
    said = _plain(answer)
    _check_quotations(answer, source)
    _check_numbers(answer, said, source)
    _check_names(answer, source)
    _check_matter(answer, source, extractive)
    return found


def _check_form(answer: str, found: tuple[str, ...]) -> None:
    if not 1 <= len(found) <= MOST_SENTENCES or len(answer) > MOST_CHARACTERS:
        raise Refused(f"{len(found)} sentences of {len(answer)} characters")
    if markup := _MARKUP.search(answer):
        raise Refused(f"markup or a link: {markup[0]!r}")
    if refers_back(found[0]):
        raise Refused("it opens with a reference")


def _check_quotations(answer: str, source: str) -> None:
    if answer.count("“") != answer.count("”") or answer.count('"') % 2:
        raise Refused("a quotation that is not closed")
    for match in _QUOTED.finditer(answer):
        words = _plain(match[1] or match[2] or "").strip(" .,")
        if words not in source:
            raise Refused(f"a quotation that nobody said: {words!r}")


def _check_numbers(answer: str, said: str, source: str) -> None:
    if missing := _numbers(said) - _numbers(source):
        raise Refused(f"a number that is not there: {min(missing)}")
    known = {(figure.unit, figure.amounts) for figure in figures_in(source)}
    for figure in figures_in(answer):
        # A number of the source with another unit: "$3 million" of "3 percent".
        in_money = figure.unit.isupper() or figure.unit == "%"
        if in_money and (figure.unit, figure.amounts) not in known:
            raise Refused(f"a figure that is not there: {figure.written}")


def _numbers(text: str) -> set[str]:
    found = {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)}
    words = (word.lower() for word in _WORD.findall(text))
    return found | {NUMBERS[word] for word in words if word in NUMBERS}


def _check_names(answer: str, source: str) -> None:
    words = _WORD.findall(source)
    written = set(words) | {part for word in words for part in word.split("-")}
    lowered = {word.lower() for word in written}
    starts = {sentence.start for sentence in sentences(answer)}
    for match in _WORD.finditer(answer):
        word = _plain(match[0]).removesuffix("'s")
        opens = match.start() in starts or answer[match.start() - 1] in '“"('
        is_there = word in written or f"{word}'s" in written
        if word[0].isupper() and not (is_there or (opens and not _is_name(word, lowered))):
            raise Refused(f"a name that is not there: {word}")


def _is_name(word: str, lowered: set[str]) -> bool:
    """Whether a word that opens a sentence may be a name, for no other sense of it is known."""
    return word.lower() not in lowered and bool(terms_of(word))


def _check_matter(answer: str, source: str, extractive: tuple[str, ...]) -> None:
    said, there = terms_of(answer), terms_of(source)
    if len(said & there) < _KNOWN * len(said):
        raise Refused("words that are not there: " + ", ".join(sorted(said - there)[:5]))
    about = terms_of(" ".join(extractive))
    if len(said & about) < _SAME_MATTER * len(about):
        raise Refused("it is about something else")
    denied = {word.lower() for word in _WORD.findall(answer)} & _DENIES
    there_denied = {word.lower() for word in _WORD.findall(source)}
    if not denied <= there_denied:
        raise Refused("it denies what the source does not")


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())
