"""What clustering reads of an article: weighted terms, deeds and bodies, as one Profile."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from sys import intern
from typing import NamedTuple

from bot.model import EntityKind, Field, Judged
from bot.stories.acronyms import acronyms
from bot.stories.bodies import bodies
from bot.stories.cues import BACKGROUND, TAIL
from bot.stories.deeds import add_deeds
from bot.stories.documents import as_own, named, term_of
from bot.stories.lexicon import MONTHS, NUMBERS, SCALES, STOPWORDS, SYNONYMS
from bot.stories.stems import stem
from bot.text.boilerplate import is_boilerplate
from bot.text.fold import lowered
from bot.text.sentences import sentences

READ_MOST = 640
"""Characters of a text that are read: news says what happened at its top. Reading 1,500 cost twice
as much and joined no better (docs/measurements.md)."""
_TITLE, _LEAD, _UPPER = 1.2, 1.0, 0.7
_LEAD_END = 160
_OPENING = 320
"""Characters in which a text says what was done."""
_TAIL_WEIGHT = 0.35
_BARE = 4
_BACKGROUND = 0.35
"""What a text itself calls earlier counts so much of its place's weight."""

_HEADLINE, _BESIDE_HEADLINE, _NO_HEADLINE = 1.0, 0.5, 0.7
"""Weights of deeds: of a headline, of the lead beside it, of the lead where it tells none."""
_TO_EARLIER = re.compile(r",? \b(?:after|following|a day after|days after|which|who|whose)\b")

_MATTERS = frozenset({EntityKind.CONCEPT, EntityKind.EVENT, EntityKind.LAW})
"""Of these the words count too: "designated a supply-chain risk" also says what was done."""

_ACTORS = frozenset(
    {EntityKind.PERSON, EntityKind.COMPANY, EntityKind.AGENCY, EntityKind.ORGANISATION}
)

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|[kmb]n?\b)?|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&][^\W_]+)*"
)
_start = attrgetter("start")
_POSSESSIVE = re.compile(r"['’]s?$")


class Token(NamedTuple):
    """One word or entity mention of a field: its term, and where it stands."""

    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An article as clustering sees it; `hours` is its time since the epoch.

    `actors` are the tracked people and bodies that are salient in it. `bare`: there is nothing but
    a title, so less than usual can be alike. `read` are the words of its title and its top.
    `documents` are the official ones that it names there, or is.
    """

    terms: Mapping[str, float]
    title: frozenset[str]
    deeds: Mapping[str, float]
    bodies: frozenset[tuple[str, str]]
    actors: frozenset[str]
    hours: float
    bare: bool
    read: Mapping[Field, Sequence[Token]] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    outlet: str = ""
    """Who tells it, folded; empty where nobody says."""


def profile(judged: Judged, latest: datetime | None = None) -> Profile:
    """The profile of one article; no later than `latest` (by default, when it was seen)."""
    article = judged.article
    at = min(article.published.at, latest or article.seen_at)
    weights: dict[str, float] = {}
    title: set[str] = set()
    tail = _tail_start(article.title)
    read: dict[Field, Sequence[Token]] = {
        "title": tokens(judged, "title"),
        "text": tokens(judged, "text", READ_MOST),
    }
    for token in read["title"]:
        background = token.start >= tail
        _raise(weights, token.term, _TITLE * (_TAIL_WEIGHT if background else 1.0))
        title.add(token.term)
    for token, weight in _weighted(read["text"], article.text[:READ_MOST]):
        _raise(weights, token.term, weight)
    head, clause = article.title[:tail], _first_clause(article.text)
    told = _deeds(head, clause)
    weights.update(told)
    for reference in judged.references:
        weights[term_of(reference)] = _LEAD
    documents = named(judged, READ_MOST)
    weights.update(dict.fromkeys(as_own(judged, documents), 0.0))
    return Profile(
        terms=weights,
        title=frozenset(title),
        deeds=told,
        bodies=bodies(head) or bodies(clause),
        actors=_actors(judged),
        hours=at.timestamp() / 3600,
        bare=len(weights) <= len(title) + _BARE,
        read=read,
        documents=documents,
        outlet=intern(article.outlet.casefold()),
    )


def _actors(judged: Judged) -> frozenset[str]:
    """Those whom the article is about: who acts, or is acted upon."""
    salient = judged.salient()
    return frozenset(
        intern("@" + entity.id)
        for entity in judged.entities
        if entity.kind in _ACTORS and entity.id in salient
    )


def _raise(weights: dict[str, float], term: str, weight: float) -> None:
    # A term said again counts a little more, however often: lists and transcripts stay harmless.
    known = weights.get(term)
    if known is None:
        weights[intern(term)] = weight
    else:
        weights[term] = max(known, weight) + min(known, weight) * 0.15


def _weighted(read: Sequence[Token], text: str) -> Iterator[tuple[Token, float]]:
    """The words of the text's top that are of the piece, each with the weight of its place."""
    dropped: list[tuple[int, int]] = []
    earlier: list[tuple[int, int]] = []
    for number, sentence in enumerate(sentences(text)):
        if is_boilerplate(sentence.text):
            dropped.append((sentence.start, sentence.end))
        elif number and BACKGROUND.search(lowered(sentence.text)):
            earlier.append((sentence.start, sentence.end))
    for token in read:
        if dropped and any(start <= token.start < end for start, end in dropped):
            continue
        weight = _LEAD if token.start < _LEAD_END else _UPPER
        if earlier and any(start <= token.start < end for start, end in earlier):
            weight *= _BACKGROUND
        yield token, weight


def _tail_start(title: str) -> int:
    """Where a title turns to what was before ("... after the ruling"); its end if nowhere."""
    found = TAIL.search(lowered(title))
    return found.start() if found and found.start() > len(title) // 4 else len(title)


def _deeds(head: str, clause: str) -> dict[str, float]:
    found: dict[str, float] = {}
    add_deeds(head, _HEADLINE, found)
    add_deeds(clause, _BESIDE_HEADLINE if found else _NO_HEADLINE, found)
    return {intern("!" + deed): weight for deed, weight in found.items()}


def _first_clause(text: str) -> str:
    """What the text itself gives as its news: the first sentence up to what was before."""
    sentence = text[:_OPENING].split(". ", maxsplit=1)[0]
    earlier = _TO_EARLIER.search(lowered(sentence))
    return sentence[: earlier.start()] if earlier else sentence


def tokens(judged: Judged, field: Field, most: int | None = None) -> list[Token]:
    """The terms of a field in order; an entity's mention is one term, whatever it is called.

    Another body's name gives the term of its acronym besides its words.
    """
    text = judged.article.field(field)[:most]
    mentions = sorted(
        (mention.start, -mention.end, entity.id, entity.kind in _MATTERS)
        for entity in judged.entities
        for mention in entity.mentions
        if mention.field == field and mention.end <= len(text)
    )
    found: list[Token] = []
    at = 0
    for start, negative_end, entity, matter in mentions:
        if start < at:
            continue
        found.extend(_words(text, at, start))
        at = -negative_end
        found.append(Token("@" + entity, start, at))
        if matter:
            found.extend(_words(text, start, at))
    found.extend(_words(text, at, len(text)))
    short = [
        Token(term, each.start, each.end)
        for each in acronyms(text)
        if (term := _term(each.written))
        and not any(start < each.end and -end > each.start for start, end, *_ in mentions)
    ]
    return sorted(found + short, key=_start) if short else found


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    pending: Token | None = None
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        token = Token(_term(word), match.start(), match.end())
        if pending is not None:
            joined = _joined(pending.term, token.term)
            if joined:
                yield Token(joined, pending.start, token.end)
                pending = None
                continue
            if pending.term not in MONTHS:
                yield pending
            pending = None
        if not token.term:
            continue
        if token.term[0].isdigit() or token.term in MONTHS:
            pending = token
        else:
            yield token
    if pending is not None and pending.term not in MONTHS:
        yield pending


def _joined(first: str, second: str) -> str | None:
    """A figure with its scale, or a day with its month, as one term."""
    if second in SCALES and first[0].isdigit():
        return first + SCALES[second]
    if first in MONTHS and second.isdigit() and len(second) <= 2:
        return f"{MONTHS[first]}/{int(second)}"
    if second in MONTHS and first.isdigit() and len(first) <= 2:
        return f"{MONTHS[second]}/{int(first)}"
    return None


@lru_cache(maxsize=1 << 13)
def _term(word: str) -> str:
    """The term of a word, empty for one that says nothing."""
    word = word.lower()
    if not word.isascii():
        word = word.replace("’", "'")
        word = "".join(
            c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)
        )
    if word[:1].isdigit():
        return _figure(word)
    word = _POSSESSIVE.sub("", word).replace(".", "").replace("'", "")
    if word in SCALES or word in MONTHS:
        return word
    if word in NUMBERS:
        return NUMBERS[word]
    if word in STOPWORDS or len(word) < 2:
        return ""
    root = stem(word)
    return SYNONYMS.get(root, root)


def _figure(word: str) -> str:
    word = word.replace(",", "").rstrip(".")
    number = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = word[len(number) :]
    if unit in SCALES:
        return number + SCALES[unit]
    return number if unit in {"st", "nd", "rd", "th"} else word
