"""Why an article is in its story: the terms that it shares, as the article writes them."""

import re
from collections.abc import Sequence

from bot.model import Judged, Reason
from bot.stories.deeds import told_deeds
from bot.stories.shape import Shape
from bot.stories.similarity import Rarity
from bot.stories.terms import READ_MOST, Profile

_MOST = 5
_LOOKED_AT = 2 * _MOST
_WORD = re.compile(r"\w+")


def shared_terms(
    judged: Judged, article: Profile, story: Shape, rarity: Rarity
) -> tuple[Reason, ...]:
    """The terms that weighed most; a weight is the term's share of all that was alike."""
    held = article.terms.keys() & story.terms
    shares = {
        term: weight * rarity[term] ** 2 for term, weight in article.terms.items() if term in held
    }
    total = sum(shares.values()) or 1.0
    written = _written(judged, article, deeds=any(term[0] == "!" for term in shares))
    heaviest = sorted(shares, key=lambda term: (-shares[term], term))
    reasons = [
        Reason(
            term=written[term],
            where="title" if term in article.title or term[0] == "!" else "text",
            weight=round(shares[term] / total, 3),
        )
        for term in heaviest
        if term in written
    ]
    once = {reason.term.lower(): reason for reason in reversed(reasons)}
    return _told_once([reason for reason in reasons if once[reason.term.lower()] is reason])


def _told_once(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The first few that tell a reader something: “Judge Mara Velten” says “Velten” too."""
    telling = [reason for reason in reasons if _tells(reason.term)] or reasons
    first = [(one, frozenset(_WORD.findall(one.term.lower()))) for one in telling[:_LOOKED_AT]]
    told = [one for one, words in first if not any(words < more for _, more in first)]
    return tuple(told[:_MOST])


def _tells(term: str) -> bool:
    """Not so a part of a number, such as “cv”; “AI” and two characters of Chinese do."""
    return len(term) > 2 or term.isupper() or not term.isascii()


def _written(judged: Judged, article: Profile, *, deeds: bool) -> dict[str, str]:
    """How the article writes each of its terms; deeds are looked for only where asked."""
    found: dict[str, str] = {f"#{r.kind}:{r.id}": r.label for r in judged.references}
    for field, tokens in article.read.items():
        text = judged.article.field(field)
        for token in tokens:
            found.setdefault(token.term, text[token.start : token.end])
        for told in told_deeds(text[:READ_MOST]) if deeds else ():
            found.setdefault("!" + told.deed, told.written)
    return found
