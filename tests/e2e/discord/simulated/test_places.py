"""Where alerts may go, looked at before yes is said."""

from tests.support.discord.server import Server, shown


async def test_before_yes_the_bot_looks_whether_it_may_post(server: Server) -> None:
    closed = server.channel("closed", send_messages=False, embed_links=False)
    chief = server.chief
    reply = await chief.slash(closed, "subscribe", to="all")
    assert reply.ephemeral
    assert "Send Messages, Embed Links" in shown(reply)
    reply = await chief.slash(server.policy, "subscribe", to="all", channel=closed)
    assert "Send Messages, Embed Links" in shown(reply)


async def test_another_channel_of_the_server(server: Server) -> None:
    news = server.guild.create_news_channel("news")
    reply = await server.manager.slash(server.policy, "subscribe", to="all", channel=news)
    assert "In #news" in shown(reply)
    assert (await server.place(news)).kind.value == "channel"


async def test_a_forum(server: Server) -> None:
    forum = server.guild.create_forum_channel("posts")
    await server.manager.slash(server.policy, "subscribe", to="all", channel=forum)
    assert (await server.place(forum)).kind.value == "forum"


async def test_a_role_is_named_and_everybody_never(server: Server) -> None:
    desk = server.guild.create_role("desk", mentionable=True)
    shy = server.guild.create_role("shy")
    subscribe = server.manager.slash
    reply = await subscribe(server.policy, "subscribe", to="all", mention=desk)
    assert str(desk.id) in shown(reply)
    quiet = server.channel("quiet", mention_everyone=False)
    reply = await subscribe(quiet, "subscribe", to="all", mention=shy)
    assert "cannot be pinged" in shown(reply)
    everybody = server.guild.default_role
    reply = await subscribe(server.policy, "subscribe", to="all", mention=everybody)
    assert reply.ephemeral
    assert "everyone" in shown(reply)
