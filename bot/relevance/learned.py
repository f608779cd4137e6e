"""What was learned of evidence, read from config/relevance-weights.yaml."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, isfinite, tanh
from pathlib import Path

from bot.entities.yamlfile import Marked, read_yaml
from bot.relevance.features import FEATURES, SIDES

_FURTHEST = 30.0
"""Log-odds beyond which nothing changes, and exp() stays finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A logistic regression over FEATURES, with what single terms add, all in log-odds.

    Most terms add nothing: what the lexicon says of them is right, or too little was seen. `words`
    are a title's own words, in whatever lexicon or none: how news on this and on that is told.
    """

    bias: float
    features: Mapping[str, float]
    terms: Mapping[str, Mapping[str, float]]
    words: Mapping[str, float] = field(default_factory=dict)

    def chance(
        self,
        values: Mapping[str, float],
        found: Mapping[str, Sequence[str]],
        words: Iterable[str] = (),
    ) -> float:
        """How likely an article of these features, terms and words is AI policy, from 0 to 1."""
        odds = self.bias
        for name, value in values.items():
            odds += self.features.get(name, 0.0) * value
        for side, terms in found.items():
            known = self.terms[side]
            for term in terms:
                odds += known.get(term, 0.0)
        for word in words:
            odds += self.words.get(word, 0.0)
        return 1 / (1 + exp(-max(min(odds, _FURTHEST), -_FURTHEST)))

    def share(self, side: str, term: str) -> float:
        """What a term turned out to be worth: 1 as the lexicon has it, from 0 to 2."""
        return 2 / (1 + exp(-self.terms[side].get(term, 0.0)))

    def leaning(self, word: str) -> float:
        """How far a title's word leans, from -1 (other news) to 1 (AI policy); 0 if unknown."""
        weight = self.words.get(word)
        return tanh(weight / 4) if weight else 0.0


def load_learned(path: Path) -> Learned:
    """The weights of the file; ConfigError says file and line."""
    top = read_yaml(path)
    keys = top.mapping({"bias", "features", "terms", "words"})
    for name in ("bias", "features", "terms"):
        if name not in keys:
            raise top.error(f"needs “{name}”")
    weights = keys["features"].mapping(set(FEATURES))
    sides = keys["terms"].mapping(set(SIDES))
    return Learned(
        bias=_number(keys["bias"]),
        features={name: _number(value) for name, value in weights.items()},
        terms={
            side: {term: _number(value) for term, value in sides[side].mapping().items()}
            if side in sides
            else {}
            for side in SIDES
        },
        words=_words(keys["words"]) if "words" in keys else {},
    )


def _words(listed: Marked) -> Mapping[str, float]:
    """Words under what they weigh, as the file has them: many weigh the same."""
    found = {}
    for weight, words in listed.mapping().items():
        try:
            number = float(weight)
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            raise words.error(f"“{weight}” is no weight: expected a number")
        found.update(dict.fromkeys(words.texts(), number))
    return found


def _number(value: Marked) -> float:
    number = value.number()
    if not isfinite(number):
        raise value.error(f"expected a number, not “{value.text()}”")
    return number
