"""What all watches ask for, as the database has it, and what differs from a moment before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import structlog

from bot.errors import PolicywireError
from bot.model import DestinationId, Entity, EntityId, WatchId, WorkspaceId
from bot.model.orders import ActiveQuery, ChangedOrders
from bot.watches import Query, for_workspace, may_name_entities, read_stored

_log = structlog.get_logger(__name__)

Watched = Mapping[WatchId, ActiveQuery]
_NOTHING: Watched = MappingProxyType({})


@dataclass(frozen=True)
class Asked:
    """The active watches of each place, and what workspaces added to the catalog.

    A place where nothing changed is the same object in what came before and after.
    """

    places: Mapping[DestinationId, Watched] = field(default_factory=dict)
    overlay: Sequence[Entity] = ()

    def after(
        self, changed: ChangedOrders | None, read: Watched, overlay: Sequence[Entity]
    ) -> "Asked":
        """What is asked now: `read` are the watches of the places that changed, or all (None)."""
        places: dict[DestinationId, Watched] = {}
        if changed is not None:
            places.update(
                (place, watches)
                for place, watches in self.places.items()
                if not changed.has(place, next(iter(watches.values())).workspace)
            )
        new: defaultdict[DestinationId, dict[WatchId, ActiveQuery]] = defaultdict(dict)
        for watch, asked in read.items():
            new[asked.destination][watch] = asked
        return Asked({**places, **new}, overlay)

    def watches(self) -> Iterator[tuple[WatchId, ActiveQuery]]:
        """Every watch with what it asks for, place by place."""
        for watches in self.places.values():
            yield from watches.items()

    @cached_property
    def count(self) -> int:
        """How many watches there are."""
        return sum(map(len, self.places.values()))

    @cached_property
    def added(self) -> Mapping[WorkspaceId, frozenset[EntityId]]:
        """The entities that each workspace added, or added aliases to."""
        added: defaultdict[WorkspaceId, set[EntityId]] = defaultdict(set)
        for entity in self.overlay:
            if entity.workspace is not None:
                added[entity.workspace].add(entity.id)
        return {workspace: frozenset(ids) for workspace, ids in added.items()}

    def queries(self, watches: Watched | None = None) -> Iterator[tuple[WatchId, Query]]:
        """The queries of these watches, or of all, in the form in which all are judged at once.

        One that this version cannot read is logged and left out: it must not stop the others.
        """
        for watch, asked in self.watches() if watches is None else watches.items():
            try:
                query = read_stored(asked.query)
            except PolicywireError as error:
                _log.error("watch_unreadable", watch_id=watch, error=str(error))
                continue
            added = self.added.get(asked.workspace)
            yield watch, for_workspace(query, asked.workspace, added) if added else query

    def changed_since(self, before: "Asked") -> dict[WatchId, ActiveQuery]:
        """Watches that came, that ask for something else now, or for an entity of a workspace whose
        additions changed.
        """
        other = {
            workspace
            for workspace in self.added.keys() | before.added.keys()
            if self.added.get(workspace) != before.added.get(workspace)
        }
        changed: dict[WatchId, ActiveQuery] = {}
        for place, watches in self.places.items():
            was = before.places.get(place, _NOTHING)
            if watches is not was:
                changed.update(
                    (watch, asked) for watch, asked in watches.items() if was.get(watch) != asked
                )
            if other:
                changed.update(
                    (watch, asked)
                    for watch, asked in watches.items()
                    if asked.workspace in other and may_name_entities(asked.query)
                )
        return changed

    def gone_since(self, before: "Asked") -> list[WatchId]:
        """Watches that are there no more, or paused."""
        gone: list[WatchId] = []
        for place, was in before.places.items():
            watches = self.places.get(place, _NOTHING)
            if watches is not was:
                gone += (watch for watch in was if watch not in watches)
        return gone
