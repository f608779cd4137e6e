"""The catalog: who and what is tracked, read from config/entities.yaml and files like it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.entities.rules import longer_names, spellings
from bot.entities.yamlfile import Marked, read_yaml
from bot.model.entities import Alias, Entity, EntityKind, Mark
from bot.model.ids import EntityId
from bot.text.scan import searched

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ENTITY_KEYS = frozenset({"id", "name", "kind", "marks", "line", "aliases", "not", "enabled"})
_ALIAS_KEYS = frozenset(
    {"text", "exact", "near", "also_near", "after", "not_near", "after_full", "plural"}
)
_CONTEXT = re.compile(r"<([a-z0-9-]+)>")
"""In a term: a list under `contexts`, each of whose terms takes its place ("<state> Senate")."""
_CLOSE_ENOUGH = 75.0
"""Of 100 (rapidfuzz WRatio): below, a suggestion looks random to the person who typed."""

_AS_NEAR = 10.0
"""How far a suggestion may stand behind the best one."""
_AROUND = " .,;:!?'\"“”‘’„«»()"
"""What people type around a name."""


class Catalog:
    """All entities by id, and by what people call them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = {entity.id: entity for entity in entities}

    @cached_property
    def _names(self) -> dict[str, Entity]:
        """What people call whom, folded: names and ids first, aliases with rules last."""
        names: dict[str, Entity] = {}
        for entity in self._entities.values():
            names.setdefault(searched(entity.name), entity)
            names.setdefault(searched(entity.id), entity)
        for ruled in (False, True):
            for entity in self._entities.values():
                for alias in entity.aliases:
                    if bool(alias.near or alias.after_full) == ruled:
                        names.setdefault(searched(alias.text), entity)
        return names

    def get(self, entity_id: EntityId) -> Entity | None:
        """The entity of this id."""
        return self._entities.get(entity_id)

    def all(self) -> Sequence[Entity]:
        """All entities in the order of their files."""
        return tuple(self._entities.values())

    def find(self, typed: str) -> Entity | None:
        """The entity that a person means by an id, a name or an alias, in any case."""
        by_id = self._entities.get(EntityId(typed.strip().lower()))
        if by_id is not None:
            return by_id
        bare = typed.strip(_AROUND)
        return self._names.get(searched(typed)) or (
            self._names.get(searched(bare)) if bare else None
        )

    def suggest(self, typed: str, most: int = 3) -> tuple[str, ...]:
        """Names nearest to what was typed, best first; for “did you mean”."""
        known = [name for name in self._names if len(name) > 1]
        near = process.extract(
            searched(typed), known, scorer=fuzz.WRatio, score_cutoff=_CLOSE_ENOUGH, limit=most * 4
        )
        names = dict.fromkeys(
            self._names[alias].name for alias, score, _ in near if score > near[0][1] - _AS_NEAR
        )
        return tuple(names)[:most]


def load_catalog(path: Path, *more: Path) -> Catalog:
    """The catalog of one file, with those of `more` laid over it, key by key of each id.

    Raises ConfigError with file and line. `enabled: false` removes an entity.
    """
    contexts: dict[str, tuple[str, ...]] = {}
    raw: dict[str, dict[str, Marked]] = {}
    for each in (path, *more):
        top = read_yaml(each).mapping({"contexts", "entities"})
        if "contexts" in top:
            for name, terms in top["contexts"].mapping().items():
                contexts[name] = terms.texts()
        if "entities" in top:
            _merge(raw, top["entities"])
    return Catalog(
        _entity(keys, contexts)
        for keys in raw.values()
        if "enabled" not in keys or keys["enabled"].flag()
    )


def _merge(raw: dict[str, dict[str, Marked]], entries: Marked) -> None:
    here: set[str] = set()
    for entry in entries.items():
        keys = entry.mapping(_ENTITY_KEYS)
        if "id" not in keys:
            raise entry.error("an entity needs an id")
        slug = keys["id"].text()
        if not _SLUG.fullmatch(slug):
            raise keys["id"].error(f"“{slug}” is no id: lower-case words joined by hyphens")
        if slug in here:
            raise keys["id"].error(f"the id “{slug}” stands in this file twice")
        here.add(slug)
        raw[slug] = {**raw.get(slug, {}), **keys}


def _entity(keys: Mapping[str, Marked], contexts: Mapping[str, tuple[str, ...]]) -> Entity:
    for key in ("name", "kind"):
        if key not in keys:
            raise keys["id"].error(f"“{keys['id'].text()}” needs a {key}")
    name = keys["name"].text()
    aliases: list[Alias] = []
    for item in keys["aliases"].items() if "aliases" in keys else ():
        aliases += _aliases(item, contexts)
    if searched(name) not in {searched(text) for alias in aliases for text in spellings(alias)}:
        aliases.insert(0, _plain_alias(name))
    longer = [(name, searched(name)) for name in _terms(keys.get("not"), contexts)]
    return Entity(
        id=EntityId(keys["id"].text()),
        name=name,
        kind=keys["kind"].choice(EntityKind),
        line=keys["line"].text() if "line" in keys else "",
        aliases=tuple(_less(alias, longer) for alias in aliases),
        marks=frozenset(item.choice(Mark) for item in keys["marks"].items())
        if "marks" in keys
        else frozenset(),
    )


def _aliases(item: Marked, contexts: Mapping[str, tuple[str, ...]]) -> list[Alias]:
    if not hasattr(item.node, "value") or isinstance(item.node.value, str):
        return [_plain_alias(_findable(item))]
    keys = item.mapping(_ALIAS_KEYS)
    if "text" not in keys:
        raise item.error("an alias with rules needs its text")
    exact = keys["exact"].flag() if "exact" in keys else None
    listed = isinstance(keys["text"].node.value, list)
    texts = [_findable(text) for text in (keys["text"].items() if listed else [keys["text"]])]
    return [
        Alias(
            text=text,
            exact=_plain_alias(text).exact if exact is None else exact,
            near=_terms(keys.get("near"), contexts),
            also_near=_terms(keys.get("also_near"), contexts),
            after=_terms(keys.get("after"), contexts),
            not_near=_terms(keys.get("not_near"), contexts),
            after_full="after_full" in keys and keys["after_full"].flag(),
            plural="plural" in keys and keys["plural"].flag(),
        )
        for text in texts
    ]


def _findable(item: Marked) -> str:
    if not searched(item.text()):
        raise item.error(f"“{item.text()}” holds nothing to look for")
    return item.text()


def _plain_alias(text: str) -> Alias:
    """An alias without rules; one without lower-case letters (FTC) is meant exactly so."""
    return Alias(text=text, exact=text.upper() == text and text.lower() != text)


def _terms(given: Marked | None, contexts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if given is None:
        return ()
    return tuple(
        dict.fromkeys(
            term
            for item in given.items()
            for term in _spelled_out(_findable(item), item, contexts, ())
        )
    )


def _spelled_out(
    term: str, item: Marked, contexts: Mapping[str, tuple[str, ...]], within: tuple[str, ...]
) -> Iterator[str]:
    """The terms that a term stands for; a context may hold others, but never itself."""
    named = _CONTEXT.search(term)
    if named is None:
        yield term
        return
    name = named[1]
    if name not in contexts:
        raise item.error(f"there is no context “{name}”")
    if name in within:
        raise item.error(f"the context “{name}” holds itself: {' → '.join((*within, name))}")
    before, after = term[: named.start()], term[named.end() :]
    endings = tuple(_spelled_out(after, item, contexts, within))
    for each in contexts[name]:
        for inner in _spelled_out(each, item, contexts, (*within, name)):
            yield from (f"{before}{inner}{ending}" for ending in endings)


def _less(alias: Alias, longer: Sequence[tuple[str, str]]) -> Alias:
    """The alias, not found inside the longer names (as written, and folded) that hold it."""
    names = longer_names(alias, longer)
    return replace(alias, not_near=(*alias.not_near, *names)) if names else alias
