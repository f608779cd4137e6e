"""The buttons of an alert: who may press them, and that they tell nothing to strangers."""

from dataclasses import replace

import pytest

from bot.alerts import compose
from bot.chat.commands import build
from bot.errors import NotAllowed, UsageError
from bot.model import Story
from bot.store import alerts, feedback
from tests.support.newsroom import CHIEF, HOME, MANAGER, OTHER, READER, Newsroom, shown

CHANGING = ("mute-story", "unmute-story", "not-relevant")
NAMES = ("why", "sources", *CHANGING)


@pytest.fixture
async def story(room: Newsroom) -> Story:
    """A story of two origins, told in #policy as delivery 1."""
    await room.say("/subscribe")
    first = await room.publish(
        "Pentagon drops Claude",
        text="Officials of the department said on Friday that they would drop the product at once.",
    )
    await room.tell()
    room.pass_time(minutes=20)
    await room.publish(
        "Claude is out",
        outlet="Gazette",
        story=first,
        text="Officials of the department said on Friday that they would drop the product at once.",
    )
    return await room.publish(
        "The end of Claude", outlet="Reuters", story=first, text="The Senate heard of it by letter."
    )


def test_every_button_of_an_alert_is_declared() -> None:
    declared = {action.name for action in build().actions}
    wanted = {compose.WHY, compose.SOURCES, compose.MUTE_STORY, compose.NOT_RELEVANT}
    assert wanted <= declared


async def test_why_is_answered_privately(room: Newsroom, story: Story) -> None:
    reply = await room.press("why", 1, actor=READER)
    assert reply.private
    assert shown(reply, room.now).splitlines() == [
        "Pentagon drops Claude",
        "Told here on Mon 9 Mar 12:00.",
        "Why: injunction",
        "NPR, and 2 more (2 origins), Mon 9 Mar 12:17 · s1",
    ]


async def test_sources_are_grouped_by_origin(room: Newsroom, story: Story) -> None:
    reply = await room.press("sources", 1, actor=READER)
    assert reply.private
    assert shown(reply, room.now).splitlines() == [
        "Pentagon drops Claude",
        "3 reports, 2 independent origins.",
        "1. Pentagon drops Claude <https://npr.example/pentagon-drops-claude>",
        "NPR 11:57, seen 12:00",
        "also Gazette <https://gazette.example/claude-is-out>: Gazette 12:17, seen 12:20",
        "2. The end of Claude <https://reuters.example/the-end-of-claude>",
        "Reuters 12:17, seen 12:20",
        "joined by “injunction”",
    ]


async def test_a_story_is_muted_and_unmuted(room: Newsroom, story: Story) -> None:
    reply = await room.press("mute-story", 1, actor=MANAGER)
    assert "nothing more of it comes" in shown(reply)
    (undo,) = reply.buttons
    async with room.store.read() as conn:
        assert len(await alerts.muted(conn, [story.id])) == 1
    assert "no longer muted" in shown(await room.press(undo.action, undo.argument, actor=MANAGER))
    async with room.store.read() as conn:
        assert await alerts.muted(conn, [story.id]) == set()
    assert "was not muted" in shown(await room.press(undo.action, undo.argument, actor=MANAGER))


async def test_not_relevant_is_counted_for_the_workspace(room: Newsroom, story: Story) -> None:
    said = shown(await room.press("not-relevant", 1, actor=MANAGER))
    assert "Noted, thank you" in said
    assert "1 person here" in said
    assert "said so already" in shown(await room.press("not-relevant", 1, actor=MANAGER))
    assert "2 people here" in shown(await room.press("not-relevant", 1, actor=CHIEF))
    other = (await room.workspace(OTHER)).id
    async with room.store.read() as conn:
        assert await feedback.count(conn, other, story.id) == 0


async def test_what_changes_the_channel_needs_its_manager(room: Newsroom, story: Story) -> None:
    for name in CHANGING:
        with pytest.raises(NotAllowed, match="the right to manage this channel"):
            await room.press(name, 1, actor=READER)


async def test_a_pruned_or_unknown_message_says_so(room: Newsroom, story: Story) -> None:
    for name in NAMES:
        for argument in ("99", "0", "-1", "x", "", "9" * 40, "²"):
            with pytest.raises(UsageError, match="no longer kept"):
                await room.press(name, argument)


async def test_another_workspaces_message_is_refused(room: Newsroom, story: Story) -> None:
    await room.say("/subscribe", place=OTHER)
    for name in NAMES:
        with pytest.raises(UsageError, match="no longer kept"):
            await room.press(name, 1, place=OTHER)


async def test_another_channels_message_is_changed_only_there(room: Newsroom, story: Story) -> None:
    elsewhere = replace(HOME, channel="ai")
    for name in CHANGING:
        with pytest.raises(NotAllowed, match="in another channel"):
            await room.press(name, 1, place=elsewhere)
    assert "Told here" in shown(await room.press("why", 1, place=elsewhere))


async def test_a_persons_message_is_that_persons_alone(room: Newsroom) -> None:
    direct = replace(HOME, channel="dm", kind="direct", owner=CHIEF.id)
    await room.say("/subscribe", place=direct)
    await room.publish("A story")
    assert "queued" in shown(await room.press("why", 1, place=direct))
    with pytest.raises(UsageError, match="no longer kept"):
        await room.press("why", 1, place=direct, actor=MANAGER)


async def test_a_button_of_an_older_version_says_what_to_do(room: Newsroom) -> None:
    with pytest.raises(UsageError, match="older version"):
        await room.press("bookmark", 1)
