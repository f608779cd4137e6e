"""Stories of the past about something: one way to ask for `latest` and for an order's preview."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, Entity, Feed, Story, StoryId, WorkspaceId
from bot.model.ids import MAX_ID
from bot.services.known import About, AboutKind
from bot.services.lines import with_own
from bot.services.ports import Rows
from bot.watches import indexed

_PAGE, _PAGES = 100, 5


class Past:
    """Reads stories that a workspace may see."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def own(self, conn: AsyncConnection, workspace: WorkspaceId | None) -> list[Entity]:
        """The workspace's additions to the catalog."""
        return await self._rows.entities.of_workspace(conn, workspace) if workspace else []

    async def feeds(self, conn: AsyncConnection, workspace: WorkspaceId | None) -> list[Feed]:
        """The feeds that act for this workspace."""
        return [s.feed for s in await self._rows.feeds.all_feeds(conn, workspace=workspace)]

    async def stories(
        self,
        conn: AsyncConnection,
        about: About,
        *,
        workspace: WorkspaceId | None,
        since: datetime,
        limit: int,
        relevance: float = 0.0,
        salient: bool = False,
        until: datetime | None = None,
    ) -> list[Story]:
        """The newest stories about it, newest first, with the workspace's own entities in them.

        Of a seed's entities a report names two; `salient` asks that it is about one of them. With
        `until` those that had begun by then.
        """
        if about.kind is AboutKind.SEARCH:
            found = await self._search(conn, about.id, workspace, since, limit=limit, until=until)
        else:
            seed = about.kind is AboutKind.SEED
            found = await self._rows.news.about(
                conn,
                workspace=workspace,
                since=since,
                limit=limit,
                entities=about.entities,
                least=min(2, len(about.entities)) if seed else 1,
                salient=salient and not seed,
                topic=about.id if about.kind is AboutKind.TOPIC else "",
                outlets=about.outlets,
                relevance=relevance,
                until=until,
            )
        return await self.with_own(conn, found, workspace)

    async def with_own(
        self, conn: AsyncConnection, stories: Sequence[Story], workspace: WorkspaceId | None
    ) -> list[Story]:
        """The stories with what the workspace's own additions found in them."""
        if workspace is None:
            return list(stories)
        ids = [report.id for story in stories for report in story.reports]
        own = await self._rows.news.own_entities(conn, workspace, ids)
        return [with_own(story, own) for story in stories]

    async def _search(
        self,
        conn: AsyncConnection,
        typed: str,
        workspace: WorkspaceId | None,
        since: datetime,
        *,
        limit: int,
        until: datetime | None,
    ) -> list[Story]:
        clauses = [(word,) for word in dict.fromkeys(indexed(typed, "").split())]
        if not clauses:
            return []
        ids: dict[StoryId, None] = {}
        before: tuple[datetime, ArticleId] | None = None
        if until is not None:
            before = until, ArticleId(MAX_ID)
        for _ in range(_PAGES):
            page = await self._rows.search(
                conn, clauses, workspace=workspace, since=since, limit=_PAGE, before=before
            )
            ids.update((stored.story, None) for stored in page if stored.story is not None)
            if len(ids) >= limit or len(page) < _PAGE:
                break
            last = page[-1].report
            before = (last.judged.article.published.at, last.id)
        wanted = list(ids)[:limit]
        found = await self._rows.stories.load(conn, wanted)
        return [found[story] for story in wanted if story in found]
