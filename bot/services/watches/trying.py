"""Queries read as a workspace means them, and tried on the history that it may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Entity, Judged, Span, Watch, Workspace
from bot.services.history import History
from bot.services.known import Known
from bot.services.ports.upkeep import EntityRows, FeedRows
from bot.services.watches.results import Tested
from bot.services.watches.sources import unheard
from bot.watches import Names, Query, Trial, WatchSyntaxError, narrow, parse
from bot.watches.catalog_names import CatalogNames

__all__ = ["DAYS", "Trying", "Vocabulary", "WatchSyntaxError"]

DAYS = 14
"""How far back a query is tried unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the queries of one workspace may name, with what it `added` to the catalog."""

    names: Names
    added: Sequence[Entity]

    def parse(self, typed: str) -> Query:
        """The query that was typed; raises WatchSyntaxError."""
        return parse(typed, self.names)

    def reading(self, watch: Watch) -> str:
        """What a stored query asks for, by the names that things have now."""
        for names in (self.names, None):
            try:
                return parse(watch.query, names).reading
            except WatchSyntaxError:
                continue
        # Saved by an older grammar: still shown, so that it can be edited or removed.
        return watch.query


class Trying:
    """Holds queries against history; saves nothing."""

    def __init__(
        self,
        *,
        entities: EntityRows,
        feeds: FeedRows,
        history: History,
        known: Callable[[], Known],
    ) -> None:
        self._entities, self._feeds, self._history, self._known = entities, feeds, history, known

    async def vocabulary(self, conn: AsyncConnection, workspace: Workspace | None) -> Vocabulary:
        """What a workspace's queries may name; everyone's for one that is not known yet."""
        added = await self._entities.of_workspace(conn, workspace.id) if workspace else []
        known = self._known()
        return Vocabulary(CatalogNames(known.catalog, known.topics, added), added)

    async def test(
        self,
        conn: AsyncConnection,
        query: Query,
        workspace: Workspace | None,
        vocabulary: Vocabulary,
        *,
        now: datetime,
        days: int = DAYS,
    ) -> Tested:
        """What the query would have brought in so many days, with what in it may be a mistake."""
        trial = Trial(query, vocabulary.added)
        tenant = workspace.id if workspace is not None else None

        def match(judged: Judged) -> Sequence[Span] | None:
            found = trial.match(judged)
            return found.spans if found is not None else None

        tried = await self._history.try_out(
            conn, narrow(query), match, workspace=tenant, days=days, now=now
        )
        feeds = await self._feeds.all_feeds(conn, workspace=tenant)
        return Tested(
            canonical=query.canonical,
            reading=query.reading,
            tried=tried,
            warnings=unheard(query, (state.feed for state in feeds)),
        )
