"""Why an article is in its story: the terms that it shares, as the article writes them."""

from bot.model import Judged, Reason
from bot.stories.deeds import told_deeds
from bot.stories.shape import Shape
from bot.stories.similarity import Rarity
from bot.stories.terms import READ_MOST, Profile

_MOST = 5


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
    return tuple(reason for reason in reasons if once[reason.term.lower()] is reason)[:_MOST]


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
