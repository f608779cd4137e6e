"""How much an article is about AI policy, from 0 to 1, with the reasons.

The lexicons say what is evidence of AI, of policy and of other news, and about how much; how these
decide together was learned from news read by people (`bench/learn_relevance.py`). The chance so
found is put on a scale on which 0.5 is AI policy and the top is kept for what a whole newsroom
should hear of at once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model.articles import Reason, strongest
from bot.model.entities import RecognisedEntity
from bot.relevance.evidence import Witness
from bot.relevance.features import (
    LEAD,
    SIDES,
    Weighed,
    Weights,
    chance,
    features,
    terms,
    weigh,
    words_of,
)
from bot.relevance.topics import Topics
from bot.text.scan import Literal, Scanned

THRESHOLD = 0.5
"""From here on an article counts as AI policy unless a subscription says otherwise."""
_ORDINARY = 0.89
"""The most that an ordinary story makes; more takes a weighty act in the title."""
_CLEAR = 0.9
"""The chance from which a weighty act makes 0.9 and more."""
_TOLD_FROM = 0.2
"""So much of a loss is named among the reasons."""
_WORD_TOLD_FROM = 0.15
"""A title's word that moves the chance by so much is named among them."""
_TOPIC_FROM = 0.25
_LATIN, _OTHER_LETTERS = re.compile(r"[A-Za-z]{3}"), re.compile(r"[^\W\d_\u0000-\u024f]")
_MOST_REASONS = 12


class Experience(Protocol):
    """What was learned of evidence."""

    def chance(
        self,
        values: Mapping[str, float],
        found: Mapping[str, Sequence[str]],
        words: Iterable[str] = (),
    ) -> float:
        """How likely an article of these features, terms and words is AI policy, from 0 to 1."""
        ...

    def leaning(self, word: str) -> float:
        """How far a title's word leans, from -1 (other news) to 1 (AI policy); 0 if unknown."""
        ...

    def share(self, side: str, term: str) -> float:
        """What a term turned out to be worth: 1 as the lexicon has it, from 0 to 2."""
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """The relevance, why, and the policy topics that the article touches."""

    value: float
    reasons: tuple[Reason, ...] = ()
    topics: frozenset[str] = frozenset()


class Relevance:
    """Scores articles with one set of lexicons."""

    def __init__(self, topics: Topics, experience: Experience) -> None:
        self._witness, self._experience = Witness(topics), experience

    def literals(self) -> Sequence[Literal]:
        """What the scanner must look for in group `topic`."""
        return self._witness.literals()

    def score(self, scanned: Scanned, entities: Iterable[RecognisedEntity]) -> Score:
        """The relevance by title and text; entities of one workspace alone do not count."""
        evidence = self._witness.find(scanned, entities)
        if evidence is None:
            return Score(0.0)
        title = scanned.field("title").plain
        text = scanned.field("text").plain
        if _is_foreign(text):
            text = ""
        weights = weigh(evidence, len(text))
        if not weights.strength:
            return Score(0.0)
        words = words_of(scanned.field("title"), weights)
        likely = self._experience.chance(features(title, text, weights), terms(weights), words)
        weighty = any(w.piece.weighty and w.place == "title" for w in weights.policy)
        value = _on_scale(likely, weighty=weighty)
        return Score(round(value, 3), self._reasons(weights, words), _topics(weights.topical))

    def _reasons(self, weights: Weights, words: Iterable[str]) -> tuple[Reason, ...]:
        """The weightiest pieces of all sides; what speaks against weighs less than nothing."""
        found = [
            Reason(
                term=each.piece.term,
                where=each.place,
                weight=round(sign * min(1.0, each.adds * self._share(side, each)), 3),
            )
            for sign, side, weighed in zip((1, 1, -1), SIDES, weights[:3], strict=True)
            for each in weighed
        ]
        found += [
            Reason(term=word, where="title", weight=round(leaning, 3))
            for word in words
            if abs(leaning := self._experience.leaning(word)) >= _WORD_TOLD_FROM
        ]
        if weights.lost >= _TOLD_FROM:
            found.append(
                Reason(term="little more of it below", where="text", weight=-round(weights.lost, 3))
            )
        return tuple(strongest(found, _MOST_REASONS))

    def _share(self, side: str, each: Weighed) -> float:
        if each.piece.sort == "named":
            return 1.0
        return self._experience.share(side, each.piece.key)


def _is_foreign(text: str) -> bool:
    """Whether it is written in other letters than the lexicons: it says nothing to us, not even
    that it drops the subject.
    """
    return bool(_OTHER_LETTERS.search(text, 0, LEAD)) and not _LATIN.search(text, 0, LEAD)


def _on_scale(likely: float, *, weighty: bool) -> float:
    """Relevance from chance: the same up to 0.5, even from there, and a step for weighty acts."""
    if likely < THRESHOLD:
        return likely
    if weighty and likely >= _CLEAR:
        return 0.9 + 0.1 * (likely - _CLEAR) / (1 - _CLEAR)
    return THRESHOLD + (_ORDINARY - THRESHOLD) * (likely - THRESHOLD) / (1 - THRESHOLD)


def _topics(policy: Iterable[Weighed]) -> frozenset[str]:
    """The topics of which enough was found, pieces added up as in the score."""
    groups: dict[str, list[Weighed]] = {}
    for each in policy:
        if each.piece.topic:
            groups.setdefault(each.piece.topic, []).append(each)
    return frozenset(topic for topic, pieces in groups.items() if chance(pieces) >= _TOPIC_FROM)
