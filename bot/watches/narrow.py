"""What full-text search can say of a query before the evaluator decides: it may only narrow.

The contract with the store. It indexes `indexed(title, text)`, not the texts as published: words
apart by single spaces, folded as the scanner folds, split at everything that is no letter or digit,
and each character of a script without spaces as a word of its own. On that, FTS5's `unicode61
remove_diacritics 2` and PostgreSQL's `simple` make just these words their tokens. A query's
narrowing is then a list of clauses that must ALL hold: of each, ONE word must be in the article; a
word that ends in `*` is a prefix. Every article that the evaluator matches passes.
"""

import re
import unicodedata

from bot.text.fold import fold
from bot.text.scan import joined
from bot.watches.nodes import And, Near, Node, Or, Words
from bot.watches.query import Query

Narrowing = tuple[tuple[str, ...], ...]
"""Clauses, all needed; each lists the words of which one is needed."""

_MOST_CLAUSES = 12
_MOST_WORDS = 250
_RUN = re.compile(r"[^\W_]+")


def narrow(query: Query) -> Narrowing | None:
    """The clauses that any match of the query passes; None when every article must be judged."""
    return _clauses(query.root) or None


def indexed(title: str, text: str) -> str:
    """The words of an article as they must stand in the full-text index."""
    return " ".join(_split(fold(f"{title}\n\n{text}").text))


def _clauses(node: Node) -> Narrowing:
    match node:
        case Words():
            return _of_words(node)
        case Near():
            return _kept((*_of_choice(node.left), *_of_choice(node.right)))
        case And():
            return _kept(tuple(clause for child in node.nodes for clause in _clauses(child)))
        case Or():
            return _of_choice(node.nodes)
        case _:
            return ()


def _of_words(words: Words) -> Narrowing:
    split = _split(words.text.removesuffix("*"))
    last = len(split) - 1
    return _kept(
        tuple(
            (word + "*" if words.prefix and place == last else word,)
            for place, word in enumerate(split)
            if _is_certain(word)
        )
    )


def _of_choice(nodes: tuple[Words, ...] | tuple[Node, ...]) -> Narrowing:
    """One clause out of the best clause of each branch; nothing where a branch has none."""
    branches = [_clauses(child) for child in nodes]
    if not all(branches):
        return ()
    chosen = [min(branch, key=lambda clause: (len(clause), -len(clause[0]))) for branch in branches]
    clause = tuple(dict.fromkeys(word for one in chosen for word in one))
    return (clause,) if len(clause) <= _MOST_WORDS else ()


def _kept(clauses: Narrowing) -> Narrowing:
    """Each clause once, and no more than a database plans well: short lists of long words."""
    kept = sorted(dict.fromkeys(clauses), key=lambda clause: (len(clause), -len(clause[0])))
    return tuple(kept[:_MOST_CLAUSES])


def _split(text: str) -> list[str]:
    """The runs of letters and digits, cut wherever the scanner sees a word boundary."""
    pieces: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii():
            pieces.append(run)
            continue
        start = 0
        for place in range(1, len(run)):
            if not joined(run[place - 1], run[place]):
                pieces.append(run[start:place])
                start = place
        pieces.append(run[start:])
    return pieces


def _is_certain(word: str) -> bool:
    """Whether every database takes it for one word: its letters are no newcomers to Unicode."""
    known = unicodedata.ucd_3_2_0.category
    return all(known(char)[0] in "LN" for char in word)
