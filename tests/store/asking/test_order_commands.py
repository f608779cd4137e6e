"""`subscribe`, `unsubscribe`, `subscriptions`, `mute`, `quiet`: orders and their replies."""

from dataclasses import replace

import pytest

from bot.alerts.drafting import Drafts
from bot.errors import NotAllowed, NotFound, UsageError
from bot.message import Button
from bot.model import ArticleKind, DeliveryId, Mode, QuietHours, Subscription
from bot.services.asking import Actor, Place, Who
from bot.services.places import Beginning, Places
from bot.store import alerts, lookup, orders, outbox, places, stories, turns
from tests.support.newsroom import CHIEF, HOME, MANAGER, OTHER, READER, Newsroom
from tests.support.wiring import RULES

ELSEWHERE = replace(HOME, channel="ai", channel_name="ai")


async def standing(room: Newsroom) -> list[Subscription]:
    async with room.store.read() as conn:
        return list((await orders.standing(conn)).subscriptions)


async def queued(room: Newsroom) -> list[str]:
    """Titles of the messages that go out next, as the outbox writes them, in its order."""
    drafts = Drafts(stories=stories, alerts=alerts, deliveries=outbox, rules=RULES)
    found = []
    async with room.store.read() as conn:
        (place,) = await places.all_destinations(conn)
        for delivery in await outbox.by_ids(conn, [DeliveryId(number) for number in range(9)]):
            draft = await drafts.write(conn, place, delivery, lambda *_: None)
            assert draft is not None
            found.append(draft.message.title)
    return found


# subscribe


async def test_subscribing_answers_with_what_the_last_week_would_have_brought(
    room: Newsroom,
) -> None:
    await room.publish("Older", about=["anthropic"])
    room.pass_time(days=8)
    for number in range(4):
        await room.publish(f"Story {number}", about=["anthropic"])
        room.pass_time(hours=1)
    await room.publish("In passing", passing=["anthropic"])
    await room.publish("Not relevant", about=["anthropic"], relevance=0.2)
    await room.publish("Opinion", about=["anthropic"], kind=ArticleKind.OPINION)
    await room.publish("Of another", about=["openai"])
    assert (await room.say("/subscribe anthropic", actor=MANAGER)).splitlines() == [
        "Subscribed to Anthropic",
        "Instant, relevance from 0.5.",
        "In the last 7 days it would have brought 4 stories, the newest:",
        "• Story 3 <https://npr.example/story-3>",
        "NPR, Tue 17 Mar 14:57 · s5",
        "• Story 2 <https://npr.example/story-2>",
        "NPR, Tue 17 Mar 13:57 · s4",
        "• Story 1 <https://npr.example/story-1>",
        "NPR, Tue 17 Mar 12:57 · s3",
        "Post the latest 3 here ⟨!post-latest 1⟩",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("/subscribe", "Subscribed to all AI policy", id="all"),
        pytest.param("/subscribe courts and liability", "to Courts and liability", id="topic"),
        pytest.param("/subscribe pentagon-dispute", "to The Pentagon dispute", id="seed"),
        pytest.param("/subscribe dod daily", "Daily at 08:00", id="digest"),
        pytest.param(
            '/subscribe all weekly at:"friday 9:00"', "Weekly on Friday at 09:00", id="weekly"
        ),
        pytest.param("/subscribe all 3", "from 3 independent origins", id="origins-by-place"),
        pytest.param(
            "/subscribe mode:hourly threshold:0.7 depth:any kinds:all",
            "Hourly, relevance from 0.7, mentions in passing too, kinds explainer, live, news",
            id="the-rest-by-name",
        ),
        pytest.param("/subscribe @policy", "pings policy", id="role"),
    ],
)
async def test_subscribing_says_what_it_understood(room: Newsroom, line: str, said: str) -> None:
    assert said in await room.say(line, actor=MANAGER)


async def test_subscribing_twice_is_told_kindly(room: Newsroom) -> None:
    await room.say("/subscribe anthropic min-sources:2")
    said = await room.say("/subscribe anthropic")
    assert "Already subscribed to Anthropic: nothing to change" in said
    assert "from 2 independent origins" in said
    assert len(await standing(room)) == 1


async def test_subscribing_again_with_other_options_changes_it_in_place(room: Newsroom) -> None:
    await room.say("/subscribe anthropic min-sources:2 mention:@policy")
    said = await room.say("/subscribe anthropic min-sources:3")
    assert "Subscription to Anthropic changed" in said
    assert "Changed: independent origins needed: 3." in said
    (only,) = await standing(room)
    assert (only.min_sources, only.mention) == (3, "policy")


async def test_another_mode_is_another_subscription(room: Newsroom) -> None:
    await room.say("/subscribe anthropic")
    assert "This channel has it as instant too" in await room.say("/subscribe anthropic daily")
    assert [s.mode for s in await standing(room)] == [Mode.INSTANT, Mode.DAILY]


async def test_an_unknown_target_suggests_and_offers_a_watch(room: Newsroom) -> None:
    with pytest.raises(NotFound, match="Did you mean “Anthropic”"):
        await room.say("/subscribe antropic")
    with pytest.raises(NotFound, match="/watch add zzzz qqqq"):
        await room.say("/subscribe zzzz qqqq")
    assert await standing(room) == []


async def test_the_channels_limit_is_said_with_what_to_do(room: Newsroom) -> None:
    await room.say("/subscribe anthropic", limit=1)
    with pytest.raises(UsageError, match=r"1 is the limit\. End one with /unsubscribe"):
        await room.say("/subscribe openai", limit=1)
    await room.say("/subscribe anthropic min-sources:2", limit=1)


async def test_another_channel_is_for_who_manages_the_workspace(room: Newsroom) -> None:
    with pytest.raises(NotAllowed, match="type /subscribe there"):
        await room.say("/subscribe anthropic #ai", actor=MANAGER)
    assert "Subscribed to Anthropic in #ai" in await room.say("/subscribe anthropic #ai")
    assert "Post the latest" not in await room.say("/subscribe anthropic #ai")
    assert "#ai" not in await room.say("/subscribe anthropic #policy", actor=MANAGER)
    assert "has none" not in await room.say("/subscriptions", place=ELSEWHERE)


@pytest.mark.parametrize("line", ["/subscribe", "/unsubscribe", "/mute", "/quiet 22-7"])
async def test_orders_need_the_right_to_manage_the_channel(room: Newsroom, line: str) -> None:
    with pytest.raises(NotAllowed, match="the right to manage this channel"):
        await room.say(line, actor=READER)


# post the latest


async def test_the_latest_are_posted_once_and_in_order(room: Newsroom) -> None:
    for number in range(4):
        await room.publish(f"Story {number}")
        room.pass_time(hours=1)
    reply = await room.reply("/subscribe")
    (button,) = reply.buttons
    assert button == Button("post-latest", "Post the latest 3 here", "1", "primary")
    said = await room.press(button.action, button.argument, actor=MANAGER)
    assert "3 stories come in a moment." in str(said.blocks)
    assert said.private
    assert await queued(room) == ["Story 1", "Story 2", "Story 3"]
    again = await room.press(button.action, button.argument, actor=MANAGER)
    assert "has been told of the latest ones already" in str(again.blocks)
    await room.tell()
    for label in ("s2", "s3", "s4"):
        assert "Told here" in await room.say(f"/why {label}")
    assert "it came before this was ordered" in await room.say("/why s1")
    with pytest.raises(NotAllowed):
        await room.press(button.action, button.argument, actor=READER)


async def test_the_latest_of_another_channels_subscription_are_not_posted(room: Newsroom) -> None:
    await room.publish("A story")
    await room.say("/subscribe", place=OTHER)
    await room.say("/subscribe anthropic", place=ELSEWHERE)
    for number in (1, 2, 99, "x"):
        with pytest.raises(UsageError, match="/subscribe makes a new one"):
            await room.press("post-latest", number)


async def test_a_new_workspace_begins_with_the_operators_numbers(room: Newsroom) -> None:
    given = Places(lookup, places, Beginning(flood_limit=3, breaking=0.8))
    async with room.store.write() as conn:
        made = await given.workspace(conn, HOME, room.now)
        assert (made.flood_limit, made.breaking) == (3, 0.8)
        await places.set_workspace(conn, made.id, flood_limit=5)
        again = await given.workspace(conn, HOME, room.now)
    assert (again.flood_limit, again.breaking) == (5, 0.8)


# unsubscribe


async def test_the_only_one_need_not_be_named(room: Newsroom) -> None:
    await room.say("/subscribe anthropic")
    assert (await room.say("/unsubscribe", actor=MANAGER)).splitlines() == [
        "The subscription to Anthropic (instant) has ended",
        "It is undone by /subscribe anthropic instant.",
    ]
    assert await standing(room) == []
    with pytest.raises(UsageError, match="/subscribe makes one"):
        await room.say("/unsubscribe")


@pytest.mark.parametrize("typed", ["anthropic daily", "ANTHROPIC Daily", "#2", "2"])
async def test_one_of_several_is_named(room: Newsroom, typed: str) -> None:
    await room.say("/subscribe anthropic")
    await room.say("/subscribe anthropic daily")
    await room.say(f"/unsubscribe {typed}")
    assert [s.mode for s in await standing(room)] == [Mode.INSTANT]


async def test_which_one_is_asked_with_what_to_type(room: Newsroom) -> None:
    await room.say("/subscribe anthropic")
    await room.say("/subscribe anthropic daily")
    await room.say("/subscribe")
    which = "/unsubscribe anthropic instant; /unsubscribe anthropic daily; /unsubscribe all instant"
    for line in ("/unsubscribe", "/unsubscribe anthropic"):
        with pytest.raises(UsageError, match=which):
            await room.say(line)
    with pytest.raises(NotFound, match="anthropic daily"):
        await room.say("/unsubscribe anthropic dialy")
    assert len(await standing(room)) == 3


async def test_another_workspaces_subscription_is_not_there(room: Newsroom) -> None:
    await room.say("/subscribe anthropic", place=OTHER)
    await room.say("/subscribe openai")
    with pytest.raises(NotFound):
        await room.say("/unsubscribe anthropic")
    with pytest.raises(NotFound):
        await room.say("/unsubscribe #1")
    assert len(await standing(room)) == 2


# subscriptions


async def closed(room: Newsroom, reason: str, place: Place = HOME) -> None:
    """The channel cannot be reached any more."""
    async with room.store.write() as conn:
        workspace = await lookup.workspace_at(conn, place.platform, place.workspace)
        assert workspace is not None
        destination = await lookup.destination_at(conn, workspace.id, place.channel)
        assert destination is not None
        await turns.pause(conn, destination, reason, room.now, room.now)


async def test_the_list_shows_last_alert_next_digest_and_trouble(room: Newsroom) -> None:
    await room.say("/subscribe")
    await room.say("/subscribe anthropic daily")
    await room.publish("A story")
    await room.tell()
    assert (await room.say("/subscriptions", actor=READER)).splitlines() == [
        "Subscriptions",
        "• all AI policy: instant, relevance from 0.5",
        "last alert Mon 9 Mar 12:00",
        "• Anthropic: daily at 08:00, relevance from 0.5",
        "no alert yet, next digest Tue 10 Mar 08:00",
    ]
    await closed(room, "no access")
    assert "Paused: no access. It resumes by itself" in await room.say("/subscriptions")


async def test_what_cannot_be_delivered_elsewhere_is_shown_to_who_manages_all(
    room: Newsroom,
) -> None:
    await room.say("/subscribe", place=ELSEWHERE)
    await room.say("/subscribe", place=OTHER)
    await closed(room, "the channel is deleted", ELSEWHERE)
    said = await room.say("/subscriptions")
    assert "Not delivered in other channels\n• #ai: all AI policy" in said
    assert "Paused: the channel is deleted." in said
    assert "Other channels of this workspace have 1 subscription." in said
    assert "#ai" not in await room.say("/subscriptions", actor=MANAGER)


# mute


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        pytest.param("", "Until Tue 10 Mar 12:00 (UTC).", id="a-day-unless-said"),
        pytest.param("3h", "Until Mon 9 Mar 15:00 (UTC).", id="span"),
        pytest.param("until friday 9:00", "Until Fri 13 Mar 09:00 (UTC).", id="day"),
    ],
)
async def test_mute(room: Newsroom, typed: str, until: str) -> None:
    said = await room.say(f"/mute {typed}", actor=MANAGER)
    assert until in said
    await room.say("/subscribe")
    assert "/mute off ends it" in await room.say("/subscriptions")


async def test_mute_is_typed_in_the_workspaces_zone_and_lifted(room: Newsroom) -> None:
    await room.say("/quiet 23-5 Europe/Berlin")
    said = await room.say("/mute 18:00", actor=MANAGER)
    assert "(Europe/Berlin)" in said
    async with room.store.read() as conn:
        (place,) = await places.all_destinations(conn)
    assert place.muted_until is not None
    assert place.muted_until.hour == 17  # in UTC
    assert "hears alerts again" in await room.say("/mute off")
    assert "was not muted" in await room.say("/mute off")


async def test_lifting_a_mute_that_never_was_stores_nothing(room: Newsroom) -> None:
    await room.say("/mute off")
    async with room.store.read() as conn:
        assert await places.all_destinations(conn) == []


# quiet


async def test_quiet_hours_are_set_shown_and_lifted(room: Newsroom) -> None:
    assert "has no quiet hours" in await room.say("/quiet")
    said = await room.say("/quiet 10pm-7 breaking:yes", actor=MANAGER)
    assert "Quiet hours: 22:00 to 07:00 (UTC)" in said
    assert "Breaking stories come all the same." in said
    assert "Quiet hours: 22:00 to 07:00" in await room.say("/quiet", actor=MANAGER)
    assert "Breaking stories wait too" in await room.say("/quiet breaking:no", actor=MANAGER)
    assert "has no quiet hours" in await room.say("/quiet off", actor=MANAGER)


async def test_quiet_hours_that_reign_now_say_until_when(room: Newsroom) -> None:
    assert "It is quiet now, until 13:00." in await room.say("/quiet 11-13")


async def test_the_zone_is_for_who_manages_the_workspace(room: Newsroom) -> None:
    with pytest.raises(NotAllowed, match="counts for the whole workspace"):
        await room.say("/quiet 22-7 Europe/Berlin", actor=MANAGER)
    with pytest.raises(NotFound, match="Europe/Berlin"):
        await room.say("/quiet 22-7 Europe/Berln")
    await room.say("/quiet 22-7 Europe/Berlin", actor=CHIEF)
    # The zone that counts already is nothing to set.
    assert "Europe/Berlin" in await room.say("/quiet 23-7 Europe/Berlin", actor=MANAGER)
    async with room.store.read() as conn:
        (place,) = await places.all_destinations(conn)
    assert place.zone == "Europe/Berlin"
    assert isinstance(place.quiet, QuietHours)


async def test_breaking_without_quiet_hours_is_refused_with_an_example(room: Newsroom) -> None:
    with pytest.raises(UsageError, match="/quiet 22:00-07:00"):
        await room.say("/quiet breaking:yes")


async def test_a_persons_direct_messages_take_orders_too(room: Newsroom) -> None:
    person = Actor(id="ann", may=Who.CHANNEL_MANAGER)
    direct = replace(HOME, channel="dm-ann", channel_name="", kind="direct", owner="ann")
    await room.say("/subscribe anthropic", place=direct, actor=person)
    async with room.store.read() as conn:
        (place,) = await places.all_destinations(conn)
    assert place.owner == "ann"
    # Nobody else is told that it exists.
    assert "Other channels" not in await room.say("/subscriptions")
