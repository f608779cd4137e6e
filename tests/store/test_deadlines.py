"""Deadlines in both databases: stored, replaced, and asked for."""

from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ArticleId, Deadline, StoryId
from bot.store import articles, deadlines, stories
from bot.store.database import Store
from tests.support.values import NOON, filing, judged, report, story

JUNE, JULY = date(2026, 6, 3), date(2026, 7, 1)


def due(day: date, *, about: bool = False) -> Deadline:
    return Deadline(day=day, about=about, sentence="Comments are due.", start=0, end=8)


async def keep(conn: AsyncConnection, title: str, number: int, relevance: float) -> ArticleId:
    (id_,) = await articles.reserve_ids(conn, 1)
    one = report(id_, judged(title, relevance=relevance))
    await stories.begin(conn, [replace(story(number, one), relevance=relevance)])
    await articles.store(conn, [(one, StoryId(number))], {id_: filing(title.lower())})
    return id_


async def asked(conn: AsyncConnection, since: date = JUNE) -> list[Deadline]:
    found = await deadlines.coming(conn, workspace=None, since=since, relevance=0.5, limit=9)
    return [one.deadline for one in found]


async def test_what_is_due_comes_back_soonest_first(store: Store) -> None:
    async with store.write() as conn:
        first = await keep(conn, "Rule drafted", 1, 0.6)
        other = await keep(conn, "Bake sale", 2, 0.1)
        instant = Deadline(day=JUNE, at=NOON, sentence="By noon.\x00", start=3, end=7)
        await deadlines.store(conn, {first: (due(JULY, about=True), instant), other: (due(JUNE),)})
        kept = Deadline(day=JUNE, at=NOON, sentence="By noon.", start=3, end=7)
        assert await asked(conn) == [kept, due(JULY, about=True)]
        assert await asked(conn, JULY) == [due(JULY, about=True)]


async def test_a_revised_article_says_something_else(store: Store) -> None:
    async with store.write() as conn:
        number = await keep(conn, "Rule drafted", 1, 0.6)
        await deadlines.store(conn, {number: (due(JUNE),)})
        await deadlines.store(conn, {number: (due(JULY),)})
        assert await asked(conn) == [due(JULY)]
        await deadlines.store(conn, {number: ()})
        assert await asked(conn) == []
