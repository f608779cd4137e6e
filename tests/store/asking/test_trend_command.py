"""`trend`: stories a day, by the workspace's own days and for its own eyes."""

import pytest

from bot.errors import NotFound, UsageError
from bot.message import Picture
from bot.store import places
from tests.support.newsroom import OTHER, Newsroom


async def picture(room: Newsroom, line: str, **given: object) -> Picture:
    reply = await room.reply(line, **given)  # type: ignore[arg-type]
    assert reply.picture is not None
    return reply.picture


async def test_counts_stories_by_the_day_on_which_they_began(room: Newsroom) -> None:
    first = await room.publish("Lab sued", about=["anthropic"])
    await room.publish("Lab sued, too", about=["anthropic"], outlet="Reuters", story=first)
    await room.publish("Rival speaks", about=["openai"])
    room.pass_time(days=2)
    await room.publish("Lab wins", about=["anthropic"])
    await room.publish("Lab named in passing", passing=["anthropic"])
    said = await room.say("/trend anthropic 4")
    assert "8 Mar to 11 Mar 2026: 2 stories in 4 days, most on 9 Mar (1)." in said
    assert "┤   ██    ██\n" in said
    shown = await picture(room, "/trend anthropic 4")
    assert shown.png.startswith(b"\x89PNG")
    assert "Of 2 days nothing is known" in shown.alt


async def test_days_are_those_of_the_workspaces_zone(room: Newsroom) -> None:
    home = await room.workspace()
    room.pass_time(hours=-11)
    await room.publish("Lab sued at night", about=["anthropic"])
    room.pass_time(hours=11)
    assert "most on 9 Mar (1)" in await room.say("/trend anthropic 3")
    async with room.store.write() as conn:
        await places.set_workspace(conn, home.id, zone="America/New_York")
    assert "most on 8 Mar (1)" in await room.say("/trend anthropic 3")


async def test_another_workspaces_report_is_not_counted(room: Newsroom) -> None:
    other = await room.workspace(OTHER)
    await room.publish("Private report", about=["anthropic"], of=other.id)
    assert "0 stories" in await room.say("/trend anthropic 3")
    assert "1 story" in await room.say("/trend anthropic 3", place=OTHER)


async def test_unknown_names_and_odd_spans_are_refused(room: Newsroom) -> None:
    with pytest.raises(NotFound, match="Anthropic"):
        await room.say("/trend antropic")
    with pytest.raises(NotFound, match="/entity list"):
        await room.say("/trend zzzqqq")
    with pytest.raises(UsageError, match="from 2 to 365"):
        await room.say("/trend anthropic days:1")
