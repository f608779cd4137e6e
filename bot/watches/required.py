"""What an article must have for a query to hold at all, chosen so that few articles have it."""

from dataclasses import dataclass

from bot.watches.nodes import And, Near, Node, Or, Tag, TagField, Words

_COMMON_WORDS = """
a about after again against ai all also american an and announced are artificial as at back
bank based be been before being between big billion bill business but by can case chief china
city company companies could country court data day deal department did do down during end
european even executive federal first five for former four from get global go government group
had has have he her high him his house how if in industry information intelligence
international into is it its judge just last law lead like made make man market may members
million minister model models month more most national new news no not now of office official
officials old on one only or other our out over part people plan policy political power
president president's public report right rules said say says secretary security see senate
she should since so some state states still such support system tech technology than that the
their them then there these they this those three through time to today told trump two under
united up us use used using war was washington way we week well were what when where which
while white who will with work world would year years you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words so frequent in news that nearly any text has them; a query's other terms are rarer."""

_OFTEN: dict[TagField, float] = {
    "source": 0.02,
    "entity": 0.03,
    "topic": 0.15,
    "lang": 0.03,
    "kind": 0.05,
}
_USUAL = {"lang:en": 0.9, "kind:news": 0.8}
_IN_TITLE = 0.2


def is_common(word: str) -> bool:
    """Whether nearly any English news text has the word."""
    return word.lower() in _COMMON


@dataclass(frozen=True, slots=True)
class Required:
    """Terms of which every article that matches has one; `chance` guesses how many articles do."""

    terms: tuple[Words | Tag, ...]
    chance: float


def required(node: Node) -> Required | None:
    """The rarest set of terms of which the node needs one; None when it needs none."""
    match node:
        case Words() | Tag():
            return Required((node,), chance(node))
        case Near():
            return min(_either(node.left), _either(node.right), key=lambda side: side.chance)
        case And():
            needed = [one for one in map(required, node.nodes) if one]
            return min(needed, key=lambda one: one.chance, default=None)
        case Or():
            return _either(node.nodes) if all(map(required, node.nodes)) else None
        case _:
            return None


def chance(term: Words | Tag) -> float:
    """A guess at how many articles have it; of words from the length: long ones are rare."""
    if isinstance(term, Tag):
        return _USUAL.get(term.key, _OFTEN[term.field])
    text = term.text.removesuffix("*")
    letters = len(text) - 2 * term.prefix
    guess = 0.6 if text in _COMMON else 0.5 ** (letters / 2)
    return guess * _IN_TITLE if term.title else guess


def _either(nodes: tuple[Words, ...] | tuple[Node, ...]) -> Required:
    needed = [one for one in map(required, nodes) if one]
    terms = dict.fromkeys(term for one in needed for term in one.terms)
    return Required(tuple(terms), sum(one.chance for one in needed))
