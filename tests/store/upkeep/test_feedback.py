"""From presses of “Not relevant” to an edit that a manager applies, on a real database."""

import pytest

from bot.chat.call import Actor, Call
from bot.chat.commands import build
from bot.errors import NotAllowed, UsageError
from bot.message import Button, Message
from bot.model import Reason, Subscription, Watch, WatchHits
from bot.store import lookup, orders
from tests.support.newsroom import HOME, MANAGER, OTHER, READER, shown
from tests.support.office import Office


async def press(
    office: Office, action: str, argument: object, *, actor: Actor = MANAGER
) -> Message:
    call = Call(services=office.services(), place=HOME, actor=actor, now=office.now)
    return await build().press(call, action, str(argument))


async def subscriptions(office: Office) -> list[Subscription]:
    async with office.store.read() as conn:
        home = await lookup.workspace_at(conn, HOME.platform, HOME.workspace)
        assert home is not None
        return await orders.subscriptions_of(conn, home.id)


async def watches(office: Office) -> list[Watch]:
    async with office.store.read() as conn:
        home = await lookup.workspace_at(conn, HOME.platform, HOME.workspace)
        assert home is not None
        return await orders.watches_of(conn, home.id)


def edits(reply: Message) -> list[Button]:
    """The buttons that apply an edit."""
    return [button for button in reply.buttons if button.action == "apply-edit"]


def hit(watch: Watch) -> WatchHits:
    return {watch.id: (Reason(term="gadget", where="title", weight=1.0),)}


async def told(office: Office) -> None:
    """Seven stories are told: four of low relevance, three of high."""
    for number in range(4):
        await office.publish(f"Gadget {number}", relevance=0.52)
        await office.tell()
    for number in range(3):
        await office.publish(f"Ruling {number}", relevance=0.8)
        await office.tell()


async def test_presses_that_agree_offer_an_edit_with_its_back_test(office: Office) -> None:
    await office.say("subscribe")
    await told(office)
    for delivery in (1, 2):
        reply = await press(office, "not-relevant", delivery)
        assert not edits(reply)
    reply = await press(office, "not-relevant", 3)
    # The fourth gadget was not rejected, and would go too.
    assert not edits(reply)
    reply = await press(office, "not-relevant", 4)
    said = shown(reply)
    assert "Subscription to all AI policy (instant): ask for relevance 0.55, not 0.5." in said
    assert (
        "it would have removed 4 of 4 stories found not relevant, none of the 3 that were kept"
        in said
    )
    assert "/subscribe all instant threshold:0.55" in said
    assert (await subscriptions(office))[0].threshold == 0.5
    (button,) = edits(reply)
    done = await press(office, button.action, button.argument)
    assert "was edited: ask for relevance 0.55" in shown(done)
    assert (await subscriptions(office))[0].threshold == 0.55
    assert "What these presses suggest" not in await office.say("status")


async def test_the_offer_stands_in_status_and_its_command_does_the_same(office: Office) -> None:
    await office.say("subscribe")
    await told(office)
    for delivery in range(1, 5):
        await press(office, "not-relevant", delivery)
    reply = await office.reply("status", actor=READER)
    assert "Pressed “Not relevant”: 4 times on 4 stories in 30 days" in shown(reply)
    assert "What these presses suggest" in shown(reply)
    with pytest.raises(NotAllowed):
        await press(office, reply.buttons[0].action, reply.buttons[0].argument, actor=READER)
    await office.say("subscribe all instant threshold:0.55", actor=MANAGER)
    assert (await subscriptions(office))[0].threshold == 0.55
    assert "suggest" not in await office.say("status", place=OTHER)


async def test_a_watch_gains_a_clause(office: Office) -> None:
    await office.say("watch add gadget", actor=MANAGER)
    (watch,) = await watches(office)
    for number in range(3):
        await office.publish(f"Gadget {number} on sale", hits=hit(watch))
        await office.tell()
    await office.publish("Gadget is banned", hits=hit(watch))
    await office.tell()
    for delivery in (1, 2):
        await press(office, "not-relevant", delivery)
    reply = await press(office, "not-relevant", 3)
    assert "Watch w1 “gadget”: add NOT sale to its query." in shown(reply)
    (button,) = edits(reply)
    await press(office, button.action, button.argument)
    assert [one.query for one in await watches(office)] == ["gadget AND NOT sale"]


async def test_an_offer_for_an_order_that_has_ended_changes_nothing(office: Office) -> None:
    await office.say("subscribe")
    for argument in ("s1:threshold:2", "s9:threshold:0.6", "w1:NOT sale", "", ":", "s1"):
        with pytest.raises(UsageError, match="ended or was changed"):
            await press(office, "apply-edit", argument)


async def test_a_press_can_be_taken_back_and_counts_no_longer(office: Office) -> None:
    await office.say("subscribe")
    await told(office)
    for delivery in range(1, 4):
        await press(office, "not-relevant", delivery)
    reply = await press(office, "not-relevant", 4)
    assert edits(reply)
    (back,) = (button for button in reply.buttons if button not in edits(reply))
    with pytest.raises(NotAllowed):
        await press(office, back.action, back.argument, actor=READER)
    assert "is no longer among what you found" in shown(
        await press(office, back.action, back.argument)
    )
    assert "You had not found it" in shown(await press(office, back.action, back.argument))
    assert "What these presses suggest" not in await office.say("status")
