"""`settings` and `status` on a real database."""

from dataclasses import replace

import pytest

from bot.chat.call import Actor, Place, Who
from bot.errors import FeedErrorKind, NotAllowed, NotFound, UsageError
from bot.model import DeliveryState
from bot.store import feeds as feed_rows
from bot.store import lookup
from tests.support.newsroom import CHIEF, HOME, MANAGER, OTHER, READER
from tests.support.office import Office

OPERATOR = Actor(id="operator", may=Who.OPERATOR)


async def test_settings_are_shown_with_what_they_mean(office: Office) -> None:
    assert (await office.say("settings")).splitlines() == [
        "Settings",
        "• zone UTC",
        "the time zone in which digests come and times are typed",
        "takes a zone such as Europe/Berlin or America/New_York",
        "• flood-limit 12",
        "instant posts an hour in one channel; what is more comes as one list",
        "takes a whole number from 1 to 60",
        "• breaking 0.9",
        "the relevance from which a story is breaking, and may come in quiet hours",
        "takes a number from 0.5 to 1",
        "To change one: /settings <name> <value>",
    ]
    assert "• zone UTC" in await office.say("settings zone")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        pytest.param("settings zone Europe/Berlin", "• zone Europe/Berlin", id="zone"),
        pytest.param("settings zone america/new york", "• zone America/New_York", id="any-case"),
        pytest.param("settings zone Tokyo", "• zone Asia/Tokyo", id="a-city"),
        pytest.param("settings flood-limit 6", "• flood-limit 6", id="flood-limit"),
        pytest.param("settings breaking 0.8", "• breaking 0.8", id="breaking"),
    ],
)
async def test_a_setting_is_kept_for_this_workspace(office: Office, line: str, kept: str) -> None:
    await office.say(line)
    assert kept in await office.say("settings")
    assert kept not in await office.say("settings", place=OTHER)


@pytest.mark.parametrize(
    ("line", "actor", "error"),
    [
        pytest.param("settings", MANAGER, NotAllowed, id="needs-the-right"),
        pytest.param("settings zone Berlni", CHIEF, NotFound, id="no-such-zone"),
        pytest.param("settings flood-limit 0", CHIEF, UsageError, id="out-of-range"),
        pytest.param("settings flood-limit many", CHIEF, UsageError, id="no-number"),
        pytest.param("settings breaking nan", CHIEF, UsageError, id="not-a-number"),
        pytest.param("settings colour red", CHIEF, UsageError, id="no-such-setting"),
    ],
)
async def test_refused(office: Office, line: str, actor: Actor, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        await office.say(line, actor=actor)
    assert len(str(raised.value)) > 20


async def test_a_misspelt_zone_is_suggested(office: Office) -> None:
    with pytest.raises(NotFound, match="Europe/Berlin"):
        await office.say("settings zone Berlni")


async def test_status_counts_the_day_of_this_workspace(office: Office) -> None:
    await office.say("subscribe anthropic")
    await office.say("watch add injunction deliver:me", actor=READER)
    await office.publish("Anthropic appeals", about=["anthropic"])
    await office.tell()
    assert (await office.say("status", actor=READER)).splitlines() == [
        "Status",
        "Feeds: 2 new",
        "Last read: never yet",
        "Today: 2 articles, 1 of them relevant, in 2 stories",
        "Alerts today: 1 story told",
        "Waiting: no message",
        "This channel: 1 subscription, 0 watches, 1 of your own",
    ]


async def test_status_shows_nothing_of_another_workspace(office: Office) -> None:
    other = await office.workspace(OTHER)
    await office.publish("Private filing", outlet="Private", of=other.id)
    await office.say("subscribe", place=OTHER)
    reply = await office.say("status", actor=READER)
    assert "Feeds: 2 new" in reply
    assert "Today: 1 article" in reply
    assert "0 subscriptions" in reply
    assert "Feeds: 3 new" in await office.say("status", place=OTHER)


async def test_status_names_what_is_wrong(office: Office) -> None:
    await office.say("subscribe")
    await office.publish("Anthropic appeals", about=["anthropic"])
    await office.tell(DeliveryState.PARKED, error="missing_scope")
    async with office.store.write() as conn:
        (state, *_) = await feed_rows.all_feeds(conn)
        failing = replace(
            state,
            failures=4,
            error_kind=FeedErrorKind.BLOCKED,
            error="the site refuses us",
            failing_since=office.now,
        )
        await feed_rows.save_polls(conn, [failing])
    reply = await office.say("status")
    assert "1 failing" in reply
    assert "failing since Tue 10 Mar 08:00\nthe site refuses us" in reply
    assert "1 message the platform did not take; its own words:\n• policy: missing_scope" in reply


async def test_only_the_operator_sees_the_whole(office: Office) -> None:
    await office.say("subscribe", place=OTHER)
    assert "The whole installation" not in await office.say("status", actor=CHIEF)
    whole = await office.say("status", actor=OPERATOR)
    assert "The whole installation\nWorkspaces: 1" in whole
    assert "Orders: 1 subscription and 0 watches in 1 channel" in whole


async def test_the_day_begins_at_midnight_of_the_workspaces_zone(office: Office) -> None:
    await office.say("settings zone Pacific/Auckland")
    office.pass_time(hours=4)
    assert "Today: 0 articles" in await office.say("status")


async def test_asking_makes_no_rows(office: Office) -> None:
    nowhere = Place(platform="console", workspace="nowhere", channel="x")
    await office.say("status", place=nowhere)
    await office.say("settings", place=nowhere)
    async with office.store.read() as conn:
        assert await lookup.workspace_at(conn, HOME.platform, "nowhere") is None
