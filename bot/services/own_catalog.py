"""The catalog as one workspace has it: everyone's, and on top what the workspace added."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from rapidfuzz import process

from bot.entities.catalog import Catalog
from bot.errors import NotFound, UsageError
from bot.model import Alias, Entity, EntityId, EntityKind
from bot.services.aliases import checked_alias
from bot.services.known import find_own
from bot.text.fold import fold
from bot.text.scan import searched

MOST_ALIASES = 20
_LONGEST_LINE = 300
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class OwnCatalog:
    """Finds entities, and checks what is to be added, by the workspace's own view."""

    shared: Catalog
    own: Sequence[Entity]
    limit: int

    def holder(self, name: str) -> Entity | None:
        """The entity that is so called here; of two the workspace's own."""
        return find_own(name, self.own) or self.shared.find(name)

    def find(self, typed: str) -> tuple[Entity, Entity | None]:
        """The entity that was typed, and the workspace's addition to it or that it is.

        Raises NotFound with the nearest names.
        """
        mine = find_own(typed, self.own)
        if mine is not None:
            return self.shared.get(mine.id) or mine, mine
        found = self.shared.find(typed)
        if found is None:
            names = process.extract(typed, [e.name for e in self.own], limit=2, score_cutoff=70)
            near = (*(name for name, _, _ in names), *self.shared.suggest(typed))
            raise NotFound(
                "entity",
                typed,
                tuple(dict.fromkeys(near))[:3],
                instead="Look for it with /entity list, or add it with /entity add.",
            )
        return found, next((entity for entity in self.own if entity.id == found.id), None)

    def numbered(self, draft: Entity) -> Entity:
        """The new entity with its id; raises UsageError where there is one so called."""
        known = self.shared.find(draft.name)
        if known is not None:
            raise UsageError(
                f"“{draft.name}” is tracked already: {known.name} ({known.kind}). To add another "
                f"way to write it: /entity alias {known.id} <alias>"
            )
        if (twin := find_own(draft.name, self.own)) is not None:
            raise UsageError(
                f"“{draft.name}” was added before, as {twin.name}. See /entity show {twin.id}"
            )
        self._check_limit()
        taken = {entity.id for entity in self.own}
        slug = _SLUG.sub("-", fold(draft.name).text).strip("-") or "own"
        names = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
        free = next(
            EntityId(name)
            for name in names
            if name not in taken and self.shared.get(EntityId(name)) is None
        )
        return replace(draft, id=free)

    def with_aliases(self, typed: str, aliases: Sequence[str]) -> "WithAliases":
        """The entity that was typed, with further ways to write it."""
        entity, added = self.find(typed)
        new = tuple(alias_of(entity.name, entity.kind, alias) for alias in aliases)
        for alias in new:
            holder = self.holder(alias.text)
            if holder is not None and holder.id == entity.id:
                raise UsageError(f"“{alias.text}” is a way to write {entity.name} already.")
        if added is None:
            self._check_limit()
            added = replace(entity, aliases=())
        if len(added.aliases) + len(new) > MOST_ALIASES:
            raise UsageError(
                f"At most {MOST_ALIASES} aliases can be added to {entity.name}. "
                f"Remove one first: /entity remove {entity.id} alias:<alias>"
            )
        addition = replace(added, aliases=(*added.aliases, *new))
        return WithAliases(entity=entity, addition=addition, new=new)

    def _check_limit(self) -> None:
        if len(self.own) >= self.limit:
            raise UsageError(
                f"This workspace has added to {len(self.own)} entities, and {self.limit} are the "
                "limit. Remove one with /entity remove."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class WithAliases:
    """An entity, what the workspace adds to it now, and which of the aliases are new in that."""

    entity: Entity
    addition: Entity
    new: tuple[Alias, ...]


def drafted(name: str, kind: EntityKind, aliases: Sequence[str], line: str) -> Entity:
    """The entity as typed, its id still to be found."""
    name, line = " ".join(name.split()), " ".join(line.split())
    if len(line) > _LONGEST_LINE:
        raise UsageError(f"What it is, is said in at most {_LONGEST_LINE} characters.")
    spelled = {searched(alias): alias_of(name, kind, alias) for alias in (name, *aliases)}
    if len(spelled) > MOST_ALIASES:
        raise UsageError(f"An entity has at most {MOST_ALIASES} aliases.")
    return Entity(id=EntityId(""), name=name, kind=kind, line=line, aliases=tuple(spelled.values()))


def alias_of(name: str, kind: EntityKind, typed: str) -> Alias:
    """The alias that was typed; a person's surname counts only after the full name."""
    alias = checked_alias(typed)
    words = searched(name).split()
    surname = kind is EntityKind.PERSON and len(words) > 1 and searched(alias.text) == words[-1]
    return replace(alias, after_full=True) if surname else alias
