"""Buttons of alerts and replies, before and after a restart."""

from bot.message import Button, Message
from bot.store import here, tenants
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
        home = await here.workspace_at(conn, "discord", str(server.guild.id))
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
        home = await here.workspace_at(conn, "discord", str(server.guild.id))
        assert home is not None
        own = await here.destination_at(conn, home.id, f"@{server.reader.id}")
    assert own is not None
    posted = Message(title="Subpoena served", buttons=(Button("why", "Why", "1"),))
    await server.sender.post(own, posted, key="story:1", nonce="n" * 25, reply_to=None)
    direct = server.reader.user.dm_channel.last_message
    assert direct is not None
    reply = await server.reader.user.click(direct, label="Why")
    assert "no longer kept" in shown(reply)
