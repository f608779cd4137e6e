"""The story of which an article is a reprint: the same words in the same order, by whomever.

A feed without dates may carry a wire's report days later, under a headline of its own; that is no
new event. An update that keeps the background and tells something new at its top is no reprint.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from bot.stories.shape import Member, Shape
from bot.stories.similarity import Rarity
from bot.stories.terms import Profile

_LEAST_WORDS = 15
"""Fewer words two desks may well choose alike."""
_HELD, _IN_ORDER, _TITLED = 0.9, 0.8, 0.5
"""Shares of the words that both must hold, of neighbours that must be the same, and of the words of
one's title that the other must hold: pages of one site may share a frame, but not their title's
words."""
_COMPARED = 0.85
"""A dateline in one of them shifts the last words out of what is read of the other."""
_NEARLY_ALL = 0.5
"""Share of the article's weight that a story must hold to be looked at: cheap, and rules out most.
"""
_NO_WORD = frozenset("!#=~")
"""Marks of terms that are no words: deeds and documents."""


def by_text(
    near: Iterable[tuple[float, Shape]], article: Profile, rarity: Rarity
) -> tuple[float, Shape] | None:
    """The nearest story, open or closed, of one of whose members the article is a reprint."""
    all_weight = sum(weight * rarity[term] ** 2 for term, weight in article.terms.items())
    for share, story in near:
        if share >= _NEARLY_ALL * all_weight and is_reprint(article, story):
            return 1.0, story
    return None


def is_reprint(article: Profile, story: Shape) -> bool:
    """Whether the top of the article's text is that of a member, word for word but for a few."""
    mine = _words(tuple(article.terms), len(article.title))
    return len(mine) >= _LEAST_WORDS and any(
        _is_copy(article, mine, member) for member in story.members
    )


def _is_copy(article: Profile, mine: Sequence[str], member: Member) -> bool:
    theirs = _words(member.words, member.titled)
    if len(theirs) < _LEAST_WORDS:
        return False
    all_theirs = frozenset(member.words)
    return (
        _holds(all_theirs, mine)
        and _holds(article.terms.keys(), theirs)
        and _in_order(mine, theirs)
        and _tells(all_theirs, tuple(article.title))
        and _tells(article.terms.keys(), member.title)
    )


def _words(terms: Sequence[str], titled: int) -> list[str]:
    """The words of the text's top by first appearance."""
    words = [term for term in terms[titled:] if term[0] not in _NO_WORD]
    return words[: max(_LEAST_WORDS, int(_COMPARED * len(words)))]


def _holds(held: Collection[str], words: Sequence[str]) -> bool:
    """Whether nearly all of the words are held, and every figure: next month's notice of a meeting
    differs from this month's in its dates alone.
    """
    missing = [word for word in words if word not in held]
    is_held = len(words) - len(missing) >= _HELD * len(words)
    return is_held and not any(word[0].isdigit() for word in missing)


def _in_order(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether what both hold comes in one order; words of either's title stand in neither."""
    both = set(ours).intersection(theirs)
    pairs, others = (set(pairwise(w for w in words if w in both)) for words in (ours, theirs))
    return len(both) > 1 and len(pairs & others) >= _IN_ORDER * len(pairs)


def _tells(held: Collection[str], title: Sequence[str]) -> bool:
    words = frozenset(term for term in title if term[0] not in _NO_WORD)
    return len(words.intersection(held)) >= _TITLED * len(words)
