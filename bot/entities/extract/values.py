"""What extraction finds: proposals for the catalog, sums of money, dates."""

from dataclasses import dataclass
from typing import Any

from bot.model.entities import EntityKind
from bot.model.ids import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document to read: its title (may be empty) and its plain text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One entity that an article names; `aliases` are the other ways in which it is written there.

    `known_id` is the catalog's where it has the entity. `role` is what the article calls a person.
    `weight` orders proposals and has no unit.
    """

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    known_id: EntityId | None = None
    weight: float = 0.0
    role: str = ""
    mentions: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum as written, with its amount in units of `currency` (ISO 4217)."""

    text: str
    amount: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """All that one article yields: proposals the weightiest first, the rest in order."""

    entities: tuple[Proposal, ...] = ()
    money: tuple[Money, ...] = ()
    dates: tuple[str, ...] = ()


def to_json(extracted: Extracted) -> dict[str, Any]:
    """What `entities extract --json` prints: names, kinds, aliases, known ids; money and dates."""
    return {
        "entities": [
            {
                "name": proposal.name,
                "kind": proposal.kind.value,
                "aliases": list(proposal.aliases),
                "known_id": proposal.known_id,
            }
            for proposal in extracted.entities
        ],
        "money": [money.text for money in extracted.money],
        "dates": list(extracted.dates),
    }
