"""What an operator puts right in stories: reports moved, followers led on, mutes taken along."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, Reason, StoryId
from bot.store.rows import reasons_to_json
from bot.store.sql import chunks
from bot.store.tables import articles, feedback, stories, story_mutes


async def move_reports(
    conn: AsyncConnection, ids: Collection[ArticleId], story: StoryId, why: Sequence[Reason]
) -> None:
    """Put these articles into a story, with the reason that `story show` gives."""
    for some in chunks(sorted(ids)):
        moved = sa.update(articles).where(articles.c.id.in_(some))
        await conn.execute(moved.values(story_id=story, joined=reasons_to_json(why)))


async def lead_on(conn: AsyncConnection, gone: StoryId, kept: StoryId) -> None:
    """Stories that followed the one, and ids that forwarded to it, lead to the other."""
    for column in (stories.c.predecessor_id, stories.c.merged_into_id):
        led = sa.update(stories).where(column == gone, stories.c.id != kept)
        await conn.execute(led.values({column: kept}))


async def take_along(conn: AsyncConnection, gone: StoryId, kept: StoryId) -> None:
    """Mutes of the one story and what people thought of it are the other's too."""
    for table in (story_mutes, feedback):
        other = table.alias()
        same = [
            other.c[column.name] == column
            for column in table.primary_key
            if column.name != "story_id"
        ]
        known = sa.exists().where(other.c.story_id == kept, *same)
        taken = sa.update(table).where(table.c.story_id == gone, ~known)
        await conn.execute(taken.values(story_id=kept))
