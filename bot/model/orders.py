"""Standing orders as they pass from the store to who holds them in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.model.alerts import Destination, Subscription, Watch, Workspace
from bot.model.ids import DestinationId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is ordered, as routing reads it: everywhere or in some places; in order of ids."""

    workspaces: Sequence[Workspace]
    destinations: Sequence[Destination]
    subscriptions: Sequence[Subscription]
    watches: Sequence[Watch]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedOrders:
    """Where orders changed: in single destinations, and in all of some workspaces.

    What is not there any more changed too.
    """

    workspaces: frozenset[WorkspaceId] = frozenset()
    destinations: frozenset[DestinationId] = frozenset()

    def has(self, destination: DestinationId, workspace: WorkspaceId) -> bool:
        """Whether anything of this destination changed."""
        return destination in self.destinations or workspace in self.workspaces


class ActiveQuery(NamedTuple):
    """A watch's query and whose it is; there may be a hundred thousand."""

    destination: DestinationId
    workspace: WorkspaceId
    query: str
