"""Who and what is tracked: entities, the ways they are written, and where they were found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.model.articles import Field
from bot.model.ids import EntityId, WorkspaceId


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    PERSON = "person"
    COMPANY = "company"
    AGENCY = "agency"
    ORGANISATION = "organisation"
    LAW = "law"
    PRODUCT = "product"
    CONCEPT = "concept"
    EVENT = "event"


class Mark(StrEnum):
    """What an entity's presence says of a text's subject."""

    AI = "ai"
    POLICY = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way an entity is written, with the rules under which it counts.

    `near`, `also_near` and `not_near` are terms (plain forms) of which one must, one of these must
    too, or none may stand near; instead of a `near` term, one of `after` may directly precede it.
    `after_full` holds a surname back until a full name of the same entity stood before it in the
    article, unless a `near` term stands by it.
    """

    text: str
    exact: bool = False
    near: tuple[str, ...] = ()
    also_near: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    after_full: bool = False
    plural: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an alias is not empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A tracked person, company, agency, law, product, concept or event.

    `workspace` is None for the shared catalog, else the one workspace that added it.
    """

    id: EntityId
    name: str
    kind: EntityKind
    line: str = ""
    aliases: tuple[Alias, ...] = ()
    marks: frozenset[Mark] = frozenset()
    workspace: WorkspaceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One occurrence of an entity; offsets count code points of the field's plain text."""

    entity: EntityId
    field: Field
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty mention of {self.entity}: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedEntity:
    """An entity found in an article, with every place; at least one.

    `workspace` is the one whose own entity or alias found it: nobody else is to see it.
    """

    id: EntityId
    name: str
    kind: EntityKind
    marks: frozenset[Mark]
    salient: bool
    mentions: tuple[Mention, ...]
    workspace: WorkspaceId | None = None

    def __post_init__(self) -> None:
        if not self.mentions:
            raise ValueError(f"{self.id} was recognised nowhere")


def salient(entities: Iterable[RecognisedEntity]) -> frozenset[EntityId]:
    """The entities that an article is about, not only names."""
    return frozenset(entity.id for entity in entities if entity.salient)
