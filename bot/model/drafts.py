"""What a seed article proposes for a workspace's catalog, until a person has answered each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.entities import EntityKind
from bot.model.ids import DraftId, EntityId, WorkspaceId


class Answer(StrEnum):
    """What a person decided on one proposal."""

    OPEN = "open"
    ADDED = "added"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An entity that the article names, or, with `entity`, further ways to write one that is known.

    `role` is what the article calls a person; `mentions` how often it names this.
    """

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    entity: EntityId | None = None
    role: str = ""
    mentions: int = 1
    answer: Answer = Answer.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The proposals of one article, the weightiest first; `known` names what was tracked before."""

    id: DraftId
    workspace: WorkspaceId
    title: str
    proposals: tuple[Proposed, ...]
    known: tuple[str, ...] = ()
    made_at: datetime

    def next_open(self, after: int = -1) -> int | None:
        """The place of the next proposal without an answer, from the top once the end is passed."""
        places = [n for n, one in enumerate(self.proposals) if one.answer is Answer.OPEN]
        return next((n for n in places if n > after), places[0] if places else None)
