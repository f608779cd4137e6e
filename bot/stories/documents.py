"""The official documents that an article names, and the one that it is itself, as terms.

A register's entry (“Interim final rule; request for comments”) shares hardly a word with what the
press makes of it; the document's number in both is the sign.
"""

from collections.abc import Iterable
from sys import intern

from bot.entities.sources import is_official
from bot.model import Judged


def named(judged: Judged, top: int) -> frozenset[str]:
    """The documents that it names in its title or within the first `top` characters."""
    return frozenset(
        intern(f"#{each.kind}:{each.id}")
        for each in judged.references
        if each.span.field == "title" or each.span.start < top
    )


def as_own(judged: Judged, documents: Iterable[str]) -> Iterable[str]:
    """The terms by which a primary source's entry is known as the document that it is.

    That is what its address or title names; what it only cites is another's. `documents` are all
    that it names, for an entry that has its number at the top of its text.
    """
    if not is_official(judged.article.url):
        return ()
    return map(own, named(judged, 0) or documents)


def own(document: str) -> str:
    """The term of an entry that is this document itself."""
    return intern("=" + document[1:])
