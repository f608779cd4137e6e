"""`entity import` on a real database: from an article to answered proposals."""

import pytest

from bot.chat.call import Actor, Call, Place
from bot.chat.commands import build
from bot.errors import FeedError, NotAllowed, UsageError
from bot.message import Message
from tests.support.newsroom import CHIEF, HOME, MANAGER, OTHER, shown
from tests.support.office import Office

LINK = "https://gazette.example/machine-safety"
PAGE = """
<html><head><title>Regulator opens inquiry into Halden Robotics | Gazette</title></head><body>
<nav>Home Politics Sport</nav>
<article><h1>Regulator opens inquiry into Halden Robotics</h1>
<p>Commerce Secretary Jane Roe said on Tuesday that the Institute for Machine Safety (IMS) will look
into Halden Robotics, whose assistant Corvin is used by two ministries.</p>
<p>Roe told reporters that the IMS had asked OpenAI and Anthropic for documents as well. Halden
Robotics denied any wrongdoing. “We will cooperate,” said its chief executive, Piet Alberts.</p>
<p>Alberts added that Corvin had passed every test that the IMS had set.</p>
</article></body></html>
"""


@pytest.fixture
def web(office: Office) -> Office:
    """An office whose web has the article."""
    office.web.pages[LINK] = PAGE.encode()
    return office


async def press(
    office: Office, action: str, argument: str, *, actor: Actor = CHIEF, place: Place = HOME
) -> Message:
    call = Call(services=office.services(), place=place, actor=actor, now=office.now)
    return await build().press(call, action, argument)


async def names(office: Office, place: Place = HOME) -> set[str]:
    listed = await office.services().entities.listing(place, "")
    return {entity.name for entity in listed.own}


async def test_proposals_are_listed_and_nothing_is_added(web: Office) -> None:
    reply = await web.reply(f"entity import {LINK}")
    said = shown(reply)
    assert said.splitlines()[0] == "Proposals from “Regulator opens inquiry into Halden Robotics”"
    assert "Nothing is added unasked" in said
    assert "Jane Roe, person" in said
    assert "Commerce Secretary · also written “Roe”" in said
    assert "Institute for Machine Safety, agency" in said or "organisation" in said
    assert "Tracked already: " in said
    assert "OpenAI" in said
    assert "Home" not in said
    assert await names(web) == set()
    assert web.live.refreshed == 0


async def test_each_proposal_is_accepted_or_skipped_in_turn(web: Office) -> None:
    reply = await web.reply(f"entity import {LINK}")
    count = 0
    (button,) = reply.buttons
    reply = await press(web, button.action, button.argument)
    accepted: set[str] = set()
    while reply.buttons:
        assert reply.private
        name = reply.title.partition(": ")[2]
        skip = next(button for button in reply.buttons if button.label == "Skip")
        add = reply.buttons[0]
        taken = count % 2 == 0 and add is not skip
        reply = await press(web, *((add if taken else skip).action, add.argument))
        if taken:
            accepted.add(name)
            assert f"{name} is tracked here from now on." in shown(reply)
        count += 1
    assert count > 3
    assert f"All are answered: {len(accepted)} added, {count - len(accepted)} skipped." in shown(
        reply
    )
    assert await names(web) == accepted
    assert await names(web, OTHER) == set()
    assert web.live.refreshed == len(accepted)


async def test_several_are_accepted_by_number_and_a_doubtful_one_is_not(web: Office) -> None:
    for day in range(3):
        await web.publish(f"A corvin {day}", text="A corvin is a bird, and a corvin flies.")
    said = await web.say(f"entity import {LINK}")
    numbers = {
        line.split()[2].strip(","): line.split()[1] for line in said.splitlines() if "•" in line
    }
    corvin, jane = numbers["Corvin"], numbers["Jane"]
    said = await web.say(f"entity import i1 accept:{corvin},{jane}")
    assert "Tracked here from now on: Jane Roe." in said
    assert "Corvin: “Corvin” is also a common word" in said
    assert await names(web) == {"Jane Roe"}
    again = await web.say("entity import i1")
    assert "Jane Roe, person · added" in again
    step = await press(web, "proposal", f"1:{corvin}")
    assert "Think twice" in shown(step)
    assert step.buttons[0].label == "Add all the same"
    await press(web, step.buttons[0].action, step.buttons[0].argument)
    assert "Corvin" in await names(web)


async def test_an_edited_one_is_added_by_its_command_and_counts_as_answered(web: Office) -> None:
    await web.say(f"entity import {LINK}")
    step = await press(web, "proposal", "1:1")
    assert "To change it, type this your way, then go on: /entity add" in shown(step)
    await web.say('entity add "Jane Roe" person aliases:"Secretary Roe, Roe"')
    again = await web.say("entity import i1")
    assert "Jane Roe, person · added" in again


async def test_a_surname_counts_only_after_the_full_name(web: Office) -> None:
    await web.say('entity add "Jane Roe" person aliases:Roe')
    shown_ = await web.say("entity show jane-roe")
    assert "“Roe” (after the full name, or in context)" in shown_


async def test_a_known_entity_gains_the_ways_that_the_article_writes_it(office: Office) -> None:
    text = (
        "The Federal Trade Commission of the United States, the F.T.C. Bureau in short, sued on "
        "Monday. The Center for Strategic and International Studies (CSIS) took note."
    )
    said = await office.say(f"entity import {text}")
    assert "Tracked already: " in said


async def test_pasted_text_is_read_too(office: Office) -> None:
    reply = await office.say(
        "entity import Commerce Secretary Jane Roe said on Tuesday that Halden Robotics will be "
        "looked into by the Institute for Machine Safety (IMS), she told reporters in Brussels."
    )
    assert "Jane Roe, person" in reply


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("entity import hello world", "nor enough of its text", id="too-short"),
        pytest.param("entity import https://nowhere.example/x", "404", id="not-found"),
        pytest.param("entity import http://127.0.0.1/x", "127.0.0.1", id="private-address"),
        pytest.param("entity import i99", "no longer kept", id="no-such-draft"),
        pytest.param("entity import i1 accept:x", "no list of numbers", id="no-numbers"),
        pytest.param("entity import i1 accept:99", "There is no proposal 99", id="no-such-number"),
        pytest.param(f"entity import {LINK} accept:1", "goes with an earlier import", id="unread"),
        pytest.param("entity import https://file.example/a.pdf", "no page but a file", id="pdf"),
        pytest.param(
            "entity import https://list.example/links", "No names were found", id="no-article"
        ),
    ],
)
async def test_refused(web: Office, line: str, words: str) -> None:
    web.web.pages["https://file.example/a.pdf"] = b"%PDF-1.7 ..."
    web.web.pages["https://list.example/links"] = b"<html><body><a href=/>more</a></body></html>"
    await web.say(f"entity import {LINK}")
    with pytest.raises((UsageError, FeedError)) as raised:
        await web.say(line)
    assert words in str(raised.value)


async def test_it_needs_the_right_and_stays_in_its_workspace(web: Office) -> None:
    await web.say(f"entity import {LINK}")
    with pytest.raises(NotAllowed):
        await web.say("entity import i1", actor=MANAGER)
    for action in ("proposal", "add-proposed", "skip-proposed"):
        with pytest.raises(NotAllowed):
            await press(web, action, "1:1", actor=MANAGER)
        for argument in ("1:1", "99:1", "x", ""):
            with pytest.raises(UsageError, match="no longer kept"):
                await press(web, action, argument, place=OTHER)


async def test_a_second_press_adds_nothing_twice(web: Office) -> None:
    await web.say(f"entity import {LINK}")
    first = await press(web, "add-proposed", "1:1")
    assert "is tracked here from now on" in shown(first)
    count = len(await names(web))
    assert "answered before" in shown(await press(web, "add-proposed", "1:1"))
    assert len(await names(web)) == count
