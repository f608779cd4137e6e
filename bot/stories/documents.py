"""The official documents that an article names, and the one that it is itself, as terms.

A register's entry (“Interim final rule; request for comments”) shares hardly a word with what the
press makes of it; the document's number in both is the sign.
"""

from collections.abc import Iterable
from sys import intern

from bot.entities.sources import is_official
from bot.entities.state_bills import without_session
from bot.model import Judged, Reference


def named(judged: Judged, top: int) -> frozenset[str]:
    """The documents that it names in its title or within the first `top` characters."""
    return frozenset(
        term_of(each)
        for each in judged.references
        if each.span.field == "title" or each.span.start < top
    )


def term_of(reference: Reference) -> str:
    """The document as a term; a state's bill without its session, which some reports of one event
    tell and others do not.
    """
    return intern(f"#{reference.kind}:{without_session(reference.id)}")


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
