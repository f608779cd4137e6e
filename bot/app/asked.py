"""What all watches ask for, as the database has it, and what differs from a moment before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import structlog

from bot.errors import PolicywireError
from bot.model import Entity, EntityId, WatchId, WorkspaceId
from bot.watches import Query, for_workspace, may_name_entities, read_stored

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Asked:
    """Every active watch with its workspace and query, and what workspaces added to the catalog."""

    watches: Mapping[WatchId, tuple[WorkspaceId, str]] = field(default_factory=dict)
    overlay: Sequence[Entity] = ()

    @cached_property
    def added(self) -> Mapping[WorkspaceId, frozenset[EntityId]]:
        """The entities that each workspace added, or added aliases to."""
        added: defaultdict[WorkspaceId, set[EntityId]] = defaultdict(set)
        for entity in self.overlay:
            if entity.workspace is not None:
                added[entity.workspace].add(entity.id)
        return {workspace: frozenset(ids) for workspace, ids in added.items()}

    def queries(self, watches: Iterable[WatchId] | None = None) -> Iterator[tuple[WatchId, Query]]:
        """The queries of these watches, or of all, in the form in which all are judged at once.

        One that this version cannot read is logged and left out: it must not stop the others.
        """
        for watch in self.watches if watches is None else watches:
            workspace, text = self.watches[watch]
            try:
                query = read_stored(text)
            except PolicywireError as error:
                _log.error("watch_unreadable", watch_id=watch, error=str(error))
                continue
            added = self.added.get(workspace)
            yield watch, for_workspace(query, workspace, added) if added else query

    def changed_since(self, before: "Asked") -> list[WatchId]:
        """Watches that came, that ask for something else now, or for an entity of a workspace whose
        additions changed.
        """
        other = {
            workspace
            for workspace in self.added.keys() | before.added.keys()
            if self.added.get(workspace) != before.added.get(workspace)
        }
        return [
            watch
            for watch, asked in self.watches.items()
            if before.watches.get(watch) != asked
            or (asked[0] in other and may_name_entities(asked[1]))
        ]

    def gone_since(self, before: "Asked") -> list[WatchId]:
        """Watches that are there no more, or paused."""
        return [watch for watch in before.watches if watch not in self.watches]
