"""When stories began and articles came, in both databases."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import EntityId, RecognisedEntity, StoryId
from bot.store import articles, stories, trend
from bot.store.database import Store
from tests.support.values import DAY, HOUR, NOON, filing, fully_judged, judged, report, story


async def keep(
    conn: AsyncConnection, number: int, title: str, at: datetime, *found: RecognisedEntity
) -> None:
    (id_,) = await articles.reserve_ids(conn, 1)
    one = report(id_, judged(title, at=at, entities=found))
    await stories.begin(conn, [story(number, one)])
    await articles.store(conn, [(one, StoryId(number))], {id_: filing(title.lower())})


async def test_counts_what_began_between_two_instants_about_somebody(store: Store) -> None:
    salient = next(e for e in fully_judged().entities if e.salient)
    named = [salient.id]
    async with store.write() as conn:
        await keep(conn, 1, "Before", NOON - 2 * DAY, salient)
        await keep(conn, 2, "In time", NOON + HOUR / 3, salient)
        await keep(conn, 3, "Of others", NOON + 5 * HOUR)
        await keep(conn, 4, "After", NOON + DAY, salient)
        span = {"since": NOON, "until": NOON + DAY}
        assert await trend.begun(conn, named, workspace=None, **span) == [NOON + HOUR / 3]
        assert await trend.begun(conn, [EntityId("nobody")], workspace=None, **span) == []
        hours = await trend.hours(conn, workspace=None, **span)
    assert hours == [NOON, NOON + 5 * HOUR]
    assert all(hour.tzinfo is UTC for hour in hours)
