"""Aliases made ready for the one pass: their literals, and the rule behind each."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.entities.namesakes import FIRST_NAMES
from bot.model.entities import Alias, Entity, EntityKind
from bot.text.fold import fold
from bot.text.scan import Literal, searched

_COMMON_WHEN_SHOUTED = frozenset({"us", "it", "who", "ice", "sec", "dow", "rand", "epic"})
"""Acronyms that in a text all of capitals are more often the word."""


_NOBODY: frozenset[str] = frozenset()
_NO_TERMS: frozenset[int] = frozenset()
"""Shared, for most aliases of a large catalog have no rules, and an empty set takes 216 bytes."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of context; exact where it was written without lower-case letters (US, UN)."""

    exact: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One spelling of one alias; terms are given by their index among all literals.

    `after` are words themselves, each with a space before it.
    """

    entity: Entity
    alias: Alias
    spelling: str
    near: frozenset[int]
    also_near: frozenset[int]
    after: tuple[str, ...]
    blocking: frozenset[int]
    covering: frozenset[int]
    surname: bool
    first_name: bool
    own_names: frozenset[str]
    versioned: bool = False
    """A product's name, to which a version may cling (“Qwen3.5”)."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Literals, and at the same index what each stands for; `offset` is the first one's index."""

    offset: int
    literals: Sequence[Literal]
    entries: Sequence[Rule | Term]


def compile_rules(entities: Iterable[Entity], offset: int = 0) -> Rulebook:
    """The rulebook of all aliases; its indices begin at `offset`."""
    literals: list[Literal] = []
    entries: list[Rule | Term] = []
    terms: dict[str, int] = {}

    def indices(wanted: Collection[str]) -> frozenset[int]:
        if not wanted:
            return _NO_TERMS
        for term in wanted:
            if term not in terms:
                terms[term] = offset + len(literals)
                literals.append(Literal(term.rstrip("*"), prefix=term.endswith("*")))
                entries.append(Term(case_pattern(term) if _shouts(term) else None))
        return frozenset(terms[term] for term in wanted)

    for entity in entities:
        is_person = entity.kind is EntityKind.PERSON
        own_names = frozenset(searched(entity.name).split()) if is_person else _NOBODY
        for alias in entity.aliases:
            longer = _containing(alias) if alias.not_near else ()
            near, also_near = indices(alias.near), indices(alias.also_near)
            covering = indices(longer)
            after = tuple(f" {searched(term)}" for term in alias.after)
            blocking = indices([term for term in alias.not_near if term not in longer])
            word = searched(alias.text)
            surname = is_person and word.isalpha()
            versioned = entity.kind is EntityKind.PRODUCT and alias.text[-1].isalpha()
            for spelling in spellings(alias):
                literals.append(Literal(spelling, prefix=versioned))
                entries.append(
                    Rule(
                        entity=entity,
                        alias=alias,
                        spelling=case_pattern(spelling) if alias.exact else "",
                        near=near,
                        also_near=also_near,
                        after=after,
                        blocking=blocking,
                        covering=covering,
                        surname=surname,
                        first_name=not is_person and word in FIRST_NAMES,
                        own_names=own_names,
                        versioned=versioned,
                    )
                )
    return Rulebook(offset, literals, entries)


def case_pattern(text: str) -> str:
    """The letters and digits of `text` with their case: what two exact spellings share."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text))


def same_case(pattern: str, found: str, *, shouted: bool) -> bool:
    """Whether `found`, which folds to the pattern's spelling, has its capitals too.

    In a text that shouts, capitals tell nothing, and only common words are turned down.
    """
    if found == pattern or case_pattern(found) == pattern:
        return not (shouted and pattern.lower() in _COMMON_WHEN_SHOUTED)
    return shouted and pattern.lower() not in _COMMON_WHEN_SHOUTED


def _shouts(text: str) -> bool:
    return text.upper() == text and text.lower() != text


def _containing(alias: Alias) -> frozenset[str]:
    """Terms of `not_near` that are longer names: they speak only against what is inside them."""
    return frozenset(longer_names(alias, [(term, searched(term)) for term in alias.not_near]))


def longer_names(alias: Alias, names: Iterable[tuple[str, str]]) -> list[str]:
    """Those of the names (as written, and folded) that hold the alias, or its plural, and more."""
    words = [searched(spelling) for spelling in spellings(alias)]
    held = [
        (name, folded)
        for name, folded in names
        if folded not in words and any(word in folded for word in words)
    ]
    if not held:
        return []
    inside = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    return [name for name, folded in held if inside.search(folded)]


def spellings(alias: Alias) -> list[str]:
    """The alias, and its plural where it has one."""
    if not alias.plural:
        return [alias.text]
    text = alias.text
    folded = fold(text).text
    if folded.endswith("y") and folded[-2:-1] not in set("aeiou"):
        return [text, text[:-1] + "ies"]
    return [text, text + ("es" if folded.endswith(("s", "x", "ch", "sh")) else "s")]
