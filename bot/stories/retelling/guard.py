"""The guard: what a language model wrote is believed only where the source bears it out.

Every number with its unit, every day, name and quotation must stand in the source, a quotation
with its speaker, most other words too, and the answer must be about what the extractive summary is
about. It may deny only what the source denies, must not say what the source only denies, nor turn
around who did something to whom, or what was done.
"""

import re
import unicodedata

from bot.entities.extract.figures import dates_in
from bot.errors import PolicywireError
from bot.stories.bodies import bodies
from bot.stories.claims.figures import figures_in
from bot.stories.claims.quotations import quotations_in
from bot.stories.claims.statements import day_of
from bot.stories.keyterms import terms_of
from bot.stories.lexicon import NUMBERS
from bot.stories.lookback import refers_back
from bot.stories.retelling.denials import denied_in, said_in
from bot.stories.retelling.names import joined_names
from bot.stories.retelling.opposites import opposite_told
from bot.stories.retelling.roles import turned_around
from bot.stories.retelling.telling import addressed, turned_score, untold_by
from bot.stories.summary import MOST_CHARACTERS, MOST_SENTENCES
from bot.text.sentences import sentences

_SAME_MATTER = 0.25
"""Share of the extractive summary's terms that the answer must hold."""
_KNOWN = 0.75
"""Share of the answer's terms that must stand in the source."""
_MARKUP = re.compile(r"https?:|www\.|[<>`@#*_\[\]{}|\\]|\n|\w\.[a-z]{2,}\b")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
_MARKS = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " "})


class Refused(PolicywireError):
    """An answer that the source does not bear out; the extractive summary is used."""


def accepted(answer: str, title: str, text: str, extractive: tuple[str, ...]) -> tuple[str, ...]:
    """The answer's sentences; raises Refused with the first thing in it that cannot be trusted."""
    answer = " ".join(answer.strip().split(" "))
    found = tuple(sentence.text for sentence in sentences(answer))
    _check_form(answer, found)
    # A headline has no stop; without one it would run into the sentence that follows it.
    source = _plain(f"{title.rstrip()}. {text}" if title[-1:].isalnum() else f"{title} {text}")
    said = _plain(answer)
    _check_quotations(answer, source)
    _check_speakers(answer, source)
    _check_numbers(said, source)
    _check_names(answer, source)
    _check_denials(answer, source)
    if deed := turned_around(answer, source):
        raise Refused(f"who did it to whom is turned around: {' '.join(deed)}")
    if word := opposite_told(answer, source):
        raise Refused(f"the opposite of what the source tells: {word}")
    _check_telling(said, source)
    _check_bodies(answer, f"{title} {' '.join(extractive)}")
    _check_matter(answer, source, extractive)
    return found


def _check_form(answer: str, found: tuple[str, ...]) -> None:
    if not 1 <= len(found) <= MOST_SENTENCES or len(answer) > MOST_CHARACTERS:
        raise Refused(f"{len(found)} sentences of {len(answer)} characters")
    if markup := _MARKUP.search(answer):
        raise Refused(f"markup or a link: {markup[0]!r}")
    if any(unicodedata.category(char) in {"Cc", "Cf"} for char in answer):
        raise Refused("a character that does not show")
    if refers_back(found[0]):
        raise Refused("it opens with a reference")


def _check_quotations(answer: str, source: str) -> None:
    if answer.count("“") != answer.count("”") or answer.count('"') % 2:
        raise Refused("a quotation that is not closed")
    for match in _QUOTED.finditer(answer):
        words = _plain(match[1] or match[2] or "").strip(" .,")
        if words not in source:
            raise Refused(f"a quotation that nobody said: {words!r}")


def _check_speakers(answer: str, source: str) -> None:
    """Who is quoted must be named where the source quotes, or before it says “he said”."""
    told = [sentence.text for sentence in sentences(source)]
    for quotation in quotations_in(answer):
        words = _plain(quotation.words).strip(" .,")
        for number, sentence in enumerate(told):
            if quotation.speaker and words in sentence:
                around = _names_in(sentence) or _names_in(
                    " ".join(told[max(0, number - 2) : number])
                )
                if around and not around & set(quotation.speaker.split()):
                    raise Refused(f"a quotation of another: {quotation.speaker}")


def _names_in(text: str) -> set[str]:
    bare = _QUOTED.sub(" ", text)
    return {word.removesuffix("'s") for word in _WORD.findall(bare) if word[0].isupper()}


def _check_numbers(said: str, source: str) -> None:
    if missing := _numbers(said) - _numbers(source):
        raise Refused(f"a number that is not there: {min(missing)}")
    known = {(figure.unit, figure.amounts) for figure in figures_in(source)}
    for figure in figures_in(said):
        # A number of the source with another unit: "$3 million" of "3 percent".
        if (figure.unit, figure.amounts) not in known:
            raise Refused(f"a figure that is not there: {figure.written}")
    days = {day_of(written) for _, written in dates_in(source)}
    for _, written in dates_in(said):
        if day_of(written) not in {*days, ""}:
            raise Refused(f"a day that is not there: {written}")


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
    small = {word for word in words if word.islower()}
    known = [*joined_names(source), *((word,) for word in written)]
    for name in joined_names(answer):
        # A word that only opens the sentence is no part: "Federal Judge Rita Lin".
        parts = tuple(word for word in name if word.lower() not in small)
        if not any(_stands_in(parts, one) for one in known):
            raise Refused(f"a name that is not there: {' '.join(name)}")


def _stands_in(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether all its words stand there in this order, as “Mayor Orr” does in “Mayor Ines Orr”."""
    rest = iter(other)
    return all(word in rest for word in name)


def _is_name(word: str, lowered: set[str]) -> bool:
    """Whether a word that opens a sentence may be a name, for no other sense of it is known."""
    return word.lower() not in lowered and bool(terms_of(word))


def _check_telling(said: str, source: str) -> None:
    if name := untold_by(said, source):
        raise Refused(f"{name} says nothing there")
    if score := turned_score(said, source):
        raise Refused(f"a vote is turned around: {score}")
    if word := addressed(said):
        raise Refused(f"it speaks to the reader: {word}")


def _check_bodies(answer: str, news: str) -> None:
    """The chamber or court that acts is the news' own: a later one is named beside it at most."""
    said, there = bodies(answer), bodies(news)
    for kind in {kind for kind, _ in said} & {kind for kind, _ in there}:
        ours = {body for body in said if body[0] == kind}
        if not ours & there:
            raise Refused(f"another {kind} than the news tells of: {min(ours)[1]}")


def _check_matter(answer: str, source: str, extractive: tuple[str, ...]) -> None:
    said, there = terms_of(answer), terms_of(source)
    if len(said & there) < _KNOWN * len(said):
        raise Refused("words that are not there: " + ", ".join(sorted(said - there)[:5]))
    about = terms_of(" ".join(extractive))
    if len(said & about) < _SAME_MATTER * len(about):
        raise Refused("it is about something else")


def _check_denials(answer: str, source: str) -> None:
    denied, there_denied = denied_in(answer), denied_in(source)
    if wrongly := denied - there_denied:
        raise Refused(f"it denies what the source does not: {min(wrongly)}")
    if claimed := (said_in(answer) & there_denied) - said_in(source):
        raise Refused(f"it says what the source denies: {min(claimed)}")


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())
