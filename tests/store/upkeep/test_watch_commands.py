"""The `watch` commands on a real database."""

import re

import pytest

from bot.chat.call import Actor, Place
from bot.chat.commands import watches as command
from bot.chat.problems import problem
from bot.errors import NotAllowed, NotFound, UsageError
from bot.services.watches import results
from bot.services.watches.results import Kept
from bot.store import lookup, orders
from bot.watches import WatchSyntaxError
from tests.support.newsroom import CHIEF, HOME, MANAGER, OTHER, READER, shown
from tests.support.office import Office

LEDGER = "https://ledger.example/"
ELSEWHERE = Place(platform="console", workspace="home", channel="ops", channel_name="ops")


async def test_a_watch_is_tried_on_history_and_nothing_is_saved(office: Office) -> None:
    reply = await office.say("watch test injunction", actor=READER)
    assert re.sub(r"-court-[a-z-]+>|over-a-chatbot>", "…>", reply).splitlines() == [
        "Watch test: nothing is saved",
        "This asks for stories that mention “injunction”.",
        "It would have matched 3 articles in the last 14 days and made 2 alerts: 0.1 a day.",
        "Adding relevance>0.5 would leave 1 of the 2 alerts.",
        "Matched, newest first",
        "• Injunction sought over a chatbot",
        f"Ledger, Tue 10 Mar 07:57 · relevance 0.30 · s2 · read <{LEDGER}injunction-sought-…>",
        "• Anthropic: appeals court takes the injunction",
        f"Ledger, Mon 9 Mar 11:57 · relevance 0.70 · s1 · read <{LEDGER}anthropic:-appeals…>",
        "To save it: /watch add injunction",
    ]
    assert (
        await office.say("watch list") == "No watch yet. Try a query first: /watch test anthropic"
    )


async def test_the_matched_places_are_marked_in_title_and_text(office: Office) -> None:
    tested = await office.services().watches.test(HOME, "monday", now=office.now)
    (example,) = tested.tried.examples
    assert [example.article.field(span.field)[span.start : span.end] for span in example.spans] == [
        "Monday"
    ]
    reply = await office.say("watch test monday")
    assert "The company asked for an injunction on Monday. The agency said nothing." in reply


async def test_days_narrow_the_trial(office: Office) -> None:
    office.pass_time(hours=10)
    reply = await office.say("watch test injunction 1")
    assert "matched 1 article in the last day and made 1 alert" in reply


async def test_adding_reads_the_query_back_and_takes_effect(office: Office) -> None:
    reply = await office.say("watch add injunction NOT openai name:Courts", actor=MANAGER)
    assert reply.splitlines()[:2] == [
        "Watching: Courts",
        "w1 is saved. Alerts in this channel: stories that mention “injunction”, without “openai”.",
    ]
    assert office.live.refreshed == 1
    listed = await office.say("watch list", actor=READER)
    assert "• w1 Courts" in listed
    assert "injunction AND NOT openai" in listed
    assert "no alert yet" in listed


async def test_the_same_query_twice_is_one_watch(office: Office) -> None:
    await office.say("watch add injunction AND NOT openai name:Courts")
    again = await office.say("watch add injunction -openai")
    assert "w1 was here already" in again
    assert "Watching: Courts" in again
    async with office.store.read() as conn:
        assert len(await orders.active_queries(conn)) == 1


async def test_a_persons_own_watch_needs_no_right_and_is_theirs_alone(office: Office) -> None:
    reply = await office.reply("watch add injunction deliver:me", actor=READER)
    assert reply.private
    assert "for you alone" in shown(reply)
    assert "w1" in await office.say("watch list", actor=READER)
    assert "No watch yet" in await office.say("watch list", actor=MANAGER)
    async with office.store.read() as conn:
        (number,) = await orders.active_queries(conn)
        watch = await orders.watch(conn, number)
        workspace = await lookup.workspace_at(conn, HOME.platform, HOME.workspace)
        assert workspace is not None
        mine = await lookup.destination_at(conn, workspace.id, "@reader")
    assert mine is not None
    assert watch is not None
    assert (watch.owner, watch.destination, mine.owner) == ("reader", mine.id, "reader")


@pytest.mark.parametrize(
    ("line", "actor", "error"),
    [
        pytest.param("watch add injunction", READER, NotAllowed, id="channel-needs-its-manager"),
        pytest.param("watch edit w1 appeal", READER, NotAllowed, id="edit-needs-the-manager"),
        pytest.param("watch pause w1", READER, NotAllowed, id="pause-needs-the-manager"),
        pytest.param("watch remove w9", MANAGER, NotFound, id="no-such-watch"),
        pytest.param("watch remove w2", MANAGER, NotFound, id="another-persons-own"),
        pytest.param("watch remove w3", MANAGER, NotAllowed, id="another-channels"),
        pytest.param("watch remove w4", CHIEF, NotFound, id="another-workspaces"),
        pytest.param("watch add injunction mention:@everyone", MANAGER, UsageError, id="everyone"),
        pytest.param("watch add -openai", MANAGER, WatchSyntaxError, id="only-excludes"),
        pytest.param("watch edit w1 appeals", MANAGER, UsageError, id="another-asks-that"),
        pytest.param(
            "watch add x deliver:me mention:@policy", MANAGER, UsageError, id="own-pings-nobody"
        ),
    ],
)
async def test_refused(office: Office, line: str, actor: Actor, error: type[Exception]) -> None:
    await office.say("watch add injunction name:First")
    await office.say("watch add injunction deliver:me", actor=Actor(id="somebody"))
    await office.say("watch add injunction", place=ELSEWHERE)
    await office.say("watch add injunction", place=OTHER)
    await office.say("watch add appeals")
    with pytest.raises(error) as raised:
        await office.reply(line, actor=actor)
    assert len(str(raised.value)) > 20


async def test_a_workspace_manager_changes_watches_of_any_channel(office: Office) -> None:
    await office.say("watch add injunction", place=ELSEWHERE)
    assert "is removed" in await office.say("watch remove w1", actor=CHIEF)


async def test_another_workspaces_articles_are_not_in_the_trial(office: Office) -> None:
    other = await office.workspace(OTHER)
    await office.publish("Secret injunction filed", outlet="Private", of=other.id)
    assert "matched 3 articles" in await office.say("watch test injunction")
    assert "matched 4 articles" in await office.say("watch test injunction", place=OTHER)


async def test_edit_keeps_the_name_that_was_given(office: Office) -> None:
    await office.say("watch add injunction name:Courts")
    assert "Watching: Courts" in await office.say("watch edit courts appeals")
    assert "stories that mention “appeals”" in await office.say("watch list")


async def test_a_name_that_was_only_the_query_follows_it(office: Office) -> None:
    await office.say("watch add injunction")
    assert "Watching: appeals" in await office.say("watch edit w1 appeals")


async def test_pause_and_on_again(office: Office) -> None:
    await office.say("watch add injunction")
    assert "is paused" in await office.say("watch pause w1")
    assert "paused by hand" in await office.say("watch list")
    assert "goes on" in await office.say("watch pause w1")
    assert office.live.refreshed == 3


@pytest.mark.parametrize(
    "own", [pytest.param(True, id="person"), pytest.param(False, id="channel")]
)
async def test_limits(office: Office, own: bool) -> None:
    ending = " deliver:me" if own else ""
    for word in ("injunction", "appeals"):
        await office.reply(f"watch add {word}{ending}", limit=2)
    with pytest.raises(UsageError, match="2 are the limit"):
        await office.reply(f"watch add judge{ending}", limit=2)
    await office.reply(f"watch add appeals{ending}", limit=2)


async def test_a_question_makes_no_rows(office: Office) -> None:
    nowhere = Place(platform="console", workspace="nowhere", channel="x")
    await office.say("watch test injunction", place=nowhere)
    await office.say("watch list", place=nowhere)
    async with office.store.read() as conn:
        assert await lookup.workspace_at(conn, "console", "nowhere") is None


async def test_an_error_points_at_the_column(office: Office) -> None:
    with pytest.raises(WatchSyntaxError) as raised:
        await office.reply("watch test injunction AND (appeal")
    message = problem(raised.value)
    assert message.private
    assert "injunction AND (appeal\n               ^" in raised.value.marked
    assert "This parenthesis is never closed." in shown(message)


async def test_a_pinged_role_is_an_id_whatever_the_platform_wraps_it_in(office: Office) -> None:
    for typed, role in (("<@&123>", "123"), ("@policy", "policy"), ("<!subteam^S1|@desk>", "S1")):
        kept = await office.services().watches.add(
            HOME, MANAGER, f"word{role}", now=office.now, mention=typed
        )
        assert isinstance(kept, Kept)
        assert kept.watch.mention == role


async def test_a_flood_is_shown_and_not_saved_unless_that_is_meant(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "FLOOD", 0.1)
    reply = await office.say("watch add injunction")
    assert reply.startswith("Too many alerts")
    assert "It is not saved: stories that mention “injunction” would bring 0 alerts a day" in reply
    assert "(injunction) relevance>0.5" in reply
    assert "Matched, newest first" in reply
    assert "No watch yet" in await office.say("watch list")
    assert "is saved" in await office.say("watch add injunction anyway:yes")
    await office.say("watch add anthropic AND appeals name:Appeals")
    assert "The watch is as it was" in await office.say("watch edit w2 injunction OR court")
    assert "anthropic AND appeals" in await office.say("watch list")


async def test_many_alerts_a_day_are_warned_of(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "MANY", 0.1)
    assert "That is a lot: past the channel's limit" in await office.say("watch add injunction")
    assert "That is a lot" not in await office.say("watch add chatbot")


async def test_why_tells_a_person_of_their_own_watches_and_nobody_else(office: Office) -> None:
    assert "for you alone" in await office.say("watch add chatbot NOT bill deliver:me")
    office.pass_time(minutes=1)
    await office.publish("Senate passes chatbot bill", outlet="BBC")
    asked = "why https://bbc.example/senate-passes-chatbot-bill"
    lacking = "• Your watch “chatbot AND NOT bill”: “bill” is in it, which the query excludes"
    assert lacking in await office.say(asked)
    assert "Your watch" not in await office.say(asked, actor=READER)
