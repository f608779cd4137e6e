"""A seed article's names against what is tracked already: what is new, and what is a new way to
write something known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.entities.extract import Extracted, Proposal
from bot.errors import UsageError
from bot.model import Entity
from bot.model.drafts import Proposed
from bot.services.aliases import checked_alias, is_single
from bot.services.own_catalog import MOST_ALIASES, OwnCatalog
from bot.text.scan import searched


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What an article proposes; `known` names what it mentions and the workspace tracks already."""

    proposals: tuple[Proposed, ...]
    known: tuple[str, ...]


def merged(extracted: Extracted, catalog: OwnCatalog) -> Merged:
    """The article's proposals, the weightiest first, without what is tracked as it is written."""
    proposals: list[Proposed] = []
    known: dict[str, None] = {}
    for one in extracted.entities:
        holder = _holder(one, catalog)
        if holder is None:
            if (new := _new(one, catalog)) is not None:
                proposals.append(new)
            continue
        known.setdefault(holder.name)
        aliases = _free((one.name, *one.aliases), catalog)
        if aliases:
            proposals.append(_proposed(one, holder.name, aliases, holder))
    return Merged(proposals=tuple(proposals), known=tuple(known))


def _holder(one: Proposal, catalog: OwnCatalog) -> Entity | None:
    """The tracked entity that the article means."""
    if one.known_id is not None:
        return catalog.shared.get(one.known_id) or catalog.holder(one.name)
    return catalog.holder(one.name)


def _new(one: Proposal, catalog: OwnCatalog) -> Proposed | None:
    """A proposal for something new; None for a name that can never be looked for."""
    if not _free((one.name,), catalog):
        return None
    aliases = [a for a in _free(one.aliases, catalog) if searched(a) != searched(one.name)]
    return _proposed(one, one.name, aliases)


def _proposed(
    one: Proposal, name: str, aliases: Sequence[str], entity: Entity | None = None
) -> Proposed:
    return Proposed(
        name=name,
        kind=entity.kind if entity is not None else one.kind,
        aliases=tuple(aliases[: MOST_ALIASES - 1]),
        entity=entity.id if entity is not None else None,
        role=one.role,
        mentions=one.mentions,
    )


def _free(names: Sequence[str], catalog: OwnCatalog) -> list[str]:
    """The names that nothing tracked goes by, and that can be looked for, each once."""
    free: dict[str, str] = {}
    for name in names:
        try:
            alias = checked_alias(name)
        except UsageError:
            continue
        if not is_single(alias) and catalog.holder(alias.text) is None:
            free.setdefault(searched(alias.text), alias.text)
    return list(free.values())
