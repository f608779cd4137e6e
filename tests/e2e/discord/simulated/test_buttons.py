"""Buttons of alerts and replies, before and after a restart."""

from datetime import timedelta

import discord
import pytest

from bot.message import Button, Message
from bot.store import lookup, tenants
from tests.support.discord.server import Server, alerted, shown


async def test_an_alert_and_its_buttons(server: Server) -> None:
    message = await alerted(server)
    assert message.embeds[0].title == "Pentagon drops Claude"
    why = await server.reader.click(message, label="Why")
    assert why.ephemeral
    assert "Pentagon drops Claude" in shown(why)
    sources = await server.reader.click(message, label="Sources")
    assert "1 independent origin" in shown(sources)
    refused = await server.reader.click(message, label="Mute story")
    assert "right to manage this channel" in shown(refused)
    muted = await server.manager.click(message, label="Mute story")
    assert "Muted here" in shown(muted)
    assert muted.response is not None
    lifted = await server.manager.click(muted.response, label="Unmute")
    assert "no longer muted" in shown(lifted)
    judged = await server.manager.click(message, label="Not relevant")
    assert "not relevant" in shown(judged)


async def test_buttons_work_after_a_restart(server: Server) -> None:
    message = await alerted(server)
    await server.restart()
    assert "Pentagon drops Claude" in shown(await server.reader.click(message, label="Why"))


async def test_a_pruned_alerts_button_says_so(server: Server) -> None:
    message = await alerted(server)
    async with server.office.store.write() as conn:
        home = await lookup.workspace_at(conn, "discord", str(server.guild.id))
        assert home is not None
        await tenants.forget(conn, home.id, server.clock.now())
    reply = await server.reader.click(message, label="Why")
    assert reply.ephemeral
    assert "no longer kept" in shown(reply)


async def test_the_latest_are_posted_on_demand(server: Server) -> None:
    reply = await server.manager.slash(server.policy, "subscribe", to="all")
    assert reply.response is not None
    pressed = await server.manager.click(reply.response, label="Post the latest 3 here")
    assert "3 stories come in a moment" in shown(pressed)
    again = await server.manager.click(reply.response, label="Post the latest 3 here")
    assert again.ephemeral


async def test_a_persons_own_alert_answers_in_their_messages(server: Server) -> None:
    await server.reader.slash(server.policy, "watch add", query="subpoena", deliver="me")
    async with server.office.store.read() as conn:
        home = await lookup.workspace_at(conn, "discord", str(server.guild.id))
        assert home is not None
        own = await lookup.destination_at(conn, home.id, f"@{server.reader.id}")
    assert own is not None
    posted = Message(title="Subpoena served", buttons=(Button("why", "Why", "1"),))
    await server.sender.post(own, posted, key="story:1", nonce="n" * 25, reply_to=None)
    direct = server.reader.user.dm_channel.last_message
    assert direct is not None
    reply = await server.reader.user.click(direct, label="Why")
    assert "no longer kept" in shown(reply)


@pytest.mark.parametrize("label", ["Mute story", "Not relevant"])
async def test_a_reader_may_not_press_what_managers_may(server: Server, label: str) -> None:
    message = await alerted(server)
    refused = await server.reader.click(message, label=label)
    assert refused.ephemeral
    assert "right to manage this channel" in shown(refused)


async def test_a_button_of_an_older_version_says_what_to_do(server: Server) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Snooze", custom_id="pw:snooze:7"))
    view.add_item(discord.ui.Button(label="Strange", custom_id="something-else"))
    channel = server.client.get_channel(server.policy.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("An old alert", view=view)
    view.stop()
    for label in ("Snooze", "Strange"):
        reply = await server.reader.click(message, label=label)
        assert reply.ephemeral
        assert "older version" in shown(reply)


async def test_an_alert_grows_in_place_and_pings_its_role_once(server: Server) -> None:
    desk = server.guild.create_role("desk", mentionable=True)
    await server.manager.slash(server.policy, "subscribe", to="all", mention=desk)
    story = await server.publish("Judge rules on Claude", about=["claude"], text="A judge ruled.")
    await server.deliver()
    server.clock.advance(timedelta(minutes=2))
    await server.publish("Judge rules for Anthropic", outlet="Reuters", story=story)
    tally = await server.deliver()
    assert (tally.posted, tally.edited) == (0, 1)
    message = server.policy.last_message
    assert message is not None
    assert "NPR and Reuters" in shown(message)
    assert message.content == f"<@&{desk.id}>"
    [edit] = [entry for entry in server.env.http_requests if entry.method == "PATCH"]
    assert edit.json is not None
    assert edit.json["allowed_mentions"]["parse"] == []
    assert "roles" not in edit.json["allowed_mentions"]
    why = await server.reader.click(message, label="Why")
    assert "Judge rules on Claude" in shown(why)
